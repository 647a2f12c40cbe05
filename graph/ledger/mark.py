"""What changes with every commit to a ledger, whoever makes it: while it stays, what was read of the ledger is good."""

import sqlite3
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from iga.graph.ledger.connection import file_of

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
