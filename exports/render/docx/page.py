"""What every part of a .docx is written with: the file, the paper, and text with its marks."""

from dataclasses import dataclass

from docx.document import Document as Docx
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.paper.citation import Citations
from exports.paper.document import Document, raised
from exports.paper.statements import Statement, Unknown
from exports.render.docx.names import MARK
from exports.render.docx.parts import add_link
from exports.render.style import Style
from exports.wording import plain
from graph.domain.marking import Marking


@dataclass(frozen=True)
class Page:
    """The file being written, the document it is written from, and its style."""

    docx: Docx
    document: Document
    style: Style

    def portion(self, marking: Marking) -> str:
        """Return the mark that stands before a paragraph, with a space behind it; blank is none."""
        return self.style.scheme.portion(marking, self.document)


def add_text(paragraph: Paragraph, text: str, *, is_bold: bool = False) -> Run:
    """Add text to a paragraph as one run, without what XML cannot hold; outer spaces are kept."""
    run = paragraph.add_run(" " * text.startswith(" ") + plain(text) + " " * (text.endswith(" ") and len(text) > 1))
    if is_bold:
        run.bold = True
    return run


def add_portion(page: Page, paragraph: Paragraph, marking: Marking) -> None:
    """Add the mark of a paragraph, where the scheme has one."""
    if mark := page.portion(marking):
        add_text(paragraph, mark)


def add_statement(page: Page, paragraph: Paragraph, said: Statement) -> None:
    """Add a statement to a paragraph: its portion mark, its lead in bold, its text, who says it, its endnotes."""
    add_portion(page, paragraph, said.marking)
    add_said(page, paragraph, said)


def add_said(page: Page, paragraph: Paragraph, said: Statement) -> None:
    """Add a statement without a portion mark."""
    if said.lead:
        add_text(paragraph, f"{said.lead} ", is_bold=True)
    add_text(paragraph, said.text + (said.credit if isinstance(said, Unknown) else ""))
    add_marks(page, paragraph, said.citations)


def add_marks(page: Page, paragraph: Paragraph, citations: Citations) -> None:
    """Add the raised numbers of the endnotes, each a link to its note; neighbours are written as a range."""
    for separator, number in raised(page.document.numbers(citations)):
        if separator:
            paragraph.add_run(separator, style=MARK)
        add_link(paragraph, str(number), style=MARK, anchor=f"note{number}")
