"""The list of standard formats; each module is imported when its format is asked for, or a file is sniffed."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from graph.errors import FileRefused, UsageError
from ingest.corrections import is_written_by_loads
from ingest.formats.format import Format, Head
from ingest.readers.csv_table import DELIMITERS
from ingest.readers.text_file import BOMS, ZIP, opened
from ingest.suggestions import did_you_mean

_FORMATS: dict[str, str] = {
    "editable": "ingest.formats.editable:EDITABLE",
    "contacts": "ingest.formats.template_format:CONTACTS",
    "engagements": "ingest.formats.template_format:ENGAGEMENTS",
    "agreements": "ingest.formats.template_format:AGREEMENTS",
    "awards": "ingest.formats.template_format:AWARDS",
    "members": "ingest.formats.template_format:MEMBERS",
    "consents": "ingest.formats.template_format:CONSENTS",
    "partners": "ingest.formats.partners:PARTNERS",
    "iati": "ingest.formats.iati.iati_files:IATI",
    "icalendar": "ingest.formats.calendars:ICALENDAR",
    "vcard": "ingest.formats.vcards:VCARD",
    "ftm": "ingest.formats.ftm:FTM",
    "un-votes": "ingest.formats.un_votes:UN_VOTES",
    "co-sponsors": "ingest.formats.co_sponsors:CO_SPONSORS",
    "usaspending-awards": "ingest.formats.usaspending:AWARDS",
    "usaspending-subawards": "ingest.formats.usaspending:SUBAWARDS",
    "foreignassistance": "ingest.formats.foreignassistance:FOREIGN_ASSISTANCE",
    "exchange-rates": "ingest.formats.exchange_rates:EXCHANGE_RATES",
    "contact-list": "ingest.formats.contact_list:CONTACT_LIST",
}
"""Name of a format → module and attribute that hold it, in the order in which they are tried on a file."""


def format_names() -> tuple[str, ...]:
    """Return the names of all formats, as `--format` takes them, in the order in which they are tried."""
    return tuple(_FORMATS)


@cache
def format_named(name: str) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: There is none of this name.
    """
    if name not in _FORMATS:
        names = ", ".join(sorted(_FORMATS))
        raise UsageError(f"there is no format {name!r}{did_you_mean(name, _FORMATS)}; the formats are {names}")
    module, _, attribute = _FORMATS[name].partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, Format), f"{name} is registered as something else"
    assert found.name == name, f"{name} is registered under another name"
    return found


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


def files_of(paths: Sequence[Path], *, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """Return files, and in place of each folder the files in and below it, in the order of their paths.

    Hidden files and those that loads leave behind are left out of folders; a file that is named twice is given once.

    Args:
        paths: Files and folders.
        suffixes: Endings, in lower case, that a file of a folder must have one of; none takes every file.

    Raises:
        FileRefused: A folder holds no such file.
    """
    found = [file for path in paths for file in (_inside(path, suffixes) if path.is_dir() else (path,))]
    once: dict[Path, Path] = {}
    for file in found:
        once.setdefault(file.resolve(), file)
    return list(once.values())


def format_of(files: Sequence[Path], *, name: str = "") -> tuple[Format, str]:
    """Return the format of files, and a sentence on how it is known.

    Args:
        files: At least one.
        name: The format as asked for; blank recognizes it from the files.

    Raises:
        UsageError: There is no such format, or the files are of several.
        FileRefused: A file is of no format that is known.
    """
    if name:
        found = format_named(name)
        return found, f"read as {found.title}, as --format {name} says"
    found_for = {file: sniffed(file) for file in files}
    counts = Counter(found.name for found in found_for.values())
    if len(counts) > 1:
        told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        raise UsageError(
            f"the files are of several formats ({told}); one load reads one: load them apart, or say --format"
        )
    found = found_for[files[0]]
    return found, f"recognized as {found.title}; --format {found.name} says so without looking"


def _inside(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_meant(path, folder, suffixes)]
    if not found:
        kinds = f" that ends in {' or '.join(suffixes)}" if suffixes else ""
        raise FileRefused(f"{folder}: holds no file{kinds}; check the folder")
    yield from found


def _is_meant(path: Path, folder: Path, suffixes: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and not is_written_by_loads(path.name) and (not suffixes or path.suffix.lower() in suffixes)
