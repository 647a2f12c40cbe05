"""The files of a load while they are read: every record is taken, skipped or rejected, and counted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import OpenLoad, Outcome
from iga.graph.ledger.people_register import RegisteredPeople
from iga.graph.statements import Content, digest, encoded
from iga.ingest.corrections import CorrectionFiles
from iga.ingest.name_faults import fault_of
from iga.ingest.names_of_load import NamesOfLoad
from iga.ingest.namesakes import Namesakes
from iga.ingest.oddities import Doubts
from iga.ingest.people_markings import NOBODYS, PeopleOfLoad, carried_by_nobody
from iga.ingest.readers.file_table import Progress
from iga.ingest.rejections import CLASH, UNFIT, Refusal, Rejection
from iga.ingest.reports import MOST_REJECTIONS
from iga.ingest.source_reader import OpenFile, SourceReader, SourceRecord, StatedRow

# The ledger is quickest with batches of so many records. A record of a standard format may say a thousand things, a row
# hold cells of a hundred thousand characters: a batch of them must not fill the memory.
_MOST = {"records": 2_000, "statements": 20_000, "characters": 4_000_000, "cells": 200_000}


class _TakenRecord(NamedTuple):
    """A record that waits for its batch to be put: where it stands, its cells, and what it says."""

    place: str
    line: int
    cells: Sequence[str]
    key: str
    content: Content


@dataclass
class RowIntake:
    """The files of a load while they are read, and what came of their rows so far.

    Attributes:
        ledger: Where it is; its register says who is restricted or erased.
        corrections: Where rejected rows are written; None in a dry run.
        names: What each file is called in this load.
        known: Settles the names that no table knows; None takes them all for new.
        twins: Rows taken at first that clashed with a later one, by where they stand.
        places: What messages call each place that a locator begins with.
        unread: Cells that were left out of rows that were taken.
        doubts: What looks odd in what was taken.
        people: The people whom it names, marked and counted.
        is_partial: Whether records of the source are known to be missing.
        erased_count: Rejected records that name somebody who was erased: they keep nothing else from being withdrawn.
    """

    feed: SourceReader
    ledger: Ledger
    into: OpenLoad
    corrections: CorrectionFiles | None
    progress: Progress | None
    names: Mapping[Path, str]
    known: NamesOfLoad | None = None
    counts: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    twins: dict[str, Rejection] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    unread: list[Rejection] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)
    is_partial: bool = False
    erased_count: int = 0

    def __post_init__(self) -> None:
        self.notes += self.feed.notes
        self.people = PeopleOfLoad(self.feed.card, RegisteredPeople.of(self.ledger, "restricted"))
        self._erased = RegisteredPeople.of(self.ledger, "erased")
        self.namesakes = Namesakes.of(self.ledger)
        self.notes += self.namesakes.notes_on(self.feed.card, self.names.values())
        self._numbered = Numbering() if self.feed.numbered else None
        self._known_places: dict[tuple[Path, str], str] = {}

    def read(self, path: Path) -> None:
        """Read one file into the open load."""
        with self.feed.opened(path, self.progress) as file:
            self.is_partial |= file.is_partial
            batch: list[_TakenRecord] = []
            size = Counter[str]()
            for record in file.records:
                self.counts["read"] += 1
                stated = self._stated(path, file, record)
                if stated is None:
                    continue
                place = self._place(path, file, record)
                self.doubts.look_at(f"{place}{record.line}", file.header, record.cells, stated)
                batch.append(_TakenRecord(place, record.line, record.cells, *stated))
                size["records"] += 1
                size["statements"] += len(stated[1].statements)
                size["cells"] += len(record.cells)
                size["characters"] += sum(map(len, record.cells))
                if any(size[what] >= most for what, most in _MOST.items()):
                    self._put(path, file, batch)
                    batch, size = [], Counter()
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

    def _stated(self, path: Path, file: OpenFile, record: SourceRecord) -> StatedRow | None:
        """Return what a record says; None when it is skipped or rejected, which is counted."""
        try:
            stated = record.stated()
            if stated and (mobile := carried_by_nobody(stated[1].statements)):
                fix = "tie it to the person who has it, or call it a phone where it stays on a desk"
                raise Refusal(NOBODYS, fix=fix, code=UNFIT, value=mobile)
        except Refusal as refusal:
            place = self._place(path, file, record)
            self._reject(path, file, record.cells, refusal.at(self.places[place], record.line))
            return None
        if stated is None:
            self.counts["skipped"] += 1
            return None
        if self._erased.named_in(stated[1]):
            self._reject_erased(path, file, record, self._erased.namesakes_in(stated[1]))
            return None
        stated = stated[0], self.people.marked(self.namesakes.with_plain_ids(stated[1]))
        self.namesakes.look_at(f"{self._place(path, file, record)}{record.line}", stated[1].statements)
        return self._numbered.told_apart(stated) if self._numbered else stated

    def _place(self, path: Path, file: OpenFile, record: SourceRecord) -> str:
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

    def _put(self, path: Path, file: OpenFile, batch: list[_TakenRecord]) -> None:
        batch = self._of_names(path, file, batch) if self.known and batch else batch
        placed = [(taken.key, f"{taken.place}{taken.line}", taken.content) for taken in batch]
        for taken, outcome in zip(batch, self.into.put(placed) if placed else (), strict=True):
            if outcome.word == "clash":
                self._clash(path, file, taken, outcome)
            else:
                self.counts[outcome.word] += 1

    def _of_names(self, path: Path, file: OpenFile, batch: list[_TakenRecord]) -> list[_TakenRecord]:
        """Return the records with the parties on record that they name; what is kept back for a name is rejected."""
        assert self.known is not None, "the caller asks only where names are settled"
        faults = [fault_of(taken.content) for taken in batch]
        named = [taken.content for taken, fault in zip(batch, faults, strict=True) if not fault]
        resolved = iter(self.known.resolved(named))
        kept = []
        for taken, fault in zip(batch, faults, strict=True):
            settled = fault or next(resolved)
            if isinstance(settled, Refusal):
                settled.column = settled.column or _column(file.header, taken.cells, settled.value)
                self._reject(path, file, taken.cells, settled.at(self.places[taken.place], taken.line))
            else:
                # who is somebody on record is marked as that one is
                kept.append(taken._replace(content=self.people.marked(settled)))
        return kept

    def _clash(self, path: Path, file: OpenFile, taken: _TakenRecord, outcome: Outcome) -> None:
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

    def _reject_erased(self, path: Path, file: OpenFile, record: SourceRecord, namesakes: Collection[str]) -> None:
        """Reject a record that names somebody who was erased; no cell of it is kept anywhere."""
        place = self.places[self._place(path, file, record)]
        admitting = "".join(
            f"; another person of that name is let in by iga erase {it} --admit" for it in sorted(namesakes)
        )
        fix = f"leave it out of the file{admitting}"
        self.counts["rejected"] += 1
        self.erased_count += 1
        if len(self.rejections) < MOST_REJECTIONS:
            self.rejections.append(Rejection(place, record.line, "", "", _ERASED, fix, UNFIT))

    def _reject(self, path: Path, file: OpenFile, cells: Sequence[str], rejection: Rejection) -> None:
        self.counts["rejected"] += 1
        self.doubts.see(rejection)
        if len(self.rejections) < MOST_REJECTIONS:
            self.rejections.append(rejection)
        if self.corrections:
            self.corrections.add(path, file.header, cells, rejection)


def _column(header: Sequence[str], cells: Sequence[str], text: str) -> str:
    """Return the column whose cell holds a text; blank where none does."""
    named = list(zip(header, cells, strict=False))
    exact = (name for name, cell in named if " ".join(cell.split()) == " ".join(text.split()))
    return next(exact, next((name for name, cell in named if text in cell), ""))


_ERASED = "it names somebody who was erased"


class Numbering:
    """Counts identical rows of one load, in the order of the files."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def told_apart(self, stated: StatedRow) -> StatedRow:
        """Return the row under its own key the first time, with ``#2``, ``#3`` … after it for each twin."""
        key, content = stated
        mark = digest(key.encode() + b"\x1f" + encoded(content))
        self._seen[mark] += 1
        count = self._seen[mark]
        return stated if count == 1 else (f"{key}#{count}", content)
