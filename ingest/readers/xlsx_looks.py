"""What the looks of cells say: which rows are struck through, and that colours are not read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from openpyxl import Workbook

Cells: TypeAlias = tuple[Any, ...]

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
        coloured_rows: Rows with a filled cell that has a colour.
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
    """Say whether a fill of a cell shows a colour."""
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
