"""Check a mapping against the domain before any row is read."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from iga.graph.domain.catalog import EDGE, KIND, NODE, fits
from iga.graph.domain.currencies import CURRENCIES
from iga.graph.domain.funding import Transaction
from iga.graph.domain.model import Declared
from iga.graph.errors import MappingError
from iga.graph.suggestions import did_you_mean
from iga.ingest.fields import PART_READERS
from iga.ingest.mapping import Block, EdgeBlock, Mapping, NodeBlock, columns_read
from iga.ingest.mapping_cells import (
    BlockCell,
    Cell,
    ColumnCell,
    CompositeCell,
    ConstCell,
    FirstCell,
    KeyCell,
    Source,
    TemplateCell,
)
from iga.ingest.numbers import unit_of
from iga.ingest.subjects import BODY_CLASSES, PARTNER_CLASSES, class_of_id, is_id, kind_of_id
from iga.ingest.templates import template


@dataclass(frozen=True)
class _Place:
    """Where in which mapping something stands, for messages."""

    name: str
    path: str

    def __truediv__(self, step: str | int) -> "_Place":
        return _Place(self.name, f"{self.path}.{step}" if self.path else str(step))

    def refuse(self, sentence: str) -> MappingError:
        return MappingError(f"{self.name}: {self.path}: {sentence}")


def check(mapping: Mapping, *, name: str) -> None:
    """Say nothing when the mapping fits the domain and itself; messages call it `name`.

    Raises:
        MappingError: A class, field, edge type, block, column or end is wrong; the message says where.
    """
    top = _Place(name, "")
    _check_file(mapping, top)
    for block_name, node in mapping.nodes.items():
        _check_node(mapping, node, top / "nodes" / block_name)
    for place, edge in enumerate(mapping.edges):
        _check_edge(mapping, edge, top / f"edges[{place}]")
    for part in ("url", "confidence", "note", "stated_on", "marking", "public_from"):
        if (cell := getattr(mapping.row, part)) is not None:
            _check_plain(cell, top / "row" / part)


def _check_file(mapping: Mapping, top: _Place) -> None:
    for column in sorted(columns_read(mapping) & set(mapping.ignore)):
        raise (top / "ignore").refuse(f"column {column!r} is read elsewhere in the mapping; take it off one of them")
    for column in sorted(set(mapping.optional) - columns_read(mapping)):
        raise (top / "optional").refuse(f"column {column!r} is not read in the mapping; take it off")
    named = mapping.columns.keys() | {words.needed_with for words in mapping.columns.values() if words.needed_with}
    for column in sorted(named - columns_read(mapping) - set(mapping.ignore)):
        raise (top / "columns" / column).refuse(
            f"nothing reads the column {column!r}{did_you_mean(column, columns_read(mapping))}"
        )
    if mapping.encoding:
        try:
            codecs.lookup(mapping.encoding)
        except LookupError:
            raise (top / "encoding").refuse(
                f"there is no encoding {mapping.encoding!r}; write utf-8 or cp1252"
            ) from None


def _check_node(mapping: Mapping, block: NodeBlock, place: _Place) -> None:
    if block.cls not in NODE:
        raise (place / "class").refuse(f"there is no class {block.cls!r}{did_you_mean(block.cls, NODE)}")
    for cell in _alternatives(block.id):
        _check_cell(mapping, cell, place / "id", many=False)
        if isinstance(cell, BlockCell):
            raise (place / "id").refuse("the id of a block is not that of another; write its cell")
        classes = _classes(mapping, cell, place / "id")
        if classes is not None and block.cls not in classes:
            kind = NODE[block.cls].kind
            raise (place / "id").refuse(
                f"these ids belong to {_or(classes)}, not to {block.cls}, whose ids begin with '{kind}:'"
            )
    _check_block(mapping, block, NODE[block.cls], place)


def _check_edge(mapping: Mapping, block: EdgeBlock, place: _Place) -> None:
    if block.type not in EDGE:
        raise (place / "type").refuse(f"there is no edge type {block.type!r}{did_you_mean(block.type, EDGE)}")
    declared = EDGE[block.type]
    for end, labels in (("source", declared.source), ("target", declared.target)):
        for cell in _alternatives(getattr(block, end)):
            _check_cell(mapping, cell, place / end, many=True)
            _check_end(mapping, cell, labels, f"the {end} of {block.type}", place / end)
    _check_block(mapping, block, declared, place)


def _check_end(mapping: Mapping, cell: Cell, labels: tuple[str, ...], what: str, place: _Place) -> None:
    classes = _classes(mapping, cell, place)
    if classes is not None and not any(fits(cls, labels) for cls in classes):
        raise place.refuse(f"{_or(classes)} cannot be {what}; that is {_or(labels)}")


def _check_block(mapping: Mapping, block: Block, declared: type[Declared], place: _Place) -> None:
    rules = declared.rules()
    for field, source in block.fields.items():
        here = place / "fields" / field
        if field not in rules:
            raise here.refuse(f"{declared.__name__} has no field {field!r}{did_you_mean(field, rules)}")
        _check_source(mapping, declared, field, source, here)
    money = block.fields.get("money") if declared is Transaction else None
    if isinstance(money, CompositeCell) and money.value_date is None and "fiscal_year" not in block.fields:
        raise (place / "fields" / "money").refuse(
            "an amount has a day; write {value_date: …}, or fill the field fiscal_year where its source tells no more"
        )
    if block.stated_on is not None:
        _check_plain(block.stated_on, place / "stated_on")


def _check_source(mapping: Mapping, declared: type[Declared], field: str, source: Source, place: _Place) -> None:
    rule = declared.rules()[field]
    if rule.shape in PART_READERS:
        _check_parts(rule.shape, source, place)
        return
    if isinstance(source, CompositeCell):
        raise place.refuse(
            f"{declared.__name__}.{field} is one value, not several parts; write a column name or a cell"
        )
    if isinstance(source, tuple) and rule.shape != "list":
        raise place.refuse(
            f"{declared.__name__}.{field} holds one value; write {{first: […]}} for the first of several"
        )
    for alternative in source if isinstance(source, tuple) else (source,):
        for cell in _alternatives(alternative):
            _check_cell(mapping, cell, place, many=rule.shape == "list")
            if rule.shape == "ref":
                _check_end(mapping, cell, (rule.refers_to,), f"{declared.__name__}.{field}", place)
            elif isinstance(cell, BlockCell):
                raise place.refuse(f"{declared.__name__}.{field} names no other subject; write a column name or a cell")
            if isinstance(cell, ConstCell):
                _check_const(declared, field, cell, place)


def _check_parts(shape: str, source: Source, place: _Place) -> None:
    known = {*PART_READERS[shape], "open"} if shape == "interval" else set(PART_READERS[shape])
    if not isinstance(source, CompositeCell):
        raise place.refuse(f"has several parts; write {{{', '.join(f'{part}: …' for part in sorted(known))}}}")
    for part in source.filled():
        if part not in known:
            raise (place / part).refuse(f"there is no such part here; the parts are {', '.join(sorted(known))}")
        if part != "open":
            _check_plain(getattr(source, part), place / part)
    if shape == "money":
        _check_unit(source, place / "amount")
    if shape != "interval" and (
        missing := [p for p in PART_READERS[shape] if p != "value_date" and p not in source.filled()]
    ):
        raise place.refuse(f"lacks the part {missing[0]!r}; write a column name or {{const: …}} for it")


_CODE = re.compile(r"\b[A-Z]{3}\b")


def _check_unit(source: CompositeCell, place: _Place) -> None:
    """Refuse an amount under a heading that says thousands, or a currency, where the mapping says otherwise."""
    for cell in _alternatives(source.amount) if source.amount else ():
        if not isinstance(cell, ColumnCell):
            continue
        if not cell.times and (unit := unit_of(cell.column)) > 1:
            raise place.refuse(
                f"{cell.column!r} says that it counts in {unit:,}, and its numbers would be taken as they stand; write"
                f" {{column: {cell.column!r}, times: {unit}}}"
            )
        codes = [code for code in _CODE.findall(cell.column) if code in CURRENCIES]
        stated = source.currency.const if isinstance(source.currency, ConstCell) else ""
        if stated and codes and stated not in codes:
            raise place.refuse(f"{cell.column!r} is in {codes[0]}, and the mapping says {stated}; correct one of them")


def _check_plain(cell: Cell, place: _Place) -> None:
    for alternative in _alternatives(cell):
        if isinstance(alternative, BlockCell):
            raise place.refuse("holds a value, not a subject; write a column name or a cell")
        if isinstance(alternative, ColumnCell) and alternative.read in (
            "government",
            "body",
            "party",
            "named",
            "topics",
        ):
            raise place.refuse(f"`read: {alternative.read}` gives a subject or topics, which cannot stand here")
        _check_cell(None, alternative, place, many=False)


def _check_cell(mapping: Mapping | None, cell: Cell, place: _Place, *, many: bool) -> None:
    if isinstance(cell, ColumnCell):
        if cell.split and not many:
            raise place.refuse(
                "`split` gives several values where one is wanted; `each` states the block for each part"
            )
        for kind in _kinds(cell):
            if kind not in KIND:
                raise place.refuse(f"there is no kind {kind!r}{did_you_mean(kind, KIND)}")
    elif isinstance(cell, TemplateCell) and cell.of is not None:
        for alternative in _alternatives(cell.of):
            _check_cell(mapping, alternative, place / "of", many=False)
    elif isinstance(cell, BlockCell) and mapping is not None and cell.block not in mapping.nodes:
        raise place.refuse(f"there is no node block {cell.block!r}{did_you_mean(cell.block, mapping.nodes)}")


def _check_const(declared: type[Declared], field: str, cell: ConstCell, place: _Place) -> None:
    value = (
        (cell.const,) if declared.rules()[field].shape == "list" and not isinstance(cell.const, tuple) else cell.const
    )
    try:
        declared.model_validate({field: value})
    except ValidationError as error:
        raise place.refuse(f"{error.errors()[0]['msg']} (given: {cell.const!r})") from None


def _alternatives(cell: Cell) -> Iterator[Cell]:
    """Yield a cell, or each of those that a `first` tries."""
    if isinstance(cell, FirstCell):
        for alternative in cell.first:
            yield from _alternatives(alternative)
    else:
        yield cell


def _classes(mapping: Mapping, cell: Cell, place: _Place) -> set[str] | None:
    """Return the classes that the ids of a cell may belong to; None when only the rows can tell."""
    if isinstance(cell, BlockCell):
        return {mapping.nodes[cell.block].cls}
    if isinstance(cell, ColumnCell):
        return _read_classes(cell)
    if isinstance(cell, TemplateCell):
        opening = template(cell.template).opening
        if not kind_of_id(opening):
            return None
    elif isinstance(cell, KeyCell):
        opening = cell.key
    else:
        assert isinstance(cell, ConstCell), "the caller takes a `first` apart"
        opening = str(cell.const)
        if not is_id(opening):
            raise place.refuse(f"{opening!r} is no id of ours; ids are kind:slug, such as gov:ken or org:osce")
    try:
        return {class_of_id(opening)}
    except ValueError as error:
        raise place.refuse(f"{error}{did_you_mean(kind_of_id(opening), KIND)}") from None


def _read_classes(cell: ColumnCell) -> set[str] | None:
    kinds = {KIND[kind].label() for kind in _kinds(cell) if kind in KIND}
    if cell.read == "government":
        return {"Government"}
    if cell.read == "body":
        return {*BODY_CLASSES, *kinds}
    if cell.read == "party":
        return {"Government", *BODY_CLASSES, *PARTNER_CLASSES, *kinds}
    return kinds if cell.read == "named" else None


def _kinds(cell: ColumnCell) -> set[str]:
    """Return the kinds that a name may be taken for."""
    return {*filter(None, (cell.kind,)), *(cell.kinds.map.values() if cell.kinds else ())}


def _or(words: Iterable[str]) -> str:
    return " or ".join(sorted(words))
