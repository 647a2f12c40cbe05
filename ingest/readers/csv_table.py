"""Read a CSV file row by row: encoding and delimiter stated or detected, always reported, memory flat."""

import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from iga.graph.errors import FileRefused, HeaderError
from iga.ingest.readers.file_table import (
    LONGEST_CELL,
    SEARCHED_ROWS,
    FileRow,
    FileTable,
    Progress,
    fault_of,
    header_of,
    header_place,
    header_told,
)
from iga.ingest.readers.text_file import text_file
from iga.ingest.rejections import SHAPE, Refusal

DELIMITERS = (",", ";", "\t", "|")
# No row of a table is longer; a file without line ends, or with a quote that is never closed, would otherwise be
# read into memory whole.
LONGEST_ROW = 2_000_000
_ROWS_BETWEEN_REPORTS = 2_000


@dataclass(frozen=True)
class CsvForm:
    """How a CSV file is to be read.

    Attributes:
        encoding, delimiter: As stated; None to detect.
        header_row: Line on which the header starts, from 1; None finds it.
        columns: The columns that the mapping knows: they tell which delimiter splits the header.
        names: Names of the columns of a file without a header.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = 1
    columns: Collection[str] = ()
    names: tuple[str, ...] = ()


@contextmanager
def csv_table(path: Path, form: CsvForm, *, progress: Progress | None = None) -> Iterator[FileTable]:
    """Open a CSV file and give its table.

    Raises:
        FileRefused: The file is no text, or no table.
        HeaderError: There is no header.
    """
    text = text_file(path, encoding=form.encoding)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=text.encoding, errors=text.errors, newline="") as stream:
        lines = _Lines(stream)
        try:
            header_row = form.header_row or _header_line(lines, form, path.name)
            above = tuple(line.rstrip("\r\n") for line in islice(lines, header_row - 1))
            first = next(lines, "")
        except _TooLong as error:
            raise FileRefused(f"{path.name}:{lines.number}: {error}; this is no table") from None
        delimiter = form.delimiter or _detected(first, form.columns)
        sentence = f"{path.name}: cells are parted by {delimiter!r} ({'stated' if form.delimiter else 'detected'})"
        lines.again(first)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        header = form.names or _header(reader, path.name)
        if not form.names:
            lines.forget()
        size = path.stat().st_size
        report = (lambda: progress(raw.tell(), size)) if progress else None
        rows = _rows(reader, lines, header, report)
        notes = (*text.notes, sentence, *(() if form.header_row else header_told(path.name, header_row)))
        yield FileTable(path.name, f"{path.name}:", header, rows, above, notes)


class _TooLong(Exception):
    """The row at hand is longer than any row of a table."""


class _Lines:
    """The lines of a text, with their number and the text of the row at hand."""

    def __init__(self, stream: TextIOWrapper) -> None:
        self.number = 0
        self._text: list[str] = []
        self._length = 0
        self._stream = stream
        self._waiting: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._stream.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self.number += 1
        self._text.append(line)
        self._length += len(line)
        if self._length >= LONGEST_ROW:
            raise _TooLong(f"more than {LONGEST_ROW:,} characters without the end of a row")
        return line

    def again(self, line: str) -> None:
        """Give a line once more."""
        if line:
            self._waiting.append(line)
            self.number -= 1
            self.forget()

    def forget(self) -> str:
        """Return the text of the row at hand, and start a new one."""
        text = "".join(self._text)
        self._text.clear()
        self._length = 0
        return text

    def skip(self) -> str:
        """Go to the end of the row at hand, where its quotes are closed; return its first characters."""
        text = self.forget()
        is_quoted, ended = text.count('"') % 2 == 1, text.endswith(("\n", "\r"))
        while (is_quoted or not ended) and (piece := self._stream.readline(LONGEST_ROW)):
            self.number += ended
            is_quoted ^= piece.count('"') % 2 == 1
            ended = piece.endswith(("\n", "\r"))
        return text[:LONGEST_CELL].rstrip("\r\n")


def _header_line(lines: _Lines, form: CsvForm, name: str) -> int:
    """Return the line on which the header starts, having given all lines back."""
    first = list(islice(lines, SEARCHED_ROWS))
    for line in reversed(first):
        lines.again(line)
    delimiters = (form.delimiter,) if form.delimiter else DELIMITERS
    rows = [
        [" ".join(cell.split()) for delimiter in delimiters for cell in _cells(first[start:], delimiter)]
        for start in range(len(first))
    ]
    return header_place(rows, form.columns, where=name) + 1


def _cells(lines: list[str], delimiter: str) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return []


def _detected(header: str, columns: Collection[str]) -> str:
    """Return the delimiter that splits the header into the most known columns, else into the most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = _cells([header], delimiter)
        return sum(cell.strip() in columns for cell in cells), len(cells)

    return max(DELIMITERS, key=score)


def widest_table(lines: Sequence[str]) -> tuple[str, list[list[str]]]:
    """Return the delimiter that makes the widest table of lines, and its rows; none where quotes cannot be read."""
    ways: dict[str, list[list[str]]] = {}
    for delimiter in DELIMITERS:
        try:
            ways[delimiter] = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            ways[delimiter] = []
    return max(ways.items(), key=lambda way: max(map(len, way[1]), default=0))


def _header(reader: Iterator[list[str]], name: str) -> tuple[str, ...]:
    try:
        cells = next(reader, None)
    except (csv.Error, _TooLong) as error:
        raise HeaderError(f"{name}: the header cannot be read ({error}); check its quotes") from None
    header = header_of(cells or [])
    if not header:
        raise HeaderError(f"{name}: there is no header; state in the mapping with `header_row` on which line it starts")
    return header


def _rows(
    reader: Iterator[list[str]], lines: _Lines, header: tuple[str, ...], report: Callable[[], None] | None
) -> Iterator[FileRow]:
    width, count = len(header), 0
    while True:
        line = lines.number + 1
        try:
            cells = next(reader, None)
        except (_TooLong, csv.Error) as error:
            is_overlong = isinstance(error, _TooLong) or "field larger" in str(error)
            text = lines.skip() if is_overlong else lines.forget()[:LONGEST_CELL].rstrip("\r\n")
            yield FileRow(line, [text], _unreadable(error, line, lines.number))
            continue
        lines.forget()
        if cells is None:
            return
        if cells:
            yield FileRow(line, cells, _again(cells, header) or fault_of(cells, width))
        count += 1
        if report and count % _ROWS_BETWEEN_REPORTS == 0:
            report()


def _again(cells: list[str], header: tuple[str, ...]) -> Refusal | None:
    """Return why a row that is the header once more is not taken, as where files were joined."""
    if cells[0].lstrip("\ufeff") != header[0] or header_of([cells[0].lstrip("\ufeff"), *cells[1:]]) != header:
        return None
    return Refusal("the header stands here again, as where files were joined", fix="delete the line", code=SHAPE)


def _unreadable(error: Exception, first: int, last: int) -> Refusal:
    if isinstance(error, _TooLong):
        reason, fix = str(error), "look for a quote that is opened and not closed, or for line breaks that are missing"
    elif "field larger" in str(error):
        reason = f"a cell is longer than {LONGEST_CELL:,} characters, or a quote is opened and not closed"
        fix = "shorten the cell, or close the quote"
    elif "unexpected end" in str(error):
        reason, fix = "a quote is opened and never closed", "close it, or double it if it belongs to the text"
    else:
        reason, fix = f"the quotes of the row do not fit ({error})", "double each quote that belongs to the text"
    span = f"; so the lines {first} to {last} are one row that is not taken" if last > first else ""
    return Refusal(f"{reason}{span}", fix=fix, code=SHAPE)
