"""The seal of an embedded graph: size, time and checksum of each file, from its clean closing to its next opening.

A file that has another time is read and its checksum compared. A graph without a seal was not closed by its last
writer, or made by an older program: what it holds has to be compared with its own digests once.
"""

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from iga.graph.errors import StoreDamaged
from iga.graph.private import opener

Marks: TypeAlias = dict[str, list[int]]
"""Size, time in nanoseconds and CRC-32 of each file, by its name."""

_REWRITTEN = frozenset({"last-tx-id.bin", "statistics.json", "schema.prev.json", "database.lck"})
"""What the engine writes at every opening, for reading too; it holds nothing of the graph."""

_PIECE = 1 << 20


def seal(folder: Path, known: Marks) -> None:
    """Write the seal of a graph that nobody writes; files with the size and time of `known` ones are not read."""
    marks = {path.name: _mark(path, known.get(path.name)) for path in _files(folder)}
    fresh = _seal_of(folder).with_name(f"{_seal_of(folder).name}.new")
    with suppress(OSError):  # without a seal, the next opening compares everything
        with open(fresh, "w", encoding="ascii", opener=opener) as file:
            json.dump(marks, file)
        fresh.replace(_seal_of(folder))


def sealed(folder: Path, *, reads_all: bool = False) -> Marks | None:
    """Return the marks of a graph, which holds to them; None where there is no seal.

    Args:
        folder: Where the graph is; nobody writes it.
        reads_all: Whether files of the same size and time are read, too: a disk changes them without a trace.

    Raises:
        StoreDamaged: A file is missing, there is one more, or one holds something else.
    """
    try:
        kept: Marks = json.loads(_seal_of(folder).read_text(encoding="ascii"))
        names = kept.keys()
    except (OSError, ValueError, AttributeError):
        return None
    files = {path.name: path for path in _files(folder)}
    changed = sorted(names ^ files.keys()) or [
        name for name, path in files.items() if _mark(path, None if reads_all else kept[name])[2] != kept[name][2]
    ]
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise StoreDamaged(
            f"the graph at {folder} is damaged: something else than this program changed {changed[0]}{more};"
            " iga rebuild makes it anew from the ledger"
        )
    return kept


def unseal(folder: Path) -> None:
    """Remove the seal, before anything is written."""
    with suppress(OSError):
        _seal_of(folder).unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name not in _REWRITTEN and path.suffix != ".wal")


def _mark(path: Path, known: list[int] | None) -> list[int]:
    stands = path.stat()
    place = [stands.st_size, stands.st_mtime_ns]
    if known and known[:2] == place:
        return known
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
    return [*place, checksum]


def _seal_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.seal")
