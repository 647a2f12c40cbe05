"""From the cells of one row to what it says: its key and its content, or why it is refused."""

import json
from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from graph.domain.marking import Marking
from graph.domain.values import Instant
from graph.statements import Confidence, Content, EdgeStatement, NodeStatement
from ingest.blocks import States, edge_block, node_block
from ingest.cells import One, Row, one
from ingest.conditions import Test, holds
from ingest.mapping import Cell, Mapping
from ingest.mapping_columns import columns_of
from ingest.rejections import KEY, SILENT, UNFIT, Refusal

# A key is printed in messages and kept in every index of the ledger.
LONGEST_KEY = 500
LONGEST_URL = 2_000
LONGEST_NOTE = 20_000

_INTERNAL = int(Marking.INTERNAL)
_PLANNED = ("planned", "confirmed", "postponed")
_CONFIDENCE: dict[str, Confidence] = {"high": "high", "medium": "medium", "low": "low", "derived": "derived"}
_INSTANT: TypeAdapter[str] = TypeAdapter(Instant)

Said = tuple[str, Content]
"""The row key and what the row says."""


@dataclass(frozen=True)
class _RowCells:
    """What a row says about itself, as functions."""

    url: One
    confidence: One
    note: One
    marking: One
    public_from: One


def row_reader(mapping: Mapping) -> Callable[[dict[str, str]], Said | None]:
    """Return the function that reads one row's trimmed cells; it gives None for a blank or skipped row.

    Raises (the function):
        Refusal: The row is not taken; the refusal says why and what to do.
    """
    skipped: Test = holds(mapping.skip) if mapping.skip else lambda _: False
    states = _states(mapping)
    about = _RowCells(**{name: _optional(getattr(mapping.row, name)) for name in _RowCells.__dataclass_fields__})
    speaks_of_itself = any(getattr(mapping.row, name) for name in _RowCells.__dataclass_fields__)
    key_columns = mapping.row_key.columns
    plan_rule = _plan_rule(mapping)

    def read(cells: dict[str, str]) -> Said | None:
        if not any(cells.values()) or skipped(cells):
            return None
        key = _row_key(cells, key_columns)
        row = Row(cells)
        statements = [statement for state in states for statement in state(row)]
        if not statements:
            raise Refusal(
                "the mapping states nothing from this row",
                code=SILENT,
                fix="fill the columns that `when` asks for, or name such rows under `skip` in the mapping",
            )
        if plan_rule:
            statements = plan_rule(statements)
        stated = {statement.id for statement in statements if isinstance(statement, NodeStatement)}
        named = [
            NodeStatement(cls, subject, {"name": name}, "", marking)
            for subject, (cls, name, marking) in row.named.items()
            if subject not in stated
        ]
        said = (*statements, *named)
        return key, _content(said, about, row, mapping) if speaks_of_itself else Content(said)

    return read


def _states(mapping: Mapping) -> list[States]:
    day = mapping.row.stated_on
    nodes = [node_block(name, block, row_day=day) for name, block in mapping.nodes.items()]
    return [*nodes, *(edge_block(block, row_day=day) for block in mapping.edges)]


def _optional(cell: Cell | None) -> One:
    return one(cell) if cell is not None else lambda _: None


def _row_key(cells: MappingOf[str, str], columns: tuple[str, ...]) -> str:
    """Return the bare text of one column, or a JSON list of several.

    Raises:
        Refusal: A key column is blank, or the key is too long.
    """
    for column in columns:
        if not cells[column]:
            raise Refusal(
                f"column {column!r} is part of the row key and blank",
                fix=f"fill {column!r}",
                code=KEY,
                column=column,
            )
    key = cells[columns[0]] if len(columns) == 1 else json.dumps([cells[name] for name in columns], ensure_ascii=False)
    if len(key) > LONGEST_KEY:
        raise Refusal(
            f"the row key is longer than {LONGEST_KEY} characters",
            fix="choose shorter columns for `row_key`",
            code=KEY,
            column=", ".join(columns),
            value=key,
        )
    return key


Statements = list[NodeStatement | EdgeStatement]


def _plan_rule(mapping: Mapping) -> Callable[[Statements], Statements] | None:
    """Return the rule that keeps planned engagements and attendees internal; None when no block needs it.

    An engagement that is not held yet is internal. So is a PARTICIPATED of a row that does not say that the
    engagement was held, unless its block states a marking.
    """
    joins = any(edge.type == "PARTICIPATED" and edge.marking is None for edge in mapping.edges)
    open_marking = {edge.type for edge in mapping.edges if edge.type == "PARTICIPATED" and edge.marking is not None}
    if not joins and not any(node.cls == "Engagement" for node in mapping.nodes.values()):
        return None

    def rule(statements: Statements) -> Statements:
        status = [s.values.get("status") for s in statements if isinstance(s, NodeStatement) and s.cls == "Engagement"]
        not_held = "held" not in status and not open_marking
        return [_internal(s) if _is_planned(s) or (not_held and _is_attendance(s)) else s for s in statements]

    return rule


def _is_planned(statement: NodeStatement | EdgeStatement) -> bool:
    return (
        isinstance(statement, NodeStatement)
        and statement.cls == "Engagement"
        and statement.values.get("status") in _PLANNED
    )


def _is_attendance(statement: NodeStatement | EdgeStatement) -> bool:
    return isinstance(statement, EdgeStatement) and statement.type == "PARTICIPATED"


def _internal(statement: NodeStatement | EdgeStatement) -> NodeStatement | EdgeStatement:
    marking = max(statement.marking, _INTERNAL)
    if isinstance(statement, NodeStatement):
        return NodeStatement(statement.cls, statement.id, statement.values, statement.stated_on, marking)
    return EdgeStatement(
        statement.type, statement.source, statement.target, statement.values, statement.stated_on, marking
    )


def _content(
    statements: tuple[NodeStatement | EdgeStatement, ...], about: _RowCells, row: Row, mapping: Mapping
) -> Content:
    return Content(
        statements,
        marking=_marking(about.marking(row), mapping),
        public_from=_instant(about.public_from(row), mapping),
        url=_at_most(str(about.url(row) or ""), LONGEST_URL, mapping.row.url),
        confidence=_confidence(about.confidence(row), mapping),
        note=_at_most(str(about.note(row) or ""), LONGEST_NOTE, mapping.row.note),
    )


def _marking(word: object, mapping: Mapping) -> int:
    if word is None:
        return int(Marking.PUBLIC)
    try:
        return int(Marking.named(str(word)))
    except KeyError:
        raise _wrong(word, "a marking", "write public, internal or sensitive", mapping.row.marking) from None


def _confidence(word: object, mapping: Mapping) -> Confidence:
    if word is None:
        return "high"
    known = _CONFIDENCE.get(str(word).lower())
    if known is None:
        raise _wrong(word, "a confidence", "write high, medium, low or derived", mapping.row.confidence)
    return known


def _instant(text: object, mapping: Mapping) -> str:
    if text is None:
        return ""
    try:
        return _INSTANT.validate_python(text)
    except ValidationError:
        fix = "write the instant in UTC, such as 2026-06-30T14:00:00Z"
        raise _wrong(text, "an instant", fix, mapping.row.public_from) from None


def _at_most(text: str, longest: int, cell: Cell | None) -> str:
    if len(text) > longest:
        raise _wrong(text, f"a text of at most {longest:,} characters", "shorten it", cell)
    return text


def _wrong(value: object, what: str, fix: str, cell: Cell | None) -> Refusal:
    columns = ", ".join(dict.fromkeys(columns_of(cell)))
    return Refusal(f"{str(value)[:100]!r} is not {what}", fix=fix, code=UNFIT, column=columns, value=str(value))
