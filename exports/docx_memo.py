"""A document as a .docx: real styles, marked header rows, linked endnotes, equal bytes for equal content."""

import io
from datetime import UTC, datetime

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from exports.document import Citation, Document
from exports.docx_blocks import Page, add_block, add_statement, add_text
from exports.docx_package import same_bytes
from exports.docx_parts import add_bookmark, add_field, add_link
from exports.docx_styles import LINK, NOTE, STANDARD, Look, dress
from exports.wording import is_link, long_day, plain


def to_docx(document: Document, *, look: Look = STANDARD) -> bytes:
    """Return the document as the bytes of a .docx file; equal documents give equal bytes."""
    page = Page(docx.Document(), document)
    dress(page.docx, look)
    _properties(page.docx, document)
    _margins(page.docx, document)
    add_text(page.docx.add_paragraph(style="Title"), document.title)
    add_text(page.docx.add_paragraph(style="Subtitle"), document.subtitle)
    for section in document.sections:
        add_text(page.docx.add_paragraph(style="Heading 1"), section.heading)
        for block in section.blocks:
            add_block(page, block)
    _making(page.docx, document)
    _endnotes(page.docx, document)
    _gaps(page)
    raw = io.BytesIO()
    page.docx.save(raw)
    return same_bytes(raw.getvalue())


def _properties(paper: Docx, document: Document) -> None:
    about = paper.core_properties
    about.title, about.subject, about.language = plain(document.title), plain(document.subject), "en-US"
    about.author = about.last_modified_by = "IGA Graph"
    about.comments, about.keywords, about.category = "", "", document.marking_lines[0]
    about.created = about.modified = datetime.fromisoformat(document.as_of).replace(tzinfo=UTC)
    about.revision = 1


def _margins(paper: Docx, document: Document) -> None:
    section = paper.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _centred(head, document.marking_lines[0])
    for line in document.marking_lines[1:]:
        _centred(section.header.add_paragraph(style="Header"), line)
    _centred(foot, f"{document.marking_lines[0]} · Page ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def _centred(paragraph: Paragraph, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_text(paragraph, text)


def _endnotes(paper: Docx, document: Document) -> None:
    paper.add_paragraph("Endnotes", style="Heading 1")
    for number, note in enumerate(document.endnotes, start=1):
        _endnote(paper.add_paragraph(style=NOTE), number, note)


def _endnote(paragraph: Paragraph, number: int, note: Citation) -> None:
    add_text(paragraph, f"{number}.")
    paragraph.add_run("\t")
    add_text(paragraph, f"{note.title}, ")
    if is_link(note.url):
        add_link(paragraph, note.url, style=LINK, url=note.url)
        add_text(paragraph, ", ")
    elif note.url:
        add_text(paragraph, f"{note.url}, ")
    stated = f"stated {long_day(note.stated_on)}" if note.stated_on else "day of statement not known"
    add_text(paragraph, f"{note.locator}, {stated}, load {note.load}.")
    add_bookmark(paragraph, f"note{number}", number)


def _gaps(page: Page) -> None:
    if page.document.gaps:
        page.docx.add_paragraph("What the sources lack", style="Heading 1")
    for gap in page.document.gaps:
        add_statement(page, page.docx.add_paragraph(style=NOTE), gap)


def _making(paper: Docx, document: Document) -> None:
    heading = paper.add_paragraph("How this paper was made", style="Heading 1")
    heading.paragraph_format.page_break_before = True  # the two pages of a memo are its body alone
    add_text(paper.add_paragraph(style=NOTE), f"Facts as of {long_day(document.as_of)}.")
    add_text(paper.add_paragraph(style=NOTE), f"Data version {document.data_version}")
    add_text(paper.add_paragraph(style=NOTE), f"To make this paper again: {document.command}")
