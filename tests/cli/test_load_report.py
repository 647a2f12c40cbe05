"""What a load prints, of files of standard formats too, and what a new mapping would state."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from iga.cli.console import Captured
from iga.cli.load_report import print_reports
from iga.ingest.formats.format_registry import format_named
from iga.ingest.rejections import Rejection
from iga.ingest.reports import LoadReport, NameMatched, UnknownName
from tests.cli.conftest import Iga
from tests.ingest.formats.pages import FOLDER, examples
from tests.reading import some

CELL = Rejection("p.csv", 2, "mail", "at home", "it is no address", "write a whole address", "IGA-1329")
TOLD = "p.csv:2, column mail ('at home'): it is no address. Write a whole address. [IGA-1329]\n"
NAME = UnknownName(name="Gana", cls="Ngo", rows=2, is_held=False)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"rejected": 21, "rejections": (CELL,) * 21}, "… and 1 more rejected rows"),
        ({"waits": ("PARTY_TO treaty:x: no such treaty",)}, "  Waits: PARTY_TO treaty:x: no such treaty"),
        ({"names_taken": (NameMatched(name="ACME", id="ngo:a", printed="Acme"),)}, "'ACME' was taken for Acme (ngo:a)"),
        ({"names_not_known": (NAME,), "names_not_known_count": 60}, "… and 40 more; --json lists 1"),
        ({"unread": (CELL,) * 21, "unread_count": 21}, "  What could not be read: 21 cells were left out, the rest"),
        ({"unread": (CELL,) * 21, "unread_count": 21}, f"  {TOLD}  … and 1 more\n"),
        (
            {"unread": (CELL,), "unread_count": 1, "unread_file": "p.txt"},
            f"was taken.\n  {TOLD}  All of them are listed in p.txt.",
        ),
    ],
)
def test_what_is_beyond_the_first_of_a_list_is_counted_and_where_it_stands_is_said(
    said: dict[str, Any], shown: str
) -> None:
    kept = Captured()
    print_reports(kept.console(100), [LoadReport(load=1, source="test:p", title="P", **said)])
    assert shown in kept.out.getvalue() + kept.err.getvalue()


@pytest.mark.parametrize(
    ("name", "file", "look", "shown"),
    [
        ("un-votes", "votes.csv", ("show", "resolution:a-res-99-999"), "adopted by       vote"),
        ("co-sponsors", "list.txt", ("show", "resolution:a-c-3-99-l-99"), "A/C.3/99/L.99"),
        ("ftm", "entities.ftm.json", ("find", "Example Relief"), "Example Relief  organization"),
        ("vcard", "book.vcf", ("ask", "contact", "--party", "Ministry of Example"), "a.okafor@example.org"),
        ("icalendar", "office.ics", ("find", "annual dialogue"), "TBD Sept"),
    ],
)
def test_a_file_is_recognized_loaded_and_found_again(
    iga: Iga, folder: Path, name: str, file: str, look: tuple[str, ...], shown: str
) -> None:
    (folder / file).write_text(format_named(name).example, encoding="utf-8", newline="\n")
    report = iga("load", file, "--json").document
    assert report["rejected"] == 0
    assert report["new"] == report["read"] > 0
    assert f"--format {name}" in report["notes"][0]
    again = iga("load", file, "--format", name, "--json").document
    assert (again["unchanged"], again["data_version"]) == (report["read"], report["data_version"])
    assert shown in iga(*look).out


PARTNERS = "NGO name,Country,Budget\nExample Relief,Ghana,1\nBeta House,Kenya,2\n"
UNKNOWN = "colour,size\nred,1\n,2\ngreen,3,4\n"


@pytest.mark.parametrize(
    ("text", "shown", "not_shown"),
    [
        (PARTNERS, ("The rows seem to be: ngo.", "Row 2 would state:\n  ngo Beta", "Not read: Budget."), "rejected"),
        (UNKNOWN, ("was not recognized", "Tried on 3 rows: 2 would be taken.", "  1 rejected: "), "Not read: "),
    ],
    ids=["recognized", "unknown"],
)
def test_a_draft_says_what_the_rows_are_and_what_of_them_is_taken(
    iga: Iga, folder: Path, text: str, shown: tuple[str, ...], not_shown: str
) -> None:
    (folder / "mine.csv").write_text(text, encoding="utf-8", newline="")
    ran = iga("mapping", "new", "mine.csv")
    assert ran.code == 0, ran.err
    said = ran.out + ran.err
    assert [sentence for sentence in shown if sentence not in said] == []
    assert not_shown not in said
    assert "Then: iga load mine.csv --mapping mine.yaml --dry-run" in said


PAGES = ("usaspending.md", "foreignassistance.md", "exchange-rates.md")
WORLD = """
card: {source: "test:world", title: Countries of the examples}
row_key: [id]
nodes: {country: {class: Government, id: {column: id, read: id}, fields: {name: name, iso3: iso3}}}
"""


def commands(page: str) -> list[list[str]]:
    """Return the commands of a page whose files, if they name any, are its examples."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    files = re.findall(r"```csv (\S+)\n", text)
    shown = [shlex.split(line) for line in re.findall(r"^    iga (.+)$", text, re.MULTILINE)]
    return [words for words in shown if words[0] == "ask" or words[1] in files]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_run_on_its_examples(iga: Iga, folder: Path, page: str) -> None:
    (folder / "world.yaml").write_text(WORLD, encoding="utf-8")
    (folder / "world.csv").write_text("id,name,iso3\ngov:gha,Ghana,GHA\ngov:per,Peru,PER\n", encoding="utf-8")
    assert iga("load", "world.csv", "--mapping", "world.yaml").code == 0
    examples(page, folder)
    shown = commands(page)
    assert any(words[0] == "load" for words in shown)
    assert any(words[0] == "ask" for words in shown)
    for words in some(sorted(shown, key=lambda words: words[0], reverse=True)):
        ran = iga(*words)
        assert ran.code == 0, (words, ran.err)
