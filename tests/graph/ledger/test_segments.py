"""A ledger as files: whatever is restored is what was dumped, or nothing."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from iga.graph.errors import DumpRefused, LedgerError, UsageError
from iga.graph.fold.history import RowHistory
from iga.graph.ledger.dump import dump
from iga.graph.ledger.judgements import judge
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.restore import restore
from iga.graph.statements import Card, Content, LoadHeader, NodeStatement, Verdict
from tests.graph.ledger.conftest import Clock, Sayings


@pytest.fixture
def dumped(say: Sayings, ledger: Ledger, tmp_path: Path) -> Path:
    """A dump with changes, a withdrawal, a judgement and text of all kinds."""
    say.load(
        {
            "k": say.node("ngo:x", "Ünïcode \u2028 😀"),
            "l": say.edge("ngo:x", "engagement:e"),
            '["a","b"]': say.node("ngo:y"),
        }
    )
    say.load({"k": say.node("ngo:x", "changed")}, source="ref:b")
    say.load({"k": say.node("ngo:z", "renamed"), "l": say.edge("ngo:x", "engagement:e")}, complete=True)
    judge(ledger, [Verdict("ngo:x", "ngo:y", "same", by="Ana")])
    dump(ledger, tmp_path / "dump")
    return tmp_path / "dump"


@pytest.fixture
def empty(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "restored.db", clock=clock) as fresh:
        yield fresh


class Told(NamedTuple):
    id: str
    headers: list[LoadHeader]
    rows: list[RowHistory]
    nodes: set[str]
    pairs: set[tuple[str, str, str]]


def told(ledger: Ledger) -> Told:
    rows = sorted(ledger.rows_after(0), key=lambda history: (history[0].source, history[0].row_key))
    return Told(
        ledger.id, ledger.headers(), rows, {id_ for id_, _ in ledger.by_node()}, {pair for pair, _ in ledger.by_pair()}
    )


def test_what_is_restored_is_what_was_dumped(ledger: Ledger, empty: Ledger, dumped: Path, tmp_path: Path) -> None:
    assert restore(empty, dumped) == 4
    assert told(empty) == told(ledger)
    dump(empty, tmp_path / "again")
    assert {p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()} == {
        p.name: p.read_bytes() for p in dumped.iterdir()
    }


def test_a_restored_ledger_goes_on_where_the_other_stopped(empty: Ledger, dumped: Path) -> None:
    restore(empty, dumped)
    with empty.open_load(Card("ref:b", "ref:b")) as load:
        assert [
            o.word for o in load.put([("k", "b:2", Content((NodeStatement("Ngo", "ngo:x", {"name": "changed"}),)))])
        ] == ["unchanged"]
        load.put([("new", "b:3", Content((NodeStatement("Ngo", "ngo:new"),)))])
        assert load.commit({}).no == 5


def test_an_empty_ledger_is_dumped_and_restored(ledger: Ledger, empty: Ledger, tmp_path: Path) -> None:
    dump(ledger, tmp_path / "dump")
    assert restore(empty, tmp_path / "dump") == 0
    assert empty.id == ledger.id


def test_a_restore_is_kept(empty: Ledger, dumped: Path, tmp_path: Path, clock: Clock, ledger: Ledger) -> None:
    restore(empty, dumped)
    with Ledger.open(tmp_path / "restored.db", clock=clock) as again:
        assert told(again) == told(ledger)


def test_a_dump_goes_only_into_an_empty_folder(ledger: Ledger, dumped: Path) -> None:
    with pytest.raises(UsageError, match="holds something already"):
        dump(ledger, dumped)


def test_a_dump_that_cannot_be_written_says_so(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="it is incomplete, delete it"):
        dump(ledger, tmp_path / "file" / "dump")


def test_only_an_empty_ledger_is_restored_into(ledger: Ledger, dumped: Path) -> None:
    before = told(ledger)
    with pytest.raises(DumpRefused, match="holds loads already: restore into a new one"):
        restore(ledger, dumped)
    assert told(ledger) == before


def edited(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    # Not str.splitlines: it would part a line at U+2028.
    lines = [line.decode() for line in path.read_bytes().splitlines(keepends=True)]
    path.write_text("".join(change(lines)), encoding="utf-8", newline="")


def content_changed(folder: Path) -> None:
    edited(folder / "segment-000003.jsonl", lambda lines: [line.replace("renamed", "forged") for line in lines])


def row_moved(folder: Path) -> None:
    edited(folder / "segment-000001.jsonl", lambda lines: [lines[0], lines[2], lines[1], *lines[3:]])


def row_dropped(folder: Path) -> None:
    edited(folder / "segment-000001.jsonl", lambda lines: lines[:-1])


def row_doubled(folder: Path) -> None:
    edited(folder / "segment-000001.jsonl", lambda lines: [*lines, lines[-1]])


def locator_changed(folder: Path) -> None:
    edited(folder / "segment-000001.jsonl", lambda lines: [line.replace("a.csv:2", "a.csv:9") for line in lines])


def header_changed(folder: Path) -> None:
    edited(folder / "segment-000002.jsonl", lambda lines: [lines[0].replace('"ref:b"', '"ref:c"'), *lines[1:]])


def content_left_out(folder: Path) -> None:
    def without(lines: list[str]) -> list[str]:
        row = json.loads(lines[1])
        del row["content"]
        return [lines[0], json.dumps(row) + "\n", *lines[2:]]

    edited(folder / "segment-000002.jsonl", without)


def line_cut(folder: Path) -> None:
    edited(folder / "segment-000001.jsonl", lambda lines: [*lines[:-1], lines[-1][:40]])


def segment_missing(folder: Path) -> None:
    (folder / "segment-000002.jsonl").unlink()


def segment_emptied(folder: Path) -> None:
    (folder / "segment-000002.jsonl").write_bytes(b"")


def segments_swapped(folder: Path) -> None:
    first, second = folder / "segment-000001.jsonl", folder / "segment-000002.jsonl"
    texts = first.read_bytes(), second.read_bytes()
    second.write_bytes(texts[0])
    first.write_bytes(texts[1])


def segment_left_out_of_the_list(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["segments"][1]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def segment_left_out(folder: Path) -> None:
    segment_left_out_of_the_list(folder)
    (folder / "segment-000002.jsonl").unlink()


def manifest_missing(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def manifest_garbled(folder: Path) -> None:
    (folder / "manifest.json").write_text("{", encoding="utf-8")


def newer_format(folder: Path) -> None:
    edited(folder / "manifest.json", lambda lines: [line.replace('"format": 1', '"format": 2') for line in lines])


def other_ledger(folder: Path) -> None:
    edited(folder / "manifest.json", lambda lines: [line.replace('"ledger": "', '"ledger": "x') for line in lines])


def outside_the_folder(folder: Path) -> None:
    shutil.copy(folder / "segment-000001.jsonl", folder.parent)
    edited(
        folder / "manifest.json",
        lambda lines: [line.replace('"segment-000001', '"../segment-000001') for line in lines],
    )
    (folder / "segment-000001.jsonl").unlink()


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (content_changed, r"segment-000003\.jsonl:2: the content of row 'k' is not the one"),
        (row_moved, r"segment-000001\.jsonl: its 3 rows do not give the digest"),
        (row_dropped, r"segment-000001\.jsonl: its 2 rows do not give the digest in manifest\.json \(3 rows\)"),
        (row_doubled, r"segment-000001\.jsonl:2: a row comes twice"),
        (locator_changed, r"segment-000001\.jsonl: its 3 rows do not give"),
        (header_changed, r"segment-000002\.jsonl: its 1 rows do not give"),
        (content_left_out, r"segment-000002\.jsonl:2: it cannot be read: .*content"),
        (line_cut, r"segment-000001\.jsonl:4: the line is cut short"),
        (segment_missing, r"segment-000002\.jsonl: it cannot be read"),
        (segment_emptied, r"segment-000002\.jsonl:1: it cannot be read"),
        (segments_swapped, r"segment-000001\.jsonl:1: it does not follow|segment-000001\.jsonl:1: it holds load 2"),
        (segment_left_out_of_the_list, r"manifest\.json: it does not list segment-000002\.jsonl"),
        (segment_left_out, r"segment-000003\.jsonl:1: it does not follow the segment before"),
        (manifest_missing, r"holds no manifest\.json: it is no dump, or one that was interrupted"),
        (manifest_garbled, r"manifest\.json: it cannot be read"),
        (newer_format, r"manifest\.json: this is dump format 2; this program reads 1"),
        (other_ledger, r"segment-000001\.jsonl:1: it belongs to the ledger"),
        (outside_the_folder, r"it holds load 1"),
    ],
)
def test_a_changed_dump_is_refused_by_file_and_line_and_nothing_is_written(
    dumped: Path, empty: Ledger, tamper: Callable[[Path], None], message: str
) -> None:
    before = told(empty)
    tamper(dumped)
    with pytest.raises(DumpRefused, match=message):
        restore(empty, dumped)
    assert told(empty) == before


def test_a_destroyed_content_leaves_the_chain_whole(dumped: Path, empty: Ledger, tmp_path: Path) -> None:
    path = dumped / "segment-000002.jsonl"
    header, line = path.read_text(encoding="utf-8").splitlines()
    content = line[line.index(',"content":') :]
    destroyed = line.replace(content, ',"content":null}')
    path.write_text(f"{header}\n{destroyed}\n", encoding="utf-8", newline="")
    restore(empty, dumped)
    assert [version.content for history in empty.rows_of("ref:b") for version in history] == [Content()]
    dump(empty, tmp_path / "again")
    assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()
    assert (tmp_path / "again" / "manifest.json").read_bytes() == (dumped / "manifest.json").read_bytes()
