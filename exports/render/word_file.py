"""A document as a .docx: real styles, marked header rows, linked endnotes, equal bytes for equal content."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from iga.exports.paper.blocks import Bullets, More, Series, Table
from iga.exports.paper.charts import FAINT, FIRM, BarChart, MarkChart
from iga.exports.paper.document import Block, PaperDocument, Section, raised
from iga.exports.paper.length import WHOLE
from iga.exports.paper.record import record_text
from iga.exports.paper.statements import BLANK_START, Blank, Citations, Claim, Statement, Unknown
from iga.exports.render import frame
from iga.exports.render.reference import CELL, CHART, DRAFTER, MARK, NOTE, TABLE, dressed
from iga.exports.render.style import STANDARD, Style, head_lines
from iga.exports.render.templated import drawn
from iga.exports.render.word_parts import (
    add_bookmark,
    add_drawing,
    add_field,
    add_link,
    add_record,
    describe,
    keep_rows,
    same_bytes,
    shade,
)
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


def to_docx(document: PaperDocument, *, style: Style = STANDARD) -> bytes:
    """Return the document as the bytes of a .docx file; equal documents give equal bytes."""
    page = Page(dressed(style), document, style)
    # The library looks through all styles of the file for every paragraph and run: half the time of a paper.
    page.docx.part.get_style_id = cache(page.docx.part.get_style_id)  # type: ignore[method-assign]
    head = head_lines(document, style.scheme, is_final=style.is_final)
    _set_properties(page, head)
    _add_margins(page, head)
    page.paragraph(document.title, "Title")
    _add_body(page)
    _add_clearances(page)
    _add_end(page)
    add_record(page.docx, record_text(document))
    raw = io.BytesIO()
    page.docx.save(raw)
    return same_bytes(raw.getvalue())


def _set_properties(page: Page, head: tuple[str, ...]) -> None:
    about, document = page.docx.core_properties, page.document
    about.title, about.subject, about.language = plain(document.title), plain(document.subject), "en-US"
    about.author = about.last_modified_by = "IGA Graph"
    about.comments, about.keywords, about.category = "", "", "; ".join(head)
    about.created = about.modified = datetime.fromisoformat(document.making.as_of).replace(tzinfo=UTC)
    about.revision = 1


def _add_margins(page: Page, head: tuple[str, ...]) -> None:
    section = page.docx.sections[0]
    for place, line in enumerate(head):
        paragraph = section.header.add_paragraph(style="Header") if place else section.header.paragraphs[0]
        _centre(paragraph, line)
    foot = section.footer.paragraphs[0]
    banner = page.style.scheme.banner(page.document)
    _centre(foot, f"{banner} · Page " if banner else "Page ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def _centre(paragraph: Paragraph, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_text(paragraph, text)


def _add_body(page: Page) -> None:
    document = page.document
    for line in frame.CONTROLLED if page.style.scheme.controls(document) else ():
        page.paragraph(line, DRAFTER)
    for role, text in frame.address(document):
        _add_role(page, role, text)
    if document.bottom_line:
        page.paragraph(frame.BOTTOM_LINE, "Heading 1")
        add_block(page, Series(document.bottom_line, is_prose=True))
    for section in document.sections:
        _add_section(page, section)


def _add_role(page: Page, role: str, text: str) -> None:
    """Add a line such as ``TO:``, shaded where it is a blank."""
    paragraph = page.paragraph(style=DRAFTER if text.startswith(BLANK_START) else None)
    add_text(paragraph, f"{role}: ", is_bold=True)
    add_text(paragraph, text)


def _add_section(page: Page, section: Section) -> None:
    if section.heading:
        heading = page.paragraph(section.heading, f"Heading {section.level}")
        heading.paragraph_format.page_break_before = section.starts_page or None
    for block in section.blocks:
        add_block(page, block)


def _add_clearances(page: Page) -> None:
    """Add who drafted, approved and cleared; what nobody knows beforehand is a marked blank."""
    page.paragraph(frame.CLEARANCE, "Heading 1")
    for role, text in frame.signers(page.document):
        _add_role(page, role, text)
    paragraph = page.paragraph(style=DRAFTER)
    add_text(paragraph, f"{frame.CLEARED}: ", is_bold=True)
    for clearer in page.document.clearing:
        add_text(paragraph, f"{page.portion(clearer.marking)}{clearer.shown}")
        page.add_marks(paragraph, clearer.citations)
        add_text(paragraph, f" {frame.TO_CLEAR}; ")
    add_text(paragraph, frame.FURTHER)
    paragraph.paragraph_format.keep_with_next, paragraph.paragraph_format.keep_together = False, True


def _add_end(page: Page) -> None:
    document = page.document
    for section in frame.annexes(document):
        _add_section(page, section)
    page.paragraph(frame.ENDNOTES, "Heading 1")
    for number, note in enumerate(document.endnotes, start=1):
        paragraph = page.paragraph(f"{number}.", NOTE)
        paragraph.add_run("\t")
        add_text(paragraph, frame.note_text(note))
        add_bookmark(paragraph, f"note{number}", number)
    how, command = frame.making_lines(document)
    paragraph = page.paragraph(f"{how} {frame.AGAIN} {command}", NOTE)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = 0
    if document.gaps:
        page.paragraph(frame.GAPS, "Heading 1")
    for gap in document.gaps:
        page.add_statement(page.paragraph(style=NOTE), gap)
