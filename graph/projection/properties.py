"""How folded items lie in a store as flat properties, and how they are read back from them."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec

from iga.graph.domain.catalog import EDGES, NODE, NODES, declared
from iga.graph.domain.model import Declared
from iga.graph.domain.values import FIRST_DAY, LAST_DAY, Channel, Composite, Interval, Money
from iga.graph.errors import DomainError
from iga.graph.fold.nodes import ANY_DAYS
from iga.graph.fold.recipes import recipe
from iga.graph.fold.shapes import (
    ClusterContradiction,
    Days,
    FoldedAlias,
    FoldedEdge,
    FoldedNode,
    Ref,
    Waiting,
    item_digest,
)
from iga.graph.query import Record
from iga.graph.statements import Values
from iga.graph.stores.door import Tie
from iga.graph.text import folded

COMPOSITES: dict[str, type[Composite]] = {"interval": Interval, "money": Money, "channel": Channel}

DAYS = ("start_min", "start_max", "end_min", "end_max")
"""The days of an item, in the order of the fold's; what follows from `_usual_days` is left out."""

LONGEST_SORT_NAME = 1_000
"""Characters of the name that items are sorted by. A letter may unfold to 18, and Neo4j indexes no text over 8 kB."""

_JSON = msgspec.json.Encoder()

OWN = frozenset(
    {"id", "key", "cls", "conflicts", "members", "evidence", "marking", "dangling", "digest"}
    | {"sort_name", "unnamed", *DAYS}
)
"""Properties that are not fields; no field may be called so."""


def flatten(cls: str, values: Values) -> Record:
    """Return the values of a class as properties: parts of a composite as ``<field>_<part>``, no blanks."""
    flat: Record = {}
    for field, value in values.items():
        if isinstance(value, dict):
            flat |= {name: value[part] for part, name in parts(cls)[field].items() if value[part] != ""}
        else:
            flat[field] = value
    return flat


def unflatten(cls: str, properties: Mapping[str, Any]) -> Values:
    """Return the values that `flatten` laid flat, fields in the order of their declaration."""
    values: Values = {}
    for field in declared(cls).rules():
        names = parts(cls)[field]
        if names and any(name in properties for name in names.values()):
            values[field] = {part: properties.get(name, "") for part, name in names.items()}
        elif not names and field in properties and not (field == "name" and "unnamed" in properties):
            values[field] = properties[field]
    return values


@cache
def parts(cls: str) -> dict[str, dict[str, str]]:
    """Return the parts of each field of a class and their properties; none where it is one property."""
    return _parts(declared(cls))


def _parts(cls: type[Declared]) -> dict[str, dict[str, str]]:
    composites = {name: COMPOSITES.get(rule.shape) for name, rule in cls.rules().items()}
    return {
        name: {part: f"{name}_{part}" for part in composite.model_fields} if composite else {}
        for name, composite in composites.items()
    }


def node_properties(node: FoldedNode) -> Record:
    """Return all properties of a node; ``name`` is always there and falls back to the id."""
    properties = flatten(node.cls, node.values)
    properties |= {"id": node.id, "cls": node.cls}
    if len(node.members) > 1:
        properties["members"] = list(node.members)
    if node.dangling:
        properties["dangling"] = list(node.dangling)
    if "name" not in properties:
        properties |= {"name": node.id, "unnamed": True}
    properties["sort_name"] = folded(str(properties["name"]))[:LONGEST_SORT_NAME]
    return _with_shared(properties, node)


def edge_properties(edge: FoldedEdge) -> Record:
    """Return all properties of a relationship; its type and its ends are not among them."""
    properties = flatten(edge.type, edge.values)
    properties["key"] = edge.key
    return _with_shared(properties, edge)


_OF_WAITING = ("type", "source", "target", "reason")


def waiting_properties(waiting: Waiting) -> Record:
    """Return all properties of the node that stands for a waiting edge; its key is the ``id``."""
    own = {name: getattr(waiting, name) for name in _OF_WAITING}
    return {**own, "id": waiting.key, "evidence": _texts(waiting.evidence), "digest": item_digest(waiting).hex()}


def contradiction_properties(ring: ClusterContradiction) -> Record:
    """Return all properties of the node that stands for a contradiction; its key is the ``id``."""
    digest = item_digest(ring).hex()
    return {"id": ring.key, "members": list(ring.members), "pairs": _texts(ring.pairs), "digest": digest}


def folded_node(properties: Record) -> FoldedNode:
    """Return the node that has these properties.

    Raises:
        KeyError, ValueError, TypeError: No node has such properties; somebody changed them.
    """
    return FoldedNode(
        id=properties["id"],
        cls=properties["cls"],
        values=unflatten(properties["cls"], properties),
        members=tuple(properties.get("members", (properties["id"],))),
        dangling=tuple(properties.get("dangling", ())),
        **_shared_back(properties["cls"], properties),
    )


def folded_edge(kind: str, source: str, target: str, properties: Record) -> FoldedEdge:
    """Return the edge of a type between two nodes that has these properties; raises as `folded_node` does."""
    values, shared = unflatten(kind, properties), _shared_back(kind, properties)
    return FoldedEdge(key=properties["key"], type=kind, source=source, target=target, values=values, **shared)


def waiting_edge(properties: Record) -> Waiting:
    """Return the waiting edge that has these properties; raises as `folded_node` does."""
    own = {name: properties[name] for name in _OF_WAITING}
    return Waiting(key=properties["id"], **own, evidence=refs(properties["evidence"]))


def contradiction(properties: Record) -> ClusterContradiction:
    """Return the contradiction that has these properties; raises as `folded_node` does."""
    return ClusterContradiction(properties["id"], tuple(properties["members"]), refs(properties["pairs"]))


class NodePlace(NamedTuple):
    """Where a kind of item lies among the nodes of a store.

    Attributes:
        label: Label that its ids are unique under.
        tallied: Field of the tally that counts it; blank when nothing does.
        properties: Gives all properties of an item of this kind, ``id`` among them.
    """

    label: str
    tallied: str
    properties: Callable[[Any], Record]


PLACES: Mapping[type[Any], NodePlace] = {
    FoldedAlias: NodePlace("Alias", "", msgspec.structs.asdict),
    ClusterContradiction: NodePlace("Contradiction", "contradictions", contradiction_properties),
    FoldedNode: NodePlace("Entity", "nodes", node_properties),
    Waiting: NodePlace("Waiting", "waiting", waiting_properties),
}
"""The place of every kind of item but edges: they lie there as relationships."""


def labels_of(place: NodePlace, row: Record) -> tuple[str, ...]:
    """Return every label of a node with these properties."""
    return NODE[row["cls"]].all_labels() if place.label == "Entity" else (place.label,)


def tie_of(edge: FoldedEdge) -> Tie:
    """Return the relationship of an edge."""
    return Tie(edge.source, edge.target, edge_properties(edge))


def refs(texts: Iterable[str]) -> tuple[Ref, ...]:
    """Return evidence as the fold has it, (source, row key) each, from the texts of the property."""
    return tuple((first, second) for first, second in map(json.loads, texts))


def _texts(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [_JSON.encode(pair).decode() for pair in pairs]


def _with_shared(properties: Record, item: FoldedNode | FoldedEdge) -> Record:
    """Add what nodes and relationships share; most hold none of what is left out here, and each costs 2 µs."""
    if item.conflicts:
        properties["conflicts"] = list(item.conflicts)
    properties["evidence"] = _texts(item.evidence)
    if item.marking:
        properties["marking"] = item.marking
    properties["digest"] = item_digest(item).hex()
    if item.days and item.days != ANY_DAYS:
        usual = _usual_days(item.days[0])
        properties |= {name: day for name, day, left_out in zip(DAYS, item.days, usual, strict=True) if day != left_out}
    return properties


def _shared_back(cls: str, properties: Record) -> dict[str, Any]:
    usual = _usual_days(properties.get(DAYS[0], FIRST_DAY))
    days = tuple(properties.get(name, left_out) for name, left_out in zip(DAYS, usual, strict=True))
    return {
        "conflicts": tuple(properties.get("conflicts", ())),
        "evidence": refs(properties["evidence"]),
        "marking": properties.get("marking", 0),
        "days": days if recipe(cls).interval else None,
    }


def _usual_days(start_min: str) -> Days:
    """Return the days that are left out: those of which nothing is known, once the first day of all is."""
    return FIRST_DAY, LAST_DAY, start_min, LAST_DAY


def _checked(cls: type[Declared]) -> None:
    names = [name for field, parts_of in _parts(cls).items() for name in (parts_of.values() or [field])]
    if clash := {name for name in names if names.count(name) > 1 or name in OWN}:
        raise DomainError(f"{cls.__name__} has fields whose properties clash: {sorted(clash)}; rename one")


for _cls in (*NODES, *EDGES):
    _checked(_cls)
