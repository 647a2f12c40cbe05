"""Where each kind of change has its place in a store: its labels, its properties, the count it belongs to."""

from collections.abc import Callable
from typing import Any, NamedTuple

from graph.domain.catalog import NODE
from graph.fold.shapes import (
    DropAlias,
    DropContradiction,
    DropEdge,
    DropNode,
    DropWaiting,
    PutAlias,
    PutContradiction,
    PutEdge,
    PutNode,
    PutWaiting,
)
from graph.projection.properties import (
    contradiction_properties,
    edge_properties,
    node_properties,
    waiting_properties,
)
from graph.query import Record
from graph.stores.door import Tie


class NodePlace(NamedTuple):
    """Where a kind of item lies among the nodes of a store.

    Attributes:
        label: Label that its ids are unique under.
        tallied: Field of the tally that counts it; blank when nothing does.
        properties: Gives all properties of a put of this kind, ``id`` among them.
    """

    label: str
    tallied: str
    properties: Callable[[Any], Record]


ALIASES = NodePlace("Alias", "", lambda put: {"id": put.id, "canonical": put.canonical})
CONTRADICTIONS = NodePlace("Contradiction", "contradictions", lambda put: contradiction_properties(put.contradiction))
NODES = NodePlace("Entity", "nodes", lambda put: node_properties(put.node))
WAITING = NodePlace("Waiting", "waiting", lambda put: waiting_properties(put.waiting))

PUT: dict[type[Any], NodePlace] = {
    PutAlias: ALIASES, PutContradiction: CONTRADICTIONS, PutNode: NODES, PutWaiting: WAITING,
}  # fmt: skip
DROPPED: dict[type[Any], NodePlace] = {
    DropAlias: ALIASES, DropContradiction: CONTRADICTIONS, DropNode: NODES, DropWaiting: WAITING,
}  # fmt: skip


def labels_of(place: NodePlace, row: Record) -> tuple[str, ...]:
    """Return every label of a node with these properties."""
    return NODE[row["cls"]].all_labels() if place is NODES else (place.label,)


def tie_of(put: PutEdge) -> Tie:
    """Return the relationship of an edge."""
    return Tie(put.edge.source, put.edge.target, edge_properties(put.edge))


def id_of(drop: DropAlias | DropContradiction | DropEdge | DropNode | DropWaiting) -> str:
    """Return the id or key of what is to go."""
    return drop.id if isinstance(drop, DropAlias | DropNode) else drop.key
