"""The pages of the formats that are lists, cards and calendars: each example loads as it is printed."""

import re
from pathlib import Path

import pytest

from iga.ingest.formats.format_registry import format_named, format_names
from tests.ingest.formats.conftest import Loads

PAGES = Path(__file__).parents[3] / "docs" / "formats"


@pytest.mark.parametrize(
    ("name", "file", "counts", "edges"),
    [
        ("un-votes", "votes.csv", {"read": 3, "new": 3}, ["VOTED"] * 3),
        ("co-sponsors", "list.txt", {"read": 7, "new": 7}, ["SPONSORED"] * 7),
        ("ftm", "entities.ftm.json", {"read": 3, "new": 3}, ["HOLDS", "POST_IN"]),
        ("vcard", "book.vcf", {"read": 1, "new": 1}, ["HOLDS", "PART_OF", "POST_IN", "REACHED_AT"]),
        ("icalendar", "office.ics", {"read": 1, "new": 1}, []),
    ],
)
def test_the_example_of_a_page_is_recognized_and_loads(
    loads: Loads, name: str, file: str, counts: dict[str, int], edges: list[str]
) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    [example] = re.findall(r"## An example\n\n```\w+\n(.*?)```", page, re.DOTALL)
    assert example == format_named(name).example
    assert f"`iga load FILE --format {name}`" in page
    loaded = loads(example, name=file)
    assert loaded.counts == counts
    assert loaded.types() == edges


@pytest.mark.parametrize("name", format_names())
def test_every_format_has_a_page_that_names_it(name: str) -> None:
    page = PAGES / f"{format_named(name).page or name}.md"
    assert name in page.read_text(encoding="utf-8")
