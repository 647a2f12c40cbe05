"""The header of a file and its first rows, found under title rows, for a draft to look at."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from iga.graph.errors import FileRefused, HeaderError
from iga.ingest.readers.csv_table import DELIMITERS, LONGEST_ROW
from iga.ingest.readers.file_table import SEARCHED_ROWS
from iga.ingest.readers.text_file import is_workbook, text_file
from iga.ingest.readers.xlsx_table import first_rows, shown_sheets

SAMPLED_ROWS = 500
"""Rows below the header that a draft looks at."""

_LONGEST_HEADING = 80

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sample:
    """The beginning of a table.

    Attributes:
        sheet: Name of the sheet; blank for a text file.
        others: Sheets that were not looked at.
        header_row: Line or row of the header, from 1.
        rows: The first rows below it, cells trimmed, as many as the header.
        delimiter: Of a text file; blank for a workbook.
    """

    name: str
    sheet: str
    others: tuple[str, ...]
    titles: tuple[str, ...]
    header_row: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ""

    def column(self, name: str) -> list[str]:
        """Return the filled cells of a column, in order."""
        place = self.header.index(name)
        return [row[place] for row in self.rows if row[place]]


def sample_of(path: Path, *, sheet: str = "") -> Sample:
    """Return the header and the first rows of a file; of a workbook those of the sheet with the longest table.

    Raises:
        FileRefused: It cannot be read, or has no such sheet.
        HeaderError: No row looks like a header.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    if is_workbook(path):
        return _of_workbook(path, sheet)
    if sheet:
        raise FileRefused(f"{path.name}: a text file, which has no sheet {sheet!r}")
    delimiter, rows = _text_rows(path)
    return _sample(path.name, "", (), rows, delimiter)


def _of_workbook(path: Path, asked: str) -> Sample:
    shown = shown_sheets(path)
    tables = first_rows(path, SEARCHED_ROWS + SAMPLED_ROWS)
    if asked and asked not in tables:
        raise FileRefused(f"{path.name}: has no sheet {asked!r}; it has {', '.join(tables)}")
    chosen = asked or max(shown, key=lambda title: sum(any(row) for row in tables[title]), default="")
    if not chosen:
        raise FileRefused(f"{path.name}: has no sheet that shows")
    rows = list(enumerate(tables[chosen], 1))
    return _sample(path.name, chosen, tuple(title for title in tables if title != chosen), rows)


def _text_rows(path: Path) -> tuple[str, list[tuple[int, Sequence[str]]]]:
    text = text_file(path, encoding=None)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=text.encoding, errors=text.errors, newline="") as stream:
        lines = list(islice(iter(lambda: stream.readline(LONGEST_ROW), ""), SEARCHED_ROWS + SAMPLED_ROWS))
    ways = {delimiter: list(_parsed(lines, delimiter)) for delimiter in DELIMITERS}
    # the delimiter that parts most rows into equally many cells, and into the most
    return max(ways.items(), key=lambda way: _regularity([row for _, row in way[1]]))


def _parsed(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        line = 1
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        return


def _regularity(rows: Rows) -> tuple[int, int]:
    widths = [len(row) for row in rows if len(row) > 1]
    usual = max(set(widths), key=widths.count, default=0)
    return widths.count(usual), usual


def _sample(
    name: str, sheet: str, others: tuple[str, ...], rows: Sequence[tuple[int, Sequence[str]]], delimiter: str = ""
) -> Sample:
    cleaned = [(line, [" ".join(cell.split()) for cell in row]) for line, row in rows]
    place = _header_place([row for _, row in cleaned], f"{name}!{sheet}" if sheet else name)
    header = list(cleaned[place][1])
    while header and not header[-1]:
        header.pop()
    below = [tuple([*row, *[""] * len(header)][: len(header)]) for _, row in cleaned[place + 1 :]]
    titles = tuple(text for _, row in cleaned[:place] for text in (" ".join(filter(None, row)),) if text)
    rows_kept = tuple(row for row in below if any(row))[:SAMPLED_ROWS]
    return Sample(name, sheet, others, titles, cleaned[place][0], tuple(header), rows_kept, delimiter)


def _header_place(rows: Rows, where: str) -> int:
    """Return which row is the header: the first whose cells are names, and that is about as wide as what follows."""
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        filled = [cell for cell in row if cell]
        below = [sum(map(bool, later)) for later in rows[place + 1 : place + 21] if any(later)]
        widest = max(below, default=0)
        if len(filled) >= max(2, 0.6 * widest) and all(map(_is_heading, filled)) and len(set(filled)) == len(filled):
            return place
    single = [place for place, row in enumerate(rows[:SEARCHED_ROWS]) if any(row)]
    if single and max(sum(map(bool, row)) for row in rows) == 1:  # a list of one column
        return single[0]
    raise HeaderError(
        f"{where}: none of the first {min(len(rows), SEARCHED_ROWS)} rows looks like a header: names of columns, each"
        " once, over rows as wide; write one above the table"
    )


def _is_heading(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEADING and any(map(str.isalpha, cell)) and "@" not in cell
