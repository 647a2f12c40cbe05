"""A contact list as rows of cells with their looks: of a workbook, whose struck-through text counts, or of a CSV."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from iga.graph.errors import FileRefused
from iga.graph.suggestions import did_you_mean
from iga.ingest.contact_list.headings import SEARCHED_ROWS
from iga.ingest.formats.format_registry import head_of
from iga.ingest.readers.csv_table import widest_table
from iga.ingest.readers.file_table import LONGEST_CELL, with_letters
from iga.ingest.readers.text_file import is_workbook, text_file
from iga.ingest.readers.workbook_guard import looked_over
from iga.ingest.readers.workbook_rows import is_coloured, rows_named
from iga.ingest.readers.xlsx_table import cell_text, first_rows, shown_sheets, undamaged

MAX_CELLS = 100_000
"""Most cells of a list, which is held in memory with its looks: 10,000 contacts of ten columns."""

MAX_WIDTH = 200
"""Most columns that are looked at."""

MAX_MERGED = 1_000
"""Most rows that a merged cell is taken to show in."""


@dataclass(frozen=True)
class GridCell:
    """One cell.

    Attributes:
        text: Its text without what is struck through.
        fault: Why it cannot be read; blank where it can.
    """

    text: str = ""
    struck: str = ""
    fault: str = ""


BLANK = GridCell()


@dataclass(frozen=True)
class GridRow:
    """One row: its number in the sheet, from 1, and its cells by their place, from 0; others are blank."""

    line: int
    cells: Mapping[int, GridCell]

    def cell(self, place: int) -> GridCell:
        """Return the cell at a place."""
        return self.cells.get(place, BLANK)

    def everything(self) -> list[str]:
        """Return all that stands in its cells, by their place, struck through or not."""
        cells = map(self.cell, range(min(max(self.cells, default=-1) + 1, MAX_WIDTH)))
        return [f"{cell.text}\n{cell.struck}" if cell.struck else cell.text for cell in cells]

    def texts(self) -> list[str]:
        """Return the texts of its cells as far as they go, struck-through text left out."""
        return [self.cell(place).text for place in range(min(max(self.cells, default=-1) + 1, MAX_WIDTH))]


@dataclass(frozen=True)
class Grid:
    """One sheet.

    Attributes:
        name: File, or file and sheet, as messages print it.
        rows: Its rows that hold something, in order.
        merged: First and last row of each merged range, from 1.
    """

    name: str
    place: str
    rows: Sequence[GridRow]
    merged: tuple[tuple[int, int], ...] = ()
    notes: list[str] = field(default_factory=list)


def grids(path: Path, sheets: Sequence[str] = ()) -> tuple[list[Grid], list[str]]:
    """Return the sheets of a contact list that are to be read, and sentences on those that are not.

    Raises:
        FileRefused: It is damaged, hostile or too large, or has no such sheet.
    """
    if is_workbook(path):
        return _of_workbook(path, sheets)
    if sheets:
        raise FileRefused(f"{path.name}: a text file, which has no sheet {sheets[0]!r}")
    return [_of_text(path)], []


def first_rows_of(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """Return the first rows of each sheet that shows, as texts; of a text file, its rows under a blank name."""
    if not is_workbook(path):
        return {"": list(head_of(path).rows)}
    shown = shown_sheets(path)
    return {title: rows for title, rows in first_rows(path, SEARCHED_ROWS).items() if title in shown}


def _of_workbook(path: Path, asked: Sequence[str]) -> tuple[list[Grid], list[str]]:
    seen = looked_over(path)
    if seen.counts["cells"] > MAX_CELLS:
        raise _too_large(path)
    book = _opened(path, values=True)
    formulas = _opened(path, values=False) if seen.uncalculated else None
    titles = [sheet.title for sheet in book.worksheets]
    for title in asked:
        if title not in titles:
            raise FileRefused(f"{path.name}: has no sheet {title!r}{did_you_mean(title, titles)}")
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    chosen = [title for title in titles if title in asked or not (asked or title in hidden)]
    notes = [
        f"{path.name}: sheet {title!r} is hidden and was not read; say --sheet {title} to read it"
        for title in hidden
        if title not in chosen
    ]
    return [_grid(path.name, book[title], formulas[title] if formulas else None) for title in chosen], notes


def _too_large(path: Path) -> FileRefused:
    return FileRefused(
        f"{path.name}: more than {MAX_CELLS:,} cells, too many for a contact list. Describe it in a mapping:"
        f" iga mapping new {path.name}"
    )


def _opened(path: Path, *, values: bool) -> Any:
    with undamaged(path.name):
        return load_workbook(path, data_only=values, keep_links=False, rich_text=True)


def _grid(name: str, sheet: Any, formulas: Any) -> Grid:
    rows: defaultdict[int, dict[int, GridCell]] = defaultdict(dict)
    # openpyxl's own way around a sheet makes every cell between the first and the last, a billion of them perhaps
    for (row, column), cell in sheet._cells.items():
        grid_cell = _cell(cell, formulas)
        if grid_cell != BLANK:
            rows[row][column - 1] = grid_cell
    ranges = [(merge.min_row, merge.max_row, merge.min_col, merge.max_col) for merge in sheet.merged_cells.ranges]
    for top, last, left, right in ranges:
        if left == right and left - 1 in rows[top]:  # what is merged shows the same in each row
            for row in range(top + 1, min(last, top + MAX_MERGED) + 1):
                rows[row][left - 1] = rows[top][left - 1]
    title = f"{name}!{sheet.title}"
    merged = tuple((top, last) for top, last, *_ in ranges)
    filled_rows = [GridRow(line, cells) for line, cells in sorted(rows.items()) if cells]
    return Grid(title, f"{title}!", filled_rows, merged, list(_looks(title, sheet)))


def _looks(name: str, sheet: Any) -> Iterator[str]:
    colours: defaultdict[str, set[int]] = defaultdict(set)
    comments = 0
    for cell in sheet._cells.values():
        comments += cell.comment is not None
        if cell.value is not None and is_coloured(cell.fill):
            colour = cell.fill.fgColor
            named = colour.rgb[-6:] if colour.type == "rgb" else getattr(colour, colour.type, "")
            colours[f"#{named}" if colour.type == "rgb" else f"{colour.type} {named}"].add(cell.row)
    for colour, rows in sorted(colours.items()):
        yield f"{name}: {rows_named(sorted(rows))}: the colour {colour} was not read; what it means belongs in a column"
    if comments:
        yield f"{name}: {comments} {'comment on a cell was' if comments == 1 else 'comments on cells were'} not read"
    hidden = sorted(number for number, dimension in sheet.row_dimensions.items() if dimension.hidden)
    if hidden:
        yield f"{name}: {rows_named(hidden)}: hidden or filtered out in the workbook, and read all the same"


def _cell(cell: Any, formulas: Any) -> GridCell:
    value = cell.value
    if isinstance(value, CellRichText):
        runs = [(str(run), isinstance(run, TextBlock) and bool(run.font.strike)) for run in value]
        plain = "".join(text for text, is_struck in runs if not is_struck)
        return _cut(plain, "".join(text for text, is_struck in runs if is_struck))
    if cell.data_type == "e":
        return GridCell(fault=f"the cell shows the error {value}")
    if value is None and formulas is not None and formulas[cell.coordinate].data_type == "f":
        return GridCell(fault="the cell holds a formula without a calculated value")
    text = cell_text(cell)
    is_struck = value is not None and bool(cell.font and cell.font.strike)
    return _cut("", text) if is_struck else _cut(text, "")


def _cut(text: str, struck: str) -> GridCell:
    if len(text) > LONGEST_CELL or "\0" in text:
        return GridCell(fault="the cell is longer than any cell, or holds a NUL character")
    return GridCell(text.strip(), struck.strip())


def _of_text(path: Path) -> Grid:
    text = text_file(path, encoding=None)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=text.encoding, errors=text.errors, newline="") as stream:
        start = stream.read(1 << 16)
        stream.seek(0)
        delimiter, _ = widest_table(start.splitlines()[:50])
        rows: list[GridRow] = []
        count = 0
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            line = 1
            for cells in reader:
                rows.append(
                    GridRow(line, {at: _cut(with_letters(cell), "") for at, cell in enumerate(cells) if cell.strip()})
                )
                line = reader.line_num + 1
                count += len(cells)
                if count > MAX_CELLS:
                    raise _too_large(path)
        except csv.Error as error:
            raise FileRefused(f"{path.name}: no table ({error}); check its quotes") from None
    return Grid(path.name, f"{path.name}:", [row for row in rows if row.cells], notes=list(text.notes))
