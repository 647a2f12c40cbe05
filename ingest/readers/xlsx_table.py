"""Read one sheet of a workbook row by row, after the guard looked it over; only shared texts fill memory."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile

from openpyxl import Workbook

from graph.errors import FileRefused, HeaderError
from ingest.classified import stop_if_classified
from ingest.readers.openpyxl_book import opened_book, rows_of
from ingest.readers.table import Progress, Table, TableRow, fault_of, header_of
from ingest.readers.workbook_guard import Seen, looked_over
from ingest.rejections import CELL, Refusal
from ingest.suggestions import did_you_mean

_BATCH = 500
# a float of a spreadsheet is exact to 15 digits
_EXACT = 10**15
# what openpyxl and its parsers raise for a damaged part; SyntaxError is the XML parsers' own
_DAMAGED = (
    SyntaxError,
    BadZipFile,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
)

# openpyxl's stubs do not know the sheets and cells of a workbook that is only read
Sheet: TypeAlias = Any
Cell: TypeAlias = Any
Cells: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True)
class SheetForm:
    """How a workbook is to be read.

    Attributes:
        sheet: Name of the sheet; None when the workbook has only one that shows.
        header_row: Row of the header, from 1.
    """

    sheet: str | None = None
    header_row: int = 1


@contextmanager
def xlsx_table(path: Path, form: SheetForm, *, progress: Progress | None = None) -> Iterator[Table]:
    """Open a sheet and give its table. Formulas are read as the values they had when the workbook was saved.

    Raises:
        FileRefused: The workbook is damaged, hostile or too large, has no such sheet, or a merged header.
        HeaderError: There is no header in that row.
    """
    seen = looked_over(path)
    book = _opened(path)
    try:
        sheet, notes = _sheet(book, form, path.name)
        notes += _merge_notes(sheet, seen, form, path.name)
        lines = _lines(sheet, path.name)
        above = [" ".join(_texts(cells)[0]) for _, cells in islice(lines, form.header_row - 1)]
        header = header_of(_texts(next(lines, (0, ()))[1])[0])
        if not header:
            raise HeaderError(
                f"{path.name}!{sheet.title}: row {form.header_row} is blank; state the right `header_row`"
            )
        beside = _lines(sheet, path.name, formulas=True) if _path_of(sheet) in seen.uncalculated else iter(())
        rows = _rows(lines, islice(beside, form.header_row, None), len(header), progress)
        yield Table(path.name, f"{path.name}!{sheet.title}!", header, rows, tuple(above), tuple(notes))
    finally:
        book.close()


def first_rows(path: Path, count: int) -> dict[str, list[tuple[str, ...]]]:
    """Return the first rows of each sheet, hidden ones included, as texts on one line.

    Raises:
        FileRefused: The workbook is damaged, hostile or too large.
    """
    looked_over(path)
    book = _opened(path)
    try:
        return {sheet.title: _first(sheet, count, path.name) for sheet in book.worksheets}
    finally:
        book.close()


def _first(sheet: Sheet, count: int, name: str) -> list[tuple[str, ...]]:
    return [
        tuple(" ".join(text.split()) for text in _texts(cells)[0]) for _, cells in islice(_lines(sheet, name), count)
    ]


def _opened(path: Path) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl's, on styles and extensions that are not read
            return opened_book(path)
    except _DAMAGED as error:
        raise FileRefused(f"{path.name}: damaged ({_first_line(error)}); open and save it again as .xlsx") from None


def _path_of(sheet: Sheet) -> str:
    return str(sheet._worksheet_path).lstrip("/")


def _sheet(book: Workbook, form: SheetForm, name: str) -> tuple[Sheet, list[str]]:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    stop_if_classified(sheets, header=(), where=f"{name}, in the name of a sheet")
    shown = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    if form.sheet is None and len(shown) != 1:
        raise FileRefused(f"{name}: holds the sheets {', '.join(shown)}; state `sheet` in the mapping")
    title = form.sheet or shown[0]
    if title not in sheets:
        raise FileRefused(f"{name}: has no sheet {title!r}{did_you_mean(title, sheets)}")
    others = [other for other in sheets if other != title]
    notes = [f"{name}: sheet {title!r} was read" + (f", not {', '.join(map(repr, others))}" if others else "")]
    if title not in shown:
        notes.append(f"{name}: sheet {title!r} is hidden in the workbook")
    return sheets[title], notes


def _merge_notes(sheet: Sheet, seen: Seen, form: SheetForm, name: str) -> list[str]:
    merges = seen.merges.get(_path_of(sheet), [])
    if any(first <= form.header_row <= last for first, last in merges):
        raise FileRefused(
            f"{name}!{sheet.title}: the header in row {form.header_row} has merged cells;"
            " unmerge it and name each column"
        )
    below = sorted({first for first, last in merges if last > form.header_row})
    if not below:
        return []
    rows = ", ".join(map(str, below[:5])) + (", …" if len(below) > 5 else "")
    return [f"{name}: merged cells begin in the rows {rows}; only the first cell of each holds the value"]


def _lines(sheet: Sheet, name: str, *, formulas: bool = False) -> Iterator[tuple[int, Cells]]:
    """Give each row of a sheet with its number, rows that the file leaves out included."""
    rows = enumerate(rows_of(sheet, formulas=formulas), 1)
    while batch := _taken(rows, f"{name}!{sheet.title}"):
        yield from batch


def _taken(rows: Iterator[tuple[int, Cells]], place: str) -> list[tuple[int, Cells]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a date out of range; the cell comes as an error
            return list(islice(rows, _BATCH))
    except _DAMAGED as error:
        raise FileRefused(f"{place}: damaged ({_first_line(error)}); open and save it again as .xlsx") from None


def _rows(
    lines: Iterator[tuple[int, Cells]],
    beside: Iterator[tuple[int, Cells]],
    width: int,
    progress: Progress | None,
) -> Iterator[TableRow]:
    for count, ((line, cells), (_, formulas)) in enumerate(zip_longest(lines, beside, fillvalue=(0, ()))):
        if not cells:  # a row that the file leaves out; there may be a million of them
            continue
        texts, fault = _texts(cells)
        fault = fault or _uncalculated(cells, formulas)
        if any(texts) or fault:
            texts += [""] * (width - len(texts))
            yield TableRow(line, texts, fault or fault_of(texts, width))
        if progress and count % _BATCH == 0:
            progress(count, 0)


def _texts(cells: Cells) -> tuple[list[str], Refusal | None]:
    """Return the texts of cells, and why the first that cannot be read cannot; None when all can."""
    texts = [_text(cell) for cell in cells]
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


def _text(cell: Cell) -> str:
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
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f") if isinstance(value, float) else str(value)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200]
