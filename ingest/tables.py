"""Open a file in the way its mapping and its name say, and check its header and its text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import FileRefused
from ingest.classified import stop_if_classified
from ingest.corrections import as_it_was, is_correction_name
from ingest.header import CORRECTION_COLUMNS, check_header, header_notes, is_correction, known_columns
from ingest.mapping import Mapping
from ingest.readers.csv_table import CsvForm, csv_table
from ingest.readers.table import Progress, Table, TableRow
from ingest.readers.xlsx_table import SheetForm, xlsx_table

TABLE_SUFFIXES = {"csv": (".csv", ".tsv", ".txt"), "xlsx": (".xlsx", ".xlsm")}
"""Endings of the files of each format of a mapping."""

_TEXT, _WORKBOOK = TABLE_SUFFIXES["csv"], TABLE_SUFFIXES["xlsx"]


@dataclass(frozen=True)
class OpenTable:
    """A table whose header fits its mapping, and whose rows are looked over as they come.

    Attributes:
        table: Header and rows without the columns of a correction file.
        is_correction: Whether it holds only rows that were rejected before.
    """

    table: Table
    is_correction: bool


@contextmanager
def mapped_table(path: Path, mapping: Mapping, *, progress: Progress | None = None) -> Iterator[OpenTable]:
    """Open a file and give its table.

    Raises:
        FileRefused: It cannot be read, or is not of the mapping's format.
        HeaderError: Its columns are not those of the mapping.
        ClassifiedText: A text looks classified; found while the rows are read.
    """
    with _opened(path, mapping, progress) as table:
        stop_if_classified(table.above, header=(), where=f"{table.name}, above the header")
        stop_if_classified(table.header, header=(), where=f"{table.name}, in the header")
        correction = is_correction(table.header)
        if correction:
            table = replace(table, header=table.header[len(CORRECTION_COLUMNS) :], rows=restored(table.rows))
        check_header(table.header, mapping, file=table.name)
        notes = (*table.notes, *header_notes(table.header, mapping, file=table.name))
        yield OpenTable(replace(table, rows=looked_over(table), notes=notes), correction)


@contextmanager
def _opened(path: Path, mapping: Mapping, progress: Progress | None) -> Iterator[Table]:
    suffix = path.suffix.lower()
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    columns = known_columns(mapping) | set(CORRECTION_COLUMNS)
    if mapping.format == "xlsx" and suffix not in _TEXT:
        with xlsx_table(path, SheetForm(mapping.sheet, mapping.header_row), progress=progress) as table:
            yield table
        return
    if mapping.format == "csv" and suffix in _WORKBOOK:
        raise FileRefused(f"{path.name}: a workbook, but the mapping says `format: csv`; write `format: xlsx` there")
    form = CsvForm(columns=columns)
    if mapping.format == "csv" and not is_correction_name(path.name):
        form = CsvForm(mapping.encoding, mapping.delimiter, mapping.header_row, columns)
    with csv_table(path, form, progress=progress) as table:
        yield table


def restored(rows: Iterator[TableRow]) -> Iterator[TableRow]:
    """Give the rows of a correction file as they stood in the file they come from."""
    for row in rows:
        yield row._replace(cells=[as_it_was(cell) for cell in row.cells[len(CORRECTION_COLUMNS) :]])


def looked_over(table: Table) -> Iterator[TableRow]:
    """Give the rows of a table.

    Raises:
        ClassifiedText: A cell looks classified.
    """
    for row in table.rows:
        stop_if_classified(row.cells, header=table.header, where=f"{table.place}{row.line}")
        yield row
