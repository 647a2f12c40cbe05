"""Making a damaged ledger whole again: from a dump, and from what came after it and is whole.

What a dump holds is taken from the dump. The loads after it are taken from the damaged ledger, each if it is what was
written. Where somebody was erased after the dump was made, the dump would bring the person back: it is refused.
"""

import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection, select

from iga.graph.errors import DumpRefused, LedgerDamaged, LedgerError, UsageError
from iga.graph.ledger.connection import COPY, file_of
from iga.graph.ledger.dump import write_segments
from iga.graph.ledger.head import note_left
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import ERASED
from iga.graph.ledger.restore import manifest_of, restore
from iga.graph.ledger.segments import FORMAT, SegmentManifest, load_of
from iga.graph.ledger.tables import load, watch
from iga.graph.ledger.verifying import damages
from iga.graph.private import keep_on_disk, make_folder


class Mended(NamedTuple):
    """How a ledger was made whole.

    Attributes:
        from_dump: How many loads were taken from the dump.
        kept: How many of the loads after it were taken from the ledger.
        left_out: Numbers of the loads that were left out, as was asked.
    """

    from_dump: int
    kept: int
    left_out: tuple[int, ...]
    aside: Path


def mend(
    ledger: Ledger,
    folder: Path | None,
    *,
    without: Collection[int] = (),
    refuse: Callable[[Ledger], object] = lambda _: None,
    settle: Callable[[Ledger], object] = lambda _: None,
) -> Mended:
    """Put a whole ledger in the place of a damaged one, whose file is kept beside it.

    Args:
        ledger: The damaged ledger, in a file; the caller is its writer. It reads the whole one afterwards.
        folder: A dump of it; None takes all from the ledger, where only what is made of the rows is damaged.
        without: Numbers of damaged loads, later than the dump, to do without.
        refuse: Raises what is to be raised of the whole ledger before it takes the place; nothing was changed then.
        settle: Does to it what is to be done before that.

    Raises:
        UsageError: The ledger lies on a server.
        DumpRefused: The dump is damaged, of another ledger, or older than an erasure.
        LedgerDamaged: A load that the dump does not hold is damaged; the message names it and what to do.
        LedgerError: The ledger, or the folder that it lies in, cannot be read or written.
    """
    place = file_of(ledger.name)
    if place is None:
        raise UsageError("a ledger on a server is mended by its server: restore the dump into a new database")
    try:
        with TemporaryDirectory(prefix=f"{place.name}.{COPY}", dir=place.parent) as made:
            done = _made(ledger, folder, frozenset(without), Path(made) / place.name)
            with Ledger.open(Path(made) / place.name, clock=ledger.clock) as whole:
                refuse(whole)
                settle(whole)
            aside = _copied_aside(place)
            ledger.close()
            for ending in ("-wal", "-shm"):
                Path(f"{place}{ending}").unlink(missing_ok=True)
            Path(made, place.name).replace(place)
            note_left(str(place))
            ledger.keep_head()
        keep_on_disk(place.parent)
    except OSError as error:
        raise LedgerError(f"the ledger {place} cannot be mended ({error.strerror}): nothing was changed") from error
    return done._replace(aside=aside)


def set_aside(ledger: str) -> Path:
    """Move the file of a ledger that cannot be read, and what belongs to it, aside; return where it lies now.

    Raises:
        UsageError: The ledger lies on a server, or there is no file of it.
        LedgerError: The folder cannot be written to.
    """
    place = file_of(ledger)
    if place is None or not place.is_file():
        raise UsageError(f"there is no ledger file at {ledger}: restore the dump without --mend")
    try:
        aside = _copied_aside(place)
        for ending in ("-wal", "-shm", ".head", ""):
            Path(f"{place}{ending}").unlink(missing_ok=True)
    except OSError as error:
        raise LedgerError(f"{place} cannot be moved aside ({error.strerror}): give its owner the right to") from error
    return aside


def _copied_aside(place: Path) -> Path:
    """Copy a ledger's file, and the log beside it, under a name that is free."""
    number = next(n for n in range(1, 1_000) if not Path(f"{place}.damaged-{n}").exists())
    aside = Path(f"{place}.damaged-{number}")
    for ending in ("-wal", ""):
        if Path(f"{place}{ending}").exists():
            shutil.copy(f"{place}{ending}", f"{aside}{ending}")
    return aside


def _made(ledger: Ledger, folder: Path | None, without: frozenset[int], place: Path) -> Mended:
    manifest = manifest_of(folder) if folder else SegmentManifest(FORMAT, ledger.id, ())
    if manifest.ledger != ledger.id:
        raise DumpRefused(f"{folder} is a dump of the ledger {manifest.ledger}, not of {ledger.id}: name one of it")
    segments = place.with_name("dump")
    make_folder(segments)
    for entry in manifest.segments:
        shutil.copy(Path(folder or "") / entry.file, segments)
    with ledger.reading() as connection:
        last = load_of(manifest.segments[-1].file) if manifest.segments else 0
        later: dict[int, str] = dict(connection.execute(select(load.c.no, load.c.source).where(load.c.no > last)).all())
        kept = sorted(later.keys() - without)
        _refuse_what_is_lost(ledger, kept)
        if folder and ERASED in later.values():
            raise DumpRefused(f"somebody was erased after {folder} was dumped, who would come back: take a newer dump")
        write_segments(connection, manifest, kept, segments)
        with Ledger.open(place, clock=ledger.clock) as whole:
            restore(whole, segments, is_elsewhere=False)
            _copy_watches(connection, whole)
    return Mended(len(manifest.segments), len(kept), tuple(sorted(without & later.keys())), place)


def _refuse_what_is_lost(ledger: Ledger, kept: Collection[int]) -> None:
    lost = sorted({damage.load for damage in damages(ledger) if damage.load in kept})
    if lost:
        left_out = " ".join(f"--without {no}" for no in lost)
        raise LedgerDamaged(
            f"no dump that was named holds load {', '.join(map(str, lost))}, which is damaged: name a newer dump, or do"
            f" without it (iga restore DUMP --mend {left_out}) and load its files again"
        )


def _copy_watches(connection: Connection, whole: Ledger) -> None:
    """Take over the questions that officers watch, which no dump holds, as far as they can be read."""
    with suppress(LedgerError):
        watches = [row._asdict() for row in connection.execute(select(watch))]
        with whole.transaction("mending") as writing:
            watch.create(writing, checkfirst=True)
            if watches:
                writing.execute(watch.insert(), watches)
            writing.commit()
