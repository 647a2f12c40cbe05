"""Load files of one source into the ledger: every row ends as taken, skipped or rejected, and counted."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from graph.collector import seldom_collected
from graph.errors import FileRefused, InputError, ShrinkRefused
from graph.ledger.ledger import Ledger
from graph.ledger.load import OpenLoad, Outcome
from graph.statements import Content
from ingest.corrections import CorrectionFiles
from ingest.doubts import Doubts
from ingest.feed import Feed, OpenFile, Record, Said
from ingest.numbering import Numbering
from ingest.readers.table import Progress
from ingest.readers.text_file import sha256_of
from ingest.rejections import CLASH, Refusal, Rejection
from ingest.reports import MOST_REJECTIONS, LoadReport, Preview, RejectionReport

# the ledger is quickest with batches of this size
_BATCH = 2_000
# a record of a standard format may say a thousand things, a row hold cells of a hundred thousand characters: a
# batch of them must not fill the memory
_MOST_STATEMENTS = 20_000
_MOST_CHARACTERS = 4_000_000
_MOST_CELLS = 200_000

_HOW_TO_CORRECT = {
    True: "correct and load that file",
    False: "it lists them; correct the file itself and load it again",
}


@dataclass(frozen=True)
class LoadOptions:
    """What a load may do beyond the usual.

    Attributes:
        dry_run: Say what would happen and write nothing.
        allow_shrink: Withdraw even more than a tenth of a complete source.
        rekey: Accept other row-key columns; rows under old keys are withdrawn.
        by, because: Who loads, and why.
        corrections_in: Folder for the files of rejected rows; None puts each beside the file it is of.
    """

    dry_run: bool = False
    allow_shrink: bool = False
    rekey: bool = False
    by: str = ""
    because: str = ""
    corrections_in: Path | None = None


@dataclass(frozen=True)
class Surroundings:
    """What a load needs from outside.

    Attributes:
        clock: Gives the present instant, for the seconds of the report.
        progress: Is told how far each file is read.
        preview: Says what the graph gains and loses by the open load; asked in a dry run, and when rows are
            withdrawn, for the relationships of other sources that would then wait.
    """

    clock: Callable[[], datetime]
    progress: Progress | None = None
    preview: Callable[[], Preview] | None = None


def load(
    ledger: Ledger,
    feed: Feed,
    files: Sequence[Path],
    *,
    surroundings: Surroundings,
    options: LoadOptions = LoadOptions(),
) -> LoadReport:
    """Load files as one load and say what became of each row; nothing stays of a load that fails.

    The graph is not projected here: `ingest.committing` does both.

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
    ledger: Ledger, feed: Feed, files: Sequence[Path], surroundings: Surroundings, options: LoadOptions
) -> LoadReport:
    started = surroundings.clock()
    names = names_of(files)
    hashes = [(names[path], sha256_of(path)) for path in files]
    with (
        CorrectionFiles(options.corrections_in) as corrections,
        ledger.open_load(
            feed.card, by=options.by, because=options.because, row_key=feed.key, files=hashes, rekey=options.rekey
        ) as into,
    ):
        reading = _Reading(feed, into, None if options.dry_run else corrections, surroundings.progress, names)
        for path in files:
            reading.read(path)
        reading.reject_twins(files)
        withdrawn = _withdrawn(reading, into, options)
        preview = surroundings.preview() if surroundings.preview and (options.dry_run or withdrawn) else None
        if preview:
            _check_neighbours(reading, withdrawn, preview, options)
        number, listed = 0, ""
        if not options.dry_run:
            written = corrections.finished()
            listed = str(corrections.listed(files[0], reading.unread)) if reading.unread else ""
            number = into.commit(reading.counted(withdrawn)).no
        seconds = (surroundings.clock() - started).total_seconds()
        return LoadReport(
            load=number,
            source=feed.card.source,
            title=feed.card.title,
            dry_run=options.dry_run,
            **reading.counted(withdrawn),
            seconds=round(seconds, 3),
            rejections=tuple(RejectionReport.of(reading.doubts.with_order(it)) for it in reading.rejections),
            unread=tuple(RejectionReport.of(cell) for cell in reading.unread[:MOST_REJECTIONS]),
            unread_count=len(reading.unread),
            unread_file=listed,
            correction_file="; ".join(map(str, written)) if not options.dry_run else "",
            how_to_correct=_HOW_TO_CORRECT[feed.reloads],
            notes=(*reading.notes, *reading.doubts.notes()),
            withdrawn_rows=tuple(withdrawn[:MOST_REJECTIONS]),
            preview=preview if options.dry_run else None,
        )


class _Taken(NamedTuple):
    """A record that waits for its batch to be put: where it stands, its cells, and what it says."""

    place: str
    line: int
    cells: Sequence[str]
    key: str
    content: Content


@dataclass
class _Reading:
    """The files of a load while they are read, and what came of their rows so far."""

    feed: Feed
    into: OpenLoad
    corrections: CorrectionFiles | None
    progress: Progress | None
    names: Mapping[Path, str]
    counts: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    twins: dict[str, Rejection] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    unread: list[Rejection] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)
    is_partial: bool = False

    def __post_init__(self) -> None:
        self.notes += self.feed.notes
        self._numbered = Numbering() if self.feed.numbered else None
        self._known_places: dict[tuple[Path, str], str] = {}

    def read(self, path: Path) -> None:
        """Read one file into the open load."""
        with self.feed.opened(path, self.progress) as file:
            self.is_partial |= file.is_partial
            batch: list[_Taken] = []
            statements = cells = characters = 0
            for record in file.records:
                self.counts["read"] += 1
                found = self._said(path, file, record)
                if found is None:
                    continue
                place = self._place(path, file, record)
                self.doubts.look_at(f"{place}{record.line}", file.header, record.cells, found)
                batch.append(_Taken(place, record.line, record.cells, *found))
                statements += len(found[1].statements)
                cells += len(record.cells)
                characters += sum(map(len, record.cells))
                if (
                    len(batch) == _BATCH
                    or statements > _MOST_STATEMENTS
                    or cells > _MOST_CELLS
                    or characters > _MOST_CHARACTERS
                ):
                    self._put(path, file, batch)
                    batch, statements, cells, characters = [], 0, 0, 0
            self._put(path, file, batch)
            self.notes += file.notes
            self.unread += [replace(cell, file=self._called(path, file, cell.file)) for cell in file.unread]

    def reject_twins(self, files: Iterable[Path]) -> None:
        """Reject the rows that clashed with a later one; they are read once more, for their cells."""
        for path in files if self.twins else ():
            with self.feed.opened(path, None) as file:
                for record in file.records:
                    if rejection := self.twins.get(f"{self._place(path, file, record)}{record.line}"):
                        self._reject(path, file, record.cells, rejection)

    def counted(self, withdrawn: Sequence[str]) -> dict[str, int]:
        """Return all counts; the words of rows add up to those read."""
        words = ("read", "new", "changed", "unchanged", "repeated", "skipped", "rejected")
        counts = {word: self.counts[word] for word in words}
        assert counts["read"] == sum(counts[word] for word in words[1:]), "every row ends as one thing"
        return {**counts, "withdrawn": len(withdrawn)}

    def _said(self, path: Path, file: OpenFile, record: Record) -> Said | None:
        """Return what a record says; None when it is skipped or rejected, which is counted."""
        try:
            found = record.said()
        except Refusal as refusal:
            place = self._place(path, file, record)
            self._reject(path, file, record.cells, refusal.at(self.places[place], record.line))
            return None
        if found is None:
            self.counts["skipped"] += 1
            return None
        return self._numbered.told_apart(found) if self._numbered else found

    def _place(self, path: Path, file: OpenFile, record: Record) -> str:
        """Return what the locator of a record begins with, and note how messages call it."""
        written = record.place or file.place
        place = self._known_places.get((path, written))
        if place is None:
            place = self._known_places[path, written] = self._called(path, file, written)
            # a sheet beside others is named; else the file alone says it
            self.places[place] = place[:-1] if record.place else self._called(path, file, file.name)
        return place

    def _called(self, path: Path, file: OpenFile, text: str) -> str:
        """Return a text that begins with the file's own name with the name that the load gives it."""
        return self.names[path] + text.removeprefix(file.name)

    def _put(self, path: Path, file: OpenFile, batch: list[_Taken]) -> None:
        said = [(taken.key, f"{taken.place}{taken.line}", taken.content) for taken in batch]
        for taken, outcome in zip(batch, self.into.put(said) if said else (), strict=True):
            if outcome.word == "clash":
                self._clash(path, file, taken, outcome)
            else:
                self.counts[outcome.word] += 1

    def _clash(self, path: Path, file: OpenFile, taken: _Taken, outcome: Outcome) -> None:
        here = f"{taken.place}{taken.line}"
        self._reject(path, file, taken.cells, self._clashing(here, outcome.twin))
        if outcome.was:
            self.counts[outcome.was] -= 1
            self.twins[outcome.twin] = self._clashing(outcome.twin, here)

    def _clashing(self, here: str, twin: str) -> Rejection:
        place = here.rstrip("0123456789")
        columns = ", ".join(self.feed.key)
        return Rejection(
            file=self.places[place],
            line=int(here.removeprefix(place)),
            column=columns,
            value="",
            reason=f"{here} and {twin} have the same row key and say different things; neither was taken",
            fix=f"keep one of the rows, or tell them apart in {columns}",
            code=CLASH,
        )

    def _reject(self, path: Path, file: OpenFile, cells: Sequence[str], rejection: Rejection) -> None:
        self.counts["rejected"] += 1
        self.doubts.see(rejection)
        if len(self.rejections) < MOST_REJECTIONS:
            self.rejections.append(rejection)
        if self.corrections:
            self.corrections.add(path, file.header, cells, rejection)


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


def _withdrawn(reading: _Reading, into: OpenLoad, options: LoadOptions) -> list[str]:
    """Withdraw what a complete source no longer holds; nothing while a row is rejected or was not given."""
    rejected = reading.counts["rejected"]
    if options.rekey and (rejected or reading.is_partial):
        raise InputError(
            f"{reading.feed.card.source}: the row key cannot be changed while rows are rejected ({rejected})"
            " or missing; correct the file and load it whole with --rekey"
        )
    if not (reading.feed.card.complete or options.rekey):
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


def _check_neighbours(reading: _Reading, withdrawn: list[str], preview: Preview, options: LoadOptions) -> None:
    """Count the relationships that would lose an end with the rows that go, and name them.

    Raises:
        ShrinkRefused: Together they are more than a tenth of the source, and more than three.
    """
    waiting = preview.edges_to_wait
    if not withdrawn or not waiting.count:
        return
    names = ", ".join(example.name for example in waiting.examples)
    told = f"{waiting.count} relationships in the graph would wait because an end is withdrawn: {names}"
    reading.notes.append(told)
    lost = len(withdrawn) + waiting.count
    had = len(withdrawn) + reading.counts["unchanged"] + reading.counts["changed"]
    if lost > 3 and lost * 10 > had and not (options.allow_shrink or options.dry_run):
        raise ShrinkRefused(
            f"{reading.feed.card.source}: {len(withdrawn)} of {had} rows would be withdrawn, and {told};"
            " check the file, or load it with --allow-shrink"
        )
