"""Look a workbook over before any parser opens it: sizes as counted, not as declared; no DTD."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import FileRefused

# A workbook of 100,000 rows and 20 columns has 30 MB, 2 million cells and about 15 parts.
MAX_PACKED = 200_000_000
MAX_UNPACKED = 1_000_000_000
MAX_PARTS = 1_000
MAX_CELLS = 20_000_000
MAX_SHARED = 200_000_000
MAX_OTHER_PART = 50_000_000
# deflate packs at most 1,032 to 1, repetitive sheets reach about 40 to 1; small parts may be anything
MAX_RATIO = 200
RATIO_FROM = 5_000_000
MAX_MERGES = 100_000

_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 20

_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]{3,}\d""")
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["'][A-Z]+(\d+):[A-Z]+(\d+)["']""")
_XML = (".xml", ".rels", ".vml")


@dataclass
class Seen:
    """What the guard saw in a workbook.

    Attributes:
        cells: Cells in all sheets.
        formulas: Names of the parts that hold formulas.
        merges: First and last row of each merged range, by part.
    """

    cells: int = 0
    unpacked: int = 0
    formulas: set[str] = field(default_factory=set)
    merges: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def looked_over(path: Path) -> Seen:
    """Return what a workbook holds, having read all of it once.

    Raises:
        FileRefused: It is no workbook, is encrypted or damaged, holds a DTD, or is too large in any respect.
    """
    try:
        if path.stat().st_size > MAX_PACKED:
            raise _too(path, f"larger than {MAX_PACKED:,} bytes")
        with zipfile.ZipFile(path) as book:
            return _walk(path, book)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise FileRefused(f"{path.name}: not a whole .xlsx workbook ({error}); save it again as .xlsx") from None
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read ({error.strerror}); check the name and your access") from error


def _walk(path: Path, book: zipfile.ZipFile) -> Seen:
    parts = book.infolist()
    if len(parts) > MAX_PARTS:
        raise _too(path, f"{len(parts):,} parts; {MAX_PARTS:,} are the most")
    if "[Content_Types].xml" not in book.namelist():
        raise FileRefused(f"{path.name}: a zip archive, but not an .xlsx workbook; save the table as .xlsx or CSV")
    seen = Seen()
    for part in parts:
        if part.flag_bits & 1:
            raise FileRefused(f"{path.name}: protected by a password; save it without one")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused(f"{path.name}: packed in a way that no spreadsheet program uses; save it again as .xlsx")
        _look_at(path, book, part, seen)
    return seen


def _look_at(path: Path, book: zipfile.ZipFile, part: zipfile.ZipInfo, seen: Seen) -> None:
    name = part.filename
    is_xml = name.lower().endswith(_XML)
    most = MAX_SHARED if "sharedstrings" in name.lower() else MAX_UNPACKED if "/worksheets/" in name else MAX_OTHER_PART
    for text in _pieces(path, book, part, most, seen):
        if not is_xml:
            continue
        if b"\0" in text:
            raise FileRefused(f"{path.name}: its part {name} is not UTF-8 text; save the workbook again as .xlsx")
        if _DTD.search(text):
            raise FileRefused(
                f"{path.name}: its part {name} declares a DTD, as no spreadsheet program does; not opened"
            )
        if _FAR_CELL.search(text):
            raise _too(path, "cells beyond column ZZ (702)")
        seen.cells += len(_CELL.findall(text))
        if seen.cells > MAX_CELLS:
            raise _too(path, f"more than {MAX_CELLS:,} cells")
        if _FORMULA.search(text):
            seen.formulas.add(name)
        merges = seen.merges.setdefault(name, [])
        merges += [(int(first), int(last)) for first, last in _MERGE.findall(text)]
        if len(merges) > MAX_MERGES:
            raise _too(path, f"more than {MAX_MERGES:,} merged ranges")


def _pieces(path: Path, book: zipfile.ZipFile, part: zipfile.ZipInfo, most: int, seen: Seen) -> Iterator[bytes]:
    """Yield the bytes of a part, cut before a tag, having counted them against every limit."""
    done, rest = 0, b""
    with book.open(part) as file:
        while chunk := file.read(_CHUNK):
            done += len(chunk)
            seen.unpacked += len(chunk)
            if done > most or seen.unpacked > MAX_UNPACKED:
                raise _too(
                    path,
                    f"its part {part.filename} alone, or all parts together, unpack to more than is sensible",
                )
            if done > RATIO_FROM and done > MAX_RATIO * part.compress_size:
                raise _too(path, f"its part {part.filename} is packed more than {MAX_RATIO} to 1, as no table is")
            text = rest + chunk
            cut = text.rfind(b"<")
            if cut <= 0 and len(text) < _LONGEST_TAG:
                rest = text
                continue
            cut = cut if cut > 0 else len(text)
            yield text[:cut]
            rest = text[cut:]
    yield rest


def _too(path: Path, what: str) -> FileRefused:
    return FileRefused(f"{path.name}: refused unopened: {what}. Keep one table in a workbook, or save it as CSV")
