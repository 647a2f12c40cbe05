"""What every part of a .docx is written with: the file, the paper, and text and tables with their marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Docx
from docx.shared import Inches
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.paper.citation import Citations
from exports.paper.document import Document, raised
from exports.paper.statements import Statement
from exports.render.docx.elements import add_link, describe, keep_rows
from exports.render.docx.reference import CELL, MARK, TABLE
from exports.render.style import Style
from exports.wording import plain
from graph.domain.marking import Marking

TEXT_WIDTH = 6.5  # inches between the margins of a letter page


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
    document: Document
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
        add_text(paragraph, statement.text + statement.credit)
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
        keep_rows(table)
        describe(table, title=title, text=alt or f"{title}: {', '.join(header)}.")
        return lines
