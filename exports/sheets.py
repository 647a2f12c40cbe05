"""How the sheets of our workbooks look and behave: text that stays text, headers that stay in view, drop-downs."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TEXT = "@"
"""Number format of text: 2021-03 stays what was typed, and no cell becomes a formula."""

TOP = Alignment(vertical="top", wrap_text=True)
FORMULA_START = ("=", "+", "-", "@")

ROWS = 2_000
"""Rows below the header that have drop-downs."""

# White on dark blue, and grey on white: contrast of 11.9 and 7.0 to 1, where 4.5 is asked for (WCAG 1.4.3).
HEAD = PatternFill("solid", fgColor="FF1F3864")
HEAD_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFFFF")
_FAINT_FONT = Font(name="Calibri", size=11, italic=True, color="FF595959")
# points of a line of 11; how much of a column's width words fill before they wrap
_LINE, _FILLED = 15, 0.85
# Excel's own limits of a prompt
_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32


def new_book(title: str) -> tuple[Workbook, Worksheet]:
    """Return a workbook of ours under a title, and its first sheet."""
    book = Workbook()
    book.properties.title, book.properties.creator, book.properties.language = title, "IGA Graph", "en-US"
    first = book.active
    assert isinstance(first, Worksheet)
    return book, first


def put(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Write a text into a cell as text and nothing else, and return the cell."""
    cell: Any = sheet.cell(row=row, column=column)
    cell.value = text
    return as_text(cell, text)


def as_text(cell: Any, text: str) -> Any:
    """Make a cell that holds a text, as it is or cut, text and nothing else, and return it."""
    cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
    cell.number_format = TEXT
    cell.alignment = TOP
    if text.startswith(FORMULA_START):
        cell.quotePrefix = True  # Excel then keeps it text when somebody edits the cell
    return cell


def head(sheet: Worksheet, names: Sequence[str], *, widths: Sequence[int], kept: int = 0) -> None:
    """Write the header into row 1, in view whatever is scrolled, over columns of text."""
    for number, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        cell = put(sheet, 1, number, name)
        cell.font, cell.fill = HEAD_FONT, HEAD
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = width
        dimension.number_format = TEXT
        dimension.alignment = TOP
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = sheet.cell(row=2, column=kept + 1).coordinate
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"


def on_one_page(sheet: Worksheet) -> None:
    """Print a sheet one page wide, and give its rows the height that their texts need."""
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
    for number, row in enumerate(sheet.iter_rows(min_row=2), 2):
        wrapped = [cell for cell in row if cell.value and cell.alignment.wrap_text]
        lines = [-(-len(str(cell.value)) // (widths[cell.column_letter] * _FILLED)) for cell in wrapped]
        sheet.row_dimensions[number].height = _LINE * max(lines, default=1)


def faint(cells: Iterable[Any]) -> None:
    """Write cells in grey italics, for what is not data."""
    for cell in cells:
        cell.font = _FAINT_FONT


def list_of(sheet: Worksheet, column: int, title: str, choices: Sequence[str]) -> str:
    """Write choices under a title into a sheet of lists and return the formula that names them."""
    for row, text in enumerate((title, *choices), 1):
        put(sheet, row, column, text)
    letter = get_column_letter(column)
    return f"'{sheet.title}'!${letter}$2:${letter}${len(choices) + 1}"


def guide(sheet: Worksheet, column: int, *, title: str, prompt: str, choices: str = "", closed: bool = False) -> None:
    """Give the cells of a column a prompt, and a drop-down where there are choices."""
    rule = DataValidation(type="list" if choices else None, formula1=choices or None, allow_blank=True)
    rule.promptTitle = title[:_LONGEST_TITLE]
    rule.prompt = prompt if len(prompt) <= _LONGEST_PROMPT else f"{prompt[: _LONGEST_PROMPT - 1]}…"
    rule.showInputMessage = True
    rule.showErrorMessage = closed
    rule.errorTitle = title[:_LONGEST_TITLE]
    rule.error = "Choose one of the list."
    letter = get_column_letter(column)
    rule.add(f"{letter}2:{letter}{ROWS + 1}")
    sheet.add_data_validation(rule)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
