"""Workbooks of any length in flat memory: text that stays text, and nothing cut without a word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from iga.exports.sheets import HEAD, HEAD_FONT, TOP, as_text

MOST_ROWS = 1_048_576
"""Rows of a sheet, the header among them (Excel's specification)."""

LONGEST = 32_767
"""UTF-16 units of a cell (Excel's specification)."""

_NARROWEST, _WIDEST = 10, 60
# XML 1.0 has no place for these; U+FFFE and U+FFFF are no characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What Excel reads as an escaped character (ECMA-376, ST_Xstring).
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOTED = 5


@dataclass(frozen=True)
class SheetOfRows:
    """Rows under a header; a cell is text or a whole number."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass
class _Unwritten:
    """What could not be fitted as it is."""

    continued: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    characters: int = 0

    def sentences(self) -> Iterator[str]:
        yield from self.continued
        for place in self.cut[:_NOTED]:
            yield f"{place} and is cut there; the other formats have the whole text"
        if len(self.cut) > _NOTED:
            yield f"{len(self.cut) - _NOTED} further cells are cut for the same reason"
        if self.characters:
            yield f"{self.characters} characters that a workbook cannot hold are written out, such as <U+0001>"


def write_workbook(
    file: BinaryIO, sheets: Iterable[SheetOfRows], *, marking: str, most_rows: int = MOST_ROWS
) -> tuple[str, ...]:
    """Write sheets, and return sentences on what does not stand there as it is.

    A sheet that is full goes on in another of the same name with a number. Text that is longer than a cell holds is
    cut, and control characters are written out.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "IGA Graph"
    book.properties.language = "en-US"
    book.properties.category = marking
    unwritten = _Unwritten()
    for sheet in sheets:
        _write(book, sheet, marking, most_rows, unwritten)
    with TemporaryFile() as whole:  # the library leaves its file open, and complains, where the disk is full
        book.save(whole)
        whole.seek(0)
        copyfileobj(whole, file)
    return tuple(unwritten.sentences())


def _write(book: Workbook, sheet: SheetOfRows, marking: str, most_rows: int, unwritten: _Unwritten) -> None:
    rows = iter(sheet.rows)
    number, row = 1, next(rows, None)
    while number == 1 or row is not None:
        title = sheet.title if number == 1 else f"{sheet.title} {number}"
        page = _page(book, title, sheet.header, marking)
        for line in range(2, most_rows + 1):
            if row is None:
                break
            places = (f"{title}!{get_column_letter(at)}{line}" for at in range(1, len(row) + 1))
            page.append([_cell(page, value, place, unwritten) for value, place in zip(row, places, strict=True)])
            row = next(rows, None)
        if row is not None:
            unwritten.continued.append(
                f"sheet {title!r} is full ({most_rows:,} rows); it goes on in {sheet.title} {number + 1}"
            )
        number += 1


def _page(book: Workbook, title: str, header: Sequence[str], marking: str) -> Any:
    page: Any = book.create_sheet(title)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.oddHeader.center.text = page.oddFooter.center.text = marking.upper()
    for at, name in enumerate(header, 1):
        width = _WIDEST if name in ("Text", "value", "values", "evidence") else max(_NARROWEST, len(name) + 4)
        page.column_dimensions[get_column_letter(at)].width = width
    cells = []
    for name in header:
        cell: Any = WriteOnlyCell(page, value=name)
        cell.font, cell.fill, cell.alignment, cell.data_type = HEAD_FONT, HEAD, TOP, "s"
        cells.append(cell)
    page.append(cells)
    return page


def _cell(page: Any, value: Any, place: str, unwritten: _Unwritten) -> Any:
    if type(value) is int and abs(value) < 10**15:  # a workbook's numbers have fifteen digits
        return value
    text = str(value)
    if not text:
        return None
    return as_text(WriteOnlyCell(page, value=_fitting(text, place, unwritten)), text)


def _fitting(text: str, place: str, unwritten: _Unwritten) -> str:
    fitted, count = _UNWRITABLE.subn(lambda letter: f"<U+{ord(letter[0]):04X}>", text)
    unwritten.characters += count
    fitted = _LIKE_ESCAPE.sub("_x005F_", fitted.replace("\r\n", "\n").replace("\r", "\n"))
    units = len(fitted.encode("utf-16-le")) // 2
    if units <= LONGEST:
        return fitted
    unwritten.cut.append(f"{place} would have {units:,} characters, a cell holds {LONGEST:,}")
    kept = fitted.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore")
    return f"{kept}…"
