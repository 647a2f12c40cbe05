"""State nodes and edges as the readers of standard formats know them, checked against the domain."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from pydantic import ValidationError

from graph.domain.catalog import EDGE, KIND, NODE, fits
from graph.domain.model import Declared
from graph.statements import EdgeStatement, NodeStatement, Values
from ingest.fields import first_fault, validated
from ingest.rejections import LOOP, UNFIT, Refusal
from ingest.subjects import NAMED, class_named_by, slug

LONGEST_LINE = 1_000
"""As `graph.domain.values.Line` has it."""

_EMPTY: tuple[object, ...] = (None, "", [], (), {})


def node(it: str, given: Mapping[str, Any], *, stated_on: str = "", marking: int = 0) -> NodeStatement:
    """Return what is said of a node; its class follows from its id, and what is empty is not said.

    Raises:
        Refusal: The id is none, or a value does not fit its field.
    """
    cls = class_named_by(it)
    if cls is None:
        raise Refusal(f"{it!r} is not an id", fix="ids are kind:slug in lower case", code=UNFIT, value=it)
    return NodeStatement(cls, it, _values(NODE[cls], given), stated_on, marking)


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
            raise Refusal(
                f"{end!r} cannot stand in {kind}", fix=f"name one of these: {', '.join(labels)}", code=UNFIT, value=end
            )
    if source == target:
        raise Refusal(f"{kind} joins {source} to itself", fix="correct one of its two ends", code=LOOP, value=source)
    return EdgeStatement(kind, source, target, _values(declared, given or {}), stated_on, marking)


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
    return f"{kind}:{blake2b(chr(31).join(texts).encode(), digest_size=8).hexdigest()}"


def as_line(text: str) -> str:
    """Return text on one line, cut with an ellipsis where it is longer than a line of the domain."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def once(statements: Iterable[NodeStatement | EdgeStatement]) -> tuple[NodeStatement | EdgeStatement, ...]:
    """Return statements in their order, each said once."""
    kept: list[NodeStatement | EdgeStatement] = []
    for statement in statements:
        if statement not in kept:
            kept.append(statement)
    return tuple(kept)


def _values(declared: type[Declared], given: Mapping[str, Any]) -> Values:
    said = {name: value for name, value in given.items() if value not in _EMPTY}
    try:
        return validated(declared)(said)
    except ValidationError as error:
        field, reason = first_fault(error)
        given_value = said.get(field, "")
        value = str(given_value.get("value", given_value) if isinstance(given_value, dict) else given_value)
        raise Refusal(
            f"{value[:100]!r} does not fit {declared.__name__}.{field}: {reason}",
            fix=f"correct it; {field} means: {declared.model_fields[field].description}".rstrip("."),
            code=UNFIT,
            column=field,
            value=value,
        ) from None
