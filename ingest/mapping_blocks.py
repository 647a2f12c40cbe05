"""Turn the blocks of a mapping into functions that state nodes and edges from a row."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from iga.graph.domain.catalog import EDGE, NODE, fits
from iga.graph.domain.marking import Marking
from iga.graph.domain.model import Declared
from iga.graph.names.kinds import plain
from iga.graph.statements import EdgeStatement, NodeStatement, Values
from iga.ingest.cells import Many, MappedRow, One, composite, many, one, parted, pieces
from iga.ingest.conditions import holds
from iga.ingest.fields import Misfit, fitting, usual_reader
from iga.ingest.mapping import Block, Each, EdgeBlock, NodeBlock, columns_of
from iga.ingest.mapping_cells import BlockCell, Cell, ColumnCell, CompositeCell, FirstCell
from iga.ingest.record_builder import Statement, check_loop
from iga.ingest.rejections import MISSING, SHAPE, UNFIT, Refusal
from iga.ingest.subjects import class_named_by

States: TypeAlias = Callable[[MappedRow], Iterator[Statement]]


@dataclass(frozen=True)
class _BlockReaders:
    """What node and edge blocks share, as functions."""

    rows: Callable[[MappedRow], Iterator[MappedRow]]
    values: Callable[[MappedRow], Values]
    stated_on: One
    marking: int


def node_block(name: str, block: NodeBlock, *, row_day: Cell | None) -> States:
    """Return the function that states the nodes of a block and notes their ids in the row."""
    body = _body(block, NODE[block.cls], row_day)
    node_id, cls, what = one(block.id, "id"), block.cls, f"the id of block {name!r}"

    def states(row: MappedRow) -> Iterator[NodeStatement]:
        for inner in body.rows(row):
            subject = node_id(inner)
            if subject is None:
                raise _blank(what, block.id)
            _check_id(str(subject), (cls,), what, block.id)
            row.ids[name] = (*row.ids.get(name, ()), str(subject))
            day = body.stated_on(inner)
            yield NodeStatement(cls, str(subject), body.values(inner), str(day or ""), body.marking)

    return states


def edge_block(block: EdgeBlock, *, row_day: Cell | None) -> States:
    """Return the function that states the edges of a block; none where an end is a skipped node block."""
    declared = EDGE[block.type]
    body = _body(block, declared, row_day)
    source = _end(block.source, declared.source, f"the source of {block.type}")
    target = _end(block.target, declared.target, f"the target of {block.type}")
    columns = _columns(block.source, block.target)

    def states(row: MappedRow) -> Iterator[EdgeStatement]:
        for inner in body.rows(row):
            ends = [(str(first), str(second)) for first in source(inner) for second in target(inner)]
            if not ends:
                continue
            values, day = body.values(inner), str(body.stated_on(inner) or "")
            for first, second in ends:
                check_loop(block.type, first, second, column=columns)
                yield EdgeStatement(block.type, first, second, values, day, body.marking)

    return states


def _body(block: Block, declared: type[Declared], row_day: Cell | None) -> _BlockReaders:
    day = block.stated_on or row_day
    return _BlockReaders(
        rows=_rows(block),
        values=_values(block, declared),
        stated_on=one(day, "day") if day is not None else lambda _: None,
        marking=int(Marking.named(block.marking or "public")),
    )


def _rows(block: Block) -> Callable[[MappedRow], Iterator[MappedRow]]:
    """Return the function that gives the row, or its variants under `each`, as far as `when` holds."""
    wanted = holds(block.when)
    parted, marking = block.each, int(Marking.named(block.marking or "public"))

    def rows(row: MappedRow) -> Iterator[MappedRow]:
        row.marking = marking
        for variant in variants(row, parted) if parted else (row,):
            if wanted(variant.cells):
                yield variant

    return rows


def _values(block: Block, declared: type[Declared]) -> Callable[[MappedRow], Values]:
    readers = [(name, _field(declared, name, source)) for name, source in block.fields.items()]

    def values(row: MappedRow) -> Values:
        cells_read = {name: value for name, read in readers if (value := read(row)) is not None}
        try:
            return fitting(declared, cells_read)
        except Misfit as misfit:
            raise _unfit(block, misfit, row) from None

    return values


def _field(declared: type[Declared], name: str, source: Any) -> Callable[[MappedRow], object]:
    shape = declared.rules()[name].shape
    if isinstance(source, CompositeCell):
        return composite(source, shape)
    usual = usual_reader(declared, name)
    if shape == "list":
        listed = many(source, usual)
        return lambda row: listed(row) or None
    return one(source, usual)


def _unfit(block: Block, misfit: Misfit, row: MappedRow) -> Refusal:
    """Return the refusal of a row for what its cells hold where a value does not fit."""
    source = block.fields.get(misfit.field)
    columns = list(dict.fromkeys(columns_of(getattr(source, misfit.part or "-", source))))
    value = ", ".join(row.cells[column] for column in columns)
    fix = misfit.fix.replace("correct it", "correct the cell", 1)
    return Refusal(f"{value!r} {misfit.about}", fix=fix, code=UNFIT, column=", ".join(columns), value=value)


def _end(cell: Cell, labels: tuple[str, ...], what: str) -> Many:
    """Return the function that gives the ids at one end of an edge."""
    ids = many(cell, "id")
    if isinstance(cell, BlockCell):  # its ids were checked when the block stated them, its class with the mapping
        return ids
    may_be_skipped = _may_be_skipped(cell)

    def end(row: MappedRow) -> list[Any]:
        subjects = ids(row)
        if not subjects and not may_be_skipped:
            raise _blank(what, cell)
        for subject in subjects:
            _check_id(str(subject), labels, what, cell)
        return subjects

    return end


def _may_be_skipped(cell: Cell) -> bool:
    if isinstance(cell, FirstCell):
        return any(map(_may_be_skipped, cell.first))
    return isinstance(cell, BlockCell) or (isinstance(cell, ColumnCell) and cell.unknown == "blank")


def _check_id(subject: str, labels: tuple[str, ...], what: str, cell: Cell) -> None:
    cls = class_named_by(subject)
    if cls is not None and fits(cls, labels):
        return
    reason, fix = f"is of class {cls}, which cannot be", f"name one of these: {', '.join(labels)}"
    if cls is not None:
        fix += f"; if {subject} is meant, let the row say that it is of the kind {plain(cls)}"
    else:
        reason, fix = "is not an id, so it cannot be", "ids are kind:slug in lower case, such as gov:ken or org:osce"
    raise Refusal(f"{subject!r} {reason} {what}", fix=fix, code=UNFIT, column=_columns(cell), value=subject)


def _blank(what: str, cell: Cell) -> Refusal:
    columns = _columns(cell)
    return Refusal(
        f"{what} is blank",
        fix=f"fill {columns or 'it'}, or say with `when` in the mapping which rows do not state it",
        code=MISSING,
        column=columns,
    )


def _columns(*cells: Cell) -> str:
    return ", ".join(dict.fromkeys(column for cell in cells for column in columns_of(cell)))


_BRACKETS = re.compile(r"([^()]*)\(([^()]*)\)")


def variants(row: MappedRow, parted_by: Each) -> Iterator[MappedRow]:
    """Give the row once for each part of the cell that `each` names, the columns beside it parted likewise.

    Raises:
        Refusal: A column beside has another number of parts.
    """
    if not parted_by.beside:  # parts that repeat are one
        for part in parted(row.cells[parted_by.column], parted_by.split):
            yield replace(row, cells={**row.cells, **_bracketed(part, parted_by)}, part=part)
        return
    columns = {name: pieces(row.cells[name], parted_by.split) for name in (parted_by.column, *parted_by.beside)}
    _check_counts(parted_by, columns)
    for place, part in enumerate(columns[parted_by.column]):
        if part:
            beside = {name: parts[place] if parts else "" for name, parts in columns.items()}
            yield replace(row, cells={**row.cells, **beside, **_bracketed(part, parted_by)}, part=part)


def _bracketed(part: str, parted_by: Each) -> dict[str, str]:
    """Return a part under its column, and what stands in brackets after it under the name that is asked for."""
    if not parted_by.brackets:
        return {parted_by.column: part}
    match = _BRACKETS.fullmatch(part)
    if match is None:
        return {parted_by.column: part, parted_by.brackets: ""}
    return {parted_by.column: match[1].strip(), parted_by.brackets: match[2].strip()}


def _check_counts(parted_by: Each, columns: dict[str, list[str]]) -> None:
    count = len(columns[parted_by.column])
    for name in parted_by.beside:
        if columns[name] and len(columns[name]) != count:
            raise Refusal(
                f"{name!r} has {len(columns[name])} parts where {parted_by.column!r} has {count}",
                fix="give each of them a part, or leave the cell blank",
                code=SHAPE,
                column=name,
                value=parted_by.split[0].join(columns[name]),
            )
