"""Read an IATI file record by record: memory stays flat, and a hostile or broken file is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from lxml import etree
from lxml.etree import _Element as Element

from iga.graph.errors import FileRefused
from iga.ingest.formats.iati.iati_elements import line_of
from iga.ingest.readers.file_table import Progress
from iga.ingest.readers.text_file import opened

RECORDS = {"iati-activities": "iati-activity", "iati-organisations": "iati-organisation"}
"""Name of the root of each kind of file → name of its records."""

# A real activity has some kilobytes, the longest some thousand transactions; its tree takes ten times as much.
MOST_BYTES = 8_000_000
# Nothing of IATI has more than nine; the validator would list each that it does not know.
MOST_ATTRIBUTES = 100
_CHUNK = 1 << 16
# Before its root a file has a declaration and perhaps a comment.
_MOST_BEFORE_ROOT = 1 << 20


class Root(NamedTuple):
    """The first element of a file: its name and attributes."""

    name: str
    attributes: dict[str, str]

    @property
    def is_version_1(self) -> bool:
        """Whether the file is of IATI 1.x."""
        return self.attributes.get("version", "").strip().split(".")[0] == "1"


@dataclass(frozen=True)
class RootChild:
    """One child of the root.

    Attributes:
        element: The child; empty when the record is overlong. Valid until the next is asked for.
        is_record: Whether it is an activity or organisation, and not something else that was left between them.
        is_overlong: Whether it has more than `MOST_BYTES`; then what it said was thrown away.
    """

    element: Element
    line: int
    is_record: bool = True
    is_overlong: bool = False


def root_of(path: Path) -> Root:
    """Return the root of a file; nothing but the beginning of the file is read.

    Raises:
        FileRefused: The file cannot be read, is no XML, declares a document type, or is not of IATI.
    """
    with opened(path) as file:
        start = _Beginning(file)
        try:
            for _, root in etree.iterparse(start, events=("start",), **_SAFE):
                _refuse_tricks(root, path)
                return Root(_fitting(root, path), {str(name): str(value) for name, value in root.attrib.items()})
        except etree.XMLSyntaxError as error:
            if start.is_exhausted:
                raise FileRefused(f"{path.name}: no element begins in its first megabyte; IATI files do not") from None
            raise _broken(error, path) from None
    raise FileRefused(f"{path.name}: holds no element; an IATI file has <iati-activities> or <iati-organisations>")


def children_of(path: Path, *, root: str, progress: Progress | None = None) -> Iterator[RootChild]:
    """Give the children of the root, each with all it holds; what was given before is then gone.

    Raises:
        FileRefused: The file turns out to be broken; the message names the line.
    """
    total = path.stat().st_size
    reading = _RootParser(root)
    with opened(path) as file:
        try:
            while chunk := file.read(_CHUNK):
                reading.parser.feed(chunk)
                yield from reading.ended()
                reading.watch(len(chunk))
                if progress:
                    progress(file.tell(), total)
            reading.parser.close()
        except etree.XMLSyntaxError as error:
            raise _broken(error, path) from None
    yield from reading.ended()


# Without entities, document types and network; the limits of the parser stay on: a depth of 256, texts of 10 MB.
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class _Beginning:
    """A file that ends after its first megabyte, so that nothing endless is read for its first element."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.is_exhausted = False

    def read(self, size: int) -> bytes:
        if self._file.tell() >= _MOST_BEFORE_ROOT:
            self.is_exhausted = True
            return b""
        return self._file.read(min(size, _CHUNK))


class _RootParser:
    """A file while it is parsed: what has ended, and what is so long that it is thrown away."""

    def __init__(self, root: str) -> None:
        self._names = (root, RECORDS[root])
        self.parser = etree.XMLPullParser(events=("start", "end"), tag=self._names, **_SAFE)
        self._root: Element | None = None
        self._since = 0
        self._is_overlong = False

    def ended(self) -> Iterator[RootChild]:
        """Give the children of the root that have ended since, and empty each when it was used."""
        for event, ended_element in self.parser.read_events():
            element = cast(Element, ended_element)  # of elements alone, as the constructor asks
            if event == "start":
                self._root = element if self._root is None else self._root
            elif element is self._root:
                yield from self._between(None)
                if self._is_overlong:
                    yield RootChild(element, line_of(element), is_record=False, is_overlong=True)
            elif self._root is not None and element.getparent() is self._root and element.tag == self._names[1]:
                self._since = 0
                yield from self._between(element)
                yield RootChild(element, line_of(element), is_overlong=self._is_overlong)
                self._is_overlong = False
                element.clear()
                while element.getprevious() is not None:  # the element stays: the parser still writes behind it
                    del self._root[0]

    def watch(self, count: int) -> None:
        """Throw away what a record holds so far when it is too long; what is still open stays."""
        self._since += count
        if self._since > MOST_BYTES and self._root is not None:
            self._is_overlong = True
            yet_open = self._root
            while len(yet_open):
                del yet_open[:-1]
                yet_open = yet_open[-1]

    def _between(self, element: Element | None) -> Iterator[RootChild]:
        """Give what was left between the records: elements that are neither a record nor of another namespace."""
        assert self._root is not None, "a record lies in the root"
        before = list(self._root) if element is None else [*element.itersiblings(preceding=True)][::-1]
        for other in before:
            if isinstance(other.tag, str) and not other.tag.startswith("{") and other.tag != self._names[1]:
                yield RootChild(other, line_of(other), is_record=False)


def _fitting(root: Element, path: Path) -> str:
    name = str(root.tag)
    if name in RECORDS:
        return name
    if whole := next((whole for whole, record in RECORDS.items() if record == name), None):
        raise FileRefused(
            f'{path.name}: begins with <{name}>; put the record into <{whole} version="2.03"> … </{whole}>'
        )
    raise FileRefused(
        f"{path.name}: begins with <{name[:80]}>, which is not IATI: a file of it begins with <iati-activities> or"
        " <iati-organisations>"
    )


def _refuse_tricks(root: Element, path: Path) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefused(
            f"{path.name}: declares a document type (<!DOCTYPE …>), which IATI files do not need and hostile ones"
            " use; take the declaration out"
        )
    if len(root.attrib) > MOST_ATTRIBUTES:  # counting is quick; reading them takes the square of their number
        raise FileRefused(
            f"{path.name}: <{root.tag}> has {len(root.attrib):,} attributes; nothing of IATI has more than"
            f" {MOST_ATTRIBUTES}, so the file is damaged or hostile: get it again"
        )


def _broken(error: etree.XMLSyntaxError, path: Path) -> FileRefused:
    line, reason = error.lineno or 1, str(error.msg or "it ends too early").split(", line ")[0].strip().rstrip(".")
    if "DOCTYPE" in reason or "ntit" in reason:
        reason += "; IATI files declare no document type and no entities"
    return FileRefused(
        f"{path.name}: line {line} is not well-formed XML, so nothing of the file was loaded ({reason}); get the file"
        " again, or correct it there"
    )
