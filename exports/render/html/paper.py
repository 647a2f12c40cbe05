"""A document as one HTML file that loads and runs nothing: headings, tables with scopes, charts with alt text."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from exports.paper.document import Document
from exports.paper.record import record_text
from exports.paper.scheme import head_lines
from exports.render import frame
from exports.render.html.blocks import Sheet, text
from exports.render.html.names import RECORD
from exports.render.style import STANDARD, Style

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def to_html(document: Document, *, style: Style = STANDARD) -> str:
    """Return the document as HTML text; equal documents give equal text."""
    sheet = Sheet(document, style)
    banner = "".join(f"<p>{text(line)}</p>" for line in head_lines(document, style.scheme, is_final=style.is_final))
    looks = files("exports.render.html").joinpath("paper.css").read_text(encoding="utf-8")
    looks = looks.replace("FONT", _quoted(style.font)).replace("SIZE", f"{style.text:g}pt")
    looks = looks.replace("TABLE", f"{style.table:g}pt").replace("NOTE", f"{style.note:g}pt")
    record = record_text(document).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en-US">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="generator" content="IGA Graph">',
            f'<meta name="description" content="{text(document.subject)}">',
            f"<title>{text(document.title)}</title>",
            f"<style>{looks}</style>",
            "</head>",
            "<body>",
            f'<header class="banner">{banner}</header>' if banner else "",
            "<main>",
            f"<h1>{text(document.title)}</h1>",
            f'<p class="subtitle">{text(document.subtitle)}</p>',
            *_body(sheet),
            *_end(sheet),
            "</main>",
            f'<footer class="banner">{banner}</footer>' if banner else "",
            f'<script type="application/json" id="{RECORD}">{record}</script>',
            "</body>",
            "</html>\n",
        )
    )


def _body(sheet: Sheet) -> Iterator[str]:
    document = sheet.document
    if sheet.style.scheme.controls(document):
        yield from (f'<p class="drafter">{text(line)}</p>' for line in frame.CONTROLLED)
    if document.bottom_line:
        yield f"<h2>{frame.BOTTOM_LINE}</h2>"
        yield sheet.list_of(document.bottom_line)
    for section in document.sections:
        tag = f"h{section.level + 1}"
        place = ' class="page"' if section.starts_page else ""
        yield f"<{tag}{place}>{text(section.heading)}</{tag}>"
        for block in section.blocks:
            yield from sheet.block(block)
    yield from sheet.clearances()


def _end(sheet: Sheet) -> Iterator[str]:
    document = sheet.document
    yield f'<section class="end"><h2>{frame.MAKING}</h2>'
    yield from (f"<p>{text(line)}</p>" for line in frame.made(document, "html"))
    if document.endnotes:
        notes = "\n".join(_note(number, *frame.note_parts(note)) for number, note in enumerate(document.endnotes, 1))
        yield f"<h2>{frame.ENDNOTES}</h2>\n<ol>\n{notes}\n</ol>"
    if document.gaps:
        yield f"<h2>{frame.GAPS}</h2>"
        yield from (f"<p>{sheet.statement(gap)}</p>" for gap in document.gaps)
    yield "</section>"


def _note(number: int, title: str, link: str, rest: str) -> str:
    linked = f'<a href="{escape(link)}" rel="noreferrer">{text(link)}</a>, ' if link else ""
    return f'<li id="note{number}">{text(title)}, {linked}{text(rest)}</li>'


def _quoted(font: str) -> str:
    """Return the name of a typeface as CSS takes it: letters that could end the name or the sheet are left out."""
    return '"' + "".join(letter for letter in font if letter.isalnum() or letter in " -_.") + '"'
