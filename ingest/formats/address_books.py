"""Contact exports of Google and Outlook, whose headers are known: each row becomes a card and is read as such."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from iga.graph.statements import encoded
from iga.ingest.address_words import is_private, is_private_mail
from iga.ingest.classified import stop_if_classified
from iga.ingest.formats.content_lines import Component, ContentLine
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from iga.ingest.formats.vcards import CardReader
from iga.ingest.mapping_file import bundled_yaml
from iga.ingest.readers.csv_table import CsvForm, csv_table
from iga.ingest.readers.file_table import FileRow, FileTable, Progress, fault_of
from iga.ingest.readers.text_file import is_workbook
from iga.ingest.readers.xlsx_table import SheetForm, xlsx_tables
from iga.ingest.source_reader import OpenFile, Remarks, SourceReader, SourceRecord, StatedRow, noted, refusing
from iga.ingest.subjects import mark

_LABELLED = re.compile(r"(.+) (\d+) - (Label|Type|Value|Formatted)")
_SEVERAL = " ::: "
"""Between several values of one cell, as Google writes them."""

_REMARKS = {
    "private_columns": "never read, because they are private: {listed}",
    "columns": "never read, because they may hold anything or have no place: {listed}",
    "hosts": "addresses at providers of private mail, left out since nothing says that they are for work: {count}",
    "nameless": "rows that name neither a person nor an organization, and were skipped: {count}",
    "deleted": "rows that say that the contact is to be deleted, and were skipped: {count}",
}


def _words(name: str) -> Any:
    return bundled_yaml("iga.ingest.formats", "address_books.yaml")[name]


@dataclass
class _ContactExport:
    """The rows of one export while they are read."""

    header: tuple[str, ...]
    cards: CardReader
    remarks: Remarks = field(default_factory=lambda: Remarks(_REMARKS))
    _stated: dict[str, list[bytes]] = field(default_factory=dict)

    def records(self, rows: Iterator[FileRow], place: str) -> Iterator[SourceRecord]:
        """Give the rows; one that is shorter than the header has blank cells at its end, as Google writes it."""
        for row in rows:
            stop_if_classified(row.cells, header=self.header, where=f"{place}{row.line}")
            blank = len(self.header) - len(row.cells)
            cells = [*row.cells, *[""] * blank] if len(row.cells) > 1 else row.cells
            fault = fault_of(cells, len(self.header)) if blank > 0 else row.fault
            yield SourceRecord(row.line, cells, refusing(fault) if fault else partial(self.stated, row))

    def stated(self, row: FileRow) -> StatedRow | None:
        """Return key and content of a row; None for a blank one, and one that says that its contact is deleted."""
        cells = {name: text for name, cell in zip(self.header, row.cells, strict=False) if (text := cell.strip())}
        if cells.get("Action", "").casefold() == "delete":
            self.remarks["deleted"]["rows"] += 1
            return None
        self._count_unread(cells)
        lines = list(self._lines(cells))
        if not lines:
            self.remarks["nameless"]["rows"] += bool(cells)
            return None
        written = (ContentLine(row.line, f"{name}:{value}") for name, value in lines)
        component = Component("VCARD", row.line, lines=[ContentLine(row.line, "VERSION:4.0"), *written])
        stated = self.cards.stated(component)
        assert stated is not None, "a card is passed over for its kind, and these state none"
        return self._told_apart(*stated)

    def _told_apart(self, key: str, content: Any) -> StatedRow:
        """Number the rows of one name that say different things."""
        contents = self._stated.setdefault(key, [])
        if (text := encoded(content)) not in contents:
            contents.append(text)
        number = contents.index(text) + 1
        return (key if number == 1 else f"{key}#{number}"), content

    def _lines(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Give the properties of a card, each with its value as vCard escapes it."""
        parts = [_first(cells, columns) for columns in _words("name")]
        family, first, more, prefix, suffix = parts
        spoken = " ".join(filter(None, (first, more, family, suffix))) or _first(cells, _words("full_name"))
        body, unit = _first(cells, _words("body")), _first(cells, _words("unit"))
        if not (spoken or body):
            return
        where = filter(None, (body, _first(cells, _words("country"))))  # a name alone may be of two people
        yield "UID", _escaped(_first(cells, _words("id")) or mark(spoken, *(list(where) or [""])))
        yield "FN", _escaped(spoken or body)
        if spoken:
            yield "N", ";".join(map(_escaped, (family, first, more, prefix, suffix)))
        if body or unit:
            yield "ORG", ";".join(map(_escaped, filter(None, (body, unit))))
        if post := _first(cells, _words("post")):
            yield "TITLE", _escaped(post)
        for language in _first(cells, _words("languages")).split(";"):
            if language.strip():
                yield "LANG", _escaped(language.strip())
        yield from self._channels(cells)

    def _channels(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for way in _words("channels"):
            texts = [cells[column] for column in way["columns"] if column in cells]
            if texts and (line := self._channel(way["property"], ", ".join(texts), way.get("label", ""))):
                name, value = line
                yield f"{name};TYPE={way['kind']}" if "kind" in way else name, value
        for column, value in cells.items():
            match = _LABELLED.fullmatch(column)
            if not match or match[1] not in _words("labelled") or match[3] != _words("value_of").get(match[1], "Value"):
                continue
            labels = (f"{match[1]} {match[2]} - {end}" for end in ("Label", "Type"))
            label = next((cells[name] for name in labels if name in cells), "")
            for text in value.split(_SEVERAL):
                if line := self._channel(_words("labelled")[match[1]], text, label):
                    yield line

    def _channel(self, name: str, value: str, label: str) -> tuple[str, str] | None:
        """Return the property of a channel; None for private mail, of which nothing says that it is for work."""
        words = re.sub(r"[^\w ]", " ", label).casefold().split()
        if name == "EMAIL" and "work" not in words and is_private_mail(value):
            self.remarks["hosts"]["addresses"] += 1
            return None
        types = ["cell" if word == "mobile" else word for word in words]
        is_plain = name == "EMAIL" and not words  # what has a domain of its own is taken to be for work
        listed = "".join(f";TYPE={word}" for word in (["work"] if is_plain else types) if word.isascii())
        escaped = _escaped(value)
        return f"{name}{listed}", f";;{escaped};;;;" if name == "ADR" else escaped

    def _count_unread(self, cells: Mapping[str, str]) -> None:
        known = _columns_read()
        for name in cells:
            labelled = _LABELLED.fullmatch(name)
            if name in known or (labelled and labelled[1] in _words("labelled")):
                continue
            self.remarks["private_columns" if is_private(name) else "columns"][name[:60]] += 1


def _columns_read() -> set[str]:
    named = ("full_name", "id", "body", "unit", "post", "languages")
    names = {column for part in named for column in _words(part)} | {"Action"}
    names |= {column for columns in _words("name") for column in columns}
    return names | {column for way in _words("channels") for column in way["columns"]}


def _first(cells: Mapping[str, str], columns: Sequence[str]) -> str:
    return next((cells[column] for column in columns if column in cells), "")


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "\\n")


@contextmanager
def _table(path: Path, progress: Progress | None) -> Iterator[FileTable]:
    """Open an export, or the workbook that somebody saved it as."""
    columns = frozenset(column for group in _words("told_by") for column in group) | frozenset(_translations())
    if not is_workbook(path):
        with csv_table(path, CsvForm(columns=columns, header_row=None), progress=progress) as table:
            yield table
        return
    with xlsx_tables(path, SheetForm(header_row=None, columns=columns), progress=progress) as (sheet,):
        yield sheet


@contextmanager
def _opened(path: Path, progress: Progress | None, *, cards: CardReader) -> Iterator[OpenFile]:
    with _table(path, progress) as table:
        stop_if_classified((*table.above, *table.header), header=(), where=f"{path.name}, in or above the header")
        export = _ContactExport(_translated(table.header), cards)
        records = export.records(table.rows, table.place)
        file = OpenFile(table.name, table.place, table.header, records, table.notes)

        def notes(name: str) -> Iterator[str]:
            yield from cards.remarks.notes(name)
            yield from export.remarks.notes(name)

        yield noted(file, notes)


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    card = card_of_file("contacts", "Contact export", files[0], words, rank=10, marking="internal")

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        with _opened(path, progress, cards=CardReader(card.source, card.as_of)) as file:
            yield file

    return SourceReader(card, ("name",), opened, reloads=False)


@cache
def _translations() -> dict[str, str]:
    return {theirs: ours for columns in _words("translations").values() for theirs, ours in columns.items()}


def _translated(header: Sequence[str]) -> tuple[str, ...]:
    """Return a header of Outlook's in English; any other, and a column that is not read, as it is."""
    columns = [_translations().get(name, name) for name in header]
    if any(set(group) <= set(columns) for group in _words("told_by_translated")):
        family = columns.index("Last Name")
        named = enumerate(columns)
        return tuple(("Title" if place < family else "Job Title") if name == "Titre" else name for place, name in named)
    return tuple(header)


def _fits(head: Head) -> bool:
    is_named = any(head.has_columns(*columns) for columns in _words("told_by"))
    return is_named or any(_translated(row) != row for row in head.rows)


ADDRESS_BOOK = Format(
    name="address-book",
    title="a contact export of Google or Outlook",
    suffixes=(".csv", ".xlsx"),
    fits=_fits,
    feed=_reader,
)
