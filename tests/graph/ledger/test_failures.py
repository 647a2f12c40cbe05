"""What a failing database looks like to a person: one sentence, never a traceback of a driver."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from iga.graph.errors import LedgerDamaged, LedgerError, LedgerLocked, LedgerRefused
from iga.graph.ledger.failures import translated


def disk_is_full(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA max_page_count = 3")
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")


def somebody_writes(path: Path) -> None:
    with closing(sqlite3.connect(path)) as first, closing(sqlite3.connect(path, timeout=0)) as second:
        first.execute("BEGIN IMMEDIATE")
        second.execute("BEGIN IMMEDIATE")


def folder_is_missing(path: Path) -> None:
    sqlite3.connect(path / "no" / "such.db")


def file_is_read_only(path: Path) -> None:
    sqlite3.connect(path).close()
    path.touch()
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as connection:
        connection.execute("CREATE TABLE t (x)")


def no_database(path: Path) -> None:
    path.write_text("id;name\n" * 200, encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT * FROM sqlite_master")


def no_such_table(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path.as_posix()}")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT * FROM absent")
    finally:
        engine.dispose()


def a_text_is_none(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()


def server_is_away(_: Path) -> None:
    raise OperationalError("SELECT 1", {}, ConnectionError("connection refused"))


@pytest.mark.parametrize(
    ("happens", "kind", "sentence"),
    [
        (disk_is_full, LedgerError, "the ledger L has no room left on its disk: free some space"),
        (somebody_writes, LedgerLocked, "the ledger L is being written by another program"),
        (folder_is_missing, LedgerRefused, "the ledger L cannot be opened: check that its folder exists"),
        (file_is_read_only, LedgerError, "the ledger L may not be written to: ask for write access"),
        (no_database, LedgerRefused, "the ledger L is not a ledger: name another file"),
        (a_text_is_none, LedgerDamaged, "the ledger L is damaged: iga verify-ledger names all that is damaged"),
        (server_is_away, LedgerError, r"the ledger L cannot be reached \(connection refused\): check the address"),
        (no_such_table, LedgerError, "the ledger L failed: no such table: absent; nothing of this run was kept"),
    ],
)
def test_each_failure_is_told_with_what_to_do(
    tmp_path: Path, happens: Callable[[Path], None], kind: type[LedgerError], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence), translated("L"):
        happens(tmp_path / "l.db")
