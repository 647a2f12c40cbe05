"""Each block of a document as paragraphs and tables of a .docx."""

from docx.text.paragraph import Paragraph

from exports.paper.blocks import Bullets, More, Series, Table, TableRow
from exports.paper.charts import BarChart, MarkChart
from exports.paper.document import Block
from exports.paper.statements import Blank, Claim, Unknown
from exports.render.docx.charts import add_bars, add_chart_of_marks
from exports.render.docx.grids import add_grid, shares, table_of
from exports.render.docx.names import CELL, DRAFTER
from exports.render.docx.page import Page, add_marks, add_portion, add_said, add_statement, add_text
from exports.render.docx.parts import describe


def add_block(page: Page, block: Block) -> None:
    """Add a block at the end of the file."""
    match block:
        case Claim() | Unknown():
            add_statement(page, page.docx.add_paragraph(), block)
        case Blank():
            add_text(page.docx.add_paragraph(style=DRAFTER), block.text)
        case Bullets():
            for item in block.items:
                add_statement(page, page.docx.add_paragraph(style="List Bullet"), item)
            if block.more:
                _more(page.docx.add_paragraph(style="List Bullet"), block.more)
        case Series():
            _series(page, block)
        case Table():
            add_table(page, block)
        case MarkChart():
            add_chart_of_marks(page, block)
        case BarChart():
            add_bars(page, block)
            add_table(page, block.twin)
            if block.note:
                add_text(page.docx.add_paragraph(style=CELL), block.note)


def add_table(page: Page, table: Table) -> None:
    """Add a table; a blank cell is a dash."""
    rows = [_cells(page, row) for row in table.rows]
    lines = add_grid(page, header=table.header, rows=rows, inches=shares(table.widths))
    for cells, row in zip(lines[1:], table.rows, strict=True):
        add_marks(page, cells[0].paragraphs[0], row.citations)
    describe(table_of(lines), title=table.title, text=f"{table.title}: {', '.join(table.header)}.")
    if table.more:
        _more(page.docx.add_paragraph(style=CELL), table.more)


def _cells(page: Page, row: TableRow) -> list[str]:
    first, *others = (cell or "–" for cell in row.cells)
    return [f"{page.portion(row.marking)}{first}", *others]


def _more(paragraph: Paragraph, more: More) -> None:
    add_text(paragraph, f"{more.text} {more.command}").italic = True


def _series(page: Page, series: Series) -> None:
    paragraph = page.docx.add_paragraph()
    add_portion(page, paragraph, series.marking)
    if series.lead:
        add_text(paragraph, f"{series.lead} ", is_bold=True)
    for place, item in enumerate(series.items):
        if place:
            add_text(paragraph, "; ")
        add_said(page, paragraph, item)
    if series.more:
        add_text(paragraph, "; ")
        _more(paragraph, series.more)
    add_text(paragraph, ".")
