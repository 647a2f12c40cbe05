"""The list of standard formats; each module is imported when its format is asked for, or a file is sniffed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError

from iga.graph.errors import DomainError, FileRefused, UsageError
from iga.graph.statements import Card
from iga.graph.suggestions import did_you_mean
from iga.ingest.corrections import is_written_by_loads
from iga.ingest.mapping import MappingCard
from iga.ingest.readers.csv_table import widest_table
from iga.ingest.readers.text_file import ZIP, beginning_as_text, not_text, opened
from iga.ingest.source_reader import SourceReader
from iga.ingest.subjects import slug


@dataclass(frozen=True)
class CardWords:
    """What the person who loads files says of their source; what is blank or None, the format decides.

    Attributes:
        source: Id of the source: later loads of the same source replace what it said.
        complete: Whether rows that are no longer there are withdrawn.
        sheets: Names of the sheets of a workbook to read, hidden ones too; none lets the format decide.
    """

    source: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    as_of: str = ""
    marking: str = ""
    complete: bool | None = None
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """The beginning of a file, by which its format is recognized.

    Attributes:
        text: Its first 64 kB as text, without a byte order mark; blank for a binary file such as a workbook.
        rows: Its first 20 rows as trimmed cells, when it reads as a table; of a workbook, those of each sheet.
    """

    path: Path
    text: str
    rows: tuple[tuple[str, ...], ...]

    def has_columns(self, *names: str) -> bool:
        """True if one of the first rows holds all of these cells; case does not count."""
        wanted = {name.casefold() for name in names}
        return any(wanted <= {cell.casefold() for cell in row} for row in self.rows)


MakesReader: TypeAlias = Callable[[Sequence[Path], CardWords], SourceReader]
"""Gives the feed that reads some files of one source; it may look into the files for the source's card.

Raises FileRefused or UsageError where the files do not tell what the card needs.
"""


@dataclass(frozen=True)
class Format:
    """A standard format.

    Attributes:
        name: As `--format` takes it.
        suffixes: Endings of file names that a folder is searched for, in lower case, such as ``.xml``.
        fits: Whether a file is of this format; cheap, never raises.
        feed: Gives the feed; imports what it needs only when called.
        page: Its page in docs/formats/, without the ending; blank is its name.
        example: Content of a small file of it; blank where only its page has one.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    fits: Callable[[Head], bool]
    feed: MakesReader
    page: str = ""
    example: str = ""


def worded(card: MappingCard, words: CardWords) -> MappingCard:
    """Return a card with what the person who loads says in place of its own words.

    Raises:
        UsageError: A word does not fit; the message names it.
    """
    try:
        by_name = {name: value for name, value in vars(words).items() if value not in ("", None) and name != "sheets"}
        return MappingCard.model_validate({**card.model_dump(), **by_name})
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        option = str(fault["loc"][0]).replace("_", "-")
        raise UsageError(f"--{option} {fault['input']!r}: {fault['msg'].removeprefix('Value error, ')}") from None


def card_of_file(prefix: str, title: str, file: Path, words: CardWords, *, stem: str = "", **about: Any) -> Card:
    """Return the card of a source that is named after a file, with what the person who loads says of it.

    Raises:
        UsageError: A word does not fit.
    """
    source = f"{prefix}:{slug(stem or file.stem) or 'file'}"
    return worded(MappingCard(source=source, title=f"{title} {file.name}"[:300], **about), words).card()


_FORMATS: dict[str, str] = {
    "editable": "iga.ingest.formats.office_workbooks:EDITABLE",
    "contacts": "iga.ingest.formats.office_workbooks:CONTACTS",
    "engagements": "iga.ingest.formats.office_workbooks:ENGAGEMENTS",
    "agreements": "iga.ingest.formats.office_workbooks:AGREEMENTS",
    "awards": "iga.ingest.formats.office_workbooks:AWARDS",
    "members": "iga.ingest.formats.office_workbooks:MEMBERS",
    "consents": "iga.ingest.formats.office_workbooks:CONSENTS",
    "partners": "iga.ingest.formats.table_formats:PARTNERS",
    "iati": "iga.ingest.formats.iati.iati_files:IATI",
    "icalendar": "iga.ingest.formats.calendars:ICALENDAR",
    "vcard": "iga.ingest.formats.vcards:VCARD",
    "address-book": "iga.ingest.formats.address_books:ADDRESS_BOOK",
    "ftm": "iga.ingest.formats.ftm_files:FTM",
    "un-votes": "iga.ingest.formats.un_votes:UN_VOTES",
    "co-sponsors": "iga.ingest.formats.sponsor_files:CO_SPONSORS",
    "360giving": "iga.ingest.formats.table_formats:GRANTS_360",
    "ocha-fts": "iga.ingest.formats.table_formats:OCHA_FTS",
    "oecd-crs": "iga.ingest.formats.table_formats:OECD_CRS",
    "popolo": "iga.ingest.formats.table_formats:POPOLO",
    "public-list": "iga.ingest.formats.table_formats:PUBLIC_LIST",
    "usaspending-awards": "iga.ingest.formats.table_formats:USASPENDING_AWARDS",
    "usaspending-subawards": "iga.ingest.formats.table_formats:USASPENDING_SUBAWARDS",
    "foreignassistance": "iga.ingest.formats.table_formats:FOREIGN_ASSISTANCE",
    "exchange-rates": "iga.ingest.formats.table_formats:EXCHANGE_RATES",
    "contact-list": "iga.ingest.formats.office_workbooks:CONTACT_LIST",
}
"""Name of a format → module and attribute that hold it, in the order in which they are tried on a file."""


def format_names() -> tuple[str, ...]:
    """Return the names of all formats, as `--format` takes them, in the order in which they are tried."""
    return tuple(_FORMATS)


@cache
def format_named(name: str) -> Format:
    """Return a format by its name; raises UsageError where there is none."""
    if name not in _FORMATS:
        names = ", ".join(sorted(_FORMATS))
        raise UsageError(f"there is no format {name!r}{did_you_mean(name, _FORMATS)}; the formats are {names}")
    module, _, attribute = _FORMATS[name].partition(":")
    known = getattr(import_module(module), attribute, None)
    if known is None:
        raise DomainError(f"the list of formats names {attribute}, which {module} does not have")
    assert isinstance(known, Format), f"{name} is registered as something else"
    assert known.name == name, f"{name} is registered under another name"
    return known


HEAD_BYTES = 1 << 16
HEAD_ROWS = 20


def sniffed(path: Path) -> Format:
    """Return the format of a file.

    Raises:
        FileRefused: It cannot be read, or is of no format that is known; the message says what to write instead.
    """
    head = head_of(path)
    for name in format_names():
        if (known := format_named(name)).fits(head):
            return known
    if what := _what_else(path, head):
        raise FileRefused(f"{path.name}: this is {what}")
    raise FileRefused(
        f"{path.name}: of no format that is recognized ({', '.join(format_names())}); name it with --format,"
        f" or describe its columns in a mapping: iga mapping new {path.name}"
    )


def _what_else(path: Path, head: Head) -> str:
    """Return what a file of no known format is, where that keeps it from being a table; blank for a table."""
    with opened(path) as file:
        start = file.read(HEAD_BYTES)
    if not start.strip():
        return "an empty file; check that it was saved, or downloaded whole"
    if not start.startswith(ZIP) and (what := not_text(start)):
        return what
    if head.text.lstrip().startswith(("{", "[")):
        return "JSON of no known format; say in a mapping with `format: json` and `records` where its records are"
    header = next((row for row in head.rows if any(row)), ())
    if twice := [name for name, count in Counter(filter(None, header)).items() if count > 1]:
        return f"a table whose heading {twice[0]!r} stands there twice, so it is read as none; give each column its own"
    return (
        ""
        if len(header) > 1
        else "no table: its lines have but one cell each; save it with its columns as CSV or .xlsx"
    )


def head_of(path: Path) -> Head:
    """Return the beginning of a file; raises FileRefused where it cannot be read, or is a workbook that is refused."""
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    with opened(path) as file:
        start = file.read(HEAD_BYTES)
    if start.startswith(ZIP):
        from iga.ingest.readers.xlsx_table import first_rows

        return Head(path, "", tuple(row for rows in first_rows(path, HEAD_ROWS).values() for row in rows))
    text = beginning_as_text(start)
    _, rows = widest_table([line for line in text.splitlines(keepends=True)[:HEAD_ROWS] if line.strip()])
    return Head(path, text, tuple(tuple(" ".join(cell.split()) for cell in row) for row in rows))


def files_of(paths: Sequence[Path], *, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """Return files, and in place of each folder the files in and below it, in the order of their paths.

    Hidden files and those that loads leave behind are left out of folders; a file that is named twice is given once.

    Raises:
        FileRefused: A folder holds no such file.
    """
    once: dict[Path, Path] = {}
    for path in paths:
        for file in _inside(path, suffixes) if path.is_dir() else (path,):
            once.setdefault(file.resolve(), file)
    return list(once.values())


def format_of(files: Sequence[Path], *, name: str = "") -> tuple[Format, str]:
    """Return the format of files, and a sentence on how it is known.

    Raises:
        UsageError: There is no such format, or the files are of several.
        FileRefused: A file is of no format that is known.
    """
    if name:
        known = format_named(name)
        return known, f"read as {known.title}, as --format {name} says"
    format_by_file = {file: sniffed(file) for file in files}
    counts = Counter(known.name for known in format_by_file.values())
    if len(counts) > 1:
        counted = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        raise UsageError(
            f"the files are of several formats ({counted}); one load reads one: load them apart, or say --format"
        )
    known = format_by_file[files[0]]
    return known, f"recognized as {known.title}; --format {known.name} says so without looking"


def _inside(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    meant = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_meant(path, folder, suffixes)]
    if not meant:
        kinds = f" that ends in {' or '.join(suffixes)}" if suffixes else ""
        raise FileRefused(f"{folder}: holds no file{kinds}; check the folder")
    return meant


def _is_meant(path: Path, folder: Path, suffixes: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and not is_written_by_loads(path.name) and (not suffixes or path.suffix.lower() in suffixes)
