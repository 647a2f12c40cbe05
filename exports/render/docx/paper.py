"""A document as a .docx: real styles, marked header rows, linked endnotes, equal bytes for equal content."""

import io
from datetime import UTC, datetime
from functools import cache

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from exports.paper.blocks import Bullets
from exports.paper.citation import Citation
from exports.paper.document import Document
from exports.paper.record import record_text
from exports.paper.scheme import head_lines
from exports.render.docx.blocks import add_block
from exports.render.docx.clearances import add_clearances
from exports.render.docx.names import DRAFTER, NOTE
from exports.render.docx.package import same_bytes
from exports.render.docx.page import Page, add_statement, add_text
from exports.render.docx.parts import add_bookmark, add_field, add_link
from exports.render.docx.recorded import add_record
from exports.render.docx.reference import opened
from exports.render.docx.styles import LINK, dress
from exports.render.frame import BOTTOM_LINE, CONTROLLED, ENDNOTES, GAPS, MAKING, making_lines, note_parts
from exports.render.style import STANDARD, Style
from exports.wording import plain


def to_docx(document: Document, *, style: Style = STANDARD) -> bytes:
    """Return the document as the bytes of a .docx file; equal documents give equal bytes."""
    page = Page(opened(style.reference) if style.reference else docx.Document(), document, style)
    dress(page.docx, style)
    _remember_styles(page.docx)
    _properties(page.docx, document, head_lines(document, style.scheme, is_final=style.is_final))
    _margins(page)
    add_text(page.docx.add_paragraph(style="Title"), document.title)
    add_text(page.docx.add_paragraph(style="Subtitle"), document.subtitle)
    _controls(page)
    _bottom_line(page)
    for section in document.sections:
        heading = page.docx.add_paragraph(style=f"Heading {section.level}")
        heading.paragraph_format.page_break_before = section.starts_page or None
        add_text(heading, section.heading)
        for block in section.blocks:
            add_block(page, block)
    add_clearances(page)
    _making(page.docx, document)
    _endnotes(page.docx, document)
    _gaps(page)
    add_record(page.docx, record_text(document))
    raw = io.BytesIO()
    page.docx.save(raw)
    return same_bytes(raw.getvalue())


def _properties(paper: Docx, document: Document, head: tuple[str, ...]) -> None:
    about = paper.core_properties
    about.title, about.subject, about.language = plain(document.title), plain(document.subject), "en-US"
    about.author = about.last_modified_by = "IGA Graph"
    about.comments, about.keywords, about.category = "", "", "; ".join(head)
    about.created = about.modified = datetime.fromisoformat(document.making.as_of).replace(tzinfo=UTC)
    about.revision = 1


def _margins(page: Page) -> None:
    section = page.docx.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for place, line in enumerate(head_lines(page.document, page.style.scheme, is_final=page.style.is_final)):
        _centred(section.header.add_paragraph(style="Header") if place else head, line)
    banner = page.style.scheme.banner(page.document)
    _centred(foot, f"{banner} · Page " if banner else "Page ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def _controls(page: Page) -> None:
    if page.style.scheme.controls(page.document):
        for line in CONTROLLED:
            add_text(page.docx.add_paragraph(style=DRAFTER), line)


def _bottom_line(page: Page) -> None:
    if page.document.bottom_line:
        page.docx.add_paragraph(BOTTOM_LINE, style="Heading 1")
        add_block(page, Bullets(page.document.bottom_line))


def _remember_styles(paper: Docx) -> None:
    # The library looks through all styles of the file for every paragraph and run: half the time of a paper.
    paper.part.get_style_id = cache(paper.part.get_style_id)  # type: ignore[method-assign]


def _centred(paragraph: Paragraph, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_text(paragraph, text)


def _endnotes(paper: Docx, document: Document) -> None:
    if document.endnotes:
        paper.add_paragraph(ENDNOTES, style="Heading 1")
    for number, note in enumerate(document.endnotes, start=1):
        _endnote(paper.add_paragraph(style=NOTE), number, note)


def _endnote(paragraph: Paragraph, number: int, note: Citation) -> None:
    title, link, rest = note_parts(note)
    add_text(paragraph, f"{number}.")
    paragraph.add_run("\t")
    add_text(paragraph, f"{title}, ")
    if link:
        add_link(paragraph, link, style=LINK, url=link)
        add_text(paragraph, ", ")
    add_text(paragraph, rest)
    add_bookmark(paragraph, f"note{number}", number)


def _gaps(page: Page) -> None:
    if page.document.gaps:
        page.docx.add_paragraph(GAPS, style="Heading 1")
    for gap in page.document.gaps:
        add_statement(page, page.docx.add_paragraph(style=NOTE), gap)


def _making(paper: Docx, document: Document) -> None:
    heading = paper.add_paragraph(MAKING, style="Heading 1")
    heading.paragraph_format.page_break_before = True  # the pages of a memo are its body alone
    for line in making_lines(document, "docx"):
        add_text(paper.add_paragraph(style=NOTE), line)
