"""Open a workbook with openpyxl, past what would hold a whole sheet or all of its decoration in memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell.read_only import EMPTY_CELL, ReadOnlyCell
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from ingest.readers.sheet_elements import children

# openpyxl's stubs do not know the sheets and cells of a workbook that is only read
Sheet: TypeAlias = Any
Cells: TypeAlias = tuple[Any, ...]
_ROW = f"{{{SHEET_MAIN_NS}}}row"
_SHARED_TEXT = f"{{{SHEET_MAIN_NS}}}si"
_Parser: Any = WorkSheetParser


class _Reader(ExcelReader):
    """Reads a workbook's description; shared texts come one by one."""

    def read_strings(self) -> None:
        package: Any = self.package
        found = package.find(SHARED_STRINGS)
        if found is None:
            return
        with self.archive.open(found.PartName[1:]) as source:
            made: Any = Text.from_tree
            self.shared_strings = [
                made(child).content.replace("x005F_", "")  # as openpyxl does
                for child in children(source, "sst")
                if child.tag == _SHARED_TEXT
            ]


def opened_book(path: Path) -> Workbook:
    """Return a workbook whose cells are read by `rows_of`; values are those of the last calculation.

    Raises:
        What openpyxl and its parsers raise for a damaged part.
    """
    reader = _Reader(path, read_only=True, data_only=True, keep_links=False)
    try:
        reader.read()
    except BaseException:
        reader.archive.close()
        raise
    return reader.wb


def rows_of(sheet: Sheet, *, formulas: bool) -> Iterator[Cells]:
    """Give the cells of each row of a sheet, as many as the row has; a row that the file leaves out has none.

    Args:
        sheet: One of a workbook of `opened_book`.
        formulas: Whether cells show their formulas in place of the values.
    """
    book = sheet.parent
    with book._archive.open(sheet._worksheet_path) as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=not formulas,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        done = 0
        for element in children(source, "sheetData"):
            if element.tag != _ROW:
                continue
            number, cells = parser.parse_row(element)
            parser.row_dimensions.clear()  # heights and styles of all rows
            for _ in range(done + 1, number):
                yield ()
            if number > done:
                done = number
                yield _row(sheet, cells)


def _row(sheet: Sheet, cells: list[dict[str, Any]]) -> Cells:
    row: list[Any] = [EMPTY_CELL] * max((cell["column"] for cell in cells), default=0)
    for cell in cells:
        row[cell["column"] - 1] = ReadOnlyCell(sheet, **cell)
    return tuple(row)
