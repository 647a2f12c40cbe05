"""Load files of one source into the ledger: every row ends as taken, skipped or rejected, and counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from graph.collector import seldom_collected
from graph.errors import FileRefused, InputError, ShrinkRefused
from graph.ledger.ledger import Ledger
from graph.ledger.load import OpenLoad, Outcome
from graph.statements import Content
from ingest.corrections import CorrectionFiles
from ingest.mapping import Mapping
from ingest.numbering import Numbering
from ingest.readers.table import Progress, Table, TableRow
from ingest.readers.text_file import sha256_of
from ingest.rejections import CLASH, Refusal, Rejection
from ingest.reports import MOST_REJECTIONS, LoadReport, Preview, RejectionReport
from ingest.rows import Said, row_reader
from ingest.tables import mapped_table

# the ledger is quickest with batches of this size
_BATCH = 2_000


@dataclass(frozen=True)
class LoadOptions:
    """What a load may do beyond the usual.

    Attributes:
        dry_run: Say what would happen and write nothing.
        allow_shrink: Withdraw even more than a tenth of a complete source.
        rekey: Accept other row-key columns; rows under old keys are withdrawn.
        by, because: Who loads, and why.
    """

    dry_run: bool = False
    allow_shrink: bool = False
    rekey: bool = False
    by: str = ""
    because: str = ""


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
    mapping: Mapping,
    files: Sequence[Path],
    *,
    surroundings: Surroundings,
    options: LoadOptions = LoadOptions(),
) -> LoadReport:
    """Load files as one load and say what became of each row; nothing stays of a load that fails.

    The graph is not projected here: `ingest.committing` does both.

    Raises:
        FileRefused: A file cannot be read, is hostile, or two have one name.
        HeaderError: A file's columns are not those of the mapping.
        ClassifiedText: A text looks classified.
        ShrinkRefused: More than a tenth of a complete source would be withdrawn.
        StaleEdition, RowKeyChanged: The source was loaded before in a newer edition, or with another row key.
        InputError: A row key cannot be changed while rows are rejected.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with seldom_collected():
        return _loaded(ledger, mapping, files, surroundings, options)


def _loaded(
    ledger: Ledger, mapping: Mapping, files: Sequence[Path], surroundings: Surroundings, options: LoadOptions
) -> LoadReport:
    started = surroundings.clock()
    if len({path.name for path in files}) < len(files):
        raise FileRefused(
            "two of the files have one name, so rows could not be told apart; rename one or load them apart"
        )
    hashes = [(path.name, sha256_of(path)) for path in files]
    card, columns = mapping.card.card(), mapping.row_key.columns
    with (
        CorrectionFiles() as corrections,
        ledger.open_load(
            card, by=options.by, because=options.because, row_key=columns, files=hashes, rekey=options.rekey
        ) as into,
    ):
        reading = _Reading(mapping, into, None if options.dry_run else corrections, surroundings.progress)
        for path in files:
            reading.read(path)
        reading.reject_twins(files)
        withdrawn = _withdrawn(reading, into, options)
        preview = surroundings.preview() if surroundings.preview and (options.dry_run or withdrawn) else None
        if preview:
            _check_neighbours(reading, withdrawn, preview, options)
        number = 0
        if not options.dry_run:
            written = corrections.finished()
            number = into.commit(reading.counted(withdrawn)).no
        seconds = (surroundings.clock() - started).total_seconds()
        return LoadReport(
            load=number,
            source=card.source,
            title=card.title,
            dry_run=options.dry_run,
            **reading.counted(withdrawn),
            seconds=round(seconds, 3),
            rejections=tuple(RejectionReport.of(rejection) for rejection in reading.rejections),
            correction_file="; ".join(map(str, written)) if not options.dry_run else "",
            notes=tuple(reading.notes),
            withdrawn_rows=tuple(withdrawn[:MOST_REJECTIONS]),
            preview=preview if options.dry_run else None,
        )


@dataclass
class _Reading:
    """The files of a load while they are read, and what came of their rows so far."""

    mapping: Mapping
    into: OpenLoad
    corrections: CorrectionFiles | None
    progress: Progress | None
    counts: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    twins: dict[str, Rejection] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    is_partial: bool = False

    def __post_init__(self) -> None:
        self._row = row_reader(self.mapping)
        self._numbered = Numbering() if self.mapping.row_key.repeats == "numbered" else None

    def read(self, path: Path) -> None:
        """Read one file into the open load."""
        with mapped_table(path, self.mapping, progress=self.progress) as opened:
            self.notes += opened.table.notes
            self.places[opened.table.place] = opened.table.name
            self.is_partial |= opened.is_correction
            while batch := list(islice(opened.table.rows, _BATCH)):
                self.counts["read"] += len(batch)
                self._take(path, opened.table, batch)

    def reject_twins(self, files: Iterable[Path]) -> None:
        """Reject the rows that clashed with a later one; they are read once more, for their cells."""
        for path in files if self.twins else ():
            with mapped_table(path, self.mapping) as opened:
                for row in opened.table.rows:
                    if rejection := self.twins.get(f"{opened.table.place}{row.line}"):
                        self._reject(path, opened.table, row, rejection)

    def counted(self, withdrawn: Sequence[str]) -> dict[str, int]:
        """Return all counts; the words of rows add up to those read."""
        words = ("read", "new", "changed", "unchanged", "repeated", "skipped", "rejected")
        counts = {word: self.counts[word] for word in words}
        assert counts["read"] == sum(counts[word] for word in words[1:]), "every row ends as one thing"
        return {**counts, "withdrawn": len(withdrawn)}

    def _take(self, path: Path, table: Table, batch: list[TableRow]) -> None:
        taken: list[TableRow] = []
        said: list[tuple[str, str, Content]] = []
        for row in batch:
            try:
                found = self._said(table, row)
            except Refusal as refusal:
                self._reject(path, table, row, refusal.at(table.name, row.line))
                continue
            if found is None:
                self.counts["skipped"] += 1
                continue
            taken.append(row)
            said.append((found[0], f"{table.place}{row.line}", found[1]))
        for row, outcome in zip(taken, self.into.put(said), strict=True):
            if outcome.word == "clash":
                self._clash(path, table, row, outcome)
            else:
                self.counts[outcome.word] += 1

    def _said(self, table: Table, row: TableRow) -> Said | None:
        if row.fault:
            raise row.fault
        found = self._row(dict(zip(table.header, map(str.strip, row.cells), strict=False)))
        return self._numbered.told_apart(found) if found and self._numbered else found

    def _clash(self, path: Path, table: Table, row: TableRow, outcome: Outcome) -> None:
        here = f"{table.place}{row.line}"
        self._reject(path, table, row, self._clashing(here, outcome.twin))
        if outcome.was:
            self.counts[outcome.was] -= 1
            self.twins[outcome.twin] = self._clashing(outcome.twin, here)

    def _clashing(self, here: str, twin: str) -> Rejection:
        place = here.rstrip("0123456789")
        columns = ", ".join(self.mapping.row_key.columns)
        return Rejection(
            file=self.places[place],
            line=int(here.removeprefix(place)),
            column=columns,
            value="",
            reason=f"{here} and {twin} have the same row key and say different things; neither was taken",
            fix=f"keep one of the rows, or tell them apart in {columns}",
            code=CLASH,
        )

    def _reject(self, path: Path, table: Table, row: TableRow, rejection: Rejection) -> None:
        self.counts["rejected"] += 1
        if len(self.rejections) < MOST_REJECTIONS:
            self.rejections.append(rejection)
        if self.corrections:
            self.corrections.add(path, table.header, row.cells, rejection)


def _withdrawn(reading: _Reading, into: OpenLoad, options: LoadOptions) -> list[str]:
    """Withdraw what a complete source no longer holds; nothing while a row is rejected or was not given."""
    rejected = reading.counts["rejected"]
    if options.rekey and (rejected or reading.is_partial):
        raise InputError(
            f"{reading.mapping.card.source}: the row key cannot be changed while rows are rejected ({rejected})"
            " or missing; correct the file and load it whole with --rekey"
        )
    if not (reading.mapping.card.complete or options.rekey):
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
            f"{reading.mapping.card.source}: {len(withdrawn)} of {had} rows would be withdrawn, and {told};"
            " check the file, or load it with --allow-shrink"
        )
