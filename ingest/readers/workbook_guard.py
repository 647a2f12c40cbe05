"""Look a workbook over before any parser opens it: what it unpacks to, what it holds; no DTD; nothing classified."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from iga.graph.errors import ClassifiedText, FileRefused

# A workbook of 100,000 rows and 20 columns has 30 MB, 2 million cells and about 15 parts.
MAX_PACKED = 200_000_000
MAX_UNPACKED = 1_000_000_000
MAX_PARTS = 1_000
# Excel's sheets end at row 1,048,576; two of them are more than a table.
LAST_ROW = 1_048_576
MAX_SHARED = 100_000_000
MAX_OTHER_PART = 50_000_000
# Read whole, whatever sheet is wanted: names of sheets and ranges, types, relationships, styles.
MAX_DESCRIPTION = 5_000_000
# deflate packs at most 1,032 to 1, repetitive sheets reach about 40 to 1; small parts may be anything
MAX_RATIO = 200
RATIO_FROM = 5_000_000
MAX_MERGES = 100_000
MAX_TAG = 65_536
MAX_TEXT = 20_000_000

MOST = {
    "cells": 20_000_000,
    "rows": 2_200_000,
    "cells beyond column ZZ (702)": 1_000,
    "shared texts": 1_000_000,
    "cell formats": 65_490,
}
"""Most of what is counted in all parts together. Rows that were coloured to their end have one cell far out; texts
that cells share are held in memory, a million take 200 MB; the most formats are Excel's own."""

_CHUNK = 1 << 20
_LONGEST_PIECE = 1 << 20
_HEAD = 4_096

_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FAR_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']0*(\d{7,})""")
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></|</)"
)
_COUNTED = {
    "cells": re.compile(rb"<(?:\w+:)?c[\s/>]"),
    "rows": re.compile(rb"<(?:\w+:)?row[\s/>]"),
    "cells beyond column ZZ (702)": re.compile(rb"""\sr\s*=\s*["'][A-Za-z]{3,}\d"""),
    "shared texts": re.compile(rb"<(?:\w+:)?si[\s/>]"),
    "cell formats": re.compile(rb"<(?:\w+:)?xf[\s/>]"),
}
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["'][A-Z]+(\d+):[A-Z]+(\d+)["']""")
_DESCRIPTION = re.compile(rb"<(?:\w+:)?(?:workbook|styleSheet|Types|Relationships)[\s>]")
_LONG_TAG = re.compile(rb"<[^<>]{%d}" % MAX_TAG)
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
# What no spreadsheet but a classified one holds, in any part: also in headers and footers, comments and other sheets.
_BANNER = re.compile(rb"\bNOFORN\b|\b(?:TOP SECRET|SECRET|CONFIDENTIAL)//[A-Z]")

_UTF_8 = (b"utf-8", b"us-ascii", b"ascii")
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
_OLD = b"\xd0\xcf\x11\xe0"


@dataclass
class WorkbookContents:
    """What the guard saw in a workbook.

    Attributes:
        counts: How many there are of what `MOST` limits.
        uncalculated: Names of the parts that hold formulas without a value.
        merges: First and last row of each merged range, by part.
    """

    counts: Counter[str] = field(default_factory=Counter)
    uncalculated: set[str] = field(default_factory=set)
    merges: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def looked_over(path: Path) -> WorkbookContents:
    """Return what a workbook holds, having read all of it once.

    Raises:
        FileRefused: It is no workbook, is encrypted or damaged, holds a DTD, or is too large in any respect.
        ClassifiedText: A text looks classified.
    """
    try:
        if path.stat().st_size > MAX_PACKED:
            raise _too(path, f"larger than {MAX_PACKED:,} bytes")
        with path.open("rb") as file:
            if file.read(4) == _OLD:
                raise FileRefused(
                    f"{path.name}: an old .xls or a password-protected workbook; save it as .xlsx without a password"
                )
        with zipfile.ZipFile(path) as book:
            return _walk(path, book)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise FileRefused(f"{path.name}: not a whole .xlsx workbook ({error}); save it again as .xlsx") from None
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read ({error.strerror}); check the name and your access") from error


def _walk(path: Path, book: zipfile.ZipFile) -> WorkbookContents:
    parts = book.infolist()
    if len(parts) > MAX_PARTS:
        raise _too(path, f"{len(parts):,} parts; {MAX_PARTS:,} are the most")
    _check_kind(path, book)
    _check_places(path, parts)
    _check_sizes(path, parts)
    seen = WorkbookContents()
    for part in parts:
        if part.flag_bits & 1:
            raise FileRefused(f"{path.name}: protected by a password; save it without one")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused(f"{path.name}: packed in a way that no spreadsheet program uses; save it again as .xlsx")
        _look_at(path, book, part, seen)
    return seen


def _check_kind(path: Path, book: zipfile.ZipFile) -> None:
    names = book.namelist()
    if "[Content_Types].xml" not in names:
        what = "an OpenDocument file" if "mimetype" in names else "a zip archive, but not an .xlsx workbook"
        raise FileRefused(f"{path.name}: {what}; save the table as .xlsx or CSV")
    if "xl/workbook.bin" in names:
        raise FileRefused(f"{path.name}: a binary workbook (.xlsb); save it as .xlsx or CSV")


def _check_places(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that share bytes, as only bombs do, and parts of one name, of which parsers read another."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise FileRefused(f"{path.name}: its parts overlap, as no spreadsheet program writes them; not opened")
        end = part.header_offset + part.compress_size
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise FileRefused(f"{path.name}: two of its parts have one name; save it again as .xlsx")


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what by its own directory unpacks to too much, before a byte is: no reader gives more."""
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too(path, f"its parts unpack to more than {MAX_UNPACKED:,} bytes")
    for part in parts:
        if part.file_size > max(RATIO_FROM, MAX_RATIO * part.compress_size):
            raise _too(path, f"its part {part.filename} is packed more than {MAX_RATIO} to 1, as no table is")
        if part.file_size > _most(part.filename):
            raise _too(path, f"its part {part.filename} unpacks to more than is sensible")


def _look_at(path: Path, book: zipfile.ZipFile, part: zipfile.ZipInfo, seen: WorkbookContents) -> None:
    name = part.filename
    is_xml, most, done = False, _most(name), 0
    for number, text in enumerate(_pieces(path, book, part)):
        if number == 0:
            is_xml = _is_xml(path, name, text)
            most = MAX_DESCRIPTION if _DESCRIPTION.search(text[:_HEAD]) else most
        done += len(text)
        if done > most:
            raise _too(path, f"its part {name}, which describes the workbook, has more than {most:,} bytes")
        if is_xml:
            _look_over(path, name, text, seen)


def _most(name: str) -> int:
    lower = name.lower()
    if "sharedstrings" in lower:
        return MAX_SHARED
    return MAX_UNPACKED if "/worksheets/" in lower else MAX_OTHER_PART


def _is_xml(path: Path, name: str, start: bytes) -> bool:
    """True if a part is XML, by what it begins with: its name says nothing to a parser."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    strange = text.startswith((b"\xff\xfe", b"\xfe\xff", b"\0", b"L\x6f\xa7\x94")) and not name.lower().endswith(_MEDIA)
    encoding = match[1].strip().lower() if (match := _ENCODING.match(text)) else b"utf-8"
    hides = text.startswith(b"<") and (encoding not in _UTF_8 or b"\0" in text)
    if hides or (strange and name.lower().endswith(".xml")):
        raise FileRefused(f"{path.name}: its part {name} is not UTF-8 text; save the workbook again as .xlsx")
    return text.startswith(b"<")


def _look_over(path: Path, name: str, text: bytes, seen: WorkbookContents) -> None:
    if b"\0" in text:
        raise FileRefused(f"{path.name}: its part {name} is not UTF-8 text; save the workbook again as .xlsx")
    if _DTD.search(text):
        raise FileRefused(f"{path.name}: its part {name} declares a DTD, as no spreadsheet program does; not opened")
    if _BANNER.search(text):
        raise ClassifiedText(
            f"{path.name}: its part {name} holds text that looks classified. The file was not loaded, nothing of it was"
            " stored; handle it by your security officer's rules, and load a version without it"
        )
    if _LONG_TAG.search(text):
        raise _too(path, f"a tag of more than {MAX_TAG:,} characters in its part {name}")
    if any(int(row) > LAST_ROW for row in _FAR_ROW.findall(text)):
        raise _too(path, f"rows beyond {LAST_ROW:,}")
    for what, pattern in _COUNTED.items():
        seen.counts[what] += len(pattern.findall(text))
        if seen.counts[what] > MOST[what]:
            raise _too(path, f"more than {MOST[what]:,} {what}")
    if _UNCALCULATED.search(text):
        seen.uncalculated.add(name)
    merges = seen.merges.setdefault(name, [])
    merges += [(int(first), int(last)) for first, last in _MERGE.findall(text)]
    if len(merges) > MAX_MERGES:
        raise _too(path, f"more than {MAX_MERGES:,} merged ranges")


def _pieces(path: Path, book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a part, cut before a tag."""
    rest, run = b"", 0
    with book.open(part) as file:
        while chunk := file.read(_CHUNK):
            run = run + len(chunk) if b"<" not in chunk else 0
            if run > MAX_TEXT and part.filename.lower().endswith((".xml", ".vml", ".rels")):
                raise _too(path, f"a text of more than {MAX_TEXT:,} characters in its part {part.filename}")
            text = rest + chunk
            cut = text.rfind(b"<")
            if cut <= 0 and len(text) < _LONGEST_PIECE:
                rest = text
                continue
            cut = cut if cut > 0 else len(text)
            yield text[:cut]
            rest = text[cut:]
    yield rest


def _too(path: Path, what: str) -> FileRefused:
    return FileRefused(f"{path.name}: refused unopened: {what}. Keep one table in a workbook, or save it as CSV")
