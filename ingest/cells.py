"""Turn the cells of a mapping into functions, once, so that a row costs no look at the mapping."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TypeAlias

from iga.graph.domain.catalog import KIND
from iga.graph.domain.marking import Marking
from iga.graph.domain.values import fiscal_year_of
from iga.ingest.conditions import holds
from iga.ingest.dates import day_reader
from iga.ingest.fields import PART_READERS
from iga.ingest.mapping import OF
from iga.ingest.mapping_cells import (
    BlockCell,
    Cell,
    ColumnCell,
    CompositeCell,
    ConstCell,
    FirstCell,
    KeyCell,
    Kinds,
    ReaderName,
    Source,
    TemplateCell,
)
from iga.ingest.name_tables import TABLES, known_as
from iga.ingest.names_of_load import USUAL, NamedSubject, Unknown
from iga.ingest.numbers import times, without_currency
from iga.ingest.record_builder import named_id
from iga.ingest.rejections import Refusal
from iga.ingest.subjects import digest_of, is_id
from iga.ingest.templates import FILTERS, Hole, government, template
from iga.ingest.value_readers import SIMPLE

Atom: TypeAlias = str | int | bool
Read: TypeAlias = "Callable[[MappedRow, str], Atom | None]"
One: TypeAlias = "Callable[[MappedRow], Atom | None]"
Many: TypeAlias = "Callable[[MappedRow], list[Atom]]"


@dataclass(slots=True)
class MappedRow:
    """One row while it is read.

    Attributes:
        cells: The trimmed text of each column.
        key: The row's own key, after the source it is of.
        part: What tells it from the others of one row, where a block is stated for each part of a cell.
        ids: The ids that each node block has stated so far.
        named: The subjects that no table knows, by id.
        marking: Marking of the block at work, for the subjects it names.
    """

    cells: dict[str, str]
    key: str = ""
    part: str = ""
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    named: dict[str, NamedSubject] = field(default_factory=dict)
    marking: int = int(Marking.PUBLIC)


def one(cell: Cell, usual: ReaderName = "text") -> One:
    """Return the function that reads a cell: its value, or None when it is blank.

    Raises (the function):
        Refusal: The cell cannot be read so; the refusal names its column.
    """
    if isinstance(cell, ColumnCell):
        return _column(cell, usual)
    if isinstance(cell, ConstCell):
        value = cell.const
        assert not isinstance(value, tuple), "the check refuses several values where one is wanted"
        return lambda _: value
    if isinstance(cell, TemplateCell):
        return _template(cell)
    if isinstance(cell, KeyCell):
        # sixteen hexadecimal digits: among 4,000,000 keys two agree once in two million files
        opening = cell.key
        return lambda row: opening + digest_of(row.key, row.part)
    if isinstance(cell, FirstCell):
        choices = [one(inner, usual) for inner in cell.first]
        return lambda row: next((value for choice in choices if (value := choice(row)) is not None), None)
    return lambda row: next(iter(row.ids.get(cell.block, ())), None)


def many(source: Source, usual: ReaderName = "text") -> Many:
    """Return the function that reads a cell, or several, as a list without blanks."""
    if isinstance(source, tuple):
        parts = [many(cell, usual) for cell in source]
        return lambda row: [value for part in parts for value in part(row)]
    if isinstance(source, ColumnCell) and source.split:
        return _split(source, usual)
    if isinstance(source, ConstCell) and isinstance(source.const, tuple):
        values = list(source.const)
        return lambda _: list(values)
    if isinstance(source, BlockCell):
        block = source.block
        return lambda row: list(row.ids.get(block, ()))
    if isinstance(source, FirstCell):
        choices = [many(cell, usual) for cell in source.first]
        return lambda row: next((listed for choice in choices if (listed := choice(row))), [])
    assert not isinstance(source, CompositeCell), "the check refuses parts where cells are wanted"
    single = one(source, usual)
    return lambda row: [] if (value := single(row)) is None else [value]


def composite(parts: CompositeCell, shape: str) -> Callable[[MappedRow], dict[str, Atom] | None]:
    """Return the function that reads the parts of a value; None when nothing but constants is there."""
    read = {
        name: one(cell, PART_READERS[shape][name])
        for name in parts.filled()
        if name != "open" and (cell := getattr(parts, name))
    }
    if shape == "money" and isinstance(parts.amount, ColumnCell) and not parts.amount.read:
        read = _with_currency_beside(read, parts.amount.column)
    constant = {name for name in read if isinstance(getattr(parts, name), ConstCell)}
    says = frozenset(read) - constant or frozenset(read)
    is_open = holds(parts.open) if parts.open else None

    def value(row: MappedRow) -> dict[str, Atom] | None:
        parts_read = {name: part for name, cell in read.items() if (part := cell(row)) is not None}
        if is_open is not None and is_open(row.cells):
            return {**parts_read, "end_kind": "open"}
        return parts_read if says & parts_read.keys() else None

    return value


def _with_currency_beside(read: dict[str, One], column: str) -> dict[str, One]:
    """Return the readers of an amount where its cell may name the currency: it must be that of the mapping, if any."""
    usual, stated = read["amount"], read.get("currency")

    def amount(row: MappedRow) -> Atom | None:
        text = row.cells[column]
        bare, beside = without_currency(text)
        code = stated(row) if stated else None
        if beside and code not in (None, beside):
            fix = f"write the amount in {code}, or correct the currency"
            raise Refusal(f"{text!r} names {beside}, and the row says {code}", fix=fix, column=column, value=text)
        return usual(replace(row, cells={**row.cells, column: bare})) if beside else usual(row)

    def currency(row: MappedRow) -> Atom | None:
        return (stated(row) if stated else None) or without_currency(row.cells[column])[1] or None

    return {**read, "amount": amount, "currency": currency}


def pieces(text: str, separators: tuple[str, ...]) -> list[str]:
    """Return the parts of a cell, trimmed, as they stand; none of a blank one."""
    first, *others = separators
    for other in others:
        text = text.replace(other, first)
    return [piece.strip() for piece in text.split(first)] if text else []


def parted(text: str, separators: tuple[str, ...]) -> list[str]:
    """Return the parts of a cell, trimmed, without blank ones and repetitions."""
    return list(dict.fromkeys(filter(None, pieces(text, separators))))


def _column(cell: ColumnCell, usual: ReaderName) -> One:
    column, changed, default = cell.column, cell.map or {}, cell.default
    reads = cell.read or usual
    if reads == "text" and not changed and default is None:
        return lambda row: row.cells[column] or None
    read = _reader(cell, reads)

    def value(row: MappedRow) -> Atom | None:
        text: Atom = row.cells[column]
        if changed:
            text = changed.get(str(text), text)
        if text == "" and default is not None:
            text = default
        if not isinstance(text, str):
            return text
        return _located(read, row, text, column) if text else None

    return value


def _split(cell: ColumnCell, usual: ReaderName) -> Many:
    assert cell.split is not None, "the caller asks only for cells that are split"
    column, changed, default, separators = cell.column, cell.map or {}, cell.default, cell.split
    read = _reader(cell, cell.read or usual)

    def values(row: MappedRow) -> list[Atom]:
        words: list[Atom] = [changed.get(word, word) for word in parted(row.cells[column], separators)]
        if not words and default is not None:
            words = [default]
        values_read = (
            _located(read, row, word, column) if isinstance(word, str) else word for word in words if word != ""
        )
        return [value for value in values_read if value is not None]

    return values


def _located(read: Read, row: MappedRow, text: str, column: str) -> Atom | None:
    try:
        return read(row, text)
    except Refusal as refusal:
        refusal.column = refusal.column or column
        raise


def _template(cell: TemplateCell) -> One:
    pieces = template(cell.template).pieces
    fills = [_fill(piece) for piece in pieces if isinstance(piece, Hole)]
    written = "".join(piece if isinstance(piece, str) else "{}" for piece in pieces).format  # no piece holds a brace
    of = one(cell.of, "id") if cell.of is not None else None

    def text(row: MappedRow) -> str | None:
        cells = row.cells
        if of is not None:
            cells = {**cells, OF: str(of(row) or "").rpartition(":")[2]}
        filled = [fill(cells) for fill in fills]
        return written(*filled) if all(filled) else None

    return text


def _fill(hole: Hole) -> Callable[[dict[str, str]], str]:
    column, filters = hole.column, [FILTERS[name] for name in hole.filters]
    if not filters:
        return itemgetter(column)

    def filled(cells: dict[str, str]) -> str:
        text = cells[column]
        for change in filters:
            text = change(text)
        return text

    return filled


def _reader(cell: ColumnCell, reads: ReaderName) -> Read:
    if reads == "day":
        day = day_reader(cell.order)
        return lambda _, text: day(text)
    if reads == "fiscal_year":
        return _fiscal_year(day_reader(cell.order))
    if reads in TABLES:
        return _subject(reads, cell)
    simple, factor = SIMPLE[reads], cell.times
    if factor:
        return lambda _, text: times(str(simple(text)), factor)
    return lambda _, text: simple(text)


def _fiscal_year(day: Callable[[str], str]) -> Read:
    """Read a date as the US fiscal year that it lies in; a year alone lies in two."""

    def read(_: MappedRow, text: str) -> int:
        year = fiscal_year_of(day(text))
        if year is None:
            fix = "write the month too, such as 2031-03, or give the fiscal year a column of its own"
            raise Refusal(f"{text!r} does not lie in one US fiscal year", fix=fix, value=text)
        return year

    return read


def _subject(reader: str, cell: ColumnCell) -> Read:
    """Read a code, name or id; a name that the tables do not know becomes a subject known by its name alone, or blank.

    Two governments have a ministry of one name each: what stands in the column `within` tells them apart.
    """
    usual = "gov" if reader == "government" else cell.kind or "org"
    kind_of = _kind_of(cell.kinds, usual) if cell.kinds else lambda _: usual
    within, codes = cell.within, cell.codes or ""

    def read(row: MappedRow, text: str) -> str | None:
        if is_id(text):
            return text
        if (resolved := known_as(reader, text, codes)) or cell.unknown == "blank":
            return resolved
        kind = kind_of(row.cells)
        apart = government(row.cells[within]) if within and row.cells[within] else ""
        subject = named_id(kind, text, apart=apart)
        marking = max(row.marking, row.named[subject].marking if subject in row.named else 0)
        row.named[subject] = NamedSubject(KIND[kind].label(), text, marking, unknown_of(row, kind))
        return subject

    def unknown_of(row: MappedRow, kind: str) -> Unknown:
        if reader == "named":
            return "made"
        is_said = kind != "gov" and cell.kinds is not None and bool(row.cells[cell.kinds.column])
        return "named" if is_said or cell.unknown == "blank" else cell.unknown or USUAL.get(kind, "named")

    return read


def _kind_of(kinds: Kinds, usual: str) -> Callable[[dict[str, str]], str]:
    column = kinds.column
    by_word = {word.strip().casefold(): kind for word, kind in kinds.map.items()}
    return lambda cells: by_word.get(cells[column].casefold(), usual)
