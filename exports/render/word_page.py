"""Blocks of a document as paragraphs and tables of a .docx, with their marks and the numbers of their endnotes."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from iga.exports.paper.blocks import Bullets, More, Series, Table
from iga.exports.paper.charts import FAINT, FIRM, BarChart, MarkChart
from iga.exports.paper.document import Block, PaperDocument, raised
from iga.exports.paper.length import WHOLE
from iga.exports.paper.statements import Blank, Citations, Claim, Statement, Unknown
from iga.exports.render.reference import CELL, CHART, DRAFTER, MARK, TABLE
from iga.exports.render.style import Style
from iga.exports.render.templated import drawn
from iga.exports.render.word_parts import add_drawing, add_link, describe, keep_rows, shade
from iga.exports.wording import plain
from iga.graph.domain.marking import Marking

TEXT_WIDTH = 6.5  # inches between the margins of a letter page
_CHART_LABELS = 1.25  # inches for the labels of a chart's lines
_FILLS = {FIRM: "2F4B7C", FAINT: "C9D5E8"}
_INKS = {FIRM: RGBColor(0xFF, 0xFF, 0xFF), FAINT: RGBColor(0x1B, 0x2A, 0x41)}


def add_text(paragraph: Paragraph, text: str, *, is_bold: bool = False) -> Run:
    """Add text to a paragraph as one run, without what XML cannot hold; outer spaces are kept."""
    run = paragraph.add_run(" " * text.startswith(" ") + plain(text) + " " * (text.endswith(" ") and len(text) > 1))
    if is_bold:
        run.bold = True
    return run


@dataclass(frozen=True)
class Page:
    """The file being written, the document it is written from, and its style."""

    docx: Docx
    document: PaperDocument
    style: Style

    def portion(self, marking: Marking) -> str:
        """Return the mark that stands before a paragraph, with a space behind it; blank is none."""
        return self.style.scheme.portion(marking, self.document)

    def paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        """Add a paragraph, and return it."""
        paragraph: Paragraph = self.docx.add_paragraph(style=style)
        if text:
            add_text(paragraph, text)
        return paragraph

    def add_portion(self, paragraph: Paragraph, marking: Marking) -> None:
        """Add the mark of a paragraph, where the scheme has one."""
        if mark := self.portion(marking):
            add_text(paragraph, mark)

    def add_statement(self, paragraph: Paragraph, statement: Statement) -> None:
        """Add a statement with its portion mark."""
        self.add_portion(paragraph, statement.marking)
        self.add_words(paragraph, statement)

    def add_words(self, paragraph: Paragraph, statement: Statement) -> None:
        """Add a statement: its lead in bold, its text, who says it, its endnotes."""
        if statement.lead:
            add_text(paragraph, f"{statement.lead} ", is_bold=True)
        add_text(paragraph, statement.shown)
        self.add_marks(paragraph, statement.citations)

    def add_marks(self, paragraph: Paragraph, citations: Citations) -> None:
        """Add the raised numbers of the endnotes, each a link to its note; neighbours are written as a range."""
        for separator, number in raised(self.document.numbers(citations)):
            if separator:
                paragraph.add_run(separator, style=MARK)
            add_link(paragraph, str(number), style=MARK, anchor=f"note{number}")

    def add_grid(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        title: str,
        alt: str = "",
        style: str = TABLE,
    ) -> list[list[_Cell]]:
        """Add a table and return the cells of its rows, the header first; every cell holds one paragraph.

        Args:
            header: A heading for each column.
            rows: Cells as text.
            widths: Shares of the text width, one for each column.
            title: What the table holds.
            alt: What it says, for who cannot see it; the header if left out.
            style: Style of the table.
        """
        table = self.docx.add_table(rows=len(rows) + 1, cols=len(header), style=style)
        table.autofit = False
        inches = [Inches(TEXT_WIDTH * share / sum(widths)) for share in widths]
        for column, width in zip(table.columns, inches, strict=True):
            column.width = width
        # Asked once: the library walks the whole table for every cell that is asked for.
        cells = iter(table._cells)
        lines = [[next(cells) for _ in header] for _ in (header, *rows)]
        for line, texts in zip(lines, (header, *rows), strict=True):
            for cell, text, width in zip(line, texts, inches, strict=True):
                cell.width = width
                cell.paragraphs[0].style = CELL
                if text:
                    add_text(cell.paragraphs[0], text)
        keep_rows(table, whole=WHOLE)
        describe(table, title=title, text=alt or f"{title}: {', '.join(header)}.")
        return lines


def add_block(page: Page, block: Block) -> None:
    """Add a block at the end of the file."""
    match block:
        case Claim() | Unknown():
            page.add_statement(page.paragraph(), block)
        case Blank():
            paragraph = page.paragraph(style=DRAFTER)
            if block.lead:
                add_text(paragraph, f"{block.lead} ", is_bold=True)
            add_text(paragraph, block.text)
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
    rows = [list(row.shown) for row in table.rows]
    for row, cells in zip(table.rows, rows, strict=True):
        cells[0] = f"{page.portion(row.marking)}{cells[0]}"
    lines = page.add_grid(table.header, rows, widths=table.widths, title=table.title)
    for line, row in zip(lines[1:], table.rows, strict=True):
        page.add_marks(line[0].paragraphs[0], row.citations)
    if table.more:
        _add_more(page.paragraph(style=CELL), table.more)


def _add_more(paragraph: Paragraph, more: More) -> None:
    add_text(paragraph, f"{more.text} {more.command}".rstrip()).italic = True


def _add_series(page: Page, series: Series) -> None:
    paragraph = page.paragraph()
    page.add_portion(paragraph, series.marking)
    if series.lead:
        add_text(paragraph, f"{series.lead} ", is_bold=True)
    for place, item in enumerate(series.items):
        if place:
            paragraph.add_run(series.joint)
        page.add_words(paragraph, item)
    if series.more:
        add_text(paragraph, "; ")
        _add_more(paragraph, series.more)
    if series.end:
        add_text(paragraph, series.end)


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
