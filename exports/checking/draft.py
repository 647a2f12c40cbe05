"""A finished paper as its drafter left it: headings, paragraphs and tables, with what is cited and what is blank."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree, html

from iga.exports.checking.recorded import read_file
from iga.exports.render.reference import MARK
from iga.graph.errors import FileRefused

_NOTE_MARK = re.compile(r"\[\^\d+\]")
_ESCAPE = re.compile(r"\\([\\`*_\[\]<>|~#$.)+=-])")


@dataclass(frozen=True)
class DraftLine:
    """One paragraph, list item or table row of a paper.

    Attributes:
        section: Heading it stands under; blank above the first.
        place: Where it is, such as ``paragraph 3`` or ``row 2``.
        text: Its words, without the numbers of endnotes.
        is_cited: Whether it carries the number of an endnote.
    """

    section: str
    place: str
    text: str
    is_cited: bool = False
    is_heading: bool = False
    is_row: bool = False


def draft_in(path: Path) -> tuple[DraftLine, ...]:
    """Return the lines of a paper, from the top.

    Raises:
        FileRefused: It cannot be read.
        UsageError: It is in a format whose text is not read.
    """
    content = read_file(path)
    readers = {".docx": _docx, ".html": _html, ".htm": _html, ".md": _markdown, ".markdown": _markdown}
    read = readers.get(path.suffix.lower())
    if read is None:
        raise FileRefused(f"{path.name}: only .docx, .html and .md are examined; examine what it was printed from")
    try:
        return tuple(_placed(read(content)))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.LxmlError) as error:
        raise FileRefused(f"{path.name} cannot be read: {error}") from error


@dataclass(frozen=True)
class _RawLine:
    text: str
    is_cited: bool = False
    level: int = 0
    is_row: bool = False


def _placed(raws: Iterator[_RawLine]) -> Iterator[DraftLine]:
    section, paragraphs, rows = "", 0, 0
    for raw in raws:
        words = " ".join(raw.text.split())
        if raw.level:
            section, paragraphs, rows = words, 0, 0
            yield DraftLine(section, "heading", words, is_heading=True)
        elif raw.is_row:
            rows += 1
            yield DraftLine(section, f"row {rows}", words, raw.is_cited, is_row=True)
        elif words:
            paragraphs += 1
            yield DraftLine(section, f"paragraph {paragraphs}", words, raw.is_cited)


def _docx(content: bytes) -> Iterator[_RawLine]:
    paper = docx.Document(io.BytesIO(content))
    for part in paper.iter_inner_content():
        if isinstance(part, Table):
            header = {row._tr for row in part.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None}
            for row in part.rows:
                if row._tr not in header:
                    cells = [_words(paragraph) for cell in row.cells for paragraph in cell.paragraphs]
                    yield _RawLine(" | ".join(text for text, _ in cells), any(cited for _, cited in cells), is_row=True)
        else:
            text, is_cited = _words(part)
            name = part.style.name if part.style is not None and part.style.name else ""
            level = int(name[-1]) if re.fullmatch(r"Heading [12]", name) else 0
            yield _RawLine(text, is_cited, level)


def _words(paragraph: Paragraph) -> tuple[str, bool]:
    """Return the words of a paragraph without the numbers of endnotes, and whether there are any."""
    words, is_cited = [], False
    for run in paragraph._p.iter(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        named = "" if style is None else style.get(qn("w:val")) or ""
        if (
            named.replace(" ", "") == MARK.replace(" ", "")
            or run.find(qn("w:footnoteReference")) is not None
            or run.find(qn("w:endnoteReference")) is not None
        ):
            is_cited = True
        else:
            words += [text.text or "" for text in run.iter(qn("w:t"))]
    return "".join(words), is_cited


def _html(content: bytes) -> Iterator[_RawLine]:
    page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    for element in page.iter("h2", "h3", "p", "li", "tr", "figcaption"):
        if next(element.iterancestors("header", "footer", "thead"), None) is not None:
            continue
        is_cited = element.find(".//sup") is not None
        if element.tag == "tr":
            cells = [_shown_of(cell) for cell in element if cell.tag in ("td", "th")]
            yield _RawLine(" | ".join(cells), is_cited, is_row=True)
        else:
            level = int(element.tag[1]) - 1 if element.tag in ("h2", "h3") else 0
            yield _RawLine(_shown_of(element), is_cited, level)


def _shown_of(element: etree._Element) -> str:
    """Return the words of an element without the numbers of endnotes."""
    inner = "" if element.tag == "sup" else (element.text or "") + "".join(map(_shown_of, element))
    return inner + (element.tail or "" if element.tag not in ("h2", "h3", "p", "li", "tr", "td", "th") else "")


def _markdown(content: bytes) -> Iterator[_RawLine]:
    in_table, in_code = False, False
    for line in content.decode("utf-8", "replace").splitlines():
        if line.startswith("```"):
            in_code = not in_code
        if in_code or line.startswith(("```", "<!--", "[^")):
            continue
        is_row = line.startswith("|")
        is_first = is_row and not in_table
        in_table = is_row
        if is_first or re.fullmatch(r"[|\s:-]*", line):
            continue
        heading = re.match(r"(#{1,3}) ", line)
        yield _RawLine(
            _shown(line), bool(_NOTE_MARK.search(line)), max(0, len(heading[1]) - 1) if heading else 0, is_row
        )


def _shown(line: str) -> str:
    bare = _NOTE_MARK.sub("", line).strip().removeprefix("- ")
    bare = re.sub(r"^#+ ", "", bare).strip("|").replace("**", "")
    return _ESCAPE.sub(r"\1", bare)
