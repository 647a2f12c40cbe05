"""Read the files of vCard and iCalendar: unfolded content lines, gathered by component, however hostile."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.errors import FileRefused
from ingest.classified import stop_if_classified
from ingest.readers.text_file import TextLine
from ingest.rejections import SHAPE, Refusal

# A photo is the only thing longer than this, and none is read.
LONGEST_LINE = 100_000
# Calendars nest three deep, cards one.
MOST_NESTED = 20
MOST_LINES = 5_000
MOST_CHARACTERS = 1_000_000

_EDGE = re.compile(r"(BEGIN|END)\s*:\s*([\w-]{1,100})\s*", re.IGNORECASE | re.ASCII)
# vCard 2.1 writes its lines so, and goes on after a final "=".
_QUOTED_PRINTABLE = "QUOTED-PRINTABLE"
_LONGEST_HEAD = 1_000
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


def unfolded(lines: Iterable[TextLine]) -> Iterator[ContentLine]:
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
        goes_on = text.endswith("=") and not is_cut and _is_quoted_printable(pieces[0])
    if number:
        yield ContentLine(number, "".join(pieces), is_cut)


def _is_quoted_printable(text: str) -> bool:
    head, colon, _ = text[:_LONGEST_HEAD].partition(":")
    return bool(colon) and _QUOTED_PRINTABLE in head.upper()


def looked_over(lines: Iterable[ContentLine], *, file: str) -> Iterator[ContentLine]:
    """Give content lines, those that nothing reads included.

    Raises:
        ClassifiedText: One looks classified.
    """
    for line in lines:
        if line.text.upper().strip() == _ACCESS_CLASS:
            yield line
            continue
        text = line.text.partition(":")[2] or line.text
        text = text.replace("\\n", "\n").replace("\\N", "\n")
        stop_if_classified((text,), header=("the value",), where=f"{file}:{line.number}")
        yield line


@dataclass
class Outside:
    """Counts the lines that stand in no component."""

    count: int = 0


def components(
    lines: Iterable[ContentLine], wanted: Collection[str], *, file: str, outside: Outside
) -> Iterator[Component]:
    """Give the components of some names, in the order in which they end; none of them lies in another.

    Args:
        lines: Content lines.
        wanted: Names of components, in capitals.
        file: Name of the file, for messages.
        outside: Counts the lines outside of every component.

    Raises:
        FileRefused: Components are nested deeper than any program nests them.
    """
    open_names: list[str] = []
    around: list[ContentLine] = []
    current: Component | None = None
    depth = 0
    for line in lines:
        edge = _EDGE.fullmatch(line.text.strip())
        if not edge:
            if current and len(open_names) == depth:
                current.add(line)
            elif not current and open_names and len(around) < MOST_LINES and not line.is_cut:
                around.append(line)
            elif not open_names and line.text.strip():
                outside.count += 1
            continue
        name = edge[2].upper()
        if edge[1].upper() == "BEGIN":
            open_names.append(name)
            if len(open_names) > MOST_NESTED:
                raise FileRefused(
                    f"{file}:{line.number}: components are nested more than {MOST_NESTED} deep, as by no program"
                )
            if current is None and name in wanted:
                current, depth = Component(name, line.number, tuple(around)), len(open_names)
            elif current is None and len(open_names) == 1:
                around = []
            continue
        if name not in open_names:
            if current:
                current.fault = current.fault or _fault(f"line {line.number} ends a {name} that never began")
            continue
        while open_names.pop() != name:
            if current:
                current.fault = current.fault or _fault(f"a component in it is not closed before line {line.number}")
        if current and len(open_names) < depth:
            yield current
            current = None
    if current:
        current.fault = _fault(f"the {current.name} is never closed", "end it, or export the file again")
        yield current


def _fault(reason: str, fix: str = "correct the line, or export the file again") -> Refusal:
    return Refusal(reason, fix=fix, code=SHAPE)
