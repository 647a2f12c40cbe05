"""Each block of a document as paragraphs and tables of a .docx."""

from dataclasses import dataclass

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.document import (
    FAINT,
    FIRM,
    Blank,
    Block,
    Bullets,
    Chart,
    Citations,
    Claim,
    Document,
    More,
    Series,
    Table,
    TableRow,
    Unknown,
    spans,
)
from exports.docx_parts import add_link, describe, keep_whole, repeat_on_every_page, shade
from exports.docx_styles import CELL, CHART, DRAFTER, MARK, TABLE
from exports.wording import plain

TEXT_WIDTH = 6.5  # inches between the margins of a letter page
CHART_LABELS = 1.25  # inches for the labels of a chart's lines
_FILLS = {FIRM: "2F4B7C", FAINT: "C9D5E8"}
_INKS = {FIRM: RGBColor(0xFF, 0xFF, 0xFF), FAINT: RGBColor(0x1B, 0x2A, 0x41)}


@dataclass(frozen=True)
class Page:
    """The file being written and the document it is written from."""

    docx: Docx
    document: Document


def add_text(paragraph: Paragraph, text: str, *, is_bold: bool = False) -> Run:
    """Add text to a paragraph as one run, without what XML cannot hold; outer spaces are kept."""
    run = paragraph.add_run(" " * text.startswith(" ") + plain(text) + " " * (text.endswith(" ") and len(text) > 1))
    if is_bold:
        run.bold = True
    return run


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
            _table(page, block)
        case Chart():
            _chart(page, block)


def add_statement(page: Page, paragraph: Paragraph, said: Claim | Unknown) -> None:
    """Add a statement to a paragraph: its lead in bold, its text, who says it, its endnotes."""
    if said.lead:
        add_text(paragraph, f"{said.lead} ", is_bold=True)
    add_text(paragraph, said.text + (said.credit if isinstance(said, Unknown) else ""))
    _marks(page, paragraph, said.citations)


def _marks(page: Page, paragraph: Paragraph, citations: Citations) -> None:
    """Add the raised numbers of the endnotes, each a link to its note; neighbours are written as a range."""
    for place, (first, last) in enumerate(spans(page.document.numbers(citations))):
        if place:
            paragraph.add_run(",", style=MARK)
        add_link(paragraph, str(first), style=MARK, anchor=f"note{first}")
        if last > first:
            paragraph.add_run("," if last == first + 1 else "–", style=MARK)
            add_link(paragraph, str(last), style=MARK, anchor=f"note{last}")


def _more(paragraph: Paragraph, more: More) -> None:
    add_text(paragraph, f"{more.text} {more.command}").italic = True


def _series(page: Page, series: Series) -> None:
    paragraph = page.docx.add_paragraph()
    if series.lead:
        add_text(paragraph, f"{series.lead} ", is_bold=True)
    for place, item in enumerate(series.items):
        if place:
            add_text(paragraph, "; ")
        add_statement(page, paragraph, item)
    if series.more:
        add_text(paragraph, "; ")
        _more(paragraph, series.more)
    add_text(paragraph, ".")


def _caption(page: Page, text: str, citations: Citations) -> None:
    paragraph = page.docx.add_paragraph(style="Caption")
    add_text(paragraph, text)
    _marks(page, paragraph, citations)


def _table(page: Page, table: Table) -> None:
    grid = _grid(page, rows=len(table.rows) + 1, columns=len(table.header))
    _set_widths(grid, [TEXT_WIDTH * share / sum(table.widths) for share in table.widths])
    for cell, text in zip(grid.rows[0].cells, table.header, strict=True):
        add_text(_line(cell), text)
    for line, row in zip(grid.rows[1:], table.rows, strict=True):
        _table_row(page, line.cells, row)
    describe(grid, title=table.title, text=f"{table.title}: {', '.join(table.header)}.")
    if table.more:
        _more(page.docx.add_paragraph(style=CELL), table.more)


def _table_row(page: Page, cells: tuple[_Cell, ...], row: TableRow) -> None:
    for cell, text in zip(cells, row.cells, strict=True):
        add_text(_line(cell), text or "–")
    _marks(page, cells[0].paragraphs[0], row.citations)


def _chart(page: Page, chart: Chart) -> None:
    _caption(page, chart.caption, chart.citations)
    grid = _grid(page, rows=len(chart.lines) + 1, columns=len(chart.columns) + 1, style=CHART)
    room = (TEXT_WIDTH - CHART_LABELS) / len(chart.columns)
    _set_widths(grid, [CHART_LABELS, *[room] * len(chart.columns)])
    for cell, label in zip(grid.rows[0].cells, (chart.axis, *chart.columns), strict=True):
        add_text(_line(cell), label)
    for row, line in zip(grid.rows[1:], chart.lines, strict=True):
        add_text(_line(row.cells[0]), line.label)
        for cell, mark in zip(row.cells[1:], line.marks, strict=True):
            _mark(cell, mark)
    for row in grid.rows:
        for cell in row.cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True  # the chart stays on one page with its key
    describe(grid, title=chart.caption, text=chart.alt)
    add_text(page.docx.add_paragraph(style=CELL), chart.key)


def _mark(cell: _Cell, mark: str) -> None:
    run = add_text(_line(cell), mark)
    if mark:
        shade(cell, _FILLS[mark])
        run.font.color.rgb = _INKS[mark]


def _grid(page: Page, *, rows: int, columns: int, style: str = TABLE) -> DocxTable:
    grid: DocxTable = page.docx.add_table(rows=rows, cols=columns, style=style)
    grid.autofit = False
    for row in grid.rows:
        keep_whole(row)
    repeat_on_every_page(grid.rows[0])
    return grid


def _set_widths(grid: DocxTable, inches: list[float]) -> None:
    for column, width in zip(grid.columns, inches, strict=True):
        column.width = Inches(width)
        for cell in column.cells:
            cell.width = Inches(width)


def _line(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    return paragraph
