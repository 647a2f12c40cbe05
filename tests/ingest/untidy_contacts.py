"""Makes contact workbooks as offices keep them: untidy, and fictional throughout."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

HEADER = ("Name (LAST, First)", "Title/Org", "E-mail / phone", "Topic", "Last contact", "POC in office", "Notes")
TITLES = (("IGA CONTACTS - fictional",), ("as of May 2026, red = overdue",), ())
ROWS = (
    ("OKAFOR, Ada", "Focal Point, Min. of Example", "a.okafor@example.org; +1 555 0100", "TIP/child labor", "mid-Aug",
     "J. Doe (left)", "moved to Geneva?"),
    ("MENSAH, Kofi", "Director, Ministry of Examples, Ghana", "kofi@gha.example.org; k.mensah@example.net", "THB",
     "as of Jan", "IGA", ""),
    ("EXAMPLE, Eva", "Legal Officer, UNODC (Vienna)", "eva@example.org", "smuggling, zebras", "2026-03-02",
     "", "likes tea"),
    ("SAMPLE, Sam", "Adviser, OSCE", "sam@example.org", "TIP", "", "", ""),
    ("vacant", "Head, Example Relief", "desk@example.org", "", "3/4/2026", "", ""),
)  # fmt: skip  # read across, like the rows of a table


@dataclass(frozen=True)
class Untidy:
    """An untidy contact workbook.

    Attributes:
        header, titles, rows: What stands in it; rows as wide as the header.
        struck: Rows, from 0, that are struck through.
        red: Rows that are coloured.
        half_struck: Row and column, from 0, of a cell of which the first word is struck through.
        old: Rows of a hidden sheet "OLD".
        sheet: Name of the sheet.
    """

    header: Sequence[str] = HEADER
    titles: Sequence[Sequence[str]] = TITLES
    rows: Sequence[Sequence[Any]] = ROWS
    struck: Sequence[int] = (3,)
    red: Sequence[int] = (0,)
    half_struck: tuple[int, int] | None = (1, 2)
    old: Sequence[Sequence[Any]] = field(
        default=(("GONE, Gil", "Adviser, OSCE", "gil@example.org", "TIP", "", "", ""),)
    )
    sheet: str = "Contacts"

    def first_line(self) -> int:
        """Return the row of the sheet in which the first contact stands."""
        return len(self.titles) + 2


def written(path: Path, untidy: Untidy) -> Path:
    """Write an untidy workbook and return its path."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = untidy.sheet
    for line in (*untidy.titles, untidy.header, *untidy.rows):
        sheet.append(list(line))
    for row in untidy.struck:
        for cell in sheet[row + untidy.first_line()]:
            cell.font = Font(strike=True)
    for row in untidy.red:
        sheet.cell(row=row + untidy.first_line(), column=1).fill = PatternFill("solid", fgColor="FFFF0000")
    if untidy.half_struck:
        row, column = untidy.half_struck
        cell = sheet.cell(row=row + untidy.first_line(), column=column + 1)
        first, _, rest = str(cell.value).partition("; ")
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), first), "; ", rest)
    if untidy.old:
        old = book.create_sheet("OLD")
        for line in (untidy.header, *untidy.old):
            old.append(list(line))
        old.sheet_state = "hidden"
    book.save(path)
    return path
