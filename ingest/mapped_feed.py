"""The feed of a mapping: the rows of its tables, each read as the mapping says."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeAlias

from ingest.feed import Feed, OpenFile, Record, Said
from ingest.header import known_columns
from ingest.mapping import Mapping
from ingest.readers.table import Progress, Table, TableRow
from ingest.rows import row_reader
from ingest.tables import mapped_table


def mapped_feed(mapping: Mapping, *, notes: tuple[str, ...] = ()) -> Feed:
    """Return the feed that reads tables as a mapping says."""
    read = row_reader(mapping)

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        with mapped_table(path, mapping, progress=progress) as found:
            table = found.table
            records = _records(table, read, _cells(table.header, mapping))
            yield OpenFile(table.name, table.place, table.header, records, table.notes, found.is_correction)

    return Feed(
        card=mapping.card.card(),
        key=mapping.row_key.columns,
        opened=opened,
        numbered=mapping.row_key.repeats == "numbered",
        notes=notes,
    )


Cells: TypeAlias = Callable[[Sequence[str]], dict[str, str]]


def _records(table: Table, read: Callable[[dict[str, str]], Said | None], cells: Cells) -> Iterator[Record]:
    for row in table.rows:
        yield Record(row.line, row.cells, partial(_said, row, read, cells))


def _said(row: TableRow, read: Callable[[dict[str, str]], Said | None], cells: Cells) -> Said | None:
    if row.fault:
        raise row.fault
    return read(cells(row.cells))


def _cells(header: tuple[str, ...], mapping: Mapping) -> Cells:
    """Return the function that gives the trimmed cells of a row by column; columns that may be missing are blank."""
    absent = dict.fromkeys(set(mapping.optional) - set(header), "")
    blanks = {word.strip().casefold() for word in mapping.blanks}

    def by_column(texts: Sequence[str]) -> dict[str, str]:
        return {**absent, **dict(zip(header, map(str.strip, texts), strict=False))}

    if not blanks:
        return by_column
    known = known_columns(mapping)
    read = [name for name in header if name in known]

    def without_blanks(texts: Sequence[str]) -> dict[str, str]:
        cells = by_column(texts)
        return cells | {name: "" for name in read if cells[name].casefold() in blanks}

    return without_blanks
