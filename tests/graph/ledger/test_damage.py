"""A ledger that a disk or a copy changed is never believed: damage is told, named, and mended from a dump."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text, update

from iga.graph.errors import DumpRefused, IgaError, LedgerDamaged, UsageError
from iga.graph.ledger.dump import dump
from iga.graph.ledger.erasure import erase
from iga.graph.ledger.evidence import cards, evidence, sources
from iga.graph.ledger.judgements import judge
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.mending import mend
from iga.graph.ledger.tables import SCHEMA, row
from iga.graph.ledger.verifying import damages, refuse_if_damaged
from iga.graph.statements import Verdict
from tests.conftest import ON_SERVERS_ALONE
from tests.graph.ledger.conftest import Clock, Sayings
from tests.graph.ledger.test_segments import Told, told

TABLES = ("ledger_meta", "load", "source_row", "row_version", "mention")
FLIPS = 80


@pytest.fixture
def filled(tmp_path: Path, clock: Clock) -> Path:
    """The file of a ledger with changes, a withdrawal and a judgement, closed."""
    with Ledger.open(tmp_path / "ledger.sqlite", clock=clock) as ledger:
        say = Sayings(ledger)
        say.load({f"k{n}": say.node(f"ngo:n{n}", f"Name {n}") for n in range(40)})
        say.load({"k1": say.node("ngo:n1", "changed"), "l": say.edge("ngo:n1", "engagement:e")}, source="ref:b")
        say.load({f"k{n}": say.node(f"ngo:n{n}", f"Name {n}") for n in range(1, 40)}, complete=True)
        judge(ledger, [Verdict("ngo:n1", "ngo:n2", "same", by="Ana")])
    return Path(ledger.name)


def everything(file: Path) -> list[object]:
    """What the tables hold, read in the order of each index as well."""
    with sqlite3.connect(file) as database:
        rows = [row for table in TABLES for row in database.execute(f"SELECT * FROM {table}")]
        by_index = ("source_row ORDER BY source, row_key", "row_version ORDER BY load_no, row_id")
        return rows + [row for order in by_index for row in database.execute(f"SELECT * FROM {order}")]


def test_a_ledger_that_nothing_changed_is_whole(filled: Path, clock: Clock) -> None:
    with Ledger.open(filled, clock=clock) as ledger:
        assert damages(ledger) == []
        refuse_if_damaged(ledger)


def test_a_changed_row_is_told_on_a_server_too(say: Sayings, ledger: Ledger) -> None:
    say.load({f"k{n}": say.node(f"ngo:n{n}") for n in range(3)})
    assert damages(ledger) == []
    with ledger.transaction("somebody's slip") as connection:
        connection.execute(update(row).where(row.c.row_key == "k1").values(live_digest=None))
        connection.commit()
    assert [damage.row_key for damage in damages(ledger) if damage.kind == "row"] == ["k1"]


def test_every_changed_byte_is_told_or_changes_nothing(filled: Path, clock: Clock) -> None:
    clean, size, chance = everything(filled), filled.stat().st_size, random.Random(15)
    told_of = 0
    for at in [*chance.sample(range(size), FLIPS), *range(0, 100, 7)]:
        changed = filled.with_name("changed.db")
        shutil.copy(filled, changed)
        with changed.open("r+b") as file:
            file.seek(at)
            before = file.read(1)[0]
            file.seek(at)
            file.write(bytes([before ^ 1 << chance.randrange(8)]))
        try:
            with Ledger.open(changed, clock=clock, read_only=True) as ledger:
                is_told = bool(damages(ledger))
        except IgaError:
            is_told = True
        assert is_told or everything(changed) == clean, f"the byte at {at} is believed"
        told_of += is_told
    assert told_of > FLIPS // 4


CHANGES = {
    "what a row says": "UPDATE row_version SET content = replace(content, 'Name 7', 'Name 8')",
    "where it stood": "UPDATE row_version SET locator = 'b.csv:2' WHERE row_id = 7",
    "its salt": "UPDATE row_version SET salt = zeroblob(16) WHERE row_id = 7",
    "its key": "UPDATE source_row SET row_key = 'other' WHERE id = 7",
    "its source": "UPDATE source_row SET source = 'ref:c' WHERE id = 7",
    "which row said it": "UPDATE row_version SET row_id = 900 WHERE row_id = 7",
    "what is live": "UPDATE source_row SET live_digest = zeroblob(16) WHERE id = 7",
    "what was withdrawn": "UPDATE source_row SET live_digest = NULL WHERE id = 7",
    "a version is gone": "DELETE FROM row_version WHERE row_id = 7",
    "a row is gone": "DELETE FROM source_row WHERE id = 7",
    "a key is another": "UPDATE mention SET hash = hash + 1 WHERE row_id = 7",
    "a key is gone": "DELETE FROM mention WHERE row_id = 7",
    "a load's header": "UPDATE load SET header = replace(header, 'ref:a', 'ref:z') WHERE no = 1",
    "a load's counts": "UPDATE load SET counts = replace(counts, '40', '41') WHERE no = 1",
    "a load's instant": "UPDATE load SET at = '2031' WHERE no = 2",
    "a load is gone": "DELETE FROM load WHERE no = 2",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_damaged_is_found(filled: Path, clock: Clock, change: str) -> None:
    run(filled, change)
    with Ledger.open(filled, clock=clock) as ledger:
        assert damages(ledger)
        with pytest.raises(LedgerDamaged, match="iga restore DUMP --mend"):
            refuse_if_damaged(ledger)


READS: dict[str, Callable[[Ledger], object]] = {
    "by subject": lambda ledger: list(ledger.by_node()),
    "by row": lambda ledger: list(ledger.rows_after(0)),
    "by name": lambda ledger: list(ledger.rows_naming(["ngo:n6"])),
    "as evidence": lambda ledger: evidence(ledger, [("ref:a", "k6")]),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_no_read_believes_a_damaged_row(filled: Path, clock: Clock, read: Callable[[Ledger], object]) -> None:
    run(filled, CHANGES["where it stood"])
    with Ledger.open(filled, clock=clock) as ledger:
        with pytest.raises(LedgerDamaged, match="row 'k6' of 'ref:a', as load 1 said it"):
            read(ledger)
        with pytest.raises(LedgerDamaged, match="row 'k6'"):
            dump(ledger, filled.with_name("dump"))


@pytest.mark.parametrize("read", [lambda ledger: ledger.headers(), cards, sources], ids=["headers", "cards", "sources"])
def test_no_read_believes_a_damaged_load(filled: Path, clock: Clock, read: Callable[[Ledger], object]) -> None:
    run(filled, "UPDATE load SET header = replace(header, 'ref:b', 'ref:z') WHERE no = 2")
    with Ledger.open(filled, clock=clock) as ledger, pytest.raises(LedgerDamaged, match="load 2 is not what was"):
        read(ledger)


def test_a_dump_does_not_leave_out_what_is_missing(filled: Path, clock: Clock) -> None:
    run(filled, CHANGES["a version is gone"])
    with Ledger.open(filled, clock=clock) as ledger, pytest.raises(LedgerDamaged, match="load 1 wrote are missing"):
        dump(ledger, filled.with_name("dump"))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_dump_mends_it_with_what_came_after(filled: Path, clock: Clock, change: str) -> None:
    with Ledger.open(filled, clock=clock) as ledger:
        dump(ledger, filled.with_name("dump"))
        say = Sayings(ledger)
        say.load({"late": say.node("ngo:late")}, source="ref:late")
        expected = told(ledger)
    run(filled, change)
    with Ledger.open(filled, clock=clock) as ledger:
        done = mend(ledger, filled.with_name("dump"))
        assert (done.from_dump, done.kept, done.left_out) == (4, 1, ())
        assert (damages(ledger), told(ledger)) == ([], expected)
    assert done.aside.is_file()


def test_keys_are_made_anew_without_a_dump_and_rows_are_not(filled: Path, clock: Clock) -> None:
    run(filled, CHANGES["a key is another"])
    with Ledger.open(filled, clock=clock) as ledger:
        assert mend(ledger, None).kept == 4
        assert damages(ledger) == []
    run(filled, CHANGES["where it stood"])
    with Ledger.open(filled, clock=clock) as ledger:
        with pytest.raises(LedgerDamaged, match=r"load 1, which is damaged: .*--mend --without 1\)"):
            mend(ledger, None)
        assert mend(ledger, None, without=[1]).left_out == (1,)
        assert (damages(ledger), [header.no for header in ledger.headers()]) == ([], [2, 3, 4])


def test_mending_brings_back_nobody_who_was_erased(filled: Path, clock: Clock) -> None:
    with Ledger.open(filled, clock=clock) as ledger:
        dump(ledger, filled.with_name("dump"))
        erase(ledger, ["ngo:n3"], authority="decision 1", by="Ana")
        assert damages(ledger) == []
        with pytest.raises(DumpRefused, match="somebody was erased after"):
            mend(ledger, filled.with_name("dump"))


def test_a_dump_of_another_ledger_mends_nothing(filled: Path, clock: Clock, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "other.db", clock=clock) as other, Ledger.open(filled, clock=clock) as ledger:
        dump(other, tmp_path / "dump")
        with pytest.raises(DumpRefused, match="a dump of the ledger"):
            mend(ledger, tmp_path / "dump")
        assert damages(ledger) == []


def test_a_ledger_of_the_first_version_gets_its_digests(filled: Path, clock: Clock) -> None:
    with Ledger.open(filled, clock=clock) as ledger:
        expected: Told = told(ledger)
    for column in ("load.previous", "load.rows", "load.chain", "row_version.mark"):
        table, _, name = column.partition(".")
        run(filled, f'ALTER TABLE {table} DROP COLUMN "{name}"')
    run(filled, "UPDATE ledger_meta SET value = '1' WHERE key = 'schema'")
    with Ledger.open(filled, clock=clock, read_only=True) as ledger:
        assert (told(ledger), damages(ledger)) == (expected, [])
    run(filled, CHANGES["where it stood"])
    with Ledger.open(filled, clock=clock) as ledger, ledger.reading() as connection:
        assert connection.execute(text("SELECT value FROM ledger_meta WHERE key = 'schema'")).scalar() == str(SCHEMA)
        assert damages(ledger)


@ON_SERVERS_ALONE
def test_a_ledger_on_a_server_is_not_mended_here(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="mended by its server"):
        mend(ledger, None)


def run(file: Path, change: str) -> None:
    database = sqlite3.connect(file)
    database.create_function("replace", 3, _replaced)
    assert database.execute(change).rowcount
    database.commit()
    database.close()


def _replaced(value: bytes | str, old: str, new: str) -> bytes | str:
    return value.replace(old.encode(), new.encode()) if isinstance(value, bytes) else value.replace(old, new)
