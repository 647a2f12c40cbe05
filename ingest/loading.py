"""Load files of one source into the ledger: every row ends as taken, skipped or rejected, and counted."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from iga.graph.errors import FileRefused, InputError, ShrinkRefused
from iga.graph.garbage_collection import seldom_collected
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import OpenLoad
from iga.graph.text import folded
from iga.ingest.corrections import CorrectionFiles
from iga.ingest.intake import RowIntake
from iga.ingest.names_of_load import NamesOfLoad, OpensNames
from iga.ingest.oddities import Doubts
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.text_file import sha256_of
from iga.ingest.reports import MOST_REJECTIONS, MOST_UNKNOWN, LoadPreview, LoadReport
from iga.ingest.source_reader import SourceReader

_NAMED = 5
_LISTED_ONLY = "it lists them; correct the file itself and load it again"


@dataclass(frozen=True)
class LoadOptions:
    """What a load may do beyond the usual.

    Attributes:
        dry_run: Say what would happen and write nothing.
        allow_shrink: Withdraw even more than a tenth of a complete source.
        rekey: Accept other row-key columns; rows under old keys are withdrawn.
        new: Names that the files give and that are new: rows are not kept back for them.
        corrections_in: Folder for the files of rejected rows; None puts each beside the file it is of.
    """

    dry_run: bool = False
    allow_shrink: bool = False
    rekey: bool = False
    by: str = ""
    because: str = ""
    new: tuple[str, ...] = ()
    corrections_in: Path | None = None


@dataclass(frozen=True)
class Surroundings:
    """What a load needs from outside.

    Attributes:
        clock: Gives the present instant, for the seconds of the report.
        progress: Is told how far each file is read.
        preview: Says what the graph gains and loses by the open load; asked in a dry run, and when rows are
            withdrawn, for the relationships of other sources that would then wait.
        names: Opens what looks names up in the graph; None leaves it at the bundled tables.
        trusts_names: Whether what nothing on record has is new without a word, as in the bundled sources.
    """

    clock: Callable[[], datetime]
    progress: Progress | None = None
    preview: Callable[[], LoadPreview] | None = None
    names: OpensNames | None = None
    trusts_names: bool = False


def load(
    ledger: Ledger,
    feed: SourceReader,
    files: Sequence[Path],
    *,
    surroundings: Surroundings,
    options: LoadOptions = LoadOptions(),
) -> LoadReport:
    """Load files as one load and say what became of each row; nothing stays of a load that fails.

    The graph is not projected here: `iga.ingest.committing` does both.

    Raises:
        FileRefused: A file cannot be read, is hostile, or is named twice.
        HeaderError: A file's columns are not those that its mapping or format reads.
        ClassifiedText: A text looks classified.
        ShrinkRefused: More than a tenth of a complete source would be withdrawn.
        StaleEdition, RowKeyChanged: The source was loaded before in a newer edition, or with another row key.
        InputError: A row key cannot be changed while rows are rejected.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with seldom_collected():
        return _loaded(ledger, feed, files, surroundings, options)


def _loaded(
    ledger: Ledger, feed: SourceReader, files: Sequence[Path], surroundings: Surroundings, options: LoadOptions
) -> LoadReport:
    started = surroundings.clock()
    names = names_of(files)
    options = replace(options, rekey=options.rekey or _has_key_of_before(ledger, feed))
    hashes = [(names[path], sha256_of(path)) for path in files]
    with (
        CorrectionFiles(options.corrections_in, source=feed.card.source) as corrections,
        ledger.open_load(
            feed.card, by=options.by, because=options.because, row_key=feed.key, files=hashes, rekey=options.rekey
        ) as into,
    ):
        kept = None if options.dry_run else corrections
        known = None if surroundings.trusts_names else _names_of_load(feed, surroundings, options)
        doubts = Doubts(started.date().isoformat())
        reading = RowIntake(feed, ledger, into, kept, surroundings.progress, names, known=known, doubts=doubts)
        for path in files:
            reading.read(path)
        reading.reject_twins(files)
        withdrawn = _withdrawn(reading, into, options)
        preview = surroundings.preview() if surroundings.preview and (options.dry_run or withdrawn) else None
        if preview:
            _check_neighbours(reading, withdrawn, preview, options)
        number, listed, written = 0, None, tuple[Path, ...]()
        if not options.dry_run:
            written = corrections.finished()
            listed = corrections.listed(files[0], reading.unread) if reading.unread else None
            left = (*written, listed) if listed else written
            number = into.commit(reading.counted(withdrawn), left=left).no
        seconds = (surroundings.clock() - started).total_seconds()
        return LoadReport(
            load=number,
            source=feed.card.source,
            title=feed.card.title,
            dry_run=options.dry_run,
            **reading.counted(withdrawn),
            seconds=round(seconds, 3),
            **_told(reading),
            unread_file=str(listed or ""),
            correction_file="; ".join(map(str, written)),
            how_to_correct="correct and load that file" if feed.reloads else _LISTED_ONLY,
            withdrawn_rows=tuple(withdrawn[:MOST_REJECTIONS]),
            preview=preview if options.dry_run else None,
        )


def _has_key_of_before(ledger: Ledger, feed: SourceReader) -> bool:
    """True if the source was last loaded under a row key that this edition says it had before."""
    if not feed.keys_before:
        return False
    keys = [header.row_key for header in ledger.headers() if header.source == feed.card.source]
    return bool(keys) and keys[-1] in feed.keys_before


def _names_of_load(feed: SourceReader, surroundings: Surroundings, options: LoadOptions) -> NamesOfLoad:
    return NamesOfLoad(surroundings.names, feed.unknown, frozenset(map(folded, options.new)), feed.guesses_kinds)


def _told(reading: RowIntake) -> dict[str, Any]:
    """Return what a report says of the rows that were read: rejections, cells, people, names, and notes."""
    known = reading.known
    names = known.not_known() if known else ()
    return {
        "rejections": tuple(map(reading.doubts.with_order, reading.rejections)),
        "unread": tuple(reading.unread[:MOST_REJECTIONS]),
        "unread_count": len(reading.unread),
        "notes": (
            *(*reading.notes, *reading.doubts.notes(), *reading.people.notes(), *reading.namesakes.notes()),
            *(known.notes() if known else ()),
        ),
        "names_not_known": names[:MOST_UNKNOWN],
        "names_not_known_count": len(names),
        "names_taken": known.taken()[:MOST_UNKNOWN] if known else (),
        "people_public": len(reading.people.public),
        "people_basis": reading.feed.card.basis if reading.people.public else "",
        "people_kept_internal": len(reading.people.kept_internal),
        "people_held": len(reading.namesakes.met),
    }


def names_of(files: Sequence[Path]) -> dict[Path, str]:
    """Return what each file is called in a load: its name, or where two have one, its path below what they share.

    Raises:
        FileRefused: A file is there twice.
    """
    if len(set(files)) < len(files):
        raise FileRefused("a file is named twice; name each once")
    counts = Counter(path.name for path in files)
    top = Path(os.path.commonpath([path.absolute().parent for path in files])) if files else Path()
    return {
        path: path.name if counts[path.name] == 1 else path.absolute().relative_to(top).as_posix() for path in files
    }


def _withdrawn(reading: RowIntake, into: OpenLoad, options: LoadOptions) -> list[str]:
    """Withdraw what a complete source no longer holds; nothing while a row is rejected or was not given."""
    rejected = reading.counts["rejected"] - reading.erased_count
    if options.rekey and (rejected or reading.is_partial):
        raise InputError(
            f"{reading.feed.card.source}: the row key cannot be changed while rows are rejected ({rejected})"
            " or missing; correct the file and load it whole with --rekey"
        )
    if not (reading.feed.card.complete or options.rekey):
        if not (rejected or reading.is_partial):
            reading.notes += _missing(into.missing_from_edition())
        return []
    if rejected or reading.is_partial:
        reading.notes.append("rows that are missing were not withdrawn, because not every row of the source was taken")
        return []
    try:
        return into.withdraw_unseen(allow_shrink=options.allow_shrink)
    except ShrinkRefused as refused:
        if not options.dry_run:
            raise
        reading.notes.append(f"this load would be refused: {refused.message}")
        return into.withdraw_unseen(allow_shrink=True)


def _missing(row_keys: Sequence[str]) -> Iterator[str]:
    """Yield the sentence that an edition lacks rows of the one before it, which stand all the same."""
    if row_keys:
        shown = ", ".join(row_keys[:_NAMED]) + (", …" if len(row_keys) > _NAMED else "")
        number = "1 row" if len(row_keys) == 1 else f"{len(row_keys):,} rows"
        yield (
            f"{number} of earlier loads, not in this edition, stay in force ({shown}): the source is not said to be"
            " complete; --complete, or `complete: true` on its card, withdraws what is missing"
        )


def _check_neighbours(reading: RowIntake, withdrawn: list[str], preview: LoadPreview, options: LoadOptions) -> None:
    """Count the relationships that would lose an end with the rows that go, and name them.

    Raises:
        ShrinkRefused: Together they are more than a tenth of the source, and more than three.
    """
    waiting = preview.edges_to_wait
    if not withdrawn or not waiting.count:
        return
    names = ", ".join(example.name for example in waiting.examples)
    sentence = f"{waiting.count} relationships in the graph would wait because an end is withdrawn: {names}"
    reading.notes.append(sentence)
    lost = len(withdrawn) + waiting.count
    had = len(withdrawn) + reading.counts["unchanged"] + reading.counts["changed"]
    if lost > 3 and lost * 10 > had and not (options.allow_shrink or options.dry_run):
        raise ShrinkRefused(
            f"{reading.feed.card.source}: {len(withdrawn)} of {had} rows would be withdrawn, and {sentence};"
            " check the file, or load it with --allow-shrink"
        )
