"""A document as a .docx: real styles, marked header rows, linked endnotes, equal bytes for equal content."""

import io
from datetime import UTC, datetime
from functools import cache

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from iga.exports.paper.blocks import Series
from iga.exports.paper.document import PaperDocument, Section
from iga.exports.paper.record import record_text
from iga.exports.paper.statements import BLANK_START
from iga.exports.render import frame
from iga.exports.render.reference import DRAFTER, NOTE, dressed
from iga.exports.render.style import STANDARD, Style, head_lines
from iga.exports.render.word_page import Page, add_block, add_text
from iga.exports.render.word_parts import add_bookmark, add_field, add_record, same_bytes
from iga.exports.wording import plain


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
