"""Read the files of vCard and iCalendar: unfolded content lines, gathered by component, however hostile."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from quopri import decodestring
from typing import NamedTuple

from icalendar.parser import (
    Contentline,
    Parameters,
    q_split,
    split_on_unescaped_comma,
    split_on_unescaped_semicolon,
    unescape_backslash,
)

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


_NAME = re.compile(r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)", re.ASCII)
_START = re.compile(r"\s*(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)\s*[;:]", re.ASCII)


@dataclass(frozen=True)
class ContentProperty:
    """A property of a component.

    Attributes:
        name: In capitals, without the group that vCard may put before it.
        value: As written, still escaped.
        parameters: Values of each parameter, names in capitals; repeated ones are united.
        group: What vCard puts before a name, so that properties belong together; blank usually.
    """

    name: str
    value: str
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: int = 0
    group: str = ""

    @property
    def text(self) -> str:
        """The value as text, unescaped and trimmed."""
        return str(unescape_backslash(self.value)).strip()

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a structured value, parted by semicolons, each as text."""
        return tuple(part.strip() for part in split_on_unescaped_semicolon(self.value))

    @property
    def listed(self) -> tuple[str, ...]:
        """The values of a list, parted by commas, each as text; blank ones are left out."""
        return tuple(part.strip() for part in split_on_unescaped_comma(self.value) if part.strip())

    def words(self, parameter: str) -> tuple[str, ...]:
        """Return the values of a parameter in lower case; lists in one value are parted."""
        return tuple(word.strip().lower() for value in self.parameters.get(parameter, ()) for word in value.split(","))


class ContentProperties:
    """The properties of a component that are asked for; the others are never parsed."""

    def __init__(self, component: Component, wanted: Sequence[str]) -> None:
        """Parse the lines of the wanted names; refuse a component, or one of those lines, that cannot be read."""
        if component.fault:
            raise component.fault
        self._read: dict[str, list[ContentProperty]] = {}
        for line in component.lines:
            if (name := name_of(line)) in wanted:
                self._read.setdefault(name, []).append(parsed(line))

    def all(self, *names: str) -> Iterator[ContentProperty]:
        """Give the properties of some names, in that order."""
        for name in names:
            yield from self._read.get(name, ())

    def first(self, *names: str) -> ContentProperty | None:
        """Return the first property of some names that has a value; None when there is none."""
        return next((line for line in self.all(*names) if line.value.strip()), None)

    def text(self, *names: str) -> str:
        """Return the first property of some names as text; blank when there is none."""
        line = self.first(*names)
        return line.text if line else ""

    def listed(self, name: str) -> list[str]:
        """Return the values of all lists of a name, in order."""
        return [word for line in self.all(name) for word in line.listed]


def name_of(line: ContentLine) -> str:
    """Return the name of a line's property, in capitals; blank when it has none."""
    match = _START.match(line.text)
    return match[1].upper() if match else ""


def unread(component: Component, known: Sequence[str]) -> Iterator[str]:
    """Give the names of the properties of a component that are none of those that are known."""
    for line in component.lines:
        if (name := name_of(line)) not in known:
            yield name[:50] or "lines without a name"


def parsed(line: ContentLine) -> ContentProperty:
    """Return the property of a line.

    The library splits the line; it keeps only the last of several TYPEs and refuses the bare ones of vCard 2.1
    (icalendar 7.3), so parameters are given to it one by one.

    Raises:
        Refusal: It is too long, holds a NUL character, or is no content line.
    """
    if line.is_cut:
        raise _refused(line, "is too long to be read")
    if "\0" in line.text:
        raise _refused(line, "holds a NUL character")
    # the library's class is not typed
    place = int(Contentline(line.text).value_separator_index())  # type: ignore[no-untyped-call]
    head, value = line.text[:place], line.text[place + 1 :]
    first, *rest = q_split(head, ";")
    name = _NAME.fullmatch(first.strip())
    if place < 0 or not name:
        raise _refused(line, "is not NAME;PARAMETER=…:value")
    parameters: dict[str, tuple[str, ...]] = {}
    for part in filter(None, map(str.strip, rest)):
        key, values = _parameter(part, line)
        parameters[key] = (*parameters.get(key, ()), *values)
    encoding = (*parameters.get("ENCODING", ()), *parameters.get("TYPE", ()))
    if any(word.upper() == "QUOTED-PRINTABLE" for word in encoding):
        value = _decoded(value, parameters.get("CHARSET", ("utf-8",))[0])
    return ContentProperty(name[2].upper(), value, parameters, line.number, (name[1] or "").lower())


def _parameter(part: str, line: ContentLine) -> tuple[str, tuple[str, ...]]:
    if "=" not in part:
        return "TYPE", (part,)
    try:
        # the library's class is not typed
        parameters = Parameters.from_ical(part)  # type: ignore[no-untyped-call]
    except ValueError:
        raise _refused(line, "has a parameter that cannot be read") from None
    for key, value in parameters.items():
        return key.upper(), tuple(value) if isinstance(value, list) else (str(value),)
    return "TYPE", ()


def _decoded(value: str, charset: str) -> str:
    raw = decodestring(value.encode("utf-8", errors="replace"))
    try:
        return raw.decode(charset, errors="replace")
    except LookupError:
        return raw.decode("utf-8", errors="replace")


def _refused(line: ContentLine, what: str) -> Refusal:
    name = name_of(line)
    return Refusal(
        f"line {line.number}{f' ({name})' if name else ''} {what}",
        fix="correct the line, or export the file again",
        code=SHAPE,
        column=name,
    )
