"""The ledger: opened, checked, locked for writing, and read through the fold's `History`."""

import secrets
import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import count
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, select

from iga.graph.domain.marking import Marking
from iga.graph.errors import LedgerError, LedgerRefused, SystemRefused
from iga.graph.ledger.connection import connected, file_of, named
from iga.graph.ledger.failures import translated
from iga.graph.ledger.head import is_as_left, keep_head, note_left, refuse_lost_loads
from iga.graph.ledger.identity import identity_of
from iga.graph.ledger.load import OpenLoad, load_record, refuse_other_key, refuse_stale
from iga.graph.ledger.lock import held_by_file, held_by_server, this_process
from iga.graph.ledger.stored_history import StoredHistory, headers_of
from iga.graph.ledger.tables import load
from iga.graph.ledger.verifying import refuse_if_damaged
from iga.graph.rollback import undone_by
from iga.graph.statements import Card, LoadHeader

_OPENED = count()


@dataclass
class Mark:
    """The mark of a ledger; nothing is open until it is read. Threads may share it."""

    engine: Engine
    _reading: Lock = field(default_factory=Lock)
    _counter: sqlite3.Connection | None = None
    _of: tuple[Hashable, ...] = ()

    def read(self) -> Hashable:
        """Return the mark; one that equals no other where none can be read."""
        if file := file_of(self.engine.url):
            return self._of_file(file)
        with self.engine.connect() as connection:  # the transactions that are seen: all that have ended
            return str(connection.exec_driver_sql("SELECT pg_current_snapshot()").scalar())

    def close(self) -> None:
        """Let go of the file."""
        with self._reading:
            self._let_go()

    def _let_go(self) -> None:
        if self._counter is not None:
            self._counter.close()
        self._counter = None

    def _of_file(self, file: Path) -> Hashable:
        with suppress(OSError, sqlite3.Error), self._reading:
            place = file.stat()
            if self._counter is None or self._of[1:] != (place.st_dev, place.st_ino):  # another file took its place
                self._let_go()
                self._counter = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False)
                self._of = (next(_OPENED), place.st_dev, place.st_ino)
            # SQLite counts for each connection what others commit.
            return (*self._of, *self._counter.execute("PRAGMA data_version").fetchone(), _head(file))
        return object()


def _head(file: Path) -> Hashable:
    """Return what changes with the head beside a ledger, by which it is told that loads were lost."""
    with suppress(FileNotFoundError):
        head = file.with_name(f"{file.name}.head").stat()
        return head.st_ino, head.st_mtime_ns, head.st_size
    return None


_MICROSECOND = timedelta(microseconds=1)


class Ledger(StoredHistory):
    """Everything ever loaded. Any number of threads may read; one writer at a time writes.

    Within the block of `open_load`, and in that thread alone, reading sees the open load.

    Attributes:
        ceiling: Highest marking that is seen of it.
        clock: Gives the present instant.
        noted: Gives what each load notes of the audit log.
        kept: Last load, where its head was kept and no act has named it yet; else 0.
    """

    ceiling = Marking.SENSITIVE

    def __init__(self, engine: Engine, *, name: str, clock: Callable[[], datetime]) -> None:
        self.name, self.id, self._secret = name, "", b""
        self._engine = engine
        self.clock = clock
        self.noted: Callable[[], str] = str
        self.kept = 0
        self._mine = threading.local()
        self._is_as_left = is_as_left(name)
        self._mark = Mark(engine)

    @classmethod
    def open(
        cls,
        address: str | Path,
        *,
        clock: Callable[[], datetime],
        read_only: bool = False,
        password: Callable[[], str] | None = None,
    ) -> Self:
        """Open the ledger at a path or a ``postgresql://`` address; make it where there is none.

        Args:
            address: A SQLite file, or an address with user and password.
            clock: Gives the present instant, with its time zone.
            read_only: Whether a missing ledger is an error and nothing may be written.
            password: Gives the password of a server where the address does not hold it.

        Raises:
            LedgerRefused: It is no ledger, or newer than this program, or missing where it is only read.
            LedgerLocked: It is being made by another program.
            LedgerError: The database failed.
        """
        name, file = named(address), file_of(address)
        if file and file.exists() and not file.is_file():
            raise LedgerRefused(f"{name} is no file: name one for the ledger with --ledger or IGA_LEDGER")
        if read_only and file and not file.exists():
            raise LedgerRefused(f"there is no ledger at {name}: load something first, or name another with --ledger")
        with translated(name):
            ledger = cls(connected(address, read_only=read_only, password=password), name=name, clock=clock)
            with undone_by(ledger.close):
                ledger._identify(address, read_only=read_only, password=password)
        return ledger

    def _identify(self, address: str | Path, *, read_only: bool, password: Callable[[], str] | None) -> None:
        """Take id and secret; what an older program made is opened for writing once.

        Where that cannot be and only the secret is missing, one that ends with this process stands in for it.
        """
        held = identity_of(self, self._engine, read_only=read_only)
        if read_only and (held.is_older or not held.secret):
            with suppress(LedgerError, SystemRefused) if not held.is_older else nullcontext():
                type(self).open(address, clock=self.clock, password=password).close()
            held = identity_of(self, self._engine, read_only=True)
        self.id, self._secret = held.id, (held.secret or secrets.token_hex(32)).encode()

    def version_of(self, graph_hash: str) -> str:
        """Return what a graph is known by to whoever is shown it: its hash, keyed; blank where there is no graph.

        The hash is a sum, so that two of them tell the digest of what came between: what is guessed could be proved.
        """
        return blake2b(graph_hash.encode(), digest_size=32, key=self._secret).hexdigest() if graph_hash else ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is hidden."""
        return self.ceiling is Marking.SENSITIVE

    @property
    def whole(self) -> "Ledger":
        """All of it, past every ceiling: for controls that bind whoever may not see why, such as consents."""
        return self

    def number_of(self, load: int) -> int:
        """Return the number under which a load is known to whoever sees this ledger."""
        return load

    def load_of(self, number: int) -> int:
        """Return the load that has a number for whoever sees this ledger."""
        return number

    def mark(self) -> Hashable:
        """Return what changes with every commit, whoever makes it; errors are those of a read."""
        with translated(self.name):
            return self._mark.read()

    def close(self) -> None:
        """Let go of the database."""
        self._mark.close()
        self._engine.dispose()
        if self._is_as_left:
            note_left(self.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection for reading: what is committed, or the load open in this thread."""
        with translated(self.name):
            if (mine := getattr(self._mine, "connection", None)) is not None:
                yield mine
            else:
                with self._engine.connect() as connection:
                    yield connection

    @contextmanager
    def writing(self, who: str, *, wait_s: float = 10.0) -> Iterator[None]:
        """Hold the writer lock for the block; a thread that holds it may ask again.

        Args:
            who: What the holder does, as others are told: ``iga load contacts.xlsx``.
            wait_s: Seconds to wait for another writer.

        Raises:
            LedgerLocked: Another writer kept the lock; the message names it.
        """
        if getattr(self._mine, "holds_lock", False):
            yield
            return
        holder = this_process(who, since=self._now().isoformat(timespec="seconds"))
        with ExitStack() as stack:
            if file := file_of(self._engine.url):
                stack.enter_context(held_by_file(file, holder, wait_s=wait_s))
            else:
                stack.enter_context(translated(self.name))
                stack.enter_context(held_by_server(self._engine, holder, name=self.name, wait_s=wait_s))
            self._mine.holds_lock = True
            try:
                yield
            finally:
                self._mine.holds_lock = False

    @contextmanager
    def transaction(self, who: str) -> Iterator[Connection]:
        """Hold the writer lock and one write transaction; it is rolled back unless the block commits it.

        Raises:
            LedgerLocked: Another writer kept the lock.
            LedgerError: The database failed, or a load is open in this thread already.
        """
        if getattr(self._mine, "connection", None) is not None:
            raise LedgerError("a load is open already: commit or leave it before the next one")
        with self.writing(who), translated(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            self._mine.connection = connection
            try:
                yield connection
            finally:
                self._mine.connection = None
                connection.rollback()

    @contextmanager
    def open_load(
        self,
        card: Card,
        *,
        by: str = "",
        because: str = "",
        row_key: Sequence[str] = (),
        files: Sequence[tuple[str, str]] = (),
        rekey: bool = False,
        goes_back: bool = False,
    ) -> Iterator[OpenLoad]:
        """Open a load of one source: committed by its `commit`, gone without a trace otherwise.

        Args:
            card: The source's card; the newest one counts.
            by: Who types it, where a person does.
            because: Why, in the person's words.
            row_key: Columns that the row keys are made of.
            files: Name and SHA-256 of each file read.
            rekey: Accept other row-key columns; earlier rows that do not come again are withdrawn.
            goes_back: Accept an earlier edition: loads are taken back.

        Raises:
            StaleEdition: The card's day lies before that of an earlier load of the source.
            RowKeyChanged: The row-key columns are others than before, and `rekey` is not given.
            LedgerLocked: Another writer kept the lock.
            LedgerError: The database failed; nothing was written.
        """
        with self.transaction(f"load of {card.source}") as connection:
            self.refuse_unsound()
            earlier = headers_of(connection, load.c.source == card.source)
            if not goes_back:
                refuse_stale(card, earlier)
            if not rekey:
                refuse_other_key(card.source, earlier, tuple(row_key))
            no, at = self._next_place(connection)
            header = LoadHeader(no, card.source, at, card, by, because, tuple(row_key), tuple(files), self.noted())
            connection.execute(load.insert().values(load_record(header)))
            yield OpenLoad(connection, header, previous=earlier[-1] if earlier else None, rekey=rekey)
        self.keep_head()

    def keep_head(self) -> None:
        """Note beside a ledger in a file, and for the audit log, which load is its last; a `LedgerError` if not."""
        if file_of(self.name):
            with self.reading() as connection:
                keep_head(connection, self.name)
        self.kept = self.through()

    def refuse_unsound(self, *, looks_anew: bool = False) -> None:
        """Refuse, as `LedgerDamaged`, one that lost its last load, or is damaged: read where others wrote, or anew."""
        if file_of(self.name):
            with self.reading() as connection:
                refuse_lost_loads(connection, self.name)
        if looks_anew or not self._is_as_left:
            refuse_if_damaged(self)
            self._is_as_left = True

    def _next_place(self, connection: Connection) -> tuple[int, str]:
        """Return number and instant of the next load; instants rise with the numbers, whatever the clock."""
        last = connection.execute(select(load.c.no, load.c.at).order_by(load.c.no.desc()).limit(1)).first()
        no, at = 1, self._now()
        if last:
            no, at = last.no + 1, max(at, datetime.fromisoformat(last.at) + _MICROSECOND)
        return no, at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def _now(self) -> datetime:
        return self.clock().astimezone(UTC)
