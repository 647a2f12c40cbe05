"""The two sides of a step: the touched part of the graph as it was, and as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, product

from iga.graph.fold.clusters import Clusters
from iga.graph.fold.groups import fold_pair
from iga.graph.fold.history import History
from iga.graph.fold.live import Lens
from iga.graph.fold.nodes import Landscape, fold_node, refs_in
from iga.graph.fold.pools import BATCH, NodePools, PairPools, node_pools, pair_pools
from iga.graph.fold.shapes import FoldedEdge, FoldedNode, Triple, Waiting
from iga.graph.grouping import batches


@dataclass(slots=True)
class Side:
    """One side of a step; the pools of its touched nodes and pairs are filled as they are found.

    Attributes:
        lens: How rows are read on this side.
        clusters: The clusters on this side of all ids that matter.
        nodes: Pools of the touched nodes that are present, by canonical id.
        pairs: Pools of the touched pairs, by canonical triple.
        classes: Classes of touched nodes, and of those that touched items name.
    """

    lens: Lens
    clusters: Clusters
    nodes: NodePools = field(default_factory=dict)
    pairs: PairPools = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)

    def triple(self, written: Triple) -> Triple:
        """Return the canonical triple of one as written."""
        kind, source, target = written
        return kind, self.clusters.canonical(source), self.clusters.canonical(target)

    def written(self, triple: Triple) -> Iterable[Triple]:
        """Return every triple as written that could be meant by a canonical one."""
        kind, source, target = triple
        return product((kind,), self.clusters.members_of(source), self.clusters.members_of(target))

    def named(self) -> set[str]:
        """Return the ids that touched items name: ends of edges, and refs as written."""
        ends = (end for _, *both in self.pairs for end in both)
        return refs_in(chain.from_iterable([*self.nodes.values(), *self.pairs.values()])).union(ends)

    def folded_nodes(self) -> dict[str, FoldedNode]:
        """Return the touched nodes, by canonical id."""
        members, landscape = self.clusters.members_of, self._landscape()
        return {node: fold_node(node, members(node), pool, landscape) for node, pool in self.nodes.items()}

    def folded_edges(self) -> dict[str, FoldedEdge | Waiting]:
        """Return the touched edges, standing or waiting, by key."""
        landscape = self._landscape()
        folded = (fold_pair(triple, pool, landscape) for triple, pool in self.pairs.items())
        return {item.key: item for item in chain.from_iterable(folded)}

    def _landscape(self) -> Landscape:
        return Landscape(self.clusters.aliases, self.classes)


def fetch_nodes(history: History, sides: tuple[Side, Side], canonicals: Iterable[str]) -> None:
    """Fill in the pools and classes of nodes, on both sides from one reading of their rows."""
    for batch in batches(sorted(canonicals), BATCH):
        owners = [{raw: node for node in batch for raw in side.clusters.members_of(node)} for side in sides]
        rows = list(history.rows_naming(set().union(*owners)))
        for side, owner in zip(sides, owners, strict=True):
            pools = node_pools(rows, side.lens, owner)
            side.nodes.update(pools)
            side.classes.update((node, pool[0].word) for node, pool in pools.items())


def fetch_pairs(history: History, sides: tuple[Side, Side], written: Iterable[Triple]) -> None:
    """Fill in the pools of the pairs that any of these triples as written belong to, on both sides."""
    triples = {side.triple(triple) for triple in written for side in sides}
    for batch in batches(sorted(triples), BATCH):
        owners = [{raw: triple for triple in batch for raw in side.written(triple)} for side in sides]
        rows = list(history.rows_joining(set().union(*owners)))
        for side, owner in zip(sides, owners, strict=True):
            side.pairs.update(pair_pools(rows, side.lens, owner))
