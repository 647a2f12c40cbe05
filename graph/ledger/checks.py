"""Digests by which damage to a ledger is told: one for each version of a row, one for each load, in a chain.

They find what a disk or a copy did to the ledger, not what somebody did who may write to it: such a one can make them
anew. A dump, kept elsewhere, is what tells of that.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from iga.graph.errors import LedgerDamaged
from iga.graph.grouping import batches
from iga.graph.ledger.failures import REMEDY
from iga.graph.ledger.tables import load, row, version

DIGEST_SIZE = 16
_CHUNK = 2_000
FIRST = bytes(DIGEST_SIZE)
"""What the first load follows."""

CHECKED = (
    row.c.id,
    row.c.source,
    row.c.row_key,
    version.c.load_no,
    version.c.locator,
    version.c.content,
    version.c.salt,
    version.c.seal,
    version.c.mark,
)
"""The columns of a version that its mark is over, the mark last; `refuse_damaged` takes them in this order."""


def mark_of(
    row_id: int,
    source: str,
    row_key: str,
    load_no: int,
    locator: str,
    content: bytes | None,
    salt: bytes,
    seal: bytes | None,
) -> bytes:
    """Return the digest of a version: of its content, or of its seal where that was destroyed."""
    place = f"{row_id}\0{load_no}\0{source}\0{row_key}\0{locator}\0".encode()
    said = seal or b"" if content is None else content
    return blake2b(place + salt + said, digest_size=DIGEST_SIZE).digest()


def is_whole(stored: Any) -> bool:
    """True if a version, fetched by `CHECKED`, is what was written."""
    try:
        return bool(mark_of(*stored[:-1]) == stored[-1])
    except TypeError:  # a damaged column may come back as another type
        return False


def refuse_damaged(stored: Any) -> None:
    """Refuse, as `LedgerDamaged`, a version fetched by `CHECKED` that is not what was written."""
    if not is_whole(stored):
        where = f"row {stored[2]!r} of {stored[1]!r}, as load {stored[3]} said it,"
        raise LedgerDamaged(f"the ledger is damaged: {where} is not what was written; {REMEDY}")


def chain_of(stored: Any) -> bytes:
    """Return the digest of a load: of all its columns, with that of the load before it."""
    place = f"{stored.no}\0{stored.source}\0{stored.at}\0{len(stored.header)}\0".encode()
    return blake2b(
        place + stored.header + stored.counts + stored.rows + stored.previous, digest_size=DIGEST_SIZE
    ).digest()


def is_load_whole(stored: Any) -> bool:
    """True if a load is what was written; one that is still open has nothing yet to be compared with."""
    try:
        return stored.chain is None or chain_of(stored) == stored.chain
    except TypeError:
        return False


def refuse_damaged_load(stored: Any) -> None:
    """Refuse, as `LedgerDamaged`, a load that is not what was written."""
    if not is_load_whole(stored):
        raise LedgerDamaged(f"the ledger is damaged: load {stored.no} is not what was written; {REMEDY}")


def rows_digest(marks: Iterable[bytes]) -> bytes:
    """Return the digest of what a load wrote: of the marks of its versions, in the order of the rows' numbers."""
    total = blake2b(digest_size=DIGEST_SIZE)
    for mark in marks:
        total.update(mark)
    return total.digest()


def mark_rows(connection: Connection, rows: Iterable[int]) -> None:
    """Make the marks of some rows anew, after what they say was destroyed or shortened."""
    here = select(*CHECKED).join_from(row, version, version.c.row_id == row.c.id)
    marking = (
        update(version)
        .where(version.c.row_id == bindparam("row"), version.c.load_no == bindparam("no"))
        .values(mark=bindparam("fresh"))
    )
    for chunk in batches(rows, _CHUNK):
        stored = connection.execute(here.where(row.c.id.in_(chunk))).all()
        marks = [{"row": one.id, "no": one.load_no, "fresh": mark_of(*one[:-1])} for one in stored]
        connection.execute(marking, marks)


def close_load(connection: Connection, load_no: int) -> None:
    """Give a load its digests, when all that it says is written; the loads before it have theirs."""
    before = connection.execute(
        select(load.c.chain).where(load.c.no < load_no).order_by(load.c.no.desc()).limit(1)
    ).scalar()
    marks = select(version.c.mark).where(version.c.load_no == load_no).order_by(version.c.row_id)
    written = {"previous": before or FIRST, "rows": rows_digest(connection.execute(marks).scalars())}
    here = load.c.no == load_no
    connection.execute(update(load).where(here).values(**written))
    chain = chain_of(connection.execute(select(load).where(here)).one())
    connection.execute(update(load).where(here).values(chain=chain))


def close_loads(connection: Connection) -> None:
    """Give every load its digests anew, after what older ones say was destroyed or shortened."""
    for load_no in connection.execute(select(load.c.no).order_by(load.c.no)).scalars().all():
        close_load(connection, load_no)


def add_digests(connection: Connection) -> None:
    """Bring the tables of a ledger of the first version, which had no digests, to those of today."""
    for table, names in ((load, ("previous", "rows", "chain")), (version, ("mark",))):
        for name in names:
            kind = table.c[name].type.compile(connection.dialect)
            connection.exec_driver_sql(f'ALTER TABLE {table.name} ADD COLUMN "{name}" {kind}')
    mark_rows(connection, connection.execute(select(row.c.id).order_by(row.c.id)).scalars().all())
    close_loads(connection)
