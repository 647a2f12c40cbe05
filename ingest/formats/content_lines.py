"""Read the files of vCard and iCalendar: unfolded content lines, gathered by component, however hostile."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from iga.graph.errors import FileRefused
from iga.ingest.classified import stop_if_classified
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.text_file import TextLine, text_lines
from iga.ingest.rejections import SHAPE, Refusal
from iga.ingest.source_reader import OpenFile, Remarks, SourceRecord, StatedRow, noted

# A photo is the only thing longer than this, and none is read.
LONGEST_LINE = 100_000
# Calendars nest three deep, cards one.
MOST_NESTED = 20
MOST_LINES = 5_000
MOST_CHARACTERS = 1_000_000

_EDGE = re.compile(r"(BEGIN|END)\s*:\s*([\w-]{1,100})\s*", re.IGNORECASE | re.ASCII)
# vCard 2.1 writes its lines so, and goes on after a final "=".
_QUOTED_PRINTABLE = re.compile(r"(?=[^:]{0,999}:)[^:]*?QUOTED-PRINTABLE", re.IGNORECASE | re.ASCII)
# RFC 5545 3.8.1.3: who may look at an entry, no classification.
_ACCESS_CLASS = "CLASS:CONFIDENTIAL"


class ContentLine(NamedTuple):
    """One line after unfolding.

    Attributes:
        number: Physical line at which it starts, from 1.
        text: The line; only its beginning when it is cut.
        is_cut: Whether it is longer than `LONGEST_LINE`.
    """

    number: int
    text: str
    is_cut: bool = False


@dataclass
class Component:
    """A component with its own lines; what is inside it is left out.

    Attributes:
        name: Such as ``VEVENT``, in capitals.
        line: Line on which it begins.
        lines: Its lines, without those of components in it.
        around: Lines of the component that it stands in, as far as they came before it.
        fault: Why it cannot be read; None when it can.
    """

    name: str
    line: int
    around: tuple[ContentLine, ...] = ()
    lines: list[ContentLine] = field(default_factory=list)
    fault: Refusal | None = None
    size: int = 0

    def add(self, line: ContentLine) -> None:
        """Keep a line, unless there are too many."""
        self.size += len(line.text)
        if len(self.lines) >= MOST_LINES or self.size > MOST_CHARACTERS:
            self.fault = self.fault or _fault(f"the {self.name} is too long to be one", "take it out of the file")
        else:
            self.lines.append(line)


def _unfolded(lines: Iterable[TextLine]) -> Iterator[ContentLine]:
    """Give content lines, each put together from the lines that it was folded into (RFC 5545 3.1, RFC 6350 3.2)."""
    number, pieces, size, is_cut, goes_on = 0, list[str](), 0, False, False
    for line in lines:
        text = line.text
        if not text and not goes_on:
            continue
        if number and (text[:1] in (" ", "\t") or goes_on):
            text = pieces.pop().removesuffix("=") + text if goes_on and pieces else text[1:]
            size = sum(map(len, pieces)) if goes_on else size
        else:
            if number:
                yield ContentLine(number, "".join(pieces), is_cut)
            number, pieces, size, is_cut = line.number, [], 0, False
        is_cut = is_cut or line.is_cut or size + len(text) > LONGEST_LINE
        text = text[: max(0, LONGEST_LINE - size)]
        pieces.append(text)
        size += len(text)
        goes_on = text.endswith("=") and not is_cut and _QUOTED_PRINTABLE.match(pieces[0]) is not None
    if number:
        yield ContentLine(number, "".join(pieces), is_cut)


def _looked_over(lines: Iterable[ContentLine], *, file: str) -> Iterator[ContentLine]:
    """Give content lines, those that nothing reads included, but stop where one looks classified."""
    for line in lines:
        if line.text.upper().strip() != _ACCESS_CLASS:
            text = (line.text.partition(":")[2] or line.text).replace("\\n", "\n").replace("\\N", "\n")
            stop_if_classified((text,), header=("the value",), where=f"{file}:{line.number}")
        yield line


@contextmanager
def component_file(
    path: Path, wanted: Collection[str], *, outside: Counter[str], progress: Progress | None = None
) -> Iterator[tuple[Iterator[Component], str]]:
    """Open a file and give its components of some names in capitals, with a sentence on its encoding.

    The lines outside of every component are counted in `outside`.

    Raises:
        FileRefused: It is no text; or, while it is read, components are nested deeper than any program nests them.
        ClassifiedText: A line looks classified, while it is read.
    """
    with text_lines(path, longest=LONGEST_LINE, progress=progress) as (lines, note):
        gathered = _ComponentGatherer(wanted, file=path.name, outside=outside)
        yield gathered.components(_looked_over(_unfolded(lines), file=path.name)), note


@contextmanager
def component_records(
    path: Path,
    wanted: Collection[str],
    stated: Callable[[Component], StatedRow | None],
    remarks: Remarks,
    progress: Progress | None,
    *,
    called: str = "",
) -> Iterator[OpenFile]:
    """Open a file whose records are its components of some names; a correction file shows what each is `called`.

    Raises:
        As `component_file`.
    """
    with component_file(path, wanted, outside=remarks["outside"], progress=progress) as (components, note):
        records = (
            SourceRecord(
                component.line, (f"{called or component.name} of line {component.line}",), partial(stated, component)
            )
            for component in components
        )
        yield noted(OpenFile(path.name, f"{path.name}:", (called or "entry",), records, [note]), remarks.notes)


class _ComponentGatherer:
    """Gathers content lines into components of some names; none of them lies in another."""

    def __init__(self, wanted: Collection[str], *, file: str, outside: Counter[str]) -> None:
        self._wanted = wanted
        self._file = file
        self._outside = outside
        self._open_names: list[str] = []
        self._around: list[ContentLine] = []
        self._current: Component | None = None
        self._depth = 0

    def components(self, lines: Iterable[ContentLine]) -> Iterator[Component]:
        """Give the components in the order in which they end."""
        for line in lines:
            mark = _EDGE.fullmatch(line.text.strip())
            if not mark:
                self._keep(line)
            elif mark[1].upper() == "BEGIN":
                self._begin(mark[2].upper(), line)
            elif ended := self._end(mark[2].upper(), line):
                yield ended
        if unclosed := self._current:
            unclosed.fault = _fault(f"the {unclosed.name} is never closed", "end it, or export the file again")
            yield unclosed

    def _keep(self, line: ContentLine) -> None:
        if self._current and len(self._open_names) == self._depth:
            self._current.add(line)
        elif not self._current and self._open_names and len(self._around) < MOST_LINES and not line.is_cut:
            self._around.append(line)
        elif not self._open_names and line.text.strip():
            self._outside["lines"] += 1

    def _begin(self, name: str, line: ContentLine) -> None:
        self._open_names.append(name)
        if len(self._open_names) > MOST_NESTED:
            deep = f"components are nested more than {MOST_NESTED} deep, as by no program"
            raise FileRefused(f"{self._file}:{line.number}: {deep}")
        if self._current is None and name in self._wanted:
            self._current = Component(name, line.number, tuple(self._around))
            self._depth = len(self._open_names)
        elif self._current is None and len(self._open_names) == 1:
            self._around = []

    def _end(self, name: str, line: ContentLine) -> Component | None:
        """Close what a line ends; return the component that is complete with it."""
        current = self._current
        if name not in self._open_names:
            if current:
                current.fault = current.fault or _fault(f"line {line.number} ends a {name} that never began")
            return None
        while self._open_names.pop() != name:
            if current:
                current.fault = current.fault or _fault(f"a component in it is not closed before line {line.number}")
        if current is None or len(self._open_names) >= self._depth:
            return None
        self._current = None
        return current


def _fault(reason: str, fix: str = "correct the line, or export the file again") -> Refusal:
    return Refusal(reason, fix=fix, code=SHAPE)
