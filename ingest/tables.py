"""Open a file in the way its mapping and its name say, and check its header and its text."""

from collections.abc import Iterator, Sequence
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
from ingest.readers.text_file import is_workbook
from ingest.readers.xlsx_table import SheetForm, xlsx_tables

TABLE_SUFFIXES = {"csv": (".csv", ".tsv", ".txt"), "xlsx": (".xlsx", ".xlsm")}
"""Endings of the files of each format of a mapping."""

EVERY_SHEET = "*"
"""As `sheet` of a mapping: every sheet that shows and is not blank."""

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
    """Open a file and give its table; several sheets of a workbook are one table, with the columns of the first.

    Raises:
        FileRefused: It cannot be read, or is not of the mapping's format.
        HeaderError: Its columns are not those of the mapping.
        ClassifiedText: A text looks classified; found while the rows are read.
    """
    with _opened(path, mapping, progress) as tables:
        checked = [_checked(table, mapping) for table in tables]
        first = checked[0]
        if len(checked) == 1:
            yield first
            return
        yield replace(first, table=replace(first.table, rows=_joined([one.table for one in checked])))


def _checked(table: Table, mapping: Mapping) -> OpenTable:
    stop_if_classified(table.above, header=(), where=f"{table.name}, above the header")
    stop_if_classified(table.header, header=(), where=f"{table.name}, in the header")
    correction = is_correction(table.header)
    if correction:
        table = replace(table, header=table.header[len(CORRECTION_COLUMNS) :], rows=restored(table.rows))
    # the name of a sheet is a cell of each of its rows; a correction file holds it as a column
    elif mapping.sheet_as and "!" in table.place:
        title = table.place[len(table.name) + 1 : -1]
        table = replace(table, header=(*table.header, mapping.sheet_as), rows=_with_cell(table, title))
    where = table.place[:-1] if "!" in table.place else table.name
    check_header(table.header, mapping, file=where)
    notes = header_notes(table.header, mapping, file=where)
    if isinstance(table.notes, list):  # it grows while the rows are read
        table.notes.extend(notes)
        return OpenTable(replace(table, rows=looked_over(table)), correction)
    return OpenTable(replace(table, rows=looked_over(table), notes=(*table.notes, *notes)), correction)


def _with_cell(table: Table, text: str) -> Iterator[TableRow]:
    for row in table.rows:
        yield row if row.fault else row._replace(cells=[*row.cells[: len(table.header)], text])


def _joined(tables: Sequence[Table]) -> Iterator[TableRow]:
    """Give the rows of several tables with the cells in the order of the first, each with its own place."""
    for table in tables:
        places = [table.header.index(name) for name in tables[0].header]
        for row in table.rows:
            cells = row.cells if row.fault else [row.cells[place] for place in places]
            yield row._replace(cells=cells, place=table.place)


@contextmanager
def _opened(path: Path, mapping: Mapping, progress: Progress | None) -> Iterator[Sequence[Table]]:
    suffix = path.suffix.lower()
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    columns = known_columns(mapping) | set(CORRECTION_COLUMNS)
    # standard input has no ending; what it holds tells what it is
    if mapping.format == "xlsx" and (suffix in _WORKBOOK or (suffix not in _TEXT and is_workbook(path))):
        with xlsx_tables(path, _sheet_form(mapping), progress=progress) as tables:
            yield tables
        return
    if mapping.format == "csv" and suffix in _WORKBOOK:
        raise FileRefused(f"{path.name}: a workbook, but the mapping says `format: csv`; write `format: xlsx` there")
    form = CsvForm(columns=columns)
    if mapping.format == "xlsx":  # a sheet that was saved as CSV, or rows that were rejected
        form = CsvForm(header_row=None, columns=columns)
    elif not is_correction_name(path.name):
        form = CsvForm(mapping.encoding, mapping.delimiter, _header_row(mapping), columns)
    with csv_table(path, form, progress=progress) as table:
        yield (table,)


def _sheet_form(mapping: Mapping) -> SheetForm:
    every = mapping.sheet == EVERY_SHEET
    named = (mapping.sheet,) if mapping.sheet and not every else mapping.sheets or ()
    columns = known_columns(mapping) - {mapping.sheet_as or ""}
    return SheetForm(named, every, _header_row(mapping), columns, mapping.struck == "skip")


def _header_row(mapping: Mapping) -> int | None:
    return None if mapping.header_row == "auto" else mapping.header_row


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
