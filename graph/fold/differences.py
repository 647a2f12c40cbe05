"""From two sides to changes: what is gone is dropped, what is new or different is put."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from graph.fold.shapes import (
    Change,
    ClusterContradiction,
    DropAlias,
    DropContradiction,
    DropEdge,
    DropNode,
    DropWaiting,
    FoldedEdge,
    FoldedNode,
    PutAlias,
    PutContradiction,
    PutEdge,
    PutNode,
    PutWaiting,
    Waiting,
)

Found = TypeVar("Found")
Edges: TypeAlias = Mapping[str, FoldedEdge | Waiting]
Nodes: TypeAlias = Mapping[str, FoldedNode]


def differences(before: Mapping[str, Found], now: Mapping[str, Found]) -> tuple[list[str], list[str]]:
    """Return the keys that are gone, and those that are new or differ, each sorted."""
    gone = sorted(before.keys() - now.keys())
    return gone, sorted(key for key, item in now.items() if before.get(key) != item)


def node_changes(before: Nodes, now: Nodes) -> tuple[list[Change], list[Change]]:
    """Return drops and puts of nodes; one of another class is dropped and put anew."""
    gone, put = differences(before, now)
    drops = sorted([*gone, *reborn(before, now)])
    return [DropNode(key) for key in drops], [PutNode(now[key]) for key in put]


def reborn(before: Nodes, now: Nodes) -> set[str]:
    """Return the nodes whose class changed: no engine changes the class of a node in place."""
    return {key for key, node in now.items() if key in before and before[key].cls != node.cls}


def edge_changes(before: Edges, now: Edges, *, anew: set[str]) -> tuple[list[Change], list[Change]]:
    """Return drops and puts of edges; those at nodes that are put `anew` are dropped and put as well."""
    edges_before, edges_now = _standing(before), _standing(now)
    gone, put = differences(edges_before, edges_now)
    lost = sorted(key for key, edge in edges_before.items() if edge.source in anew or edge.target in anew)
    drops = sorted({*gone, *lost})
    puts = sorted({*put, *(key for key in lost if key in edges_now)})
    return [DropEdge(key, edges_before[key].type) for key in drops], [PutEdge(edges_now[key]) for key in puts]


def _standing(items: Edges) -> dict[str, FoldedEdge]:
    return {key: item for key, item in items.items() if isinstance(item, FoldedEdge)}


def waiting_changes(before: Edges, now: Edges) -> tuple[list[Change], list[Change]]:
    """Return drops and puts of waiting edges."""
    return _simple(_waiting(before), _waiting(now), DropWaiting, PutWaiting)


def _waiting(items: Edges) -> dict[str, Waiting]:
    return {key: item for key, item in items.items() if isinstance(item, Waiting)}


def contradiction_changes(
    before: Mapping[str, ClusterContradiction], now: Mapping[str, ClusterContradiction]
) -> tuple[list[Change], list[Change]]:
    """Return drops and puts of contradictions."""
    return _simple(before, now, DropContradiction, PutContradiction)


def alias_changes(before: Nodes, now: Nodes) -> tuple[list[Change], list[Change]]:
    """Return drops and puts of the aliases that nodes have through their members."""
    aliases = dict(_aliases(now))
    gone, put = differences(dict(_aliases(before)), aliases)
    return [DropAlias(key) for key in gone], [PutAlias(key, aliases[key]) for key in put]


def _aliases(nodes: Nodes) -> Iterator[tuple[str, str]]:
    return ((member, key) for key, node in nodes.items() for member in node.members if member != key)


def _simple(
    before: Mapping[str, Found],
    now: Mapping[str, Found],
    drop: Callable[[str], Change],
    put: Callable[[Found], Change],
) -> tuple[list[Change], list[Change]]:
    gone, differing = differences(before, now)
    return [drop(key) for key in gone], [put(now[key]) for key in differing]
