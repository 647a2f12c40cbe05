"""Read sheets of a workbook row by row, after the guard looked it over; only shared texts fill memory."""

import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile

from openpyxl import Workbook

from iga.graph.errors import FileRefused, HeaderError
from iga.graph.suggestions import did_you_mean
from iga.ingest.classified import stop_if_classified
from iga.ingest.readers.file_table import (
    SEARCHED_ROWS,
    FileRow,
    FileTable,
    Progress,
    fault_of,
    header_of,
    header_place,
    header_told,
)
from iga.ingest.readers.workbook_guard import WorkbookContents, looked_over
from iga.ingest.readers.workbook_rows import Looks, opened_book, rows_named, rows_of
from iga.ingest.rejections import CELL, Refusal

_BATCH = 500
# Of a longer number a workbook keeps the first fifteen digits.
_LOST = 10**15
# a float of a spreadsheet is exact to 15 digits
_EXACT = 10**15
# what openpyxl and its parsers raise for a damaged part; SyntaxError is the XML parsers' own
_DAMAGED = (SyntaxError, BadZipFile, EOFError, LookupError, ValueError, TypeError, AttributeError, OverflowError)

# openpyxl's stubs do not know the sheets and cells of a workbook that is only read
Sheet: TypeAlias = Any
Cell: TypeAlias = Any
Cells: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True)
class SheetForm:
    """How a workbook is to be read.

    Attributes:
        sheets: Names of the sheets; empty when the workbook has only one that shows.
        every: Whether all sheets that show and are not blank are read; `sheets` is then empty.
        header_row: Row of the header, from 1; None finds it.
        columns: The columns that the mapping knows: they tell which row is the header.
        skips_struck: Whether rows that are struck through are left out.
    """

    sheets: tuple[str, ...] = ()
    every: bool = False
    header_row: int | None = 1
    columns: Collection[str] = ()
    skips_struck: bool = False


@contextmanager
def xlsx_tables(path: Path, form: SheetForm, *, progress: Progress | None = None) -> Iterator[tuple[FileTable, ...]]:
    """Open a workbook and give the tables of its sheets, which share their notes.

    Formulas are read as the values they had when the workbook was saved.

    Raises:
        FileRefused: The workbook is damaged, hostile or too large, has no such sheet, or a merged header.
        HeaderError: There is no header in that row.
    """
    with _opened(path) as (book, seen):
        sheets, notes = _chosen(book, form, path.name)
        yield tuple(_table(path.name, sheet, seen, form, notes, progress) for sheet in sheets)


def _table(
    name: str, sheet: Sheet, seen: WorkbookContents, form: SheetForm, notes: list[str], progress: Progress | None
) -> FileTable:
    place = f"{name}!{sheet.title}"
    hidden: list[int] = []
    lines = _lines(sheet, name, hidden=hidden)
    header_row = form.header_row
    if header_row is None:
        first = list(islice(lines, SEARCHED_ROWS))
        header_row = header_place([_header(cells) for _, cells in first], form.columns, where=place) + 1
        notes += header_told(place, header_row)
        lines = chain(first, lines)
    notes += _merge_notes(sheet, seen, header_row, name)
    above = tuple(" ".join(_texts(cells)[0]) for _, cells in islice(lines, header_row - 1))
    header = _header(next(lines, (0, ()))[1])
    if not header:
        raise HeaderError(f"{place}: row {header_row} is blank; state the right `header_row`")
    beside = _lines(sheet, name, formulas=True) if _path_of(sheet) in seen.uncalculated else iter(())
    rows = _rows(lines, islice(beside, header_row, None), len(header), progress)
    looks = Looks.of(sheet.parent)
    return FileTable(name, f"{place}!", header, _looked_at(rows, looks, form, place, notes, hidden), above, notes)


def _header(cells: Cells) -> tuple[str, ...]:
    return header_of(_texts(cells)[0])


def first_rows(path: Path, count: int) -> dict[str, list[tuple[str, ...]]]:
    """Return the first rows of each sheet, hidden ones included, as texts on one line.

    Raises:
        FileRefused: The workbook is damaged, hostile or too large.
    """
    with _opened(path) as (book, _):
        return {sheet.title: _first(sheet, count, path.name) for sheet in book.worksheets}


def shown_sheets(path: Path) -> tuple[str, ...]:
    """Return the names of the sheets that show, in order; raises as `first_rows`."""
    with _opened(path) as (book, _):
        return tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")


def _first(sheet: Sheet, count: int, name: str) -> list[tuple[str, ...]]:
    return [
        tuple(" ".join(text.split()) for text in _texts(cells)[0]) for _, cells in islice(_lines(sheet, name), count)
    ]


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Workbook, WorkbookContents]]:
    seen = looked_over(path)
    with undamaged(path.name):
        book = opened_book(path)
    try:
        yield book, seen
    finally:
        book.close()


@contextmanager
def undamaged(place: str) -> Iterator[None]:
    """Read parts of a workbook, and refuse it where one is damaged; openpyxl's warnings are of no use to anybody."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # on styles that are not read, dates out of range
            yield
    except _DAMAGED as error:
        reason = str(error).partition("\n")[0][:200]
        raise FileRefused(f"{place}: damaged ({reason}); open and save it again as .xlsx") from None


def _path_of(sheet: Sheet) -> str:
    return str(sheet._worksheet_path).lstrip("/")


def _chosen(book: Workbook, form: SheetForm, name: str) -> tuple[list[Sheet], list[str]]:
    """Return the sheets to read, and what is to be said of them and of those that are not read."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    stop_if_classified(sheets, header=(), where=f"{name}, in the name of a sheet")
    shown = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    blank: list[str] = []
    if form.every:
        blank = [title for title in shown if _is_blank(sheets[title], name)]
    elif not form.sheets and len(shown) != 1:
        raise FileRefused(f"{name}: holds the sheets {', '.join(shown)}; state `sheet` in the mapping, or say --sheet")
    titles = form.sheets or tuple(title for title in shown if title not in blank)
    for title in titles:
        if title not in sheets:
            raise FileRefused(f"{name}: has no sheet {title!r}{did_you_mean(title, sheets)}")
    if not titles:
        raise FileRefused(f"{name}: every sheet that shows is blank; there is nothing to read")
    why_not = {title: " (blank)" if title in blank else "" if title in shown else " (hidden)" for title in sheets}
    others = [f"{other!r}{why_not[other]}" for other in sheets if other not in titles]
    read = f"{'sheet' if len(titles) == 1 else 'sheets'} {', '.join(map(repr, titles))}"
    was = "was" if len(titles) == 1 else "were"
    notes = [f"{name}: {read} {was} read" + (f", not {', '.join(others)}" if others else "")]
    notes += [f"{name}: sheet {title!r} is hidden in the workbook" for title in titles if title not in shown]
    return [sheets[title] for title in titles], notes


def _is_blank(sheet: Sheet, name: str) -> bool:
    return not any(cell.value is not None for _, cells in islice(_lines(sheet, name), SEARCHED_ROWS) for cell in cells)


def _merge_notes(sheet: Sheet, seen: WorkbookContents, header_row: int, name: str) -> list[str]:
    merges = seen.merges.get(_path_of(sheet), [])
    if any(first <= header_row <= last for first, last in merges):
        raise FileRefused(
            f"{name}!{sheet.title}: the header in row {header_row} has merged cells; unmerge it and name each column"
        )
    below = sorted({first for first, last in merges if last > header_row})
    if not below:
        return []
    rows = ", ".join(map(str, below[:5])) + (", …" if len(below) > 5 else "")
    return [f"{name}: merged cells begin in the rows {rows}; only the first cell of each holds the value"]


def _lines(
    sheet: Sheet, name: str, *, formulas: bool = False, hidden: list[int] | None = None
) -> Iterator[tuple[int, Cells]]:
    """Give each row of a sheet with its number, rows that the file leaves out included."""
    rows = enumerate(rows_of(sheet, formulas=formulas, hidden=hidden), 1)
    while True:
        with undamaged(f"{name}!{sheet.title}"):
            batch = list(islice(rows, _BATCH))
        if not batch:
            return
        yield from batch


def _looked_at(
    rows: Iterator[tuple[FileRow, Cells]],
    looks: Looks,
    form: SheetForm,
    place: str,
    notes: list[str],
    hidden: list[int],
) -> Iterator[FileRow]:
    for row, cells in rows:
        struck = looks.saw(row.line, cells)
        yield row._replace(is_left_out=True) if struck and form.skips_struck else row
    notes += looks.told(place, skipped=form.skips_struck)
    if hidden:
        notes.append(f"{place}: hidden by a filter or by hand, and read all the same: {rows_named(hidden)}")


def _rows(
    lines: Iterator[tuple[int, Cells]], beside: Iterator[tuple[int, Cells]], width: int, progress: Progress | None
) -> Iterator[tuple[FileRow, Cells]]:
    for count, ((line, cells), (_, formulas)) in enumerate(zip_longest(lines, beside, fillvalue=(0, ()))):
        if not cells:  # a row that the file leaves out; there may be a million of them
            continue
        texts, fault = _texts(cells)
        fault = fault or _uncalculated(cells, formulas)
        if any(texts) or fault:
            texts += [""] * (width - len(texts))
            yield FileRow(line, texts, fault or fault_of(texts, width)), cells
        if progress and count % _BATCH == 0:
            progress(count, 0)


def _texts(cells: Cells) -> tuple[list[str], Refusal | None]:
    """Return the texts of cells, and why the first that cannot be read cannot; None when all can."""
    texts = [cell_text(cell) for cell in cells]
    wrong = next((cell for cell in cells if cell.data_type == "e"), None)
    if wrong is None:
        return texts, None
    fix = "correct the formula, or write the value in its place"
    return texts, Refusal(
        f"cell {wrong.coordinate} shows the error {wrong.value}", fix=fix, code=CELL, value=str(wrong.value)
    )


def _uncalculated(cells: Cells, formulas: Cells) -> Refusal | None:
    for cell, formula in zip(cells, formulas, strict=False):
        if cell.value is None and formula.data_type == "f":
            return Refusal(
                f"cell {formula.coordinate} holds a formula without a calculated value",
                code=CELL,
                fix="open the workbook in a spreadsheet program and save it, or write the value in its place",
            )
    return None


def cell_text(cell: Cell) -> str:
    """Return a cell as text: dates in ISO 8601, whole numbers without a point, yes and no."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        # 40% is stored as 0.4: shown as it is seen, so that a reader of numbers asks rather than errs
        return f"{_plain(value * 100)}%" if "%" in (cell.number_format or "") else _plain(value)
    return str(value)


def _plain(value: int | float) -> str:
    if abs(value) >= _LOST:  # as a spreadsheet shows it, so that nobody takes its zeros for digits
        return f"{value:.14E}"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f") if isinstance(value, float) else str(value)
