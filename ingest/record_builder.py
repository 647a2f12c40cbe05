"""State nodes and edges, checked against the domain: what every reader, and whoever types, makes statements with."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from graph.domain.catalog import EDGE, KIND, NODE, fits
from graph.domain.marking import Marking
from graph.statements import EdgeStatement, NodeStatement
from ingest.fields import fitting
from ingest.rejections import LOOP, UNFIT, Refusal
from ingest.subjects import NAMED, class_named_by, digest_of, slug

Statement: TypeAlias = NodeStatement | EdgeStatement
Statements: TypeAlias = list[Statement]

LONGEST_LINE = 1_000
"""As `graph.domain.values.Line` has it."""

INTERNAL = int(Marking.INTERNAL)
_EMPTY: tuple[object, ...] = (None, "", [], (), {})
_PLANNED = ("planned", "confirmed", "postponed")


def node(subject: str, given: Mapping[str, Any], *, stated_on: str = "", marking: int = 0) -> NodeStatement:
    """Return what is said of a node; its class follows from its id, and what is empty is not said.

    Raises:
        Refusal: The id is none, or a value does not fit its field.
    """
    cls = class_named_by(subject)
    if cls is None:
        raise Refusal(f"{subject!r} is not an id", fix="ids are kind:slug in lower case", code=UNFIT, value=subject)
    return NodeStatement(cls, subject, fitting(NODE[cls], filled(given)), stated_on, marking)


def edge(
    kind: str,
    source: str,
    target: str,
    given: Mapping[str, Any] | None = None,
    *,
    stated_on: str = "",
    marking: int = 0,
) -> EdgeStatement:
    """Return what is said of a relationship.

    Raises:
        Refusal: An end cannot stand there, both are one, or a value does not fit its field.
    """
    declared = EDGE[kind]
    for end, labels in ((source, declared.source), (target, declared.target)):
        cls = class_named_by(end)
        if cls is None or not fits(cls, labels):
            fix = f"name one of these: {', '.join(labels)}"
            raise Refusal(f"{end} cannot stand in {kind}", fix=fix, code=UNFIT, value=end)
    check_loop(kind, source, target)
    return EdgeStatement(kind, source, target, fitting(declared, filled(given or {})), stated_on, marking)


def check_loop(kind: str, source: str, target: str, *, column: str = "") -> None:
    """Say nothing unless a relationship joins a subject to itself.

    Raises:
        Refusal: It does.
    """
    if source == target:
        reason = f"{kind} joins {source} to itself"
        raise Refusal(reason, fix="correct one of its two ends", code=LOOP, column=column, value=source)


def filled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is not empty: the rest is not said."""
    return {name: value for name, value in given.items() if value not in _EMPTY}


def named_id(kind: str, name: str) -> str:
    """Return the id of a subject known by its name alone: ``named:organization:example-relief``.

    Raises:
        Refusal: The name holds no letter or digit.
    """
    if not (end := slug(name)):
        raise Refusal(f"{name!r} holds no letter or digit to name a subject by", fix="write its name", value=name)
    return f"{NAMED}:{kind}:{end}"


def opaque_id(kind: str, *texts: str) -> str:
    """Return an id that is always the same for the same texts and tells nothing of them."""
    assert kind in KIND, f"there is no kind {kind}"
    return f"{kind}:{digest_of(*texts)}"


def as_line(text: str) -> str:
    """Return text on one line, cut with an ellipsis where it is longer than a line of the domain."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements in their order, each said once."""
    unique: Statements = []
    for statement in statements:
        if statement not in unique:
            unique.append(statement)
    return tuple(unique)


def internal_until_held(statements: Statements, *, attendance_is_marked: bool = False) -> Statements:
    """Return what one record says, internal as far as it must be, whichever file states it.

    An engagement that is not held yet is internal. So is a PARTICIPATED of a record that does not say that the
    engagement was held, unless its own marking is stated.
    """
    status = [s.values.get("status") for s in statements if isinstance(s, NodeStatement) and s.cls == "Engagement"]
    not_held = "held" not in status and not attendance_is_marked

    def is_hidden(statement: Statement) -> bool:
        if isinstance(statement, EdgeStatement):
            return not_held and statement.type == "PARTICIPATED"
        return statement.cls == "Engagement" and statement.values.get("status") in _PLANNED

    return [replace(s, marking=max(s.marking, INTERNAL)) if is_hidden(s) else s for s in statements]
