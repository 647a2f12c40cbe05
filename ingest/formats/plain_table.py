"""Tables of a standard format whose rows need more than a mapping: columns under several names, or no header."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from iga.graph.errors import FileRefused, HeaderError
from iga.graph.suggestions import did_you_mean
from iga.ingest.corrections import OWN_COLUMNS, is_correction_name, without_correction
from iga.ingest.mapped_reader import TABLE_SUFFIXES, looked_over, records_of, restored
from iga.ingest.mapping_file import bundled_yaml
from iga.ingest.readers.csv_table import CsvForm, csv_table
from iga.ingest.readers.file_table import FileTable, Progress
from iga.ingest.readers.xlsx_table import SheetForm, xlsx_tables
from iga.ingest.source_reader import OpenFile, StatedRow

Cells: TypeAlias = Mapping[str, str]
"""The trimmed cells of a row by our names of the columns; columns that the file lacks are missing."""


class TableLayout(BaseModel):
    """Which columns a table of a format may have, whatever they are called: the whole of ``layouts/NAME.yaml``.

    Attributes:
        columns: Our name of each column, with its headers in lower case.
        needed: Of our names: each group needs one of its columns.
        bare: Headers of the columns of a file without a header.
        words: Of our names: what is meant, with the words that cells have for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    bare: tuple[str, ...] = ()
    words: dict[str, dict[str, tuple[str, ...]]] = {}

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Our name of each header."""
        return {header: name for name, headers in self.columns.items() for header in headers}

    @cached_property
    def meanings(self) -> Mapping[str, Mapping[str, str]]:
        """Our name of each column whose words are known → each word and what is meant."""
        return {
            name: {word: meant for meant, words in meanings.items() for word in words}
            for name, meanings in self.words.items()
        }

    def named(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """Return our names of the columns of a header; blank for those that are not known."""
        return tuple(self.headers.get(name.casefold(), "") for name in without_correction(header))

    def fits(self, header: tuple[str, ...]) -> bool:
        """True if a row of cells is a header of the format."""
        names = set(self.named(header))
        return all(names & set(group) for group in self.needed)


@cache
def table_layout(name: str) -> TableLayout:
    """Return the layout of a format."""
    return TableLayout.model_validate(bundled_yaml("iga.ingest.formats", f"layouts/{name}.yaml"))


@contextmanager
def plain_table(
    path: Path,
    layout: TableLayout,
    read: Callable[[Cells], StatedRow | None],
    *,
    is_bare: bool = False,
    progress: Progress | None = None,
) -> Iterator[OpenFile]:
    """Open a CSV file or workbook, or its rejected rows; `read` gives key and content of a row, None skips it.

    Raises:
        FileRefused: It cannot be read.
        HeaderError: A needed column is missing, or one is not known or stands there twice.
        ClassifiedText: A text looks classified.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    with _opened(path, layout, is_bare, progress) as table:
        table, correction = restored(table)
        names = _checked(table.header, layout, table.name)

        def stated(row: list[str]) -> StatedRow | None:
            cells = dict(zip(names, map(str.strip, row), strict=False))
            return read(cells) if any(cells.values()) else None

        records = records_of(replace(table, rows=looked_over(table)), stated)
        yield OpenFile(table.name, table.place, table.header, records, list(table.notes), correction)


@contextmanager
def _opened(path: Path, layout: TableLayout, is_bare: bool, progress: Progress | None) -> Iterator[FileTable]:
    if path.suffix.lower() in TABLE_SUFFIXES["xlsx"]:
        with xlsx_tables(path, SheetForm(), progress=progress) as (table,):
            yield table
        return
    names = layout.bare if is_bare and not is_correction_name(path.name) else ()
    form = CsvForm(columns={*layout.headers, *OWN_COLUMNS}, names=names)
    with csv_table(path, form, progress=progress) as table:
        yield table


def _checked(header: tuple[str, ...], layout: TableLayout, file: str) -> tuple[str, ...]:
    names = layout.named(header)
    for column, name in zip(header, names, strict=True):
        if not name:
            near = did_you_mean(column, layout.headers)
            raise HeaderError(f"{file}: the column {column!r} is none of this format{near}; rename it or take it out")
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        columns = " and ".join(repr(column) for column, name in zip(header, names, strict=True) if name == twice[0])
        raise HeaderError(f"{file}: the columns {columns} mean the same; keep one of them")
    for group in layout.needed:
        if not set(names) & set(group):
            wanted = " or ".join(column for column, name in layout.headers.items() if name in group)
            raise HeaderError(f"{file}: a column is missing: {wanted}")
    return names
