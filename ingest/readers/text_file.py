"""Find out how a text file is encoded, reading all of it once, and refuse what is no text."""

import codecs
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from iga.graph.errors import FileRefused
from iga.ingest.readers.file_table import Progress

CHUNK = 1 << 20
# enough for charset-normalizer to tell languages apart, little enough to stay quick
_SAMPLE = 1 << 16

# What Windows writes; the rest of the world's code pages only make more wrong guesses likely.
_CODE_PAGES = [*(f"cp{number}" for number in (*range(1250, 1257), 932, 949)), "gb18030", "big5"]
# The Latin code pages differ in few letters and cannot be told apart on a short list of names.
_LATIN = ("cp1250", "cp1252", "cp1254")

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, with the codec that each announces; the longer of two that begin alike comes first."""

_STRANGE = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")

ZIP = b"PK\x03\x04"
"""What a zip archive, and so a workbook, begins with."""

_NOT_TEXT = (
    (ZIP, "a workbook or zip archive; write `format: xlsx` in the mapping, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old .xls or a password-protected workbook; save it as .xlsx or CSV without a password"),
    (b"%PDF", "a PDF; copy its table into a workbook or CSV"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"<!doctype html", "a web page; download the data file itself"),
    (b"<html", "a web page; download the data file itself"),
)


@dataclass(frozen=True)
class TextFile:
    """A text file that was looked through.

    Attributes:
        notes: How the encoding is known, each a sentence.
        errors: ``strict`` where it decodes the whole file; ``surrogateescape`` where some bytes are of another one.
    """

    encoding: str
    notes: tuple[str, ...]
    errors: str = "strict"


def is_workbook(path: Path) -> bool:
    """True if a file is a zip archive, as workbooks are; what kind of one is not looked at.

    Raises:
        FileRefused: The file cannot be read.
    """
    with opened(path) as file:
        return file.read(len(ZIP)) == ZIP


def not_text(start: bytes) -> str:
    """Return what a file is that begins so and is no text, with what to do; blank for a text."""
    begin = start.lstrip().lower()
    return next((what for magic, what in _NOT_TEXT if begin.startswith(magic.lower())), "")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex; raises FileRefused where it cannot be read."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def beginning_as_text(start: bytes) -> str:
    """Return the beginning of a file as text, by its mark, its zeros, as UTF-8, else as cp1252; never raises."""
    for mark, name in BOMS:
        if start.startswith(mark):
            return start.decode(name, errors="replace")
    if start[1:2] == b"\0":
        return start.decode("utf-16-le", errors="replace")
    if start[:1] == b"\0":
        return start.decode("utf-16-be", errors="replace")
    try:
        return start.decode("utf-8")
    except UnicodeDecodeError as error:
        # the last letter may be cut where the beginning ends; anything before it is of a code page of Windows
        is_cut = error.start > len(start) - 4
        return start.decode("utf-8" if is_cut else "cp1252", errors="replace")


def text_file(path: Path, *, encoding: str | None) -> TextFile:
    """Return how to decode a file: as stated, else by its mark, UTF-8, UTF-16, a detected one, cp1252.

    Raises:
        FileRefused: It is no text, or does not decode in the encoding that is stated or any that is likely.
    """
    with opened(path) as file:
        start = file.read(4096)
    if what := not_text(start):
        raise FileRefused(f"{path.name}: this is {what}")
    if encoding:
        if (fault := _first_fault(path, encoding)) is not None:
            with opened(path) as file:
                line = file.read(fault).count(b"\n") + 1
            raise FileRefused(
                f"{path.name}: line {line} is not {encoding}, which the mapping states; correct `encoding`,"
                " or take it out to have the encoding detected"
            )
        return TextFile(encoding, (f"{path.name}: read as {encoding}, as the mapping states",))
    detected, strange = _detected(path, start)
    sentence = f"{path.name}: read as {detected} (detected); if letters are wrong, state its `encoding`"
    if not strange:
        return TextFile(detected, (sentence,))
    mixed = f"{path.name}: {strange:,} bytes are of another encoding; the rows that hold them were not taken"
    return TextFile(detected, (sentence, mixed), "surrogateescape")


def _detected(path: Path, start: bytes) -> tuple[str, int]:
    """Return the encoding of a file, and how many bytes are of another one."""
    for mark, name in BOMS:
        if start.startswith(mark):
            if _first_fault(path, name) is None:
                return name, 0
            if name == "utf-8-sig" and (strange := _strange_bytes(path)):
                return name, strange
            raise FileRefused(f"{path.name}: begins as {name} and goes on otherwise; save it again as UTF-8")
    if (wide := _without_mark(start)) and _first_fault(path, wide) is None:
        return wide, 0
    fault = _first_fault(path, "utf-8")
    if fault is None:
        return "utf-8", 0
    if strange := _strange_bytes(path):
        return "utf-8", strange
    for likely in (_guessed(path, fault), "cp1252", "cp1250"):
        if likely and _first_fault(path, likely) is None:
            return likely, 0
    raise FileRefused(f"{path.name}: its encoding is not known; save it as UTF-8, or state `encoding` in the mapping")


def _strange_bytes(path: Path) -> int:
    """Return how many bytes of a file that is UTF-8 for the most part are not; 0 where UTF-8 is not its encoding.

    A letter of UTF-8 takes two bytes or more that fit each other: text of another encoding hardly ever holds one.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    strange = letters = 0
    for chunk in (*_chunks(path), b""):
        text = decoder.decode(chunk, final=not chunk)
        if not text.isascii():
            bad = len(_STRANGE.findall(text))
            strange += bad
            letters += len(_BEYOND_ASCII.findall(text)) - bad
    return strange if letters >= strange else 0


def _without_mark(start: bytes) -> str | None:
    """Return UTF-16 in the byte order that zeros between Latin letters show; None when there are none."""
    pairs = len(start) // 2
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs and start[offset::2].count(0) > pairs * 0.4 and start[1 - offset :: 2].count(0) < pairs * 0.1:
            return name
    return None


def _guessed(path: Path, fault: int) -> str | None:
    """Return the code page that the letters show; None when they are Latin or show none."""
    with opened(path) as file:
        file.seek(max(0, fault - _SAMPLE // 2))
        best = from_bytes(file.read(_SAMPLE), cp_isolation=_CODE_PAGES).best()
    if best is None or best.encoding in _LATIN:
        return None
    return best.encoding


def _first_fault(path: Path, encoding: str) -> int | None:
    """Return about where the first byte stands that does not decode; None when all do."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    done = 0
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
            done += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        return done + getattr(error, "start", 0)
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    with opened(path) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def opened(path: Path) -> BufferedReader:
    """Return a file opened for reading its bytes; raises FileRefused where it cannot be read."""
    try:
        return path.open("rb")
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read ({error.strerror}); check the name and your access") from error


_LINES_BETWEEN_REPORTS = 2_000


class TextLine(NamedTuple):
    """One physical line.

    Attributes:
        text: Without its line end; only its beginning when it is cut.
        is_cut: Whether it is longer than the reader keeps.
    """

    number: int
    text: str
    is_cut: bool = False


@contextmanager
def text_lines(
    path: Path, *, longest: int, progress: Progress | None = None
) -> Iterator[tuple[Iterator[TextLine], str]]:
    """Open a text and give its lines, with a sentence on its encoding.

    Raises:
        FileRefused: There is no such file, or it is no text.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    text = text_file(path, encoding=None)
    if text.errors != "strict":
        raise FileRefused(f"{path.name}: some of it is in another encoding than the rest; save it again as UTF-8")
    with opened(path) as raw, TextIOWrapper(raw, encoding=text.encoding, newline=None) as stream:
        size = path.stat().st_size
        report = (lambda: progress(raw.tell(), size)) if progress else None
        yield _lines(stream, longest, report), f"{path.name}: read as {text.encoding} (detected)"


def _lines(stream: TextIOWrapper, longest: int, report: Callable[[], None] | None) -> Iterator[TextLine]:
    number = 0
    while text := stream.readline(longest + 1):
        number += 1
        is_cut = len(text) > longest and not text.endswith("\n")
        rest = text
        while is_cut and rest and not rest.endswith("\n"):
            rest = stream.readline(longest + 1)
        yield TextLine(number, text.removesuffix("\n")[:longest], is_cut)
        if report and number % _LINES_BETWEEN_REPORTS == 0:
            report()
