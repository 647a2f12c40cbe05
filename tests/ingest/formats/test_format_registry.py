"""What a file is, what is said of one of no format, and that the examples of each format's page load."""

import re
from pathlib import Path

import pytest

from iga.graph.errors import DomainError, FileRefused
from iga.ingest.formats import format_registry
from iga.ingest.formats.format_registry import format_named, format_names, head_of, sniffed
from tests.ingest.formats.conftest import Loads


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b" \n", "this is an empty file; check that it was saved"),
        (b"%PDF-1.7\n", "this is a PDF"),
        (b'[{"a": 1}]', "this is JSON of no known format; say in a mapping"),
        (b"City,City\nRome,Oslo\n", "this is a table whose heading 'City' stands there twice"),
        (b"Rome\nOslo\n", "this is no table: its lines have but one cell each"),
        (b"City,Colour\nRome,red\n", "of no format that is recognized"),
    ],
)
def test_of_a_file_of_no_format_it_is_said_what_it_is(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        sniffed(tmp_path / "x.txt")
    assert caught.value.message.startswith(f"x.txt: {told}")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="there is no such file; check the name"):
        head_of(tmp_path / "none.csv")


def test_a_format_in_the_list_that_its_module_lacks_is_told_to_whoever_lists_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(format_registry._FORMATS, "x", "iga.ingest.formats.vcards:NONE_SUCH")
    with pytest.raises(DomainError, match=r"names NONE_SUCH, which iga\.ingest\.formats\.vcards does not have"):
        format_named("x")


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


POSTS = (
    b"iso3,country,role,title,holder,since,stated_as_of\n"
    b"GHA,Ghana,chief of state,President,Ada Example,2031-01-07,2031-05-01\n"
    b"GHA,Ghana,minister,Minister of Examples,,,2031-05-01\n"
)
MISSIONS = (
    b"iso3,country,post,holder,rank,since,listed_on_last_copy,stated_as_of\n"
    b"GHA,Ghana,chief of the U.S. mission,Ada Example,ambassador,2031-01-07,yes,2031-05-01\n"
    b"GHA,Ghana,chief of the U.S. mission,Old Example,ambassador,2027-01-07,no,2030-05-01\n"
)
MEMBERS = b"bioguide,name,chamber,term_start,stated_as_of\nX000001,Ada Example,house,2031-01-03,2031-05-01\n"


@pytest.mark.parametrize(("text", "lines"), [(POSTS, 2), (MISSIONS, 1), (MEMBERS, 1)])
def test_each_line_is_what_the_list_says_and_nobody_holds_a_post_by_it(loads: Loads, text: bytes, lines: int) -> None:
    loaded = loads(text, name="list.csv")
    assert (loaded.report.source, loaded.report.new) == ("listed:list", lines)
    assert {statement.cls for statement in loaded.nodes} == {"Listing"}
    assert not loaded.edges
