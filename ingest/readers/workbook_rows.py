"""Open a workbook with openpyxl, past what would hold a whole sheet or all of its decoration in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeAlias
from xml.etree.ElementTree import Element, iterparse

from openpyxl import Workbook
from openpyxl.cell.read_only import EMPTY_CELL, ReadOnlyCell
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from iga.graph.rollback import undone_by

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
        shared = package.find(SHARED_STRINGS)
        if shared is None:
            return
        with self.archive.open(shared.PartName[1:]) as source:
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
    with undone_by(reader.archive.close):
        reader.read()
    return reader.wb


def rows_of(sheet: Sheet, *, formulas: bool, hidden: list[int] | None = None) -> Iterator[Cells]:
    """Give the cells of each row of a sheet, as many as the row has; a row that the file leaves out has none.

    Args:
        sheet: One of a workbook of `opened_book`.
        formulas: Whether cells show their formulas in place of the values.
        hidden: Is told the numbers of the rows that do not show, by a filter or by hand.
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
                if hidden is not None and cells and element.get("hidden") in ("1", "true"):
                    hidden.append(number)
                yield _row(sheet, cells)


def _row(sheet: Sheet, cells: list[dict[str, Any]]) -> Cells:
    row: list[Any] = [EMPTY_CELL] * max((cell["column"] for cell in cells), default=0)
    for cell in cells:
        row[cell["column"] - 1] = ReadOnlyCell(sheet, **cell)
    return tuple(row)


# Excel's widest row has 16,384 cells of four elements each.
MOST_ELEMENTS = 200_000
DEEPEST = 50


def children(source: IO[bytes], parent: str) -> Iterator[Element]:
    """Give each child of the first element of a name, whole, until that ends; what stands before and after is left out.

    Raises:
        ParseError: It is no XML.
        ValueError: Elements lie deeper in each other, or there are more in one child, than in any workbook.
    """
    opened: list[Element] = []
    inside = count = 0
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            opened.append(element)
            count += 1
            if count > MOST_ELEMENTS or len(opened) > DEEPEST:
                raise ValueError(f"more than {MOST_ELEMENTS:,} elements in one, or more than {DEEPEST} in each other")
            if not inside and element.tag.rpartition("}")[2] == parent:
                inside = len(opened)
            continue
        opened.pop()
        if inside and len(opened) < inside:
            return
        if inside and len(opened) > inside:
            continue
        if inside:
            yield element
        count = 0
        if opened:
            opened[-1].clear()  # the tree would grow by every element that ended


_NAMED_IN_NOTE = 10
# Excel's "no fill" and "white"; a colour of the theme has no such text and counts as a colour
_PLAIN_FILLS = (None, "00000000", "FFFFFFFF", "00FFFFFF")


@dataclass
class Looks:
    """The looks of the rows of one sheet, gathered while they are read.

    Attributes:
        struck, coloured: Styles, by number, that strike a cell through or colour it.
        struck_rows: Rows whose filled cells are all struck through.
        partly_struck: Rows of which some filled cells are.
    """

    struck: frozenset[int]
    coloured: frozenset[int]
    struck_rows: list[int] = field(default_factory=list)
    partly_struck: list[int] = field(default_factory=list)
    coloured_rows: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, book: Workbook) -> "Looks":
        """Return the looks of a workbook's styles, of which no row was seen yet."""
        # openpyxl keeps them under private names and has no other door to a style by its number
        inner: Any = book
        styles = list(enumerate(inner._cell_styles))
        fonts = {number for number, font in enumerate(inner._fonts) if font.strike}
        fills = {number for number, fill in enumerate(inner._fills) if is_coloured(fill)}
        return cls(
            frozenset(number for number, style in styles if style.fontId in fonts),
            frozenset(number for number, style in styles if style.fillId in fills),
        )

    def saw(self, line: int, cells: Cells) -> bool:
        """Note how a row looks; say whether all that it holds is struck through."""
        filled = [cell._style_id for cell in cells if cell.value is not None]
        if self.coloured and not self.coloured.isdisjoint(filled):
            self.coloured_rows.append(line)
        if not self.struck or self.struck.isdisjoint(filled):
            return False
        whole = self.struck.issuperset(filled)
        (self.struck_rows if whole else self.partly_struck).append(line)
        return whole

    def told(self, place: str, *, skipped: bool) -> list[str]:
        """Return what is to be said of these looks, each a sentence; none where a sheet is plain."""
        notes = []
        if self.struck_rows:
            how = "was left out" if skipped else "was read all the same; `struck: skip` in the mapping leaves it out"
            notes.append(f"{place}: what is struck through in {rows_named(self.struck_rows)} {how}")
        if self.partly_struck:
            notes.append(f"{place}: {rows_named(self.partly_struck)}: some cells are struck through; they were read")
        if self.coloured_rows:
            notes.append(
                f"{place}: {rows_named(self.coloured_rows)}: colours were not read; what one means belongs in a column"
            )
        return notes


def is_coloured(fill: Any) -> bool:
    """True if a fill of a cell shows a colour."""
    if getattr(fill, "fill_type", None) in (None, "none"):
        return False
    colour = fill.fgColor
    return colour.type != "rgb" or colour.rgb not in _PLAIN_FILLS


def rows_named(rows: Iterable[int]) -> str:
    """Return rows as a sentence names them: ``row 5``, ``rows 5, 9 and 3 more``."""
    numbers = list(rows)
    named = ", ".join(map(str, numbers[:_NAMED_IN_NOTE]))
    more = f" and {len(numbers) - _NAMED_IN_NOTE} more" if len(numbers) > _NAMED_IN_NOTE else ""
    return f"{'row' if len(numbers) == 1 else 'rows'} {named}{more}"
