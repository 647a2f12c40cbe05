"""Recognize the format of a file by its beginning, and say which it is."""

import csv
from collections.abc import Iterator
from pathlib import Path

from graph.errors import FileRefused
from ingest.formats.format import Format, Head
from ingest.formats.registry import format_named, format_names
from ingest.readers.csv_table import DELIMITERS
from ingest.readers.text_file import BOMS, ZIP, opened

HEAD_BYTES = 1 << 16
HEAD_ROWS = 20


def sniffed(path: Path) -> Format:
    """Return the format of a file.

    Raises:
        FileRefused: It cannot be read, or is of no format that is known; the message says what to write instead.
    """
    head = head_of(path)
    for name in format_names():
        if (found := format_named(name)).fits(head):
            return found
    raise FileRefused(
        f"{path.name}: of no format that is recognized ({', '.join(format_names())}); name it with --format,"
        f" or describe its columns in a mapping: iga mapping new {path.name}"
    )


def head_of(path: Path) -> Head:
    """Return the beginning of a file.

    Raises:
        FileRefused: It cannot be read, or is a workbook that is refused.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    with opened(path) as file:
        start = file.read(HEAD_BYTES)
    if start.startswith(ZIP):
        return Head(path, "", tuple(_sheet_rows(path)))
    text = _text(start)
    return Head(path, text, tuple(_csv_rows(text)))


def _text(start: bytes) -> str:
    for mark, name in BOMS:
        if start.startswith(mark):
            return start.decode(name, errors="replace")
    if start[1:2] == b"\0":
        return start.decode("utf-16-le", errors="replace")
    if start[:1] == b"\0":
        return start.decode("utf-16-be", errors="replace")
    return start.decode("utf-8", errors="replace")


def _csv_rows(text: str) -> Iterator[tuple[str, ...]]:
    """Give the first rows in the way that makes the widest table; none for a text that is no table."""
    lines = [line for line in text.splitlines(keepends=True)[:HEAD_ROWS] if line.strip()]
    ways = [_parsed(lines, delimiter) for delimiter in DELIMITERS]
    yield from max(ways, key=lambda rows: max(map(len, rows), default=0))


def _parsed(lines: list[str], delimiter: str) -> list[tuple[str, ...]]:
    try:
        return [tuple(" ".join(cell.split()) for cell in row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return []


def _sheet_rows(path: Path) -> Iterator[tuple[str, ...]]:
    from ingest.readers.xlsx_table import first_rows

    for rows in first_rows(path, HEAD_ROWS).values():
        yield from rows
