"""Read a CSV file row by row: encoding and delimiter stated or detected, always reported, memory flat."""

import csv
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from graph.errors import FileRefused, HeaderError
from ingest.readers.table import LONGEST_CELL, Progress, Table, TableRow, fault_of, header_of
from ingest.readers.text_file import text_file
from ingest.rejections import SHAPE, Refusal

DELIMITERS = (",", ";", "\t", "|")
# No line of a table is longer; a file without line ends would otherwise be read into memory whole.
LONGEST_LINE = 2_000_000
_ROWS_BETWEEN_REPORTS = 2_000


@dataclass(frozen=True)
class CsvForm:
    """How a CSV file is to be read.

    Attributes:
        encoding, delimiter: As stated; None to detect.
        header_row: Line on which the header starts, from 1.
        columns: The columns that the mapping knows: they tell which delimiter splits the header.
        names: Names of the columns of a file without a header.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int = 1
    columns: Collection[str] = ()
    names: tuple[str, ...] = ()


@contextmanager
def csv_table(path: Path, form: CsvForm, *, progress: Progress | None = None) -> Iterator[Table]:
    """Open a CSV file and give its table.

    Raises:
        FileRefused: The file is no text, or no table.
        HeaderError: There is no header.
    """
    text = text_file(path, encoding=form.encoding)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=text.encoding, newline="") as stream:
        lines = _Lines(stream, path.name)
        above = tuple(line.rstrip("\r\n") for line in _taken(lines, form.header_row - 1))
        first = next(lines, "")
        delimiter = form.delimiter or _detected(first, form.columns)
        told = f"{path.name}: cells are parted by {delimiter!r} ({'stated' if form.delimiter else 'detected'})"
        lines.again(first)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        header = form.names or _header(reader, path.name)
        if not form.names:
            lines.forget()
        size = path.stat().st_size
        report = (lambda: progress(raw.tell(), size)) if progress else None
        rows = _rows(reader, lines, len(header), report)
        yield Table(path.name, f"{path.name}:", header, rows, above, (text.note, told))


class _Lines:
    """The lines of a text, with their number and the text of the row at hand."""

    def __init__(self, stream: TextIOWrapper, name: str) -> None:
        self.number = 0
        self.text: list[str] = []
        self._stream = stream
        self._name = name
        self._waiting: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise FileRefused(
                f"{self._name}:{self.number + 1}: a line of more than {LONGEST_LINE:,} characters; this is no table"
            )
        self.number += 1
        self.text.append(line)
        return line

    def again(self, line: str) -> None:
        """Give a line once more."""
        if line:
            self._waiting.append(line)
            self.number -= 1
            self.text.pop()

    def forget(self) -> str:
        """Return the text of the row at hand, and start a new one."""
        text = "".join(self.text)
        self.text.clear()
        return text


def _taken(lines: _Lines, count: int) -> list[str]:
    return [line for _, line in zip(range(count), lines, strict=False)]


def _detected(header: str, columns: Collection[str]) -> str:
    """Return the delimiter that splits the header into the most known columns, else into the most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(cell.strip() in columns for cell in cells), len(cells)

    return max(DELIMITERS, key=score)


def _header(reader: Iterator[list[str]], name: str) -> tuple[str, ...]:
    try:
        cells = next(reader, None)
    except csv.Error as error:
        raise HeaderError(f"{name}: the header cannot be read ({error}); check its quotes") from None
    header = header_of(cells or [])
    if not header:
        raise HeaderError(f"{name}: there is no header; state in the mapping with `header_row` on which line it starts")
    return header


def _rows(
    reader: Iterator[list[str]], lines: _Lines, width: int, report: Callable[[], None] | None
) -> Iterator[TableRow]:
    count = 0
    while True:
        line = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield TableRow(line, [lines.forget()[:LONGEST_CELL].rstrip("\r\n")], _unreadable(str(error)))
            continue
        lines.text.clear()
        if cells is None:
            return
        if cells:
            yield TableRow(line, cells, fault_of(cells, width))
        count += 1
        if report and count % _ROWS_BETWEEN_REPORTS == 0:
            report()


def _unreadable(error: str) -> Refusal:
    if "field larger" in error or "unexpected end" in error:
        reason, fix = "a quote is opened and never closed", "close it, or double it if it belongs to the text"
    else:
        reason, fix = (
            f"the quotes of the row do not fit ({error})",
            "double each quote that belongs to the text",
        )
    return Refusal(reason, fix=fix, code=SHAPE)
