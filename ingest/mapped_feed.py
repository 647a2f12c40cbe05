"""The feed of a mapping: the rows of its tables, each read as the mapping says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ingest.feed import Feed, OpenFile, Record, Said
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
            records = _records(table, read)
            yield OpenFile(table.name, table.place, table.header, records, table.notes, found.is_correction)

    return Feed(
        card=mapping.card.card(),
        key=mapping.row_key.columns,
        opened=opened,
        numbered=mapping.row_key.repeats == "numbered",
        notes=notes,
    )


def _records(table: Table, read: Callable[[dict[str, str]], Said | None]) -> Iterator[Record]:
    for row in table.rows:
        yield Record(row.line, row.cells, partial(_said, table.header, row, read), row.place)


def _said(header: tuple[str, ...], row: TableRow, read: Callable[[dict[str, str]], Said | None]) -> Said | None:
    if row.is_left_out:
        return None
    if row.fault:
        raise row.fault
    return read(dict(zip(header, map(str.strip, row.cells), strict=False)))
