"""What a load reads: records of one source, from the rows of a mapped table or from a standard format."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from iga.graph.statements import Card, Content
from iga.ingest.names_of_load import USUAL, Unknown
from iga.ingest.readers.file_table import Progress
from iga.ingest.rejections import Refusal, Rejection

StatedRow: TypeAlias = tuple[str, Content]
"""The row key and what the row says."""


class SourceRecord(NamedTuple):
    """One record of a file: the unit that is taken, skipped or rejected, and that later loads change.

    Attributes:
        line: Physical line at which it starts, row of the sheet, or its number in the file, from 1.
        cells: What a correction file keeps of it: as many as the header, unless the record is at fault.
        stated: Gives its key and what it says; None when it is blank or skipped. Raises `Refusal`.
        place: What its locator begins with, where that is not the file's: another sheet of a workbook.
    """

    line: int
    cells: Sequence[str]
    stated: Callable[[], StatedRow | None]
    place: str = ""


def refusing(refusal: Refusal) -> Callable[[], StatedRow | None]:
    """Return what a record that cannot be read says: it raises the refusal."""

    def stated() -> StatedRow | None:
        raise refusal

    return stated


@dataclass(frozen=True)
class OpenFile:
    """A file that is open for reading, once.

    Attributes:
        place: What a locator begins with; the line follows: ``file.csv:`` or ``file.xlsx!Sheet!``.
        header: What the cells of its records are, as a correction file prints it.
        notes: Sentences on how the file was read; may grow while the records are read.
        is_partial: Whether records of the source are known to be missing from it, as from a correction file.
        unread: Cells that were not read though the rest of their record was; grows while the records are read.
    """

    name: str
    place: str
    header: tuple[str, ...]
    records: Iterator[SourceRecord]
    notes: Sequence[str] = ()
    is_partial: bool = False
    unread: Sequence[Rejection] = ()


OpensFile: TypeAlias = Callable[[Path, Progress | None], AbstractContextManager[OpenFile]]
"""Opens a file of a source; raises FileRefused, HeaderError or ClassifiedText."""


@dataclass(frozen=True)
class SourceReader:
    """How the files of one source are read.

    Attributes:
        key: Names of what makes the row key.
        keys_before: Other ones that made it in earlier editions, whose rows this one replaces.
        numbered: Whether true twins are numbered rather than counted as repeated.
        reloads: Whether a correction file can be loaded again; otherwise it only lists what was rejected, and the
            file itself is corrected and loaded again.
        notes: Sentences on what will be read, such as how the format was recognized.
        unknown: What becomes of names that nothing on record has, by the kind of their ids, or by an id; may grow while
            the files are read.
        guesses_kinds: Whether it guesses of what class the parties are that it names.
    """

    card: Card
    key: tuple[str, ...]
    opened: OpensFile
    numbered: bool = False
    reloads: bool = True
    notes: tuple[str, ...] = ()
    unknown: Mapping[str, Unknown] = field(default_factory=lambda: dict(USUAL))
    guesses_kinds: bool = False
    keys_before: tuple[tuple[str, ...], ...] = ()


_SHOWN_COUNTS = 15


class Remarks:
    """What is counted while a file is read, and the sentence on each sort of it that is told once all was read."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        """Count nothing yet; a sentence, by its sort, may hold ``{count}`` and ``{listed}``."""
        self._sentences = sentences
        self._counts = {sort: Counter[str]() for sort in sentences}

    def __getitem__(self, sort: str) -> Counter[str]:
        """Return the counts of a sort, by name."""
        return self._counts[sort]

    def notes(self, file: str) -> Iterator[str]:
        """Give the sentences on what was counted, in the order of the sorts."""
        for sort, sentence in self._sentences.items():
            if count := self._counts[sort].total():
                yield f"{file}: {sentence.format(count=count, listed=listed(self._counts[sort]))}"


def noted(file: OpenFile, tell: Callable[[str], Iterable[str]]) -> OpenFile:
    """Return an open file whose notes gain what `tell` gives, for the file's name, after its last record."""
    notes = list(file.notes)

    def records() -> Iterator[SourceRecord]:
        yield from file.records
        notes.extend(tell(file.name))

    return replace(file, records=records(), notes=notes)


def listed(counts: Mapping[str, int]) -> str:
    """Return counts in words, the greatest first, and only the first of many."""
    ordered = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    shown = ", ".join(f"{name} {count}" for name, count in ordered[:_SHOWN_COUNTS])
    return f"{shown}, and {len(ordered) - _SHOWN_COUNTS} more" if len(ordered) > _SHOWN_COUNTS else shown
