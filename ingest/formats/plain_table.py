"""Tables of a standard format whose rows need more than a mapping: columns under several names, or no header."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from graph.errors import FileRefused, HeaderError
from ingest.classified import stop_if_classified
from ingest.corrections import CORRECTION_COLUMNS, is_correction, is_correction_name
from ingest.feed import OpenFile, Record, Said
from ingest.mapped_feed import TABLE_SUFFIXES, looked_over, restored
from ingest.readers.csv_table import CsvForm, csv_table
from ingest.readers.table import Progress, Table, TableRow
from ingest.readers.xlsx_table import SheetForm, xlsx_tables
from ingest.suggestions import did_you_mean

Cells: TypeAlias = Mapping[str, str]
"""The trimmed cells of a row by our names of the columns; columns that the file lacks are missing."""


@dataclass(frozen=True)
class Layout:
    """Which columns a table of the format may have.

    Attributes:
        columns: Headers in lower case, with our name of each.
        needed: Of our names: each group needs one of its columns.
        bare: Our names of the columns of a file without a header.
    """

    columns: Mapping[str, str]
    needed: tuple[tuple[str, ...], ...]
    bare: tuple[str, ...] = ()

    def named(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """Return our names of the columns of a header; blank for those that are not known."""
        return tuple(self.columns.get(name.casefold(), "") for name in header)

    def fits(self, header: tuple[str, ...]) -> bool:
        """Say whether a row of cells is a header of the format."""
        names = set(self.named(header))
        return all(names & set(group) for group in self.needed)


@contextmanager
def plain_table(
    path: Path,
    layout: Layout,
    read: Callable[[Cells], Said | None],
    *,
    is_bare: bool = False,
    progress: Progress | None = None,
) -> Iterator[OpenFile]:
    """Open a table and give its rows as records.

    Args:
        path: A CSV file or workbook, or a file of rejected rows.
        layout: Its columns.
        read: Gives key and content of a row; None skips it.
        is_bare: Whether it has no header.
        progress: Is told how much is read.

    Raises:
        FileRefused: It cannot be read.
        HeaderError: A needed column is missing, or one is not known or stands there twice.
        ClassifiedText: A text looks classified.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    with _opened(path, layout, is_bare, progress) as table:
        stop_if_classified(table.header, header=(), where=f"{table.name}, in the header")
        correction = is_correction(table.header)
        if correction:
            table = replace(table, header=table.header[len(CORRECTION_COLUMNS) :], rows=restored(table.rows))
        names = _checked(table.header, layout, table.name)
        records = _records(replace(table, rows=looked_over(table)), names, read)
        yield OpenFile(table.name, table.place, table.header, records, list(table.notes), correction)


@contextmanager
def _opened(path: Path, layout: Layout, is_bare: bool, progress: Progress | None) -> Iterator[Table]:
    if path.suffix.lower() in TABLE_SUFFIXES["xlsx"]:
        with xlsx_tables(path, SheetForm(), progress=progress) as (table,):
            yield table
        return
    names = layout.bare if is_bare and not is_correction_name(path.name) else ()
    form = CsvForm(columns={*layout.columns, *CORRECTION_COLUMNS}, names=names)
    with csv_table(path, form, progress=progress) as table:
        yield table


def _checked(header: tuple[str, ...], layout: Layout, file: str) -> tuple[str, ...]:
    names = layout.named(header)
    for column, name in zip(header, names, strict=True):
        if not name:
            near = did_you_mean(column, layout.columns)
            raise HeaderError(f"{file}: the column {column!r} is none of this format{near}; rename it or take it out")
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        columns = " and ".join(repr(column) for column, name in zip(header, names, strict=True) if name == twice[0])
        raise HeaderError(f"{file}: the columns {columns} mean the same; keep one of them")
    for group in layout.needed:
        if not set(names) & set(group):
            wanted = " or ".join(column for column, name in layout.columns.items() if name in group)
            raise HeaderError(f"{file}: a column is missing: {wanted}")
    return names


def _records(table: Table, names: tuple[str, ...], read: Callable[[Cells], Said | None]) -> Iterator[Record]:
    for row in table.rows:
        yield Record(row.line, row.cells, partial(_said, names, row, read))


def _said(names: tuple[str, ...], row: TableRow, read: Callable[[Cells], Said | None]) -> Said | None:
    if row.fault:
        raise row.fault
    cells = dict(zip(names, map(str.strip, row.cells), strict=False))
    return read(cells) if any(cells.values()) else None
