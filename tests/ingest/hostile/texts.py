"""Makes CSV files that cost a reader its time or memory, or that mean something else than they seem to."""

import codecs
from collections.abc import Callable
from pathlib import Path

HEAD = b"id,name\n"
GOOD = b"z,Zeta\n"

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "there is no header"),
    "a header alone": (lambda: HEAD, "read 0"),
    "NUL bytes": (lambda: HEAD + b"a,A\0b\n" + GOOD, "read 2, new 1, rejected 1: 2: a cell holds a NUL"),
    "nothing but NUL bytes": (lambda: bytes(5_000_000), ""),
    "a cell of ten million characters": (
        lambda: HEAD + b"a," + b"x" * 10_000_000 + b"\n" + GOOD,
        "read 2, new 1, rejected 1: 2: more than 2,000,000 characters",
    ),
    "a quoted cell of ten million characters and lines": (
        lambda: HEAD + b'a,"' + b"x,y\n" * 2_500_000 + b'"\n' + GOOD,
        "read 2, new 1, rejected 1: 2: a cell is longer",
    ),
    "a hundred million characters in one line": (lambda: b"x," * 50_000_000, "this is no table"),
    "a row of a hundred million characters": (
        lambda: HEAD + b"a," * 50_000_000 + b"\n" + GOOD,
        "read 2, new 1, rejected 1",
    ),
    "a million quoted lines of one row": (
        lambda: HEAD + b'"\n",' * 1_000_000 + b"\n" + GOOD,
        "read 2, new 1, rejected 1",
    ),
    "a quote that is never closed": (
        lambda: HEAD + GOOD + b'a,"\n' + b"b,B\n" * 500_000,
        "read 2, new 1, rejected 1: 3:",
    ),
    "UTF-16 with a mark": (lambda: (HEAD + GOOD).decode().encode("utf-16"), "read 1, new 1"),
    "UTF-16 without a mark": (lambda: (HEAD + GOOD * 3).decode().encode("utf-16-be"), "new 1"),
    "UTF-32 with a mark": (lambda: codecs.BOM_UTF32_LE + (HEAD + GOOD).decode().encode("utf-32-le"), "read 1, new 1"),
    "UTF-16 cut in the middle": (lambda: (HEAD + GOOD).decode().encode("utf-16")[:-1], "goes on otherwise"),
    "two encodings": (
        lambda: HEAD + "a,Łódź\n".encode() + "b,Besançon\n".encode("cp1252") + GOOD,
        "read 3, new 2, rejected 1: 3: cell 2 holds a byte (E7)",
    ),
    "line ends of every sort": (lambda: b"id,name\ra,A\nb,B\r\nc,C\r", "read 3, new 3"),
    "a mark in the middle": (
        lambda: HEAD + b"a,A\n\xef\xbb\xbfid,name\n\xef\xbb\xbfb,B\n" + GOOD,
        "read 4, new 2, rejected 2",
    ),
    "breaks that end no line": (lambda: HEAD + "a,x\u2028y\u2029z\x0b\x0c\x85\n".encode() + GOOD, "read 2, new 2"),
    "a hundred thousand columns": (lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "more"),
    "a row of a million cells": (lambda: HEAD + b"a" + b"," * 1_000_000 + b"\n" + GOOD, "read 2, new 2"),
    "duplicate headers": (lambda: b"id,name,id\n1,2,3\n", "stands there twice"),
    "ragged rows": (lambda: HEAD + b"a\nb,B,x\nc,C,,\n" + GOOD, "read 4, new 2, rejected 2"),
    "other characters as delimiter": (lambda: b"id\x1fname\na\x1fA\n", "not those of the mapping"),
    "random bytes": (lambda: bytes(range(256)) * 4_000, ""),
    "classified": (lambda: HEAD + b"a,Alpha\nb,(S//NF) delta\n", "looks classified"),
    "a workbook by its content": (lambda: b"PK\x03\x04" + bytes(100), "a workbook or zip archive"),
}
"""What each is called, how it is made, and what the load says of it; blank where anything but a crash will do."""


def made(folder: Path, name: str, file: str) -> Path:
    """Write one of the files."""
    path = folder / file
    path.write_bytes(FILES[name][0]())
    return path
