"""Writing a ledger out as segments."""

from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy import Connection, select

from graph.errors import LedgerError, UsageError
from graph.ledger.ledger import Ledger
from graph.ledger.rows import sealed
from graph.ledger.segments import (
    FORMAT,
    MANIFEST,
    Chain,
    SealedRow,
    SegmentEntry,
    SegmentHeader,
    SegmentManifest,
    file_name,
    line_of,
)
from graph.ledger.stored_history import header_of
from graph.ledger.tables import load, row, version
from graph.private import make_folder, opener

_FETCHED = 1_000


def dump(ledger: Ledger, folder: Path) -> SegmentManifest:
    """Write every load as a segment into an empty or new folder, the manifest last; return the manifest.

    A dump without its manifest was interrupted and cannot be restored.

    Raises:
        UsageError: The folder holds something already.
        LedgerError: The ledger cannot be read, or the folder not be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} holds something already: name a new or empty folder for the dump")
    entries: list[SegmentEntry] = []
    try:
        make_folder(folder)
        with ledger.reading() as connection:
            for stored in connection.execute(select(load).order_by(load.c.no)).all():
                previous = entries[-1].digest if entries else ""
                header = SegmentHeader(
                    FORMAT, ledger.id, previous, header_of(stored.header), msgspec.json.decode(stored.counts)
                )
                entries.append(_write_segment(connection, header, folder))
        manifest = SegmentManifest(FORMAT, ledger.id, tuple(entries))
        fresh = folder / f"{MANIFEST}.new"
        with open(fresh, "xb", opener=opener) as file:
            file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
        fresh.replace(folder / MANIFEST)
    except OSError as error:
        raise LedgerError(f"the dump into {folder} failed ({error.strerror}): it is incomplete, delete it") from error
    return manifest


def _write_segment(connection: Connection, header: SegmentHeader, folder: Path) -> SegmentEntry:
    name = file_name(header.load.no)
    with open(folder / name, "xb", opener=opener) as file:
        first = msgspec.json.encode(header)
        file.write(first + b"\n")
        digest, count = _write_rows(connection, header.load.no, Chain(first), file)
    return SegmentEntry(name, digest, count)


def _write_rows(connection: Connection, load_no: int, chain: Chain, file: BinaryIO) -> tuple[str, int]:
    query = (
        select(row.c.row_key, version.c.locator, version.c.salt, version.c.seal, version.c.content)
        .join(row, row.c.id == version.c.row_id)
        .where(version.c.load_no == load_no)
        .order_by(version.c.row_id)
    )
    count = 0
    for row_key, locator, salt, seal, content in connection.execute(query, execution_options={"yield_per": _FETCHED}):
        seal = seal if content is None else sealed(salt, content)
        line = SealedRow(row_key, locator, salt.hex(), seal.hex())
        chain.add(line)
        file.write(line_of(line, content) + b"\n")
        count += 1
    return chain.hexdigest(), count
