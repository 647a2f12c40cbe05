"""Writing a ledger out as segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy import Connection, select

from iga.graph.errors import LedgerDamaged, LedgerError, UsageError, reason_of
from iga.graph.ledger.checks import CHECKED, refuse_damaged, rows_digest
from iga.graph.ledger.failures import REMEDY
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.rows import sealed
from iga.graph.ledger.segments import (
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
from iga.graph.ledger.stored_history import header_of
from iga.graph.ledger.tables import load, row, version
from iga.graph.private import keep_on_disk, make_folder, opener

_FETCHED = 1_000


def dump(ledger: Ledger, folder: Path) -> SegmentManifest:
    """Write every load as a segment into an empty or new folder, the manifest last; return the manifest.

    A dump without its manifest was interrupted and cannot be restored. When this returns, all of it is on the disk.

    Raises:
        UsageError: The folder holds something already.
        LedgerDamaged: The ledger is not what was written.
        LedgerError: The ledger cannot be read, or the folder not be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} holds something already: name a new or empty folder for the dump")
    try:
        make_folder(folder)
        with ledger.reading() as connection:
            numbers = connection.execute(select(load.c.no).order_by(load.c.no)).scalars().all()
            manifest = write_segments(connection, SegmentManifest(FORMAT, ledger.id, ()), numbers, folder)
        keep_on_disk(folder.parent)
    except OSError as error:
        raise LedgerError(f"the dump into {folder} failed ({reason_of(error)}); it is incomplete, delete it") from error
    return manifest


@dataclass(frozen=True)
class DumpFolder:
    """A dump as it lies in a folder.

    Attributes:
        loads: How many loads it holds; None where it was interrupted, and cannot be restored.
    """

    path: Path
    loads: int | None
    size: int


def dumps_in(folder: Path) -> list[DumpFolder]:
    """Return the dumps in the folders of a folder, by name, the last first; empty where there is none.

    Raises:
        LedgerError: A folder or a manifest cannot be read.
    """
    try:
        found = sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True) if folder.is_dir() else []
        return [
            DumpFolder(path, _loads_in(path), sum(file.stat().st_size for file in path.iterdir())) for path in found
        ]
    except (OSError, msgspec.MsgspecError) as error:
        raise LedgerError(f"the dumps in {folder} cannot be read ({error})") from error


def _loads_in(path: Path) -> int | None:
    manifest = path / MANIFEST
    return len(msgspec.json.decode(manifest.read_bytes(), type=SegmentManifest).segments) if manifest.exists() else None


def write_segments(
    connection: Connection, before: SegmentManifest, numbers: Sequence[int], folder: Path
) -> SegmentManifest:
    """Write some loads as segments that follow those of a manifest, and both as the manifest of the folder.

    Raises:
        LedgerDamaged: A load or a row of it is not what was written.
        OSError: The folder cannot be written to.
    """
    entries = list(before.segments)
    for no in numbers:
        stored = connection.execute(select(load).where(load.c.no == no)).one()
        counts = msgspec.json.decode(stored.counts)
        previous = entries[-1].digest if entries else ""
        header = SegmentHeader(FORMAT, before.ledger, previous, header_of(stored), counts)
        entries.append(_write_segment(connection, header, stored.rows, folder))
    manifest = msgspec.structs.replace(before, segments=tuple(entries))
    fresh = folder / f"{MANIFEST}.new"
    with open(fresh, "xb", opener=opener) as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    keep_on_disk(fresh)
    fresh.replace(folder / MANIFEST)
    keep_on_disk(folder)
    return manifest


def _write_segment(connection: Connection, header: SegmentHeader, rows: bytes, folder: Path) -> SegmentEntry:
    name = file_name(header.load.no)
    with open(folder / name, "xb", opener=opener) as file:
        first = msgspec.json.encode(header)
        file.write(first + b"\n")
        digest, marks = _write_rows(connection, header.load.no, Chain(first), file)
    keep_on_disk(folder / name)
    if rows_digest(marks) != rows:
        raise LedgerDamaged(f"the ledger is damaged: rows that load {header.load.no} wrote are missing; {REMEDY}")
    return SegmentEntry(name, digest, len(marks))


def _write_rows(connection: Connection, load_no: int, chain: Chain, file: BinaryIO) -> tuple[str, list[bytes]]:
    query = (
        select(*CHECKED)
        .join_from(row, version, version.c.row_id == row.c.id)
        .where(version.c.load_no == load_no)
        .order_by(version.c.row_id)
    )
    marks: list[bytes] = []
    for one in connection.execute(query, execution_options={"yield_per": _FETCHED}):
        refuse_damaged(one)
        seal = one.seal if one.content is None else sealed(one.salt, one.content)
        line = SealedRow(one.row_key, one.locator, one.salt.hex(), seal.hex())
        chain.add(line)
        file.write(line_of(line, one.content) + b"\n")
        marks.append(one.mark)
    return chain.hexdigest(), marks
