"""From the cells of one row to what it says: its key and its content, or why it is refused."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from decimal import Decimal
from functools import partial
from typing import Any

from pydantic import TypeAdapter, ValidationError

from iga.graph.domain.marking import Marking
from iga.graph.domain.values import Instant, page_address
from iga.graph.statements import Content, EdgeStatement, NodeStatement
from iga.graph.suggestions import did_you_mean
from iga.ingest.cells import MappedRow, one
from iga.ingest.conditions import Test, holds
from iga.ingest.doubts import doubts_in
from iga.ingest.mapping import ColumnWords, Mapping, columns_of
from iga.ingest.mapping_blocks import edge_block, node_block
from iga.ingest.mapping_cells import Cell
from iga.ingest.names_of_load import Unknown
from iga.ingest.record_builder import LONGEST_KEY, LONGEST_NOTE, LONGEST_URL, Statements, internal_until_held
from iga.ingest.rejections import KEY, MISSING, SILENT, UNFIT, Refusal
from iga.ingest.source_reader import StatedRow
from iga.ingest.value_readers import confidence_of

_INSTANT: TypeAdapter[str] = TypeAdapter(Instant)


def row_reader(
    mapping: Mapping, unknown: dict[str, Unknown] | None = None
) -> Callable[[dict[str, str]], StatedRow | None]:
    """Return the function that reads one row's trimmed cells; it gives None for a blank or skipped row.

    What is to become of the names that no table knows is put into `unknown`, by the ids that they are given.

    Raises (the function):
        Refusal: The row is not taken; the refusal says why and what to do.
    """
    skipped: Test = holds(mapping.skip) if mapping.skip else lambda _: False
    day = mapping.row.stated_on
    states = [node_block(name, block, row_day=day) for name, block in mapping.nodes.items()]
    states += [edge_block(block, row_day=day) for block in mapping.edges]
    about = [(name, one(cell), tell, cell) for name, tell in _TELLS.items() if (cell := getattr(mapping.row, name))]
    key_columns, source = mapping.row_key.columns, mapping.card.source
    plan_rule = _plan_rule(mapping)
    check = _needs(mapping.columns)
    has_shares = any(edge.type == "IMPLEMENTED_IN" and "percentage" in edge.fields for edge in mapping.edges)

    def read(cells: dict[str, str]) -> StatedRow | None:
        if not any(cells.values()) or skipped(cells):
            return None
        key = _row_key(cells, key_columns, may_be_blank=mapping.row_key.may_be_blank)
        check(cells)
        row = MappedRow(cells, f"{source}\x1f{key}")
        statements: Statements = [statement for state in states for statement in state(row)]
        if not statements:
            raise Refusal(
                "the mapping states nothing from this row",
                code=SILENT,
                fix="fill the columns that `when` asks for, or name such rows under `skip` in the mapping",
            )
        if plan_rule:
            statements = plan_rule(statements)
        if row.named:
            statements = _with_names(row, statements)
            if unknown is not None:
                unknown.update({subject: named.unknown for subject, named in row.named.items()})
        about_row = {name: tell(value, cell) for name, read, tell, cell in about if (value := read(row)) is not None}
        if has_shares and (sentence := _shares_remark(statements)):
            about_row["note"] = "; ".join(filter(None, (about_row.get("note", ""), sentence)))
        return key, Content(tuple(statements), doubts=doubts_in(about_row.get("note", "")), **about_row)

    return read


def _with_names(row: MappedRow, statements: Statements) -> Statements:
    """Return statements with the names of the subjects that the row names and that no block of it names."""
    named = {s.id for s in statements if isinstance(s, NodeStatement) and "name" in s.values}
    return statements + [
        NodeStatement(one.cls, subject, {"name": one.name}, "", one.marking)
        for subject, one in row.named.items()
        if subject not in named
    ]


def _row_key(cells: MappingOf[str, str], columns: tuple[str, ...], *, may_be_blank: bool) -> str:
    """Return the bare text of one column, or a JSON list of several."""
    for column in columns:
        if not cells[column] and not (may_be_blank and any(cells[name] for name in columns)):
            reason = f"column {column!r} is part of the row key and blank"
            raise Refusal(reason, fix=f"fill {column!r}", code=KEY, column=column)
    key = cells[columns[0]] if len(columns) == 1 else json.dumps([cells[name] for name in columns], ensure_ascii=False)
    if len(key) > LONGEST_KEY:
        reason, fix = f"the row key is longer than {LONGEST_KEY} characters", "choose shorter columns for `row_key`"
        raise Refusal(reason, fix=fix, code=KEY, column=", ".join(columns), value=key)
    return key


def _plan_rule(mapping: Mapping) -> Callable[[Statements], Statements] | None:
    """Return the rule that keeps planned engagements and attendees internal; None when no block needs it.

    A PARTICIPATED whose block states a marking keeps it.
    """
    markings = [edge.marking for edge in mapping.edges if edge.type == "PARTICIPATED"]
    if None not in markings and not any(node.cls == "Engagement" for node in mapping.nodes.values()):
        return None
    return partial(internal_until_held, attendance_is_marked=any(markings))


def _at_most(longest: int, value: object, cell: Cell) -> str:
    if len(text := str(value)) > longest:
        raise _wrong(text, f"a text of at most {longest:,} characters", "shorten it", cell)
    return text


def _page(value: object, cell: Cell) -> str:
    try:
        return page_address(_at_most(LONGEST_URL, value, cell))
    except ValueError as fault:
        raise _wrong(value, "the address of a page", str(fault), cell) from None


def _marking(word: object, cell: Cell) -> int:
    try:
        return int(Marking.named(str(word)))
    except KeyError:
        raise _wrong(word, "a marking", "write public, internal or sensitive", cell) from None


def _instant(text: object, cell: Cell) -> str:
    try:
        return _INSTANT.validate_python(text)
    except ValidationError:
        raise _wrong(text, "an instant", "write the instant in UTC, such as 2026-06-30T14:00:00Z", cell) from None


_TELLS: dict[str, Callable[[object, Cell], Any]] = {
    "marking": _marking,
    "public_from": _instant,
    "url": _page,
    "confidence": lambda word, cell: confidence_of(str(word), column=_columns(cell)),
    "note": partial(_at_most, LONGEST_NOTE),
}
"""What a row may say of itself, and what makes it part of its content."""


def _wrong(value: object, what: str, fix: str, cell: Cell) -> Refusal:
    return Refusal(f"{str(value)[:100]!r} is not {what}", fix=fix, code=UNFIT, column=_columns(cell), value=str(value))


def _columns(cell: Cell) -> str:
    return ", ".join(dict.fromkeys(columns_of(cell)))


_WHOLE = Decimal(100)
# Shares are printed rounded: three thirds are 33.3 or 33.33 each.
_ROUNDING = Decimal("0.1")


def _shares_remark(statements: Sequence[NodeStatement | EdgeStatement]) -> str:
    """Return the sentence that shares do not add up to the whole; blank when they do, or when one is not stated."""
    shares: defaultdict[str, list[object]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement, EdgeStatement) and statement.type == "IMPLEMENTED_IN":
            shares[statement.source].append(statement.values.get("percentage"))
    sentences = []
    for source, stated in shares.items():
        total = sum((Decimal(str(share)) for share in stated if share is not None), Decimal(0))
        if total > _WHOLE + _ROUNDING:
            reason = f"the shares of {source} add up to {total:f} percent"
            raise Refusal(reason, fix="correct them; together they are at most 100", code=UNFIT)
        if None not in stated and abs(total - _WHOLE) > _ROUNDING:
            sentences.append(f"The stated shares add up to {total:f} percent.")
    return " ".join(dict.fromkeys(sentences))


def _needs(columns: MappingOf[str, ColumnWords]) -> Callable[[MappingOf[str, str]], None]:
    """Return the function that says nothing of the trimmed cells of a row when they fill what is needed.

    Raises (the function):
        Refusal: A needed cell is blank, or a word is none of the choices.
    """
    needed = [(name, words) for name, words in columns.items() if words.needed or words.needed_with]
    closed = {
        name: {word.casefold() for word in words.choices}
        for name, words in columns.items()
        if words.only and words.choices
    }

    def check(cells: MappingOf[str, str]) -> None:
        for name, words in needed:
            if not cells[name] and (words.needed or cells[words.needed_with or name]):
                why = "every row needs it" if words.needed else f"it goes with {words.needed_with!r}"
                raise Refusal(f"{name!r} is blank; {why}", fix=f"fill {name!r}", code=MISSING, column=name)
        for name, known in closed.items():
            if cells[name] and cells[name].casefold() not in known:
                choices = columns[name].choices
                raise Refusal(
                    f"{cells[name]!r} is none of the words for {name!r}{did_you_mean(cells[name], choices)}",
                    fix=f"write one of these: {', '.join(choices)}",
                    code=UNFIT,
                    column=name,
                    value=cells[name],
                )

    return check
