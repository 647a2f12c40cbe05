"""Strings that break programs go through a mapping and out again, as every field, and come back as they went in."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.domain.values import page_address
from iga.graph.reader import Reader
from iga.graph.statements import Content, NodeStatement
from iga.graph.text import folded
from iga.ingest.classified import looks_classified
from iga.ingest.name_faults import fault_of
from tests.clock import NOW
from tests.ingest.hostile.workbooks import BOOK, packed, parts
from tests.reading import some

pytestmark = pytest.mark.slow

MAPPING = """
card: {source: "test:naughty", title: TITLE, publisher: TITLE}
row_key: [key, name]
row: {url: page, note: note}
nodes:
  ngo:
    class: Ngo
    id: {template: "ngo:{key}"}
    fields: {name: name, aliases: {column: name, split: "|"}, summary: summary, website: page, identifiers: code}
  person: {class: Person, id: {template: "person:{key}"}, fields: {name: name, family_name: name}}
  desk: {class: ContactPoint, id: {template: "contact:{key}"}, fields: {channel: {kind: {const: address}, value: name}}}
  named: {class: Ngo, id: {template: "ngo:{key}-{name|slug}"}, when: {column: name, not: ""}, fields: {name: name}}
  meeting:
    class: Engagement
    id: {template: "engagement:{key}"}
    fields: {name: name, summary: summary, status: {const: held}, period: {start: {const: "2026-01-01"}}}
edges:
  - {type: REACHED_AT, source: {block: ngo}, target: {block: desk}}
  - {type: PARTICIPATED, source: {const: "gov:gha"}, target: {block: meeting}, fields: {capacity: name}}
  - {type: MEMBER_OF, source: {block: ngo}, target: {column: body, read: body, unknown: named}, fields: {office: name}}
"""
COLUMNS = ("key", "name", "summary", "page", "code", "note", "body")
GHANA = """
card: {source: "test:ghana", title: Ghana}
row_key: [id]
nodes: {gov: {class: Government, id: id, fields: {name: name}}}
"""

LINE_END = re.compile("\r\n|\r|\n")

KNOWN = (
    "=1+1", "=HYPERLINK(\"http://example.org\",\"x\")", "@SUM(A1)", "+1|cmd", "-2+3", "\tx",
    "<script>alert(1)</script>",
    "'; DROP TABLE source_row; --", "{{7*7}}", "${jndi:ldap://example.org}", "$(touch x)", "%s%n", "../../etc/passwd",
    "\u202etest\u202c", "\u200b", "\ufeff", "Z\u0351\u036b\u0343a", "田中さん", "مؤسسة", "👩‍👩‍👧",
    "ﷺ" * 20, "\x1b[31mred",
    "a\x00b", "\x07\x08", "NULL", "None", "undefined", "true", "1E+02", "0x0", "\\", "\\\\server",
    "\"\"", "`id`", "|", "[x](y)",
    "| a | b |", "# head", "&amp;", "]]>", "]]]]><![CDATA[>", "\r\nInjected: yes",
)  # fmt: skip  # read across, like the rows of a table


class Ran:
    """What one run of a command printed, and its exit code."""

    def __init__(self, code: int, kept: Captured) -> None:
        self.code, self.out, self.err = code, kept.out.getvalue(), kept.err.getvalue()


Iga = Callable[..., Ran]


@pytest.fixture(scope="module")
def naughty(request: pytest.FixtureRequest) -> list[str]:
    """Give our own strings, and those of the Big List of Naughty Strings where it is at hand."""
    try:
        shared: Path = request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return list(KNOWN)
    found = json.loads((shared / "test_inputs" / "naughty_strings" / "blns.json").read_text(encoding="utf-8"))
    return [*KNOWN, *(text for text in found if text not in KNOWN)]


@dataclass(frozen=True)
class World:
    """A folder into which strings were loaded, what opens its graph, what runs commands in it, and the report."""

    folder: Path
    workspaces: OwnWorkspaces
    iga: Iga
    texts: list[str]
    report: Any


@pytest.fixture(scope="module")
def world(naughty: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give the strings as they were loaded once; they are only read."""
    folder = tmp_path_factory.mktemp("naughty")
    texts = [text for text in naughty if not looks_classified(text)]
    with workspaces_in(folder) as workspaces:
        iga = commands_at(workspaces, folder)
        yield World(folder, workspaces, iga, texts, loaded(iga, folder, texts))


@pytest.fixture
def iga(tmp_path: Path) -> Iterator[Iga]:
    """Run commands in a folder of their own."""
    with workspaces_in(tmp_path) as workspaces:
        yield commands_at(workspaces, tmp_path)


@contextmanager
def workspaces_in(folder: Path) -> Iterator[OwnWorkspaces]:
    """Give what commands open in a folder; it stays open."""
    environ = {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_NOW": NOW}
    with closing(OwnWorkspaces(environ, Captured().console(100))) as opened, opened(None, None).kept_open():
        yield opened


def commands_at(workspaces: OwnWorkspaces, folder: Path) -> Iga:
    """Return what runs commands in a folder that holds Ghana."""

    def command(*arguments: str) -> Ran:
        kept = Captured()
        code = run(arguments, Call(kept.console(100), workspaces, folder, Reader("J. Example")))
        return Ran(code, kept)

    (folder / "ghana.yaml").write_text(GHANA, encoding="utf-8")
    (folder / "ghana.csv").write_text("id,name\ngov:gha,Ghana\n", encoding="utf-8")
    assert command("load", "ghana.csv", "--mapping", "ghana.yaml").code == 0
    return command


def written(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)


def loaded(iga: Iga, folder: Path, texts: Sequence[str]) -> Any:
    (folder / "naughty.yaml").write_text(MAPPING.replace("TITLE", json.dumps(texts[0])), encoding="utf-8")
    rows = [[str(n), *[text] * (len(COLUMNS) - 1)] for n, text in enumerate(texts)]
    written(folder / "naughty.csv", [COLUMNS, *rows])
    ran = iga("load", "naughty.csv", "--mapping", "naughty.yaml", "--json")
    assert ran.code in (0, 3), ran.err
    return json.loads(ran.out)


def is_none(name: str) -> bool:
    """True if a text names nobody or several: N/A, undefined, nothing but a number, two people."""
    named = (NodeStatement("Ngo", "ngo:x", {"name": name}), NodeStatement("Person", "person:x", {"name": name}))
    return fault_of(Content(named)) is not None


def is_no_page(text: str) -> bool:
    """True if a text is an address of another scheme than those of pages, such as ``javascript:``."""
    try:
        return page_address(text) != text
    except ValueError:
        return True


def test_they_come_back_as_they_went_in(world: World) -> None:
    texts, report = world.texts, world.report
    assert report["read"] == report["new"] + report["rejected"] + report["repeated"] + report["skipped"]
    nameless = {
        n for n, text in enumerate(texts) if "\0" in text or not folded(text) or is_none(text) or is_no_page(text)
    }
    assert {row["line"] for row in report["rejections"]} == {line_of(texts, n) for n in nameless}
    with world.workspaces(None, None).reading() as reading:
        rows = reading.store.look(
            "MATCH (n:Ngo) WHERE n.summary IS NOT NULL RETURN n.id AS id, n.name AS name, n.summary AS summary"
        )
    stored = {row["id"]: (row["name"], row["summary"]) for row in rows}
    went_in = {n: unicodedata.normalize("NFC", text.strip()) for n, text in enumerate(texts) if n not in nameless}
    assert stored == {f"ngo:{n}": (text, text) for n, text in went_in.items()}
    assert world.iga("hash").code == 0


def test_they_can_be_searched_for_and_asked_about(world: World) -> None:
    for text in (*KNOWN[::2], *world.texts[len(KNOWN) :: 25]):
        for words in (
            ("find", "--", text),
            ("ask", "contact", f"--party={text}"),
            ("show", "--", text),
            ("why", "--", text),
        ):
            ran = world.iga(*words)
            assert ran.code in (0, 2, 3, 4), (words, ran.err)
            assert "IGA-1000" not in ran.err, ran.err
            assert not set(ran.out + ran.err) & set("\x1b\x07\x08\x00"), words


def test_what_is_printed_or_written_runs_nowhere(world: World) -> None:
    ran = world.iga("ask", "engagements", "--party", "gov:gha", "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(ran.out)) for cell in row]
    assert len(cells) > 400
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    for ending in ("docx", "md"):
        ran = world.iga("memo", "government", "gov:gha", "-o", f"ghana.{ending}")
        assert ran.code == 0, ran.err
    with zipfile.ZipFile(world.folder / "ghana.docx") as paper:
        for name in paper.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(paper.read(name))
    assert "<script>" not in (world.folder / "ghana.md").read_text(encoding="utf-8")


def test_they_are_headers_names_of_sheets_and_names_of_files(iga: Iga, tmp_path: Path, naughty: list[str]) -> None:
    (tmp_path / "naughty.yaml").write_text(GHANA, encoding="utf-8")
    (tmp_path / "sheets.yaml").write_text(f"{GHANA}\nformat: xlsx\n", encoding="utf-8")
    for n, text in enumerate([*KNOWN[::2], *naughty[len(KNOWN) :: 25]]):
        written(tmp_path / "header.csv", [["id", text], ["gov:ken", "Kenya"]])
        assert iga("load", "header.csv", "--mapping", "naughty.yaml", "--dry-run").code in (0, 3)
        name = "".join(letter for letter in text if letter not in "/\0")[:60].strip()
        if name and name not in (".", "..") and not name.startswith("-"):
            file = tmp_path / f"{name}.csv"
            written(file, [["id", "name"], ["gov:ken", f"Kenya {n}"]])
            ran = iga("load", f"{name}.csv", "--mapping", "naughty.yaml", "--dry-run")
            assert ran.code in (0, 3), ran.err
            assert not set(ran.out + ran.err) & set("\x1b\x07\x08\x00")
        title = "".join(letter for letter in text if letter.isprintable())
        safe = title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        packed(tmp_path / "sheet.xlsx", parts(book=(BOOK % "").replace('name="Sheet1"', f'name="{safe}"')))
        assert iga("load", "sheet.xlsx", "--mapping", "sheets.yaml", "--dry-run").code in (0, 3)


def test_formulas_in_rejected_rows_cannot_run_in_the_correction_file(iga: Iga, tmp_path: Path) -> None:
    (tmp_path / "naughty.yaml").write_text(GHANA, encoding="utf-8")
    payloads = [text for text in KNOWN if text.startswith(("=", "+", "-", "@", "\t"))]
    written(tmp_path / "bad.csv", [["id", "name"], *([text, text] for text in payloads)])
    assert iga("load", "bad.csv", "--mapping", "naughty.yaml").code == 3
    with (tmp_path / "bad.csv.rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in some(cells) if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def line_of(texts: Sequence[str], row: int) -> int:
    """Return the line on which a row starts: cells of several lines come before it."""
    return 2 + row + (len(COLUMNS) - 1) * sum(len(LINE_END.findall(text)) for text in texts[:row])
