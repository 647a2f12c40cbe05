"""A table of somebody's with what the names in one of its columns mean: all its rows and columns, ours after them."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iga.exports.tables import BYTE_ORDER_MARK, write_csv_lines
from iga.graph.errors import FileRefused, UsageError
from iga.graph.suggestions import did_you_mean
from iga.ingest.classified import stop_if_classified
from iga.ingest.mapped_reader import TABLE_SUFFIXES, looked_over
from iga.ingest.readers.csv_table import CsvForm, csv_table
from iga.ingest.readers.file_table import FileRow, FileTable
from iga.ingest.readers.xlsx_table import SheetForm, xlsx_tables
from iga.queries.core.session import Session
from iga.queries.reconciling.reconcile import Likely
from iga.queries.reconciling.table_rows import SHOWN, DecidedName, Name, Narrowed, decided

OURS = (
    "iga_match",
    "iga_id",
    "iga_class",
    "iga_name",
    "iga_score",
    "iga_how",
    *(f"iga_candidate_{at}" for at in range(1, SHOWN + 1)),
    "iga_reason",
)
"""The columns that are added, in order."""


@dataclass(frozen=True)
class NameColumn:
    """Which file holds the names, and where in it.

    Attributes:
        country_column: Header of the column of countries; blank when there is none.
        sheet: Sheet of a workbook; None when it has only one that shows.
        header_row: Line or row of the header, from 1.
        encoding: Encoding of a text file; None detects it.
    """

    path: Path
    column: str
    country_column: str = ""
    sheet: str | None = None
    header_row: int = 1
    encoding: str | None = None


@dataclass(frozen=True)
class ReconciledRow:
    """One row of the file, and what became of its name."""

    line: int
    cells: tuple[str, ...]
    name: Name
    decided: DecidedName


@dataclass(frozen=True)
class ReconciledTable:
    """The whole file."""

    header: tuple[str, ...]
    rows: tuple[ReconciledRow, ...]
    notes: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return the number of rows, and how many are sure, to choose, or without a match."""
        decisions = Counter(row.decided.decision for row in self.rows)
        by_decision = {f"{decision}_count": decisions[decision] for decision in ("sure", "choose", "none")}
        return {"row_count": len(self.rows), **by_decision}


def reconciled_table(session: Session, names_in: NameColumn, narrowed: Narrowed) -> ReconciledTable:
    """Return a file with what its names mean; nothing is left out, and nothing is guessed.

    Raises:
        FileRefused: The file cannot be read, or is no table.
        HeaderError: It has no header.
        ClassifiedText: A text of it looks classified.
        UsageError: It has no such column, or has one of ours already.
    """
    with _opened(names_in) as table:
        stop_if_classified((*table.above, *table.header), header=(), where=f"{table.name}, in or above the header")
        place = _place(table, names_in.column)
        beside = _place(table, names_in.country_column) if names_in.country_column else None
        _refuse_ours(table)
        rows = list(looked_over(table))
    names = [_name(row, place, beside) for row in rows]
    decisions = decided(session, names, narrowed)
    width = len(table.header)
    return ReconciledTable(
        table.header,
        tuple(
            ReconciledRow(row.line, _cells(row, width), name, _faulty(row, decision))
            for row, name, decision in zip(rows, names, decisions, strict=True)
        ),
        tuple(table.notes),
    )


def csv_of(table: ReconciledTable) -> bytes:
    """Return the file as CSV that Excel opens with its accents; no cell can become a formula."""
    out = io.StringIO(newline="")
    write_csv_lines(out, (*table.header, *OURS), ((*row.cells, *_ours(row.decided)) for row in table.rows))
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def as_document(table: ReconciledTable) -> dict[str, Any]:
    """Return counts and what became of each row as JSON."""
    return {**table.counts(), "rows": [_record(row) for row in table.rows]}


@contextmanager
def _opened(names_in: NameColumn) -> Iterator[FileTable]:
    if not names_in.path.is_file():
        raise FileRefused(f"{names_in.path}: there is no such file; check the name")
    if names_in.path.suffix.lower() in TABLE_SUFFIXES["xlsx"]:
        form = SheetForm(sheets=(names_in.sheet,) if names_in.sheet else (), header_row=names_in.header_row)
        with xlsx_tables(names_in.path, form) as (table,):
            yield table
        return
    if names_in.sheet:
        raise UsageError(f"--sheet goes with a workbook; {names_in.path.name} has no sheets")
    columns = {names_in.column, names_in.country_column} - {""}
    csv_form = CsvForm(names_in.encoding, header_row=names_in.header_row, columns=columns)
    with csv_table(names_in.path, csv_form) as table:
        yield table


def _place(table: FileTable, column: str) -> int:
    wanted = " ".join(column.split())
    places = [at for at, name in enumerate(table.header) if name == wanted]
    places = places or [at for at, name in enumerate(table.header) if name.casefold() == wanted.casefold()]
    if not places:
        hint = did_you_mean(wanted, filter(None, table.header))
        raise UsageError(f"{table.name}: there is no column {wanted!r}{hint}")
    if len(places) > 1:
        raise UsageError(f"{table.name}: {len(places)} columns are called {wanted!r}; rename one of them")
    return places[0]


def _refuse_ours(table: FileTable) -> None:
    if ours := [name for name in table.header if name in OURS]:
        raise UsageError(f"{table.name}: the column {ours[0]!r} would be there twice; take it out, or rename it")


def _name(row: FileRow, place: int, beside: int | None) -> Name:
    cells = row.cells if row.fault is None else []
    country = cells[beside].strip() if beside is not None and beside < len(cells) else ""
    return Name(cells[place].strip() if place < len(cells) else "", country)


def _faulty(row: FileRow, decision: DecidedName) -> DecidedName:
    if row.fault is None:
        return decision
    return DecidedName("none", reason=f"The row cannot be read: {row.fault.reason}; {row.fault.fix}.")


def _cells(row: FileRow, width: int) -> tuple[str, ...]:
    """Return the cells of a row under their columns; what stands beyond the last column stays in the last cell."""
    cells = [*row.cells, *[""] * (width - len(row.cells))]
    beyond = [cell for cell in cells[width:] if cell]
    return (*cells[: width - 1], "; ".join([cells[width - 1], *beyond]))


def _ours(decision: DecidedName) -> Iterator[str]:
    yield {"sure": "sure", "choose": "choose", "none": ""}[decision.decision]
    meant = decision.candidates[0] if decision.decision == "sure" else None
    yield from (meant.thing.id, meant.hit.cls, meant.thing.name, str(meant.score), meant.hit.how) if meant else [""] * 5
    texts = [_in_words(candidate, decision) for candidate in decision.candidates]
    yield from [*texts, *[""] * (SHOWN - len(texts))]
    yield decision.reason


def _in_words(candidate: Likely, decision: DecidedName) -> str:
    thing, hit = candidate.thing, candidate.hit
    kind = (decision.descriptions or {}).get(thing.id, hit.cls)
    return f"{thing.id}: {thing.name} ({kind}; {candidate.score:g})"


def _record(row: ReconciledRow) -> dict[str, Any]:
    decision = row.decided
    return {
        "line": row.line,
        "name": row.name.text,
        "country": row.name.country or None,
        "match": decision.decision,
        "id": decision.candidates[0].thing.id if decision.decision == "sure" else None,
        "reason": decision.reason or None,
        "candidates": [_candidate(candidate, decision.descriptions or {}) for candidate in decision.candidates],
    }


def _candidate(candidate: Likely, kinds: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": candidate.thing.id,
        "class": candidate.hit.cls,
        "name": candidate.thing.name,
        "score": candidate.score,
        "how": candidate.hit.how,
        "matched": candidate.hit.matched,
        "is": kinds.get(candidate.thing.id, ""),
    }
