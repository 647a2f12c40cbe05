"""Read one content line of a vCard or iCalendar component: name, parameters, value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from quopri import decodestring

from icalendar.parser import (
    Contentline,
    Parameters,
    q_split,
    split_on_unescaped_comma,
    split_on_unescaped_semicolon,
    unescape_backslash,
)

from iga.ingest.formats.content_lines import Component, ContentLine
from iga.ingest.rejections import SHAPE, Refusal

_NAME = re.compile(r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)", re.ASCII)
_START = re.compile(r"\s*(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)\s*[;:]", re.ASCII)


@dataclass(frozen=True)
class ContentProperty:
    """A property of a component.

    Attributes:
        name: In capitals, without the group that vCard may put before it.
        value: As written, still escaped.
        parameters: Values of each parameter, names in capitals; repeated ones are united.
        line: Where it stands.
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
