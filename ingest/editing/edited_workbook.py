"""An editable workbook as it comes back: what each cell was when it was exported, and what it is now."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from iga.graph.domain.catalog import EDGE, NODE, declared
from iga.graph.errors import FileRefused
from iga.graph.suggestions import did_you_mean
from iga.ingest.classified import stop_if_classified
from iga.ingest.editing.form import EXPORTED, HIDDEN_HEADER, KEY, LISTS, NAME, READ_ME, STAMP
from iga.ingest.readers.file_table import FileTable
from iga.ingest.readers.xlsx_table import SheetForm, first_rows, xlsx_tables


@dataclass(frozen=True)
class EditedCell:
    """One cell that was changed since the export.

    Attributes:
        place: File, sheet and cell: ``osce.xlsx!Post!E5``.
        cls: Class of its thing, or type of its relationship.
        key: Id of the thing, or key of the relationship.
        name: What it is, as the workbook says.
        was: Text as it was exported; blank where there was none.
        now: Text as it is; blank means no change and is not among these.
    """

    place: str
    cls: str
    key: str
    name: str
    field: str
    was: str
    now: str


@dataclass(frozen=True)
class EditedWorkbook:
    """An editable workbook.

    Attributes:
        data_version: Hash of the graph it was exported from.
        cells: The cells that were changed, in the order of sheets, rows and columns.
        notes: What was not read, each a sentence.
    """

    data_version: str
    exported_at: str
    cells: tuple[EditedCell, ...]
    notes: tuple[str, ...]


def edited_workbook(path: Path) -> EditedWorkbook:
    """Return what was changed in an editable workbook.

    Raises:
        FileRefused: It is none, or its hidden sheet is damaged.
        ClassifiedText: A changed cell looks classified.
    """
    sheets = first_rows(path, 1)
    stamp = (sheets.get(EXPORTED) or [()])[0]
    if stamp[:1] != (STAMP,) or len(stamp) < 3:
        raise FileRefused(
            f"{path.name}: its hidden sheet {EXPORTED!r} is gone, so it cannot be compared; export it again"
        )
    exported = _exported(path)
    notes: list[str] = []
    cells: list[EditedCell] = []
    for title in sheets:
        if title in (READ_ME, EXPORTED, LISTS):
            continue
        if title not in NODE and title not in EDGE:
            notes.append(f"{path.name}: sheet {title!r} is none of the export and was not read")
            continue
        with xlsx_tables(path, SheetForm((title,))) as (table,):
            cells += _cells(table, title, exported, notes)
    return EditedWorkbook(stamp[1], stamp[2], tuple(cells), tuple(notes))


@dataclass(frozen=True)
class _Exported:
    """What was exported: the things, and the texts of the cells that held something."""

    things: frozenset[tuple[str, str]]
    texts: Mapping[tuple[str, str, str], str]


def _exported(path: Path) -> _Exported:
    with xlsx_tables(path, SheetForm((EXPORTED,), header_row=2)) as (table,):
        if table.header != HIDDEN_HEADER:
            raise FileRefused(f"{path.name}: its hidden sheet {EXPORTED!r} was changed; export it again")
        rows = [(row.cells[0], row.cells[1], row.cells[2], row.cells[3]) for row in table.rows]
    texts = {(cls, key, field): text for cls, key, field, text in rows if field}
    return _Exported(frozenset((cls, key) for cls, key, _, _ in rows), texts)


def _cells(table: FileTable, cls: str, exported: _Exported, notes: list[str]) -> Iterator[EditedCell]:
    """Yield the changed cells of a sheet; what is not read goes into the notes."""
    where = table.place[:-1]
    fields = [(place, name) for place, name in enumerate(table.header) if name in declared(cls).rules()]
    known = {KEY, NAME, *declared(cls).rules()}
    notes += [
        f"{where}: the column {name!r} is none of {cls} and was not read{did_you_mean(name, known)}"
        for name in table.header
        if name not in known
    ]
    if KEY not in table.header:
        notes.append(f"{where}: the column {KEY!r} is gone, so nothing of the sheet was read; export it again")
        return
    keyed, named = table.header.index(KEY), table.header.index(NAME) if NAME in table.header else None
    rows = list(table.rows)
    counts = Counter(row.cells[keyed] for row in rows if not row.fault)
    for row in rows:
        if row.fault:
            notes.append(f"{where}:{row.line}: {row.fault.reason}; {row.fault.fix}")
            continue
        stop_if_classified(row.cells, header=table.header, where=f"{table.place}{row.line}")
        key = row.cells[keyed].strip()
        if reason := _not_ours(key, (cls, key) in exported.things, counts[row.cells[keyed]]):
            notes.append(f"{where}:{row.line}: {reason}")
            continue
        name = row.cells[named] if named is not None else key
        for place, field in fields:
            was, now = exported.texts.get((cls, key, field), ""), row.cells[place].strip()
            if now and " ".join(now.split()) != " ".join(was.split()):
                cell = f"{table.place}{get_column_letter(place + 1)}{row.line}"
                yield EditedCell(cell, cls, key, name, field, was, now)


def _not_ours(key: str, is_exported: bool, count: int) -> str:
    """Return why a row is not read; blank where it is."""
    if not key:
        return "the row has no id; new things are entered with iga add or a template"
    if not is_exported:
        return f"{key!r} was not exported with this workbook; new things are entered with iga add or a template"
    return f"{key!r} stands in {count} rows, so it is not clear which one counts; keep one" if count > 1 else ""
