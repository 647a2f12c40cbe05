"""Rows and their versions as they are written: by a load, and by a restore."""

import os
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, func, select

from iga.graph.grouping import batches
from iga.graph.ledger.checks import mark_of
from iga.graph.ledger.tables import mention, row, version
from iga.graph.statements import Content, digest, encoded

# SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535; longer lists gain nothing.
CHUNK = 2_000

SALT_BYTES = 16
T = TypeVar("T")

_BLANK = digest(encoded(Content()))


class Known(NamedTuple):
    """A row that the ledger has: its number and the digest of its live version, None when withdrawn."""

    id: int
    live: bytes | None


class Entry(NamedTuple):
    """A version about to be written.

    ``content`` is None where it was destroyed; then ``seal`` stands for it.
    """

    row_id: int
    source: str
    row_key: str
    is_new: bool
    locator: str
    live: bytes | None
    content: bytes | None
    keys: set[int]
    salt: bytes
    seal: bytes | None = None

    def mark(self, load_no: int) -> bytes:
        """Return the digest by which damage to the version is told."""
        said = self.locator, self.content, self.salt, self.seal
        return mark_of(self.row_id, self.source, self.row_key, load_no, *said)


def live_digest(content: bytes) -> bytes | None:
    """Return the digest that a live version is compared by; None for a withdrawal."""
    digested = digest(content)
    return None if digested == _BLANK else digested


def sealed(salt: bytes, content: bytes) -> bytes:
    """Return the 32-byte digest that may stay when the content is destroyed."""
    return blake2b(salt + content, digest_size=32).digest()


def fresh_salts(count: int) -> list[bytes]:
    """Return random salts, one per version: two rows that say the same do not show it by their seals."""
    drawn = os.urandom(SALT_BYTES * count)
    return [drawn[at : at + SALT_BYTES] for at in range(0, len(drawn), SALT_BYTES)]


_KNOWN = select(row.c.row_key, row.c.id, row.c.live_digest).where(
    row.c.source == bindparam("source"), row.c.row_key.in_(bindparam("keys", expanding=True))
)


def known_rows(connection: Connection, source: str, row_keys: Iterable[str]) -> dict[str, Known]:
    """Return the rows of a source that exist already, by row key."""
    chunks = batches(row_keys, CHUNK)
    known = (connection.execute(_KNOWN, {"source": source, "keys": chunk}) for chunk in chunks)
    return {row_key: Known(row_id, live) for rows in known for row_key, row_id, live in rows}


def last_row_id(connection: Connection) -> int:
    """Return the highest row number given so far, 0 when there is none."""
    return connection.execute(select(func.max(row.c.id))).scalar() or 0


_UPDATE = row.update().where(row.c.id == bindparam("row_id")).values(live_digest=bindparam("live_digest"))


def record(connection: Connection, load_no: int, entries: Sequence[Entry]) -> None:
    """Write versions of different rows, with the rows that are new and all look-up keys."""
    fresh = [(e.row_id, e.source, e.row_key, e.live) for e in entries if e.is_new]
    _run_many(connection, row.insert(), ("id", "source", "row_key", "live_digest"), fresh)
    older = [(e.row_id, e.live) for e in entries if not e.is_new]
    _run_many(connection, _UPDATE, ("row_id", "live_digest"), older)
    values = [(e.row_id, load_no, e.locator, e.salt, e.seal, e.content, e.mark(load_no)) for e in entries]
    columns = ("row_id", "load_no", "locator", "salt", "seal", "content", "mark")
    _run_many(connection, version.insert(), columns, values)
    put_mentions(connection, ((key, e.row_id) for e in entries for key in e.keys))


def put_mentions(connection: Connection, mentions: Iterable[tuple[int, int]]) -> None:
    """Write look-up keys, each with the number of its row; those that are there stay."""
    dialect: Any = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")  # the other takes long to import
    insert = dialect.insert(mention).on_conflict_do_nothing()
    # In the order of the index: a sorted batch writes each of its pages once.
    _run_many(connection, insert, ("hash", "row_id"), sorted(mentions))


def _run_many(connection: Connection, statement: Any, names: tuple[str, ...], values: list[tuple[Any, ...]]) -> None:
    """Run a statement once per tuple, past SQLAlchemy's handling of each value: half of a load's time."""
    if not values:
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=names)
    if compiled.positional:
        place = [names.index(name) for name in compiled.positiontup]
        in_order = place == list(range(len(names)))
        connection.exec_driver_sql(
            str(compiled), values if in_order else [tuple(value[at] for at in place) for value in values]
        )
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(names, value, strict=True)) for value in values])
