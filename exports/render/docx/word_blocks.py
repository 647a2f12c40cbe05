"""Each block of a document as paragraphs and tables of a .docx."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

from exports.paper.blocks import Bullets, More, Series, Table
from exports.paper.charts import FAINT, FIRM, BarChart, MarkChart
from exports.paper.citation import Citations
from exports.paper.document import Block
from exports.paper.statements import Blank, Claim, Unknown
from exports.render.docx.elements import shade
from exports.render.docx.package import add_drawing
from exports.render.docx.page import TEXT_WIDTH, Page, add_text
from exports.render.docx.reference import CELL, CHART, DRAFTER
from exports.render.drawing import drawn

_CHART_LABELS = 1.25  # inches for the labels of a chart's lines
_FILLS = {FIRM: "2F4B7C", FAINT: "C9D5E8"}
_INKS = {FIRM: RGBColor(0xFF, 0xFF, 0xFF), FAINT: RGBColor(0x1B, 0x2A, 0x41)}


def add_block(page: Page, block: Block) -> None:
    """Add a block at the end of the file."""
    match block:
        case Claim() | Unknown():
            page.add_statement(page.paragraph(), block)
        case Blank():
            page.paragraph(block.text, DRAFTER)
        case Bullets():
            for item in block.items:
                page.add_statement(page.paragraph(style="List Bullet"), item)
            if block.more:
                _add_more(page.paragraph(style="List Bullet"), block.more)
        case Series():
            _add_series(page, block)
        case Table():
            _add_table(page, block)
        case MarkChart():
            _add_mark_chart(page, block)
        case BarChart():
            _add_caption(page, block, ())
            drawing = drawn(block, font=page.style.font)
            add_drawing(page.docx, drawing, title=block.caption, alt=block.alt, inches=TEXT_WIDTH)
            _add_table(page, block.twin)
            if block.note:
                page.paragraph(block.note, CELL)


def _add_table(page: Page, table: Table) -> None:
    """Add a table; a blank cell is a dash."""
    rows = [[cell or "–" for cell in row.cells] for row in table.rows]
    for row, cells in zip(table.rows, rows, strict=True):
        cells[0] = f"{page.portion(row.marking)}{cells[0]}"
    lines = page.add_grid(table.header, rows, widths=table.widths, title=table.title)
    for line, row in zip(lines[1:], table.rows, strict=True):
        page.add_marks(line[0].paragraphs[0], row.citations)
    if table.more:
        _add_more(page.paragraph(style=CELL), table.more)


def _add_more(paragraph: Paragraph, more: More) -> None:
    add_text(paragraph, f"{more.text} {more.command}").italic = True


def _add_series(page: Page, series: Series) -> None:
    paragraph = page.paragraph()
    page.add_portion(paragraph, series.marking)
    if series.lead:
        add_text(paragraph, f"{series.lead} ", is_bold=True)
    for place, item in enumerate(series.items):
        if place:
            add_text(paragraph, "; ")
        page.add_words(paragraph, item)
    if series.more:
        add_text(paragraph, "; ")
        _add_more(paragraph, series.more)
    add_text(paragraph, ".")


def _add_mark_chart(page: Page, chart: MarkChart) -> None:
    """Add a chart of marks as a native table, read cell by cell: the table is the drawing and its own twin."""
    _add_caption(page, chart, chart.citations)
    lines = page.add_grid(
        (chart.axis, *chart.short_columns),
        [(line.label, *line.marks) for line in chart.lines],
        widths=[_CHART_LABELS, *[(TEXT_WIDTH - _CHART_LABELS) / len(chart.columns)] * len(chart.columns)],
        title=chart.caption,
        alt=chart.alt,
        style=CHART,
    )
    for cells, marks in zip(lines, (("",) * len(chart.columns), *(line.marks for line in chart.lines)), strict=True):
        cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        for cell, mark in zip(cells[1:], marks, strict=True):
            cell.paragraphs[0].paragraph_format.keep_with_next = True  # the chart stays on one page with its key
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            if mark:
                shade(cell, _FILLS[mark])
                cell.paragraphs[0].runs[0].font.color.rgb = _INKS[mark]
    page.paragraph(chart.key, CELL)


def _add_caption(page: Page, chart: MarkChart | BarChart, citations: Citations) -> None:
    paragraph = page.paragraph(style="Caption")
    page.add_portion(paragraph, chart.marking)
    add_text(paragraph, chart.caption)
    page.add_marks(paragraph, citations)
