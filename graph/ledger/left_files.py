"""Where loads left files beside what they read, so that an erasure finds them.

It stands apart from the loads: one that says nothing new is no load, and its files stay. It is not dumped, since these
are files of one machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from iga.graph.ledger.tables import meta

if TYPE_CHECKING:
    from collections.abc import Collection

    from iga.graph.ledger.ledger import Ledger

_LEFT, _SINCE = "left at ", "left files are noted since load"


def note_left(connection: Connection, paths: Collection[Path], *, load: int) -> None:
    """Note where a load left files; the first time, also from which load on that is done."""
    notes = {_SINCE: str(load)} | {f"{_LEFT}{path.absolute()}": str(load) for path in paths}
    there = set(connection.execute(select(meta.c.key).where(meta.c.key.in_(notes))).scalars())
    if fresh := [{"key": key, "value": value} for key, value in notes.items() if key not in there]:
        connection.execute(meta.insert(), fresh)


def left_files(ledger: Ledger) -> tuple[list[Path], int | None]:
    """Return where loads left files, sorted, and the first load of which that is noted; None where it is of none."""
    with ledger.reading() as connection:
        noted: dict[str, str] = dict(connection.execute(select(meta.c.key, meta.c.value)).all())
    since = noted.get(_SINCE)
    paths = sorted(Path(key.removeprefix(_LEFT)) for key in noted if key.startswith(_LEFT))
    return paths, int(since) if since else None


def forget_left(ledger: Ledger, paths: Collection[Path]) -> None:
    """Take places out of the notes; raises as `Ledger.transaction`."""
    with ledger.transaction("forgetting files") as connection:
        connection.execute(delete(meta).where(meta.c.key.in_([f"{_LEFT}{path}" for path in paths])))
        connection.commit()
