"""Connections to the ledger's database: a SQLite file or a PostgreSQL server."""

import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.util import LRUCache

from iga.graph.errors import LedgerRefused, refused
from iga.graph.private import make_file, make_folder
from iga.graph.rollback import undone_by

CONNECT_S = 5
"""Longest for a server to take a connection, in whole seconds as its driver wants."""

SILENCE_S = 3.0
"""After how long without a word it is looked whether the server still takes connections."""

STATEMENT_S = 300
"""Longest that a statement may run."""

OPTIONS: dict[str, int] = {
    "connect_timeout": CONNECT_S,
    # A cable that was cut is noticed after some 20 seconds, in which nothing was sent or nothing was confirmed.
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""What each connection is opened with, unless the ledger's address says otherwise."""


def limit_silence(engine: Engine) -> None:
    """Let no statement on PostgreSQL wait for a server that stands still; the driver would wait for ever."""

    @event.listens_for(engine, "connect", insert=True)  # before the first questions that are asked of a server
    def _(connection: Any, _record: Any) -> None:
        wait = connection.wait

        def look() -> None:
            arguments, options = engine.dialect.create_connect_args(engine.url)
            with undone_by(connection.close):  # what was asked over it is answered too late, or never
                engine.dialect.connect(*arguments, **{**OPTIONS, **options}).close()

        connection.wait = lambda talk, *more, **options: wait(watched(talk, look, SILENCE_S), *more, **options)
        connection.execute(f"SET statement_timeout = '{STATEMENT_S}s'")
        connection.commit()


def watched(talk: Generator[Any, Any, Any], look: Callable[[], None], silence_s: float) -> Generator[Any, Any, Any]:
    """Go on as a talk with a server does, and look after each silence of so many seconds whether the server is there.

    Args:
        talk: Gives what it waits for, and is sent what came of that: nothing, from time to time, when nothing did.
        look: Raises the driver's error when the server is not there.
        silence_s: How long a silence is.
    """
    heard_at = monotonic()
    try:
        waits_for = next(talk)
        while True:
            came = yield waits_for
            is_silent = not came and monotonic() - heard_at > silence_s
            if is_silent:
                look()
            if came or is_silent:
                heard_at = monotonic()
            waits_for = talk.send(came)
    except StopIteration as end:
        return end.value


# 16 MB: look-up keys are hashes, so their pages are met in no order; with four times as much a load was no quicker.
_CACHE_KIB = 16_384
# Milliseconds that a connection waits for another one to finish its commit.
_BUSY_MS = 10_000
_WROTE = "wrote"


class OneSqlite(SQLiteDialect_pysqlite):
    """Equal for every file: a statement is written as SQL once in a process, not anew for each ledger."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OneSqlite)

    def __hash__(self) -> int:
        return hash(OneSqlite)


registry.register("sqlite", __name__, OneSqlite.__name__)
_WRITTEN: LRUCache[Any, Any] = LRUCache(500)

OLDEST = 13
"""The oldest PostgreSQL that says which transactions are seen."""

COPY = "copy-"
"""After the name of a ledger's file: a folder with a copy of it, for as long as a command needs one."""

POOLED, MOST_CONNECTIONS = 5, 40
"""Connections that a process keeps to a server, and most that it has at once: one for each answer that is made."""


def url_of(address: str | Path | URL) -> URL:
    """Return the database address of a ledger.

    Raises:
        LedgerRefused: The address is neither a path nor ``postgresql://…``.
    """
    if isinstance(address, URL):
        return address
    if isinstance(address, Path) or "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser().resolve()))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise LedgerRefused(
            "the ledger's address cannot be read: write a path or postgresql://user@host/name"
        ) from None
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise LedgerRefused(f"a ledger cannot live in {url.drivername!r}: write a path or postgresql://user@host/name")
    return url.set(drivername="postgresql+psycopg")


def file_of(address: str | Path | URL) -> Path | None:
    """Return the file of a ledger; None on a server."""
    url = url_of(address)
    return Path(url.database or "") if url.drivername == "sqlite" else None


def named(address: str | Path | URL) -> str:
    """Return how messages name a ledger: its path, or its address without the password."""
    url = url_of(address).set(drivername="postgresql")  # as it is typed
    return str(file_of(address) or url.render_as_string(hide_password=True))


def connected(address: str | Path, *, read_only: bool, password: Callable[[], str] | None = None) -> Engine:
    """Return an engine for a ledger; the folder of a new file is made.

    Raises:
        SystemRefused: The folder cannot be made.
    """
    url = url_of(address)
    if password and url.drivername != "sqlite":
        url = url.set(password=password())
    if file := file_of(url):
        try:
            make_folder(file.parent)
        except OSError as error:
            raise refused(f"the folder of the ledger {file}", error) from error
        with suppress(OSError):  # the database says better what is wrong there
            make_file(file)
    # Readers of a file may be many (one per thread of a server), each for a moment: their pool has no upper limit.
    how: dict[str, Any] = {"max_overflow": -1, "execution_options": {"compiled_cache": _WRITTEN}}
    if not file:
        unsaid = {name: value for name, value in OPTIONS.items() if name not in url.query}
        how = {"connect_args": unsaid, "pool_pre_ping": True, "pool_timeout": CONNECT_S}
        how |= {"pool_size": POOLED, "max_overflow": MOST_CONNECTIONS - POOLED}
    if file and read_only and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        how["creator"] = partial(sqlite3.connect, _as_it_stands(file), uri=True, check_same_thread=False)
    engine = create_engine(url, **how)
    if file:
        _prepare_sqlite(engine, read_only=read_only)
    else:
        _refuse_old(engine)
        limit_silence(engine)
    return engine


def _refuse_old(engine: Engine) -> None:
    """Let every connection to a server raise LedgerRefused if that is too old."""

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        if (version := connection.info.server_version // 10_000) < OLDEST:
            place = named(engine.url)
            raise LedgerRefused(f"{place} is on PostgreSQL {version}; upgrade it: this program needs {OLDEST} or later")


def _as_it_stands(file: Path) -> str:
    """Return the address of a file that one may read and not write: SQLite makes nothing beside it then.

    With a log beside it, it is being written, or its writer was killed: SQLite reads both if the log's index is there.
    """
    log, index = Path(f"{file}-wal"), Path(f"{file}-shm")
    is_at_rest = not log.exists() or not (log.stat().st_size or index.exists())
    return f"{file.as_uri()}?{'immutable=1' if is_at_rest else 'mode=ro'}"


def _prepare_sqlite(engine: Engine, *, read_only: bool) -> None:
    """Let transactions begin when they are told to: the driver would begin late, and not before a read."""

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {_BUSY_MS}",
            "synchronous = FULL",
            f"cache_size = -{_CACHE_KIB}",
            f"query_only = {int(read_only)}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.info[_WROTE] = bool(writes)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "checkin")
    def _(connection: Any, record: Any) -> None:
        # The projection that follows a load reads over another connection: what this one holds is of no use.
        if connection is not None and record.info.pop(_WROTE, False):
            connection.execute("PRAGMA shrink_memory")


def read_while_written(engine: Engine) -> None:
    """Make a new SQLite file one that may be read while it is written; the file remembers."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
