"""Reads compiled from the domain: what one hop leads to, and what there is of a class."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from typing_extensions import TypeVar

from iga.graph.domain.model import Edge, Node
from iga.graph.query import Query, ReadParams, Row
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds


class Everything(ReadParams):
    """A read that takes nothing: all there are."""


class Until(OfIds):
    """Whose edges, up to which full day, and how many of them at most."""

    day: str
    most: int


class OfStretch(ReadParams):
    """A stretch of time: its first and last full day, or its first year and the year after its last."""

    since: str
    until: str


class OfIdsInStretch(OfStretch, OfIds):
    """Whose, and a stretch of time."""


class Inside(OfIds):
    """Whose edges, or which entities, and the bodies that all of these are found through."""

    bodies: tuple[str, ...]


class OwnEdgeRow(EdgeRow):
    """An edge with all properties of the thing that it leads from."""

    own: dict[str, Any]


P = TypeVar("P", bound=ReadParams, default=Everything)
R = TypeVar("R", bound=Row, default=FullEdgeRow)

# What each column of a row is, by its name; a row names the columns that it wants.
_OF_AN_EDGE = {
    "subject": "subject.id",
    "subject_cls": "subject.cls",
    "subject_name": "subject.name",
    "subject_values": "properties(subject)",
    "key": "edge.key",
    "type": "type(edge)",
    "properties": "properties(edge)",
    "id": "other.id",
    "cls": "other.cls",
    "name": "other.name",
    "iso3": "other.iso3",
    "values": "properties(other)",
    "own": "properties(subject)",
}
_BY_ID = re.compile(r"UNWIND \$ids AS given\nMATCH \((\w+):Entity \{id: given\}\)(.*)")
_OF_A_NODE = {"id": "it.id", "cls": "it.cls", "name": "it.name", "iso3": "it.iso3", "values": "properties(it)"}


def hop(
    *edges: type[Edge],
    into: bool = False,
    either: bool = False,
    other: type[Node] | str = "",
    row: type[R] = FullEdgeRow,  # type: ignore[assignment]
    fields: tuple[str, ...] = (),
    where: str = "",
) -> Query[OfIds, R]:
    """Return the read of the edges of some classes at some entities, with what stands at their other ends.

    Rows are ordered by the id that was given, then by key.

    Args:
        edges: Classes of the edges.
        into: Whether they lead to the entities; otherwise they lead from them.
        either: Whether their direction does not matter.
        other: Class or label that the other end must have; blank is any.
        row: The columns; `EdgeRow` is quicker than `FullEdgeRow` where nothing of the other end is needed.
        fields: Properties of the other end that are needed; none is all of them.
        where: Condition in Cypher, in which ``other`` is the other end; blank is none.
    """
    types, label = "|".join(edge.type() for edge in edges), _label(other)
    tail, head = ("<-", "-") if into else ("-", "-" if either else "->")
    columns = columns_of(row, fields)
    way, condition = "between" if either else "into" if into else "out of", f"WHERE {where}\n" if where else ""
    text = (
        f"// What do edges of {types} {way} these entities lead to?\n"
        f"// Compiled from the domain; every {label} at the other end counts, of any day.\n"
        "UNWIND $ids AS given\n"
        f"MATCH (subject:Entity {{id: given}}){tail}[edge:{types}]{head}(other:{label})\n{condition}"
        f"RETURN\n{columns}\nORDER BY subject, key\n"
    )
    name = f"{types} {way} {label} as {row.__name__} {' '.join((*fields, where))}".rstrip()
    return Query(__package__, name, OfIds, row, text)


# Each thing that is found is looked for among those wanted: with more of these that takes longer than to look them up.
_COMPARED = 1_000


def through(query: Query[OfIds, R], way: str) -> Query[Inside, R]:
    """Return a read of things by their ids as one that finds them through the bodies that all of them are in.

    Of some hundred things that takes half as long as looking each up by its id.

    Args:
        query: The read.
        way: What leads from a body to the things, in Cypher that ends in ``(it:Label)``.
    """
    start = next(_BY_ID.finditer(query.text))
    thing, rest = start.groups()
    found = f"UNWIND $bodies AS given\nMATCH (:Entity {{id: given}}){way.replace('(it:', f'({thing}:')}"
    lines = (
        found,
        f"WHERE {thing}.id IN $ids",
        f"WITH DISTINCT {thing}",
        *([f"MATCH ({thing}){rest}"] if rest else ()),
    )
    text = query.text.replace(start[0], "\n".join(lines))
    return Query(__package__, f"{query.name} through {way}", Inside, query.row, text)


def nearer(
    read: Callable[[Query[Any, R], Any], list[R]],
    by_id: Query[OfIds, R],
    inside: Query[Inside, R],
    ids: Iterable[str],
    bodies: Collection[str],
) -> list[R]:
    """Return the rows of a read of things, by their ids or through the bodies they are all in, whichever is quicker.

    Args:
        read: Reads the graph.
        by_id: The read by ids.
        inside: The same `through` bodies.
        ids: The things, each of them in one of the bodies.
        bodies: The bodies; none where that is not known.
    """
    wanted = tuple(dict.fromkeys(ids))
    if 0 < len(bodies) < len(wanted) <= _COMPARED:
        return read(inside, Inside(ids=wanted, bodies=tuple(bodies)))
    return read(by_id, OfIds(ids=wanted)) if wanted else []


def newest(*edges: type[Edge]) -> Query[Until, FullEdgeRow]:
    """Return the read of the edges of some classes to the events that began last by a day, by the id given, then key.

    Of events without a day it is not known when they began: they come last.
    """
    types = "|".join(edge.type() for edge in edges)
    text = (
        f"// Which edges of {types} lead from these entities to events, the newest so many?\n"
        "// Compiled from the domain; what begins after the day is left out, edges to one event stand together.\n"
        f"UNWIND $ids AS given\nMATCH (subject:Entity {{id: given}})-[edge:{types}]->(other:Entity)\n"
        "WITH subject, edge, other, coalesce(other.period_start, '') AS begun\nWHERE begun <= $day\n"
        "WITH subject, edge, other, begun\nORDER BY begun DESC, other.id, edge.key\nLIMIT $most\n"
        f"RETURN\n{columns_of(FullEdgeRow)}\nORDER BY subject, key\n"
    )
    return Query(__package__, f"newest {types}", Until, FullEdgeRow, text)


def within(*edges: type[Edge]) -> Query[OfIdsInStretch, FullEdgeRow]:
    """Return the read of the edges of some classes to the events that may fall into a stretch, by the id, then key.

    Events without a day may fall into any.
    """
    types = "|".join(edge.type() for edge in edges)
    text = (
        f"// Which edges of {types} lead from these entities to events that may fall between two days?\n"
        "// Compiled from the domain; the caller judges whether they do.\n"
        f"UNWIND $ids AS given\nMATCH (subject:Entity {{id: given}})-[edge:{types}]->(other:Entity)\n"
        "WHERE other.period_start IS NULL\n"
        "  OR (other.start_min <= $until AND coalesce(other.end_max, $until) >= $since)\n"
        f"RETURN\n{columns_of(FullEdgeRow)}\nORDER BY subject, key\n"
    )
    return Query(__package__, f"{types} between days", OfIdsInStretch, FullEdgeRow, text)


def edges_from(
    cls: type[Node] | None,
    edge: type[Edge],
    where: str = "",
    params: type[P] = Everything,  # type: ignore[assignment]
) -> Query[P, OwnEdgeRow]:
    """Return the read of the edges of a class that lead from all things of a class, by the thing's id, then key.

    Args:
        cls: Class of the things; None is any, looked for at the parties that the edges lead to: where few edges end.
        edge: Class of the edges.
        where: Condition in Cypher, in which ``subject`` is the thing; blank is none.
        params: What the condition is given.
    """
    condition, label, kind = f"WHERE {where}\n" if where else "", cls.label() if cls else "Entity", edge.type()
    found = (
        f"(subject:{label})-[edge:{kind}]->(other:Entity)" if cls else f"(other:Party)<-[edge:{kind}]-(subject:Entity)"
    )
    text = (
        f"// What do edges of {kind} lead to from {label}?\n"
        "// Compiled from the domain; all of them are read, of any day.\n"
        f"MATCH {found}\n"
        f"{condition}RETURN\n{columns_of(OwnEdgeRow)}\nORDER BY subject, key\n"
    )
    return Query(__package__, f"{kind} from {label} where {where}".rstrip(), params, OwnEdgeRow, text)


def columns_of(row: type[Row], fields: tuple[str, ...] = ()) -> str:
    """Return what a read of edges gives back for a row: its columns, of the other end only some properties."""
    known = _OF_AN_EDGE | ({"values": _only("other", fields)} if fields else {})
    return ",\n".join(f"  {known[name]} AS {name}" for name in row.model_fields)


def all_of(
    cls: type[Node] | str,
    where: str = "",
    params: type[P] = Everything,  # type: ignore[assignment]
    fields: tuple[str, ...] = (),
) -> Query[P, Entity]:
    """Return the read of the things of a class, by id.

    Args:
        cls: Class or label.
        where: Condition in Cypher, in which ``it`` is the thing; blank is none.
        params: What the condition is given.
        fields: Properties that are needed; none is all of them.
    """
    label = _label(cls)
    known = _OF_A_NODE | ({"values": _only("it", fields)} if fields else {})
    columns = ",\n".join(f"  {known[name]} AS {name}" for name in Entity.model_fields)
    condition = f"WHERE {where}\n" if where else ""
    text = (
        f"// Which things of {label} {'fulfil a condition' if where else 'are there'}?\n"
        "// Compiled from the domain; all of them are read.\n"
        f"MATCH (it:{label})\n{condition}RETURN\n{columns}\nORDER BY id\n"
    )
    return Query(__package__, f"{label} where {where} {' '.join(fields)}".rstrip(), params, Entity, text)


def _only(thing: str, fields: tuple[str, ...]) -> str:
    return f"{thing} {{{', '.join(f'.{field}' for field in fields)}}}"


def _label(cls: type[Node] | str) -> str:
    return cls if isinstance(cls, str) and cls else cls.label() if isinstance(cls, type) else "Entity"
