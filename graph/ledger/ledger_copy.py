"""A copy of the ledger for what only looks at what would be, while somebody else is writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from iga.graph.errors import LedgerLocked
from iga.graph.ledger.connection import COPY, file_of
from iga.graph.ledger.ledger import Ledger


@contextmanager
def copied_while_written(ledger: Ledger) -> Iterator[tuple[Ledger, str] | None]:
    """Give a copy of what is committed, and who is writing; None where nobody is. A server's ledger is not copied."""
    try:
        with ledger.writing("a look at the writer lock", wait_s=0):
            yield None
            return
    except LedgerLocked as locked:
        holder = locked.message.partition(";")[0]
    place = file_of(ledger.name)
    if place is None:
        yield None
        return
    # Beside the ledger, whose keeper keeps the copy safe too, and not in the machine's folder for passing files.
    with TemporaryDirectory(prefix=f"{place.name}.{COPY}", dir=place.parent) as folder:
        path = Path(folder) / "ledger.sqlite"
        with ledger.reading() as connection, closing(sqlite3.connect(path)) as copied:
            connection.connection.driver_connection.backup(copied)  # type: ignore[union-attr]  # sqlite3's own
        with Ledger.open(path, clock=ledger.clock) as copy:
            yield copy, holder
