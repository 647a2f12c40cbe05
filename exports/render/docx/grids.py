"""Tables of a .docx: a header row that repeats, rows that stay whole, set widths."""

from collections.abc import Sequence

from docx.shared import Inches
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from exports.render.docx.names import CELL
from exports.render.docx.page import Page, add_text
from exports.render.docx.parts import keep_whole, repeat_on_every_page
from exports.render.docx.styles import TABLE

TEXT_WIDTH = 6.5  # inches between the margins of a letter page


def add_grid(
    page: Page, *, header: Sequence[str], rows: Sequence[Sequence[str]], inches: Sequence[float], style: str = TABLE
) -> list[list[_Cell]]:
    """Add a table and return the cells of its rows, the header first; every cell holds one paragraph.

    Args:
        page: Where to.
        header: A heading for each column.
        rows: Cells as text.
        inches: Width of each column.
        style: Style of the table.
    """
    table = page.docx.add_table(rows=len(rows) + 1, cols=len(header), style=style)
    table.autofit = False
    for column, width in zip(table.columns, inches, strict=True):
        column.width = Inches(width)
    # Asked once: the library walks the whole table for every cell that is asked for.
    every = table._cells
    lines = [every[start : start + len(header)] for start in range(0, len(every), len(header))]
    for row, cells, texts in zip(table.rows, lines, (header, *rows), strict=True):
        keep_whole(row)
        for cell, text, width in zip(cells, texts, inches, strict=True):
            cell.width = Inches(width)
            if text:
                add_text(cell_line(cell), text)
            else:
                cell_line(cell)
    repeat_on_every_page(table.rows[0])
    return lines


def shares(widths: Sequence[int]) -> list[float]:
    """Return shares of the text width in inches."""
    return [TEXT_WIDTH * share / sum(widths) for share in widths]


def cell_line(cell: _Cell) -> Paragraph:
    """Return the paragraph of a cell, in the style of cells."""
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    return paragraph


def table_of(cells: list[list[_Cell]]) -> Table:
    """Return the table that cells stand in."""
    parent = cells[0][0]._parent
    assert isinstance(parent, Table)
    return parent
