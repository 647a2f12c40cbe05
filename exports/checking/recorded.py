"""The record inside a finished file, whatever its drafter did to the text."""

import io
import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

from lxml import etree, html

from iga.exports.paper.record import PaperRecord, read_record
from iga.exports.render.reference import check_package
from iga.exports.render.word_parts import NAMESPACE
from iga.graph.errors import FileRefused

_LARGEST = 50_000_000
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def read_file(path: Path) -> bytes:
    """Return the bytes of a paper.

    Raises:
        FileRefused: There is no such file, or it is too large to be a paper, packed or unpacked.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise FileRefused(f"{path.name} has more than {_LARGEST // 1_000_000} MB: it is no paper of this program")
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be read: {error.strerror or error}") from error
    if path.suffix.lower() == ".docx":
        check_package(content, name=path.name)
    return content


def record_in(path: Path) -> PaperRecord:
    """Return the record of a paper.

    Raises:
        FileRefused: The file cannot be read, or has no record.
    """
    content = read_file(path)
    find = _FINDERS.get(path.suffix.lower())
    if find is None:
        raise FileRefused(f"{path.name} is no .docx, .pdf, .html or .md: papers are written in these")
    try:
        text = find(content)
        if text is None:
            raise ValueError("nothing in it says how it was made")
        return read_record(text)
    except (ValueError, zipfile.BadZipFile, KeyError, etree.LxmlError, zlib.error, RecursionError) as error:
        raise FileRefused(
            f"{path.name} is no paper that iga memo wrote, or its record was lost on the way ({error}); "
            "check the file as it was written, or write it again"
        ) from error


def _in_docx(content: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            if re.fullmatch(r"customXml/item\d+\.xml", entry.filename) and entry.file_size <= _LARGEST:
                root = etree.fromstring(package.read(entry), _PARSER)
                if root.tag == f"{{{NAMESPACE}}}paper":
                    return root.text
    return None


def _in_pdf(content: bytes) -> str | None:
    if not content.startswith(b"%PDF-"):
        raise ValueError("it is no PDF")
    for stream in _STREAM.finditer(content):
        unpacked = _unpacked(stream[1])
        if unpacked.startswith(b'{"form":"iga-paper'):
            return unpacked.decode("ascii")
    return None


def _unpacked(stream: bytes) -> bytes:
    """Return a stream as it was before it was packed; blank for what is packed otherwise or is too large."""
    if stream.startswith(b"{"):
        return stream
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(stream, _LARGEST)
    except zlib.error:
        return b""
    return unpacked if not unpacking.unconsumed_tail else b""


def _in_html(content: bytes) -> str | None:
    page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    element = page.find(".//script[@id='iga-paper']")
    return None if element is None else element.text


def _in_markdown(content: bytes) -> str | None:
    packed = re.search(r"<!-- iga-paper:([A-Za-z0-9+/=]+) -->", content.decode("utf-8", "replace"))
    return _unpacked(b64decode(packed[1])).decode("ascii") if packed else None


_FINDERS: dict[str, Callable[[bytes], str | None]] = {
    ".docx": _in_docx,
    ".pdf": _in_pdf,
    ".html": _in_html,
    ".htm": _in_html,
    ".md": _in_markdown,
    ".markdown": _in_markdown,
}
