"""Charts of a .docx: marks as a native table that is read cell by cell, bars as a drawing with alt text."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor
from docx.table import _Cell

from exports.paper.charts import FAINT, FIRM, BarChart, MarkChart
from exports.paper.citation import Citations
from exports.render.docx.grids import TEXT_WIDTH, add_grid, table_of
from exports.render.docx.names import CELL
from exports.render.docx.page import Page, add_marks, add_portion, add_text
from exports.render.docx.parts import describe, shade
from exports.render.docx.pictures import add_drawing
from exports.render.docx.styles import CHART
from exports.render.drawing import drawn
from graph.domain.marking import Marking

CHART_LABELS = 1.25  # inches for the labels of a chart's lines
_FILLS = {FIRM: "2F4B7C", FAINT: "C9D5E8"}
_INKS = {FIRM: RGBColor(0xFF, 0xFF, 0xFF), FAINT: RGBColor(0x1B, 0x2A, 0x41)}


def add_chart_of_marks(page: Page, chart: MarkChart) -> None:
    """Add a chart of marks: the table is the drawing and its own twin."""
    _caption(page, chart.caption, chart.citations, chart.marking)
    room = (TEXT_WIDTH - CHART_LABELS) / len(chart.columns)
    lines = add_grid(
        page,
        header=(chart.axis, *chart.short_columns),
        rows=[(line.label, *line.marks) for line in chart.lines],
        inches=[CHART_LABELS, *[room] * len(chart.columns)],
        style=CHART,
    )
    for cells in lines:
        for cell in cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True  # the chart stays on one page with its key
        for cell in cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for cells, line in zip(lines[1:], chart.lines, strict=True):
        for cell, mark in zip(cells[1:], line.marks, strict=True):
            if mark:
                _mark(cell, mark)
    describe(table_of(lines), title=chart.caption, text=chart.alt)
    add_text(page.docx.add_paragraph(style=CELL), chart.key)


def add_bars(page: Page, chart: BarChart) -> None:
    """Add the caption and the drawing of a chart of bars; its twin follows as a table."""
    _caption(page, chart.caption, (), chart.marking)
    drawing = drawn(chart, font=page.style.font)
    add_drawing(page, drawing, title=chart.caption, alt=chart.alt, inches=TEXT_WIDTH)


def _caption(page: Page, text: str, citations: Citations, marking: Marking) -> None:
    paragraph = page.docx.add_paragraph(style="Caption")
    add_portion(page, paragraph, marking)
    add_text(paragraph, text)
    add_marks(page, paragraph, citations)


def _mark(cell: _Cell, mark: str) -> None:
    shade(cell, _FILLS[mark])
    cell.paragraphs[0].runs[0].font.color.rgb = _INKS[mark]
