"""Whether a store holds what its digests say: every item is read, folded back and written again in memory."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from iga.graph.domain.catalog import EDGE, NODE
from iga.graph.projection.properties import (
    contradiction,
    contradiction_properties,
    edge_properties,
    folded_edge,
    folded_node,
    node_properties,
    waiting_edge,
    waiting_properties,
)
from iga.graph.projection.tally import Tally
from iga.graph.query import Record
from iga.graph.stores.door import Store

SHOWN = 20
"""Most ids of damaged items that an audit lists."""

_NODES = "MATCH (n:Entity) RETURN properties(n) AS properties, labels(n) AS labels"
_TIES = "MATCH (a)-[x:`{kind}`]->(b) RETURN properties(x) AS properties, a.id AS source, b.id AS target"


@dataclass(frozen=True)
class Audit:
    """What a store really holds.

    Attributes:
        tally: Hash and counts of the items whose properties are exactly those of their digest.
        damaged: Ids or keys of up to 20 items that something else changed, sorted.
    """

    tally: Tally
    damaged: tuple[str, ...]


def audit(store: Store) -> Audit:
    """Read everything in a store that nobody writes meanwhile, in flat memory but for the aliases.

    An item that was changed in any property, in its labels or its ends, or an alias that no node names, is
    damaged and is not counted.
    """
    total, counts, damaged, resolved = 0, Counter[str](), list[str](), dict[str, str]()
    for tallied, rows, again in _readings(store):
        for row in rows:
            properties = row["properties"]
            name = str(properties.get("id", properties.get("key", "")))
            if not _is_sound(row, again):
                damaged.append(name)
                continue
            total += int(properties["digest"], 16)
            counts[tallied] += 1
            if tallied == "nodes":
                resolved |= {member: name for member in properties.get("members", ()) if member != name}
    aliases = {row["properties"]["id"]: row["properties"]["canonical"] for row in store.each(_alike("Alias"))}
    wrong = {alias for alias, _ in aliases.items() ^ resolved.items()}
    return Audit(Tally(hash=total + len(wrong), **counts), tuple(sorted({*damaged, *wrong})[:SHOWN]))


_Again = Callable[[Record], Record | None]


def _readings(store: Store) -> Iterator[tuple[str, Iterator[Record], _Again]]:
    """Give each kind of item: its count, its rows, and what writes a row's properties again."""
    yield "nodes", store.each(_NODES), _node_again
    for kind in EDGE:
        yield "edges", store.each(_TIES.format(kind=kind)), partial(_tie_again, kind)
    yield "waiting", store.each(_alike("Waiting")), lambda row: waiting_properties(waiting_edge(row["properties"]))
    rings = store.each(_alike("Contradiction"))
    yield "contradictions", rings, lambda row: contradiction_properties(contradiction(row["properties"]))


def _alike(label: str) -> str:
    return f"MATCH (n:{label}) RETURN properties(n) AS properties"


def _is_sound(row: Record, again: _Again) -> bool:
    try:
        return bool(again(row) == row["properties"])
    except (KeyError, ValueError, TypeError):
        return False


def _node_again(row: Record) -> Record | None:
    node = folded_node(row["properties"])
    return node_properties(node) if sorted(row["labels"]) == list(NODE[node.cls].all_labels()) else None


def _tie_again(kind: str, row: Record) -> Record:
    return edge_properties(folded_edge(kind, row["source"], row["target"], row["properties"]))
