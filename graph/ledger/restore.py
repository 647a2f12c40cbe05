"""Reading segments back into an empty ledger, believing nothing that does not verify."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, select, update

from iga.graph.errors import DumpRefused
from iga.graph.grouping import batches
from iga.graph.ledger.checks import close_load
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import load_record
from iga.graph.ledger.mentions import keys_of
from iga.graph.ledger.rows import CHUNK, Entry, known_rows, last_row_id, live_digest, record
from iga.graph.ledger.segments import (
    FORMAT,
    MANIFEST,
    Chain,
    RowLine,
    SegmentEntry,
    SegmentHeader,
    SegmentManifest,
    content_in,
    file_name,
    is_sealed,
)
from iga.graph.ledger.stored_history import content_of
from iga.graph.ledger.tables import load, meta
from iga.graph.rollback import undone_by

S = TypeVar("S")


RESTORED = "restored"
"""Of a ledger that was restored: its last load then. What those loads noted of an audit log may lie elsewhere."""


def restore(
    ledger: Ledger,
    folder: Path,
    *,
    is_elsewhere: bool = True,
    refuse: Callable[[Ledger], object] = lambda _: None,
) -> int:
    """Fill an empty ledger from a dump, in one transaction, and return the number of its last load.

    The ledger takes over id, numbers and instants of the one that was dumped. What `refuse` raises of it when it is
    filled is raised, and nothing was written.

    Raises:
        DumpRefused: The ledger is not empty; or the dump is incomplete, damaged or newer than this program.
            The message names file and line, and nothing was written.
        LedgerLocked: Another writer kept the lock.
    """
    manifest, own_id = manifest_of(folder), ledger.id
    with undone_by(lambda: setattr(ledger, "id", own_id)), ledger.transaction("restore") as connection:
        if connection.execute(select(load.c.no).limit(1)).first():
            raise DumpRefused(f"the ledger {ledger.name} holds loads already: restore into a new one, see --ledger")
        previous: SegmentHeader | None = None
        digest = ""
        for entry in manifest.segments:
            previous = _restore_segment(connection, folder, entry, _Expected(manifest.ledger, digest, previous))
            digest = entry.digest
        connection.execute(update(meta).where(meta.c.key == "id").values(value=manifest.ledger))
        if is_elsewhere and previous:
            connection.execute(meta.insert().values(key=RESTORED, value=str(previous.load.no)))
        ledger.id = manifest.ledger
        refuse(ledger)
        connection.commit()
    ledger.keep_head()
    return previous.load.no if previous else 0


class _Expected(msgspec.Struct, frozen=True):
    """What a segment must follow: the ledger's id, digest and header of the segment before."""

    ledger: str
    digest: str
    previous: SegmentHeader | None


def manifest_of(folder: Path) -> SegmentManifest:
    """Return the manifest of a dump.

    Raises:
        DumpRefused: There is none, it is damaged, or files lie there that it does not list.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise DumpRefused(f"{folder} holds no {MANIFEST}: it is no dump, or one that was interrupted")
    manifest = _parsed(path.read_bytes(), SegmentManifest, where=str(path))
    _refuse_format(manifest.format, where=str(path))
    listed = {entry.file for entry in manifest.segments}
    extra = sorted(p.name for p in folder.glob("segment-*.jsonl") if p.name not in listed)
    if extra:
        raise DumpRefused(f"{path}: it does not list {extra[0]}, which lies beside it: the dump was changed")
    return manifest


def _restore_segment(connection: Connection, folder: Path, entry: SegmentEntry, expected: _Expected) -> SegmentHeader:
    path = folder / entry.file
    lines = _lines(path)
    _, first = next(lines, (1, b""))
    header = _parsed(first, SegmentHeader, where=f"{path}:1")
    _refuse_order(header, entry, expected, where=f"{path}:1")
    counts = msgspec.json.encode(header.counts, order="sorted")
    connection.execute(load.insert().values(load_record(header.load, counts)))
    chain = Chain(first)
    count = 0
    for chunk in batches(lines, CHUNK):
        rows = [_verified(line, where=f"{path}:{number}") for number, line in chunk]
        for row_line in rows:
            chain.add(row_line)
        _write(connection, header, rows, where=f"{path}:{chunk[0][0]}")
        count += len(rows)
    if (count, chain.hexdigest()) != (entry.rows, entry.digest):
        raise DumpRefused(
            f"{path}: its {count} rows do not give the digest in {MANIFEST} ({entry.rows} rows):"
            " the file was changed or cut short; take another copy of the dump"
        )
    close_load(connection, header.load.no)
    return header


def _refuse_order(header: SegmentHeader, entry: SegmentEntry, expected: _Expected, *, where: str) -> None:
    _refuse_format(header.format, where=where)
    before = expected.previous
    reason = ""
    if header.ledger != expected.ledger:
        reason = f"it belongs to the ledger {header.ledger}, not to {expected.ledger}"
    elif header.previous != expected.digest:
        reason = "it does not follow the segment before it"
    elif entry.file != file_name(header.load.no):
        reason = f"it holds load {header.load.no}"
    elif before and (header.load.no <= before.load.no or header.load.at <= before.load.at):
        reason = f"load {header.load.no} does not come after load {before.load.no}"
    if reason:
        raise DumpRefused(f"{where}: {reason}: the dump was changed; take another copy of it")


def _refuse_format(version: int, *, where: str) -> None:
    if version != FORMAT:
        raise DumpRefused(f"{where}: this is dump format {version}; this program reads {FORMAT}: use the newer program")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a segment with their numbers, without line ends."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    raise DumpRefused(f"{path}:{number}: the line is cut short; take another copy of the dump")
                yield number, line[:-1]
    except OSError as error:
        raise DumpRefused(f"{path}: it cannot be read ({error.strerror}); take another copy of the dump") from error


def _verified(line: bytes, *, where: str) -> RowLine:
    row_line = _parsed(line, RowLine, where=where)
    try:
        fits = is_sealed(row_line)
        content_of(content_in(row_line))
    except (ValueError, msgspec.MsgspecError) as error:
        raise DumpRefused(f"{where}: row {row_line.row!r} cannot be read: {error}") from error
    if not fits:
        raise DumpRefused(f"{where}: the content of row {row_line.row!r} is not the one that was dumped")
    return row_line


def _write(connection: Connection, header: SegmentHeader, rows: list[RowLine], *, where: str) -> None:
    known = known_rows(connection, header.load.source, {line.row for line in rows})
    if len({line.row for line in rows}) < len(rows):
        raise DumpRefused(f"{where}: a row comes twice in this segment: the dump was changed")
    next_id = last_row_id(connection)
    entries: list[Entry] = []
    for line in rows:
        stored = known.get(line.row)
        next_id += stored is None
        content = content_in(line)
        entries.append(
            Entry(
                row_id=stored.id if stored else next_id,
                source=header.load.source,
                row_key=line.row,
                is_new=stored is None,
                locator=line.locator,
                live=live_digest(content) if content is not None else None,
                content=content,
                keys=keys_of(content_of(content)),
                salt=bytes.fromhex(line.salt),
                seal=bytes.fromhex(line.seal) if content is None else None,
            )
        )
    record(connection, header.load.no, entries)


def _parsed(text: bytes, kind: type[S], *, where: str) -> S:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DumpRefused(f"{where}: it cannot be read: {error}; take another copy of the dump") from error
