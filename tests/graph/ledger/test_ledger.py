"""Opening a ledger, and sharing it."""

import os
import socket
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from iga.graph.errors import LedgerDamaged, LedgerError, LedgerLocked, LedgerRefused
from iga.graph.ledger.connection import named
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card
from tests.conftest import ON_FILES_ALONE
from tests.graph.ledger.conftest import Clock, Sayings


def test_a_ledger_keeps_its_id(ledger: Ledger, reopened: Callable[[], Ledger]) -> None:
    assert ledger.id
    assert reopened().id == ledger.id


def test_two_ledgers_have_different_ids(tmp_path: Path, clock: Clock) -> None:
    with Ledger.open(tmp_path / "a.db", clock=clock) as one, Ledger.open(tmp_path / "b.db", clock=clock) as other:
        assert one.id != other.id


def test_a_ledgers_folder_is_made(tmp_path: Path, clock: Clock) -> None:
    with Ledger.open(tmp_path / "deep" / "er" / "l.db", clock=clock) as ledger:
        assert ledger.through() == 0


def test_reading_a_missing_ledger_is_refused_and_makes_nothing(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(LedgerRefused, match=r"there is no ledger at .*absent\.db: load something first"):
        Ledger.open(tmp_path / "absent.db", clock=clock, read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [True, False])
def test_a_folder_is_no_ledger(tmp_path: Path, clock: Clock, read_only: bool) -> None:
    with pytest.raises(LedgerRefused, match="is no file: name one for the ledger with --ledger or IGA_LEDGER"):
        Ledger.open(tmp_path, clock=clock, read_only=read_only)
    assert list(tmp_path.iterdir()) == []


@ON_FILES_ALONE
def test_a_ledger_opened_to_read_cannot_be_written(say: Sayings, clock: Clock, ledger_address: str) -> None:
    say.load({"k": say.node("ngo:x")})
    with Ledger.open(ledger_address, clock=clock, read_only=True) as reader:
        assert reader.through() == 1
        with pytest.raises(LedgerError, match="may not be written to"), reader.open_load(Card("ref:a", "A")):
            pass


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "l.db").write_text("name,country\n" * 100, encoding="utf-8")
    with pytest.raises(LedgerRefused, match=r"l\.db is not a ledger: name another file"):
        Ledger.open(tmp_path / "l.db", clock=clock)


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "l.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerRefused, match="a database, but not a ledger"):
        Ledger.open(path, clock=clock)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_ledger(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "l.db").touch()
    with pytest.raises(LedgerRefused, match="holds no ledger"):
        Ledger.open(tmp_path / "l.db", clock=clock, read_only=True)
    with Ledger.open(tmp_path / "l.db", clock=clock) as ledger:
        assert ledger.id


@pytest.mark.parametrize(
    ("schema", "kind", "told"),
    [
        ("99", LedgerRefused, r"newer version of this program \(tables 99"),
        ("one", LedgerDamaged, "is damaged: it does not say which it is; iga verify-ledger"),
    ],
)
def test_a_ledger_that_is_newer_or_says_of_no_version_is_refused(
    tmp_path: Path, clock: Clock, schema: str, kind: type[LedgerError], told: str
) -> None:
    path = tmp_path / "l.db"
    Ledger.open(path, clock=clock).close()
    other = sqlite3.connect(path)
    other.execute("UPDATE ledger_meta SET value = ? WHERE key = 'schema'", (schema,))
    other.commit()
    other.close()
    with pytest.raises(kind, match=told):
        Ledger.open(path, clock=clock)


def test_a_ledger_on_a_server_is_named_as_it_is_typed_without_its_password() -> None:
    assert named("postgresql://ana:secret@host:5432/iga") == "postgresql://ana:***@host:5432/iga"


@pytest.mark.parametrize("address", ["mysql://host/db", "sqlite:///x.db", "postgresql://host:port/db", "://"])
def test_an_address_of_another_kind_is_refused(address: str | Path, clock: Clock) -> None:
    with pytest.raises(LedgerRefused, match="postgresql://user@host/name"):
        Ledger.open(address, clock=clock)


def test_a_server_that_is_down_is_told_without_the_password(clock: Clock) -> None:
    with pytest.raises(LedgerError, match="cannot be reached") as caught:
        Ledger.open("postgresql://ana:secret@127.0.0.1:1/iga", clock=clock)
    assert "secret" not in str(caught.value)


@ON_FILES_ALONE
def test_a_damaged_ledger_is_told_in_a_sentence(
    say: Sayings, ledger_address: str, clock: Clock, ledger: Ledger
) -> None:
    say.load({f"k{n}": say.node(f"ngo:n{n}") for n in range(500)})
    ledger.close()
    file = Path(ledger_address)
    damaged = bytearray(file.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    file.write_bytes(damaged)
    with (
        pytest.raises(LedgerDamaged, match="iga restore DUMP --mend"),
        Ledger.open(ledger_address, clock=clock) as reopened,
    ):
        list(reopened.rows_after(0))


def test_a_waiting_writer_is_told_who_holds_the_lock(ledger: Ledger, reopened: Callable[[], Ledger]) -> None:
    other = reopened()
    told = []

    def write() -> None:
        with pytest.raises(LedgerLocked) as caught, other.writing("iga load b.csv", wait_s=0.1):
            pass
        told.append(str(caught.value))

    with ledger.writing("iga load a.csv"):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert "iga load a.csv" in told[0]
    assert str(os.getpid()) in told[0]
    assert socket.gethostname()[:20] in told[0]
    if "://" not in ledger.name:
        assert "since 2026-06-01T12:00:00+00:00" in told[0]


def test_a_second_ledger_in_the_same_thread_is_told_too(ledger: Ledger, reopened: Callable[[], Ledger]) -> None:
    with ledger.writing("iga load a.csv"), pytest.raises(LedgerLocked, match=r"iga load a\.csv"):  # noqa: SIM117
        with reopened().writing("iga load b.csv", wait_s=0):
            pass


def test_the_lock_is_free_after_the_block_even_after_an_error(ledger: Ledger, reopened: Callable[[], Ledger]) -> None:
    with pytest.raises(ZeroDivisionError), ledger.writing("first"):
        _ = 1 / 0
    with reopened().writing("second", wait_s=0):
        pass


def test_whoever_holds_the_lock_may_ask_again_and_load(
    say: Sayings, ledger: Ledger, reopened: Callable[[], Ledger]
) -> None:
    with ledger.writing("outer"):
        with ledger.writing("inner", wait_s=0):
            say.load({"k": say.node("ngo:x")})
        with pytest.raises(LedgerLocked, match="outer"), reopened().writing("other", wait_s=0):
            pass


@ON_FILES_ALONE
def test_a_note_that_cannot_be_read_still_gives_a_sentence(
    ledger: Ledger, reopened: Callable[[], Ledger], ledger_address: str
) -> None:
    with ledger.writing("first"):
        Path(f"{ledger_address}.writer.json").write_text("{", encoding="utf-8")
        with pytest.raises(LedgerLocked, match="by another program; waited 0 s"), reopened().writing("x", wait_s=0):
            pass


def test_many_threads_read_while_one_writes(say: Sayings, ledger: Ledger) -> None:
    say.load({f"k{n}": say.node(f"ngo:n{n}") for n in range(50)})
    counts = []

    def read() -> None:
        counts.append(sum(1 for _ in ledger.by_node()))

    with ledger.open_load(Card("ref:b", "B")) as load:
        load.put([("k", "b:2", say.node("ngo:new"))])
        threads = [threading.Thread(target=read) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(1 for _ in ledger.by_node()) == 51
    assert counts == [50] * 20


def test_reading_half_of_a_stream_harms_nobody(say: Sayings, ledger: Ledger) -> None:
    say.load({f"k{n}": say.node(f"ngo:n{n}") for n in range(5000)})
    stream = ledger.by_node()
    next(stream)
    assert say.load({"k0": say.node("ngo:other")}).no == 2
    del stream
