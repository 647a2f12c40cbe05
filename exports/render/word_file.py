"""A document as a .docx: real styles, marked header rows, linked endnotes, equal bytes for equal content."""

import io
from datetime import UTC, datetime
from functools import cache

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from exports.paper.blocks import Bullets
from exports.paper.document import PaperDocument
from exports.paper.record import record_text
from exports.paper.statements import Citation
from exports.render import frame
from exports.render.reference import DRAFTER, LINK, NOTE, dressed
from exports.render.style import STANDARD, Style, head_lines
from exports.render.word_page import Page, add_block, add_text
from exports.render.word_parts import add_bookmark, add_field, add_link, add_record, same_bytes
from exports.wording import plain


def to_docx(document: PaperDocument, *, style: Style = STANDARD) -> bytes:
    """Return the document as the bytes of a .docx file; equal documents give equal bytes."""
    page = Page(dressed(style), document, style)
    # The library looks through all styles of the file for every paragraph and run: half the time of a paper.
    page.docx.part.get_style_id = cache(page.docx.part.get_style_id)  # type: ignore[method-assign]
    head = head_lines(document, style.scheme, is_final=style.is_final)
    _set_properties(page, head)
    _add_margins(page, head)
    page.paragraph(document.title, "Title")
    page.paragraph(document.subtitle, "Subtitle")
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
    if document.bottom_line:
        page.paragraph(frame.BOTTOM_LINE, "Heading 1")
        add_block(page, Bullets(document.bottom_line))
    for section in document.sections:
        heading = page.paragraph(section.heading, f"Heading {section.level}")
        heading.paragraph_format.page_break_before = section.starts_page or None
        for block in section.blocks:
            add_block(page, block)


def _add_clearances(page: Page) -> None:
    """Add who drafted and approved, and each office that clears; what nobody knows beforehand is a marked blank."""
    page.paragraph(frame.CLEARANCE, "Heading 1")
    for role, prompt in (frame.DRAFTED, frame.APPROVED):
        paragraph = page.paragraph(style=DRAFTER)
        add_text(paragraph, f"{role}: ", is_bold=True)
        add_text(paragraph, prompt)
    clearers = page.document.clearers
    offices = [f"{page.portion(clearer.marking)}{clearer.office}" for clearer in clearers]
    rows = [(office, clearer.reason, frame.TO_CLEAR) for office, clearer in zip(offices, clearers, strict=True)]
    lines = page.add_grid(
        frame.CLEARANCE_HEADER, [*rows, frame.FURTHER], widths=(35, 35, 30), title=frame.CLEARANCE_TITLE
    )
    for cells, clearer in zip(lines[1:], clearers, strict=False):  # the last row is for an office that nobody knows
        page.add_marks(cells[0].paragraphs[0], clearer.citations)


def _add_end(page: Page) -> None:
    document = page.document
    heading = page.paragraph(frame.MAKING, "Heading 1")
    heading.paragraph_format.page_break_before = True  # the pages of a memo are its body alone
    for line in frame.making_lines(document, "docx"):
        page.paragraph(line, NOTE)
    if document.endnotes:
        page.paragraph(frame.ENDNOTES, "Heading 1")
    for number, note in enumerate(document.endnotes, start=1):
        _add_endnote(page.paragraph(f"{number}.", NOTE), number, note)
    if document.gaps:
        page.paragraph(frame.GAPS, "Heading 1")
    for gap in document.gaps:
        page.add_statement(page.paragraph(style=NOTE), gap)


def _add_endnote(paragraph: Paragraph, number: int, note: Citation) -> None:
    title, link, rest = frame.note_parts(note)
    paragraph.add_run("\t")
    add_text(paragraph, f"{title}, ")
    if link:
        add_link(paragraph, link, style=LINK, url=link)
        add_text(paragraph, ", ")
    add_text(paragraph, rest)
    add_bookmark(paragraph, f"note{number}", number)
