"""The .docx whose styles, margins and page size a paper takes: ours beside the templates, or one of the office."""

import io
import zipfile
from contextlib import suppress
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document as Docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import BaseStyle, ParagraphStyle

from iga.exports.render.style import STANDARD, Style
from iga.graph.errors import FileRefused

CELL, NOTE, DRAFTER, MARK = "Table Text", "Endnote", "Drafter", "Endnote Mark"
TABLE, CHART = "Memo Table", "Memo Chart"

# The setting that gives the size of each style of paragraphs.
_SIZES = {
    **dict.fromkeys(("Normal", "List Bullet", "Title", "Heading 1", "Heading 2", DRAFTER), "text"),
    **dict.fromkeys(("Caption", CELL), "table"),
    **dict.fromkeys(("Header", "Footer", NOTE), "note"),
}
_LARGEST = 20_000_000
_LARGEST_UNPACKED = 200_000_000
_LARGEST_TEXT = 20_000_000  # a parser takes some ten times as much memory


def dressed(style: Style) -> Docx:
    """Return a file without text, with every style that a paper is written in; what a reference lacks is ours.

    Raises:
        FileRefused: The reference cannot be used.
    """
    own = _opened(files(__package__).joinpath("templates", "reference.docx").read_bytes(), name="of our own")
    for name, setting in _SIZES.items():
        _fit(own.styles[name], style, larger=getattr(style, setting) - getattr(STANDARD, setting))
    if style.reference is None:
        return own
    theirs = _opened(style.reference, name="reference")
    for name in (*_SIZES, MARK, TABLE, CHART):
        if name not in theirs.styles:
            _adopt(theirs, own.styles[name])
    return theirs


def read_reference(path: Path) -> bytes:
    """Return the bytes of a reference document, after a look whether it can be used.

    Raises:
        FileRefused: There is no such file, it is no .docx, or it is too large.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as error:
        raise FileRefused(f"the reference {path.name} cannot be read: {error.strerror or error}") from error
    if not content:
        raise FileRefused(f"the reference {path.name} is empty or larger than {_LARGEST // 1_000_000} MB")
    _opened(content, name=path.name)
    return content


def check_package(content: bytes, *, name: str) -> None:
    """Refuse a .docx that unpacks to more than a parser should hold; what is no package is left to the parser.

    Raises:
        FileRefused: It is too large; nothing of it was unpacked.
    """
    with suppress(BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
        for of_it, most in ((parts, _LARGEST_UNPACKED), (texts, _LARGEST_TEXT)):
            if sum(part.file_size for part in of_it) > most:
                raise FileRefused(f"{name} unpacks to more than {most // 1_000_000} MB; no paper does")


def _opened(content: bytes, *, name: str) -> Docx:
    """Return a reference without its text: its styles, its page, its own headers emptied."""
    try:
        check_package(content, name=f"the reference {name}")
        paper = docx.Document(io.BytesIO(content))
        _empty(paper)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, AttributeError, OSError) as error:
        raise FileRefused(
            f"the reference {name} is no .docx that can be used: {error}; save it anew as .docx in Word"
        ) from error
    return paper


def _empty(paper: Docx) -> None:
    """Take out everything but the page of the last section, whose header and footer get one empty paragraph."""
    body = paper.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    section = paper.sections[0]
    section.different_first_page_header_footer = False
    paper.settings.odd_and_even_pages_header_footer = False
    for margin in (section.header, section.footer):
        margin.is_linked_to_previous = True  # drops the part with what stood there
        margin.is_linked_to_previous = False
    assert paper.styles["Normal"] is not None


def _fit(ours: BaseStyle, style: Style, *, larger: float) -> None:
    """Give a style of ours the typeface and the size that are set, for every script."""
    assert isinstance(ours, ParagraphStyle)
    if larger and ours.font.size is not None:
        ours.font.size = Pt(ours.font.size.pt + larger)
    if style.font != STANDARD.font:
        fonts = ours.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), style.font)


def _adopt(theirs: Docx, ours: BaseStyle) -> None:
    """Add a style of ours to a reference, in its typeface; its lists are not ours."""
    copied = deepcopy(ours.element)
    for foreign in ("w:rFonts", "w:numPr", "w:link", "w:next"):
        for setting in list(copied.iter(qn(foreign))):
            setting.getparent().remove(setting)
    theirs.styles.element.append(copied)
    if isinstance(ours, ParagraphStyle):
        theirs.styles[ours.name].base_style = theirs.styles["Normal"]  # its id is another in other languages
