"""A .docx of the office whose styles, margins and page size a paper takes."""

import io
import zipfile
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document as Docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from graph.errors import FileRefused

_LARGEST = 20_000_000
_LARGEST_UNPACKED = 200_000_000
# What every paper is written with; a reference that lacks one gets ours.
_MISSING = "it has no styles; save a document of yours as .docx in Word and name that"


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
    opened(content, name=path.name)
    return content


def opened(content: bytes, *, name: str = "reference") -> Docx:
    """Return a reference without its text: its styles, its page, its own headers emptied.

    Raises:
        FileRefused: It cannot be used.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _LARGEST_UNPACKED:
                raise FileRefused(f"the reference {name} unpacks to more than {_LARGEST_UNPACKED // 1_000_000} MB")
        made = docx.Document(io.BytesIO(content))
        _emptied(made)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, AttributeError, OSError) as error:
        raise FileRefused(
            f"the reference {name} is no .docx that can be used: {error}; save it anew as .docx in Word"
        ) from error
    return made


def _emptied(made: Docx) -> None:
    """Take out everything but the page of the last section, whose header and footer get one empty paragraph."""
    body = made.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    section = made.sections[0]
    section.different_first_page_header_footer = False
    made.settings.odd_and_even_pages_header_footer = False
    for margin in (section.header, section.footer):
        margin.is_linked_to_previous = True  # drops the part with what stood there
        margin.is_linked_to_previous = False
    assert made.styles["Normal"] is not None
