"""Whether a ledger is what was written: every row, load and look-up key read, and compared with its digests."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import URL, Connection, exists, func, select

from iga.graph.errors import LedgerDamaged, LedgerError
from iga.graph.ledger.checks import CHECKED, DIGEST_SIZE, FIRST, is_load_whole, is_whole
from iga.graph.ledger.connection import file_of
from iga.graph.ledger.failures import REMEDY
from iga.graph.ledger.mentions import keys_of
from iga.graph.ledger.rows import live_digest
from iga.graph.ledger.stored_history import StoredHistory, content_of, streamed
from iga.graph.ledger.tables import load, mention, row, version

_HEAD = 100
"""Bytes of the header of a SQLite file."""

SHOWN = 20
"""Most things that a message or a list names one by one."""

# Odd numbers of 64 bits: a key and a row, mixed, are added up, so that no order and no list of them is needed.
_MIX, _STIR = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F


@dataclass(frozen=True)
class Damage:
    """Something of a ledger that is not what was written.

    Attributes:
        kind: A version of a row, a load, the look-up keys, which are made of the rows, the file itself, or loads that
            are missing.
        load: The load that said it; 0 where it is of none.
        source, row_key: The row; blank where it is none.
    """

    kind: Literal["row", "load", "look-ups", "file", "loads"]
    says: str
    load: int = 0
    source: str = ""
    row_key: str = ""

    @property
    def text(self) -> str:
        """The damage as a line."""
        if self.kind == "loads":
            return self.says
        where = f"load {self.load}" if self.load else self.kind
        return (
            f"{where}, row {self.row_key!r} of {self.source}: {self.says}" if self.row_key else f"{where}: {self.says}"
        )


def damages(ledger: StoredHistory) -> list[Damage]:
    """Return what is damaged in a ledger; of many of a kind the first. Empty means that it is what was written.

    Everything is read, in flat memory. What cannot be read at all is damage, too.
    """
    wrong: list[Damage] = []
    with ledger.reading() as connection:
        for look in (_file, _loads, _rows, _orphans):
            try:
                wrong += look(connection)
            # A boundary: whatever a database or a decoder makes of damaged pages is damage.
            except Exception as error:
                wrong.append(unreadable(error, "a part of it"))
    return wrong


def cut_off(address: str | URL) -> list[Damage]:
    """Return that the file of a ledger is shorter than it says itself; empty if it is not, or lies on a server."""
    place = file_of(address)
    if place is None or not place.is_file():
        return []
    with place.open("rb") as file:
        head = file.read(_HEAD)
    if len(head) < _HEAD or not head.startswith(b"SQLite format 3"):
        return []
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    # A page of 65,536 bytes is written as 1. https://sqlite.org/fileformat.html, 1.3.2 and 1.3.7
    lacks = (65_536 if page == 1 else page) * pages - place.stat().st_size
    return [Damage("file", f"{lacks:,} bytes are missing at its end: it was cut off")] if lacks > 0 else []


def unreadable(error: Exception, what: str) -> Damage:
    """Return that something of a ledger cannot be read, with what the database says of it: it names no other remedy."""
    cause = error.__cause__ if isinstance(error, LedgerError) and error.__cause__ else error
    says = str(getattr(cause, "orig", cause)).splitlines()[0].removesuffix(REMEDY).rstrip("; ")
    return Damage("file", f"{what} cannot be read ({says})")


def refuse_if_damaged(ledger: StoredHistory) -> None:
    """Read all of a ledger and refuse it if it is not what was written.

    Raises:
        LedgerDamaged: It is not; the message names the first damage.
    """
    if wrong := damages(ledger):
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise LedgerDamaged(f"the ledger is damaged ({wrong[0].text}{more}); {REMEDY}")


def _file(connection: Connection) -> Iterator[Damage]:
    """Give what SQLite itself finds wrong with the pages of its file; a server checks its own."""
    yield from cut_off(connection.engine.url)
    if connection.dialect.name == "sqlite":
        for says in connection.exec_driver_sql(f"PRAGMA integrity_check({SHOWN})").scalars():
            if says != "ok":
                yield Damage("file", " ".join(says.split()))


def _loads(connection: Connection) -> Iterator[Damage]:
    """Give the loads that are not what was written, or do not follow the one before them."""
    previous = FIRST
    for stored in connection.execute(select(load).order_by(load.c.no)):
        if not is_load_whole(stored):
            yield Damage("load", "it is not what was written", stored.no)
        elif stored.chain is None:
            yield Damage("load", "it was never completed", stored.no)
        elif stored.previous != previous:
            yield Damage("load", "the load before it is missing or another", stored.no)
        previous = stored.chain


def _rows(connection: Connection) -> Iterator[Damage]:
    """Give the versions that are not what was written, the loads that lack some, and whether the keys are theirs."""
    query = select(*CHECKED, row.c.live_digest).join_from(row, version, version.c.row_id == row.c.id)
    said: dict[int, Any] = defaultdict(lambda: blake2b(digest_size=DIGEST_SIZE))
    keyed = 0
    with streamed(connection, query.order_by(row.c.id, version.c.load_no)) as stored:
        for row_id, versions in groupby(stored, key=lambda one: one.id):
            keys: set[int] = set()
            for one in versions:
                said[one.load_no].update(one.mark or b"")
                if not is_whole(one[: len(CHECKED)]):
                    yield Damage("row", "it is not what was written", one.load_no, str(one.source), str(one.row_key))
                    continue
                keys |= keys_of(content_of(one.content))
            if is_whole(one[: len(CHECKED)]) and one.live_digest != (live_digest(one.content) if one.content else None):
                yield Damage("row", "its newest content is not the one on record", one.load_no, one.source, one.row_key)
            keyed += sum(_mixed(key, row_id) for key in keys)
    for no, rows in connection.execute(select(load.c.no, load.c.rows).order_by(load.c.no)):
        if rows != said[no].digest():
            yield Damage("load", "rows that it wrote are missing or others", no)
    with streamed(connection, select(mention.c.hash, mention.c.row_id)) as stored:
        if sum(_mixed(one.hash, one.row_id) for one in stored) != keyed:
            yield Damage("look-ups", "the keys that find the rows are not those of the rows")


def _orphans(connection: Connection) -> Iterator[Damage]:
    """Give what stands alone: rows without a version, versions without a row."""
    lonely = (
        (row, ~exists().where(version.c.row_id == row.c.id), "rows without anything said"),
        (version, ~exists().where(row.c.id == version.c.row_id), "versions without their row"),
    )
    for table, alone, says in lonely:
        if count := connection.execute(select(func.count()).select_from(table).where(alone)).scalar_one():
            yield Damage("file", f"{count} {says}")


def _mixed(key: int, row_id: int) -> int:
    return (key ^ row_id * _MIX) * _STIR & (1 << 64) - 1
