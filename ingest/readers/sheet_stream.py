"""The XML of one sheet with nothing in it but its cells: what stands beside them is not parsed, so it cannot cost."""

import re
from io import RawIOBase
from typing import IO, Any

_CHUNK = 1 << 16
_OPENING = re.compile(rb"<((?:[\w.-]+:)?sheetData)(\s*/)?[\s>]")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?worksheet)\b[^>]*>")
# the guard lets no tag be longer
_LONGEST_HEAD = 1 << 20


class CellsOnly(RawIOBase):
    """Reads a sheet as its root element and its cells, then ends: merges, formats, checks and drawings are left out."""

    def __init__(self, source: IO[bytes]) -> None:
        """Read the beginning of a sheet's XML, up to its first row."""
        self._source = source
        self._waiting, self._rest, self._end = b"", b"", b""
        head = b""
        while (found := _OPENING.search(head)) is None and (chunk := source.read(_CHUNK)):
            head = self._root(head) + chunk if len(head) > _LONGEST_HEAD else head + chunk
        root = _ROOT.search(head)
        if found is None or root is None:
            self._waiting = head + source.read()  # no sheet of a workbook: the parser says what is wrong
            return
        self._waiting, self._rest = root[0], head[found.start() :]
        self._end, self._closing = b"</" + found[1], b"</" + found[1] + b"></" + root[1] + b">"
        if found[2]:  # there are no cells
            self._waiting, self._end = root[0] + b"<" + found[1] + b">" + self._closing, b""

    @staticmethod
    def _root(head: bytes) -> bytes:
        """Return the root's tag alone, and the last piece, in which the next tag may begin."""
        root = _ROOT.search(head)
        return (root[0] if root else b"") + head[-64:]

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> Any:
        """Return the next bytes; none at the end of the cells."""
        while not self._waiting and self._end:
            self._take(self._source.read(_CHUNK))
        taken, self._waiting = (self._waiting, b"") if size < 0 else (self._waiting[:size], self._waiting[size:])
        return taken

    def _take(self, chunk: bytes) -> None:
        text = self._rest + chunk
        place = text.find(self._end)
        if place < 0 and chunk:
            keep = len(text) - len(self._end)
            self._waiting, self._rest = text[: max(keep, 0)], text[max(keep, 0) :]
            return
        self._waiting = text[:place] + self._closing if place >= 0 else text
        self._end = b""

    def close(self) -> None:
        """Close the part that is read."""
        self._source.close()
        super().close()
