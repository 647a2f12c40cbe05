"""The feed of a mapping: the rows of its tables, each read as the mapping says."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from iga.graph.errors import FileRefused, HeaderError
from iga.graph.suggestions import did_you_mean
from iga.ingest.classified import stop_if_classified
from iga.ingest.corrections import OWN_COLUMNS, as_it_was, is_correction, is_correction_name, without_correction
from iga.ingest.mapping import Mapping, columns_read
from iga.ingest.name_faults import is_sum
from iga.ingest.names_of_load import USUAL
from iga.ingest.readers.csv_table import CsvForm, csv_table
from iga.ingest.readers.file_table import FileRow, FileTable, Progress
from iga.ingest.readers.json_table import JsonForm, json_table
from iga.ingest.readers.text_file import is_workbook
from iga.ingest.readers.xlsx_table import SheetForm, xlsx_tables
from iga.ingest.rejections import SHAPE, Refusal, short
from iga.ingest.row_reader import row_reader
from iga.ingest.source_reader import OpenFile, SourceReader, SourceRecord, StatedRow, refusing

_NOTE = re.compile(
    r"[*†‡§¹²³]|\[\w{1,3}\]|\(\d{1,2}\)"
    r"|(?:sources?|notes?|n\.?b\.?|quelle|fuente|nota|remarque|anmerkung|источник)\b *[:.]",
    re.I,
)
_ABOVE = frozenset({'"', "''", "″", "〃", "”", "“", ",,", "do", "do.", "dto", "dto.", "idem", "ditto", "ibid", "ibid."})
# Behind a letter, a point or a bracket; m² and km² are none.
_MARK = re.compile(
    r"(?:(?<=[\w.)\]])\s*[*†‡]+|(?<![mM])(?<=[^\W\d_¹²³⁰-⁹])[¹²³⁴-⁹⁰]+|(?<=[\w.)])\s*\[(?:\d{1,2}|[a-z])\])$"
)
_SUM = re.compile("tot|sum|all|gesamt", re.I)
_LONGEST_MARKED = 300
_MAILTO = re.compile("^mailto:", re.I)


def without_strays(
    rows: Iterator[FileRow], header: Sequence[str], read: Collection[str], notes: list[str]
) -> Iterator[FileRow]:
    """Give the rows of a table, those that are none with why, and texts without the marks of footnotes."""
    places = [place for place, name in enumerate(header) if name in read]
    count, example = 0, ""
    for row in rows:
        if row.fault or row.is_left_out:
            yield row
            continue
        cells = row.cells
        if _may_be_marked("".join(cells)):  # most rows hold none, and a look at each cell takes long
            cells = list(cells)
            for place in places:
                bare = _unmarked(cells[place])
                if bare != cells[place]:
                    count, example = count + 1, example or f"{short(cells[place])!r} under {header[place]!r}"
                cells[place] = bare
        fault = _stray(cells, header, places)
        yield row._replace(cells=cells, fault=fault) if fault or cells is not row.cells else row
    if count:
        more = f" and {count - 1:,} more" if count > 1 else ""
        notes.append(f"marks of footnotes were taken off: {example}{more}")


def _may_be_marked(texts: str) -> bool:
    return not texts.isascii() or "*" in texts or "]" in texts or "ailto:" in texts


def _unmarked(text: str) -> str:
    if len(text) > _LONGEST_MARKED:
        return text
    return _MARK.sub("", _MAILTO.sub("", text))


def _stray(cells: Sequence[str], header: Sequence[str], places: Sequence[int]) -> Refusal | None:
    """Return why a row is none of the table's; None where it is one."""
    first = next((place for place, cell in enumerate(cells) if cell.strip()), None)
    if first is None or first >= len(header):
        return None
    text = cells[first].strip()
    if first in places and text.casefold() == header[first].casefold():
        return _refused(f"{text!r} is a heading, which stands here again", "take the row out, or load the tables apart")
    if _SUM.search(text) and is_sum(text):  # most begin otherwise, and to fold a text takes long
        return _refused(f"{short(text)!r} begins a row of sums", "take the row of sums out of the file")
    if len(header) > 2 and _NOTE.match(text) and _is_alone(cells, first):
        return _refused(f"{short(text)!r} is a note on the table", "take the note out of the file")
    if _ABOVE.isdisjoint(cells):
        return None
    for place in places:
        if (text := cells[place]) in _ABOVE:
            reason = f"{text!r} under {header[place]!r} stands for what is written above it"
            return _refused(reason, "write in each row what it says", column=header[place], value=text)
    return None


def _is_alone(cells: Sequence[str], place: int) -> bool:
    return not any(cell.strip() for cell in cells[place + 1 :])


def _refused(reason: str, fix: str, *, column: str = "", value: str = "") -> Refusal:
    return Refusal(reason, fix=fix, code=SHAPE, column=column, value=value)


def mapped_reader(mapping: Mapping, *, notes: tuple[str, ...] = ()) -> SourceReader:
    """Return the feed that reads tables as a mapping says."""
    unknown = dict(USUAL)
    read = row_reader(mapping, unknown)

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        with mapped_table(path, mapping, progress=progress) as opened_table:
            table = opened_table.table
            by_column = _cells(table.header, mapping)
            records = records_of(table, lambda cells: read(by_column(cells)))
            yield OpenFile(table.name, table.place, table.header, records, table.notes, opened_table.is_correction)

    return SourceReader(
        card=mapping.card.card(),
        key=mapping.row_key.columns,
        keys_before=mapping.row_key.before,
        opened=opened,
        numbered=mapping.row_key.repeats == "numbered",
        notes=notes,
        unknown=unknown,
    )


Cells: TypeAlias = Callable[[Sequence[str]], dict[str, str]]


def records_of(table: FileTable, read: Callable[[list[str]], StatedRow | None]) -> Iterator[SourceRecord]:
    """Give the rows of a table as records; `read` gives what the cells of a row say, None skips it."""
    for row in table.rows:
        stated = refusing(row.fault) if row.fault else partial(read, row.cells)
        yield SourceRecord(row.line, row.cells, (lambda: None) if row.is_left_out else stated, row.place)


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


TABLE_SUFFIXES = {"csv": (".csv", ".tsv", ".txt"), "xlsx": (".xlsx", ".xlsm"), "json": (".json",)}
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

    table: FileTable
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
        first, *others = [_checked(table, mapping) for table in tables]
        rows = _joined([first.table, *(other.table for other in others)])
        yield replace(first, table=replace(first.table, rows=rows)) if others else first


def _checked(table: FileTable, mapping: Mapping) -> OpenTable:
    table, correction = restored(table)
    table = replace(table, header=_called(table.header, mapping))
    # the name of a sheet is a cell of each of its rows; a correction file holds it as a column
    if mapping.sheet_as and "!" in table.place and not correction:
        title = table.place[len(table.name) + 1 : -1]
        width = len(table.header)
        rows = (row if row.fault else row._replace(cells=[*row.cells[:width], title]) for row in table.rows)
        table = replace(table, header=(*table.header, mapping.sheet_as), rows=rows)
    where = table.place[:-1] if "!" in table.place else table.name
    check_header(table.header, mapping, file=where)
    # it grows while the rows are read; the sheets of a workbook share it
    notes: list[str] = table.notes if isinstance(table.notes, list) else list(table.notes)
    notes.extend(header_notes(table.header, mapping, file=where))
    read = columns_read(mapping) - {condition.column for condition in mapping.skip}
    kept = without_strays(looked_over(table), table.header, read, notes)
    return OpenTable(replace(table, rows=kept, notes=notes), correction)


def _called(header: tuple[str, ...], mapping: Mapping) -> tuple[str, ...]:
    """Return a header with the names of the mapping for columns that some files call otherwise."""
    ours = {name: column for column, names in mapping.also_called.items() if column not in header for name in names}
    return tuple(ours.get(name, name) for name in header)


def _joined(tables: Sequence[FileTable]) -> Iterator[FileRow]:
    """Give the rows of several tables with the cells in the order of the first, each with its own place."""
    for table in tables:
        places = [table.header.index(name) for name in tables[0].header]
        for row in table.rows:
            cells = row.cells if row.fault else [row.cells[place] for place in places]
            yield row._replace(cells=cells, place=table.place)


@contextmanager
def _opened(path: Path, mapping: Mapping, progress: Progress | None) -> Iterator[Sequence[FileTable]]:
    suffix = path.suffix.lower()
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    header_row = None if mapping.header_row == "auto" else mapping.header_row
    # standard input has no ending; what it holds tells what it is
    if mapping.format == "xlsx" and (suffix in _WORKBOOK or (suffix not in _TEXT and is_workbook(path))):
        every = mapping.sheet == EVERY_SHEET
        named = (mapping.sheet,) if mapping.sheet and not every else mapping.sheets or ()
        known = known_columns(mapping) - {mapping.sheet_as or ""}
        form = SheetForm(named, every, header_row, known, mapping.struck == "skip")
        with xlsx_tables(path, form, progress=progress) as tables:
            yield tables
        return
    if mapping.format == "json" and not is_correction_name(path.name):
        json_form = JsonForm(mapping.records or "", known_columns(mapping), mapping.joins, mapping.also_called)
        with json_table(path, json_form) as table:
            yield (table,)
        return
    if mapping.format == "csv" and suffix in _WORKBOOK:
        raise FileRefused(f"{path.name}: a workbook, but the mapping says `format: csv`; write `format: xlsx` there")
    others = {name for names in mapping.also_called.values() for name in names}
    csv_form = CsvForm(columns=known_columns(mapping) | others | set(OWN_COLUMNS))
    if mapping.format != "csv":  # a sheet that was saved as CSV, or rows that were rejected
        csv_form = replace(csv_form, header_row=None)
    elif not is_correction_name(path.name):
        csv_form = replace(csv_form, encoding=mapping.encoding, delimiter=mapping.delimiter, header_row=header_row)
    with csv_table(path, csv_form, progress=progress) as table:
        yield (table,)


def restored(table: FileTable) -> tuple[FileTable, bool]:
    """Return a table as it stood in the file that it comes from, and whether it is a correction file's.

    Raises:
        ClassifiedText: The header, or what stands above it, looks classified.
    """
    stop_if_classified(table.above, header=(), where=f"{table.name}, above the header")
    stop_if_classified(table.header, header=(), where=f"{table.name}, in the header")
    if not is_correction(table.header):
        return table, False
    header = without_correction(table.header)
    own = len(table.header) - len(header)
    rows = (row._replace(cells=list(map(as_it_was, row.cells[own:]))) for row in table.rows)
    return replace(table, header=header, rows=rows), True


def looked_over(table: FileTable) -> Iterator[FileRow]:
    """Give the rows of a table; raises ClassifiedText where a cell looks classified."""
    for row in table.rows:
        stop_if_classified(row.cells, header=table.header, where=f"{table.place}{row.line}")
        yield row


_NAMED = 20
"""Columns that a message names; it counts the others."""

_COMPARED = 1_000

_SHOWN_COLUMNS = 5


def known_columns(mapping: Mapping) -> frozenset[str]:
    """Return every column that a mapping reads or names under `ignore`."""
    return frozenset(columns_read(mapping) | set(mapping.ignore))


def check_header(header: tuple[str, ...], mapping: Mapping, *, file: str) -> None:
    """Say nothing when the columns are those of the mapping, in any order.

    Columns that the mapping calls `optional` may be missing; where it says `others: noted`, there may be more.

    Raises:
        HeaderError: A column is missing, not known, twice there or without a name.
    """
    for place, name in enumerate(header, 1):
        if not name:
            raise HeaderError(f"{file}: column {place} has no name; name it, or delete the column")
    if twice := sorted(name for name, count in Counter(header).items() if count > 1):
        raise HeaderError(f"{file}: the column {short(twice[0])!r} stands there twice; rename one of them")
    known = known_columns(mapping)
    missing, extra = sorted(known - set(header) - set(mapping.optional)), sorted(set(header) - known)
    if not missing and (mapping.others == "noted" or not extra):
        return
    faults = [f"missing {_listed(missing)}{_meant(missing[0], extra)}"] if missing else []
    faults += [f"not in the mapping {_listed(extra)}"] if extra else []
    raise HeaderError(
        f"{file}: the columns are not those of the mapping: {'; '.join(faults)}."
        " Correct the header or the mapping; a column that is not to be read goes under `ignore`"
    )


def header_notes(header: tuple[str, ...], mapping: Mapping, *, file: str) -> tuple[str, ...]:
    """Return sentences on the columns that are not read, and on those that are missing and may be."""
    others = [name for name in header if name not in known_columns(mapping)]
    missing = sorted(set(mapping.optional) - set(header))
    notes = []
    if others:
        shown = ", ".join(map(repr, others[:_SHOWN_COLUMNS])) + (" …" if len(others) > _SHOWN_COLUMNS else "")
        notes.append(f"{file}: {len(others)} other columns are not read: {shown}")
    if missing:
        notes.append(f"{file}: without {', '.join(map(repr, missing))}, read as blank")
    return tuple(notes)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(repr(short(name)) for name in names[:_NAMED]) + more


def _meant(name: str, extra: list[str]) -> str:
    """Return what was probably meant, where there are not so many columns that each would be compared with it."""
    return did_you_mean(name, extra) if 0 < len(extra) <= _COMPARED and len(name) <= _COMPARED else ""
