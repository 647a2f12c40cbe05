"""One step of a projection: the changes that take it from the loads it holds to all that are there."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import chain, product
from typing import Protocol, TypeAlias, TypeVar

from iga.graph.fold.affected import Kinship, Span, Subjects
from iga.graph.fold.clusters import Clusters
from iga.graph.fold.groups import fold_pair
from iga.graph.fold.history import History
from iga.graph.fold.live import Lens
from iga.graph.fold.nodes import Landscape, fold_node, refs_in
from iga.graph.fold.pools import BATCH, NodePools, PairPools, node_pools, pair_pools
from iga.graph.fold.shapes import (
    Change,
    DropItem,
    FoldedAlias,
    FoldedEdge,
    FoldedNode,
    Item,
    PutItem,
    Triple,
    View,
    Waiting,
)
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


REBUILD_SHARE = 3
"""A step that touches more than one subject in this many is dearer than a rebuild."""

Sides: TypeAlias = tuple[Side, Side]
"""Before, and now."""

Sort = TypeVar("Sort", bound=Item)


class Projected(Protocol):
    """What a projection holds now, before the step."""

    def classes(self, ids: Collection[str]) -> dict[str, str]:
        """Return the class of each node that is present, by canonical id; other ids are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """What a projection must do.

    Attributes:
        rebuild: Whether so much is touched that a rebuild (`iga.graph.fold.full.full`) is cheaper.
        changes: What differs, drops first: edges, waiting, aliases, contradictions, nodes; then puts: nodes,
            edges, aliases, waiting, contradictions. Applied in this order, no edge ever lacks an end. Every
            drop names something that is there. A node of another class is dropped and put anew, with its
            edges. Empty for a rebuild, and where nothing differs.
    """

    rebuild: bool = False
    changes: tuple[Change, ...] = ()


def step(history: History, projected: Projected, *, view: View, since: int, embargo_since: str) -> Step:
    """Return the changes from the projection of the first `since` loads to that of all loads.

    What was before is folded again from the ledger; the projection is only asked for the classes of nodes
    that the step does not touch. So it must be whole: after an interrupted step, after redaction, and with
    another domain or fold version it has to be rebuilt.

    Args:
        history: The ledger, or an open load.
        projected: The projection as it is.
        view: Ceiling and instant of the projection; its `upto` is None.
        since: Number of the last load it holds.
        embargo_since: The instant (`View.now`) it was last projected at.
    """
    limit = history.subject_count() // REBUILD_SHARE
    changes = changes_since(history, projected, view=view, since=(since, embargo_since), limit=limit)
    return Step(rebuild=True) if changes is None else Step(changes=changes)


def changes_since(
    history: History, projected: Projected, *, view: View, since: tuple[int, str], limit: int
) -> tuple[Change, ...] | None:
    """Return the changes of a step; None when it touches more than `limit` subjects."""
    headers = history.headers()
    before, now = Lens(headers, replace(view, now=since[1]), horizon=since[0]), Lens(headers, view)
    span = Span(headers, before, now, since[0])
    kin = Kinship(history, span)
    sides = reached(history, span, kin, limit=limit)
    if sides is None:
        return None
    named = named_by(sides, kin)
    touched = sides[0].classes.keys() | sides[1].classes.keys()
    known = projected.classes(kin.canonicals(named) - touched)  # not touched: the same on both sides
    for side in sides:
        side.classes.update(known)
    return _changes(sides)


def reached(
    history: History, span: Span, kin: Kinship, *, limit: int, about: Collection[str] | None = None
) -> Sides | None:
    """Return both sides with all that is touched between them; None when that is more than `limit` subjects.

    Args:
        history: The ledger.
        span: How the sides are read.
        kin: The clusters on both sides; those of all ids that matter are worked out.
        limit: Most subjects.
        about: Ids as written: only rows that name one of them are read; None reads all.
    """
    sides = Side(span.before, kin.before), Side(span.now, kin.now)
    touched = Subjects()
    for row in span.touched_rows(history) if about is None else span.touched_rows_about(history, about):
        touched.add(row)
        if touched.count() > limit:
            return None
    kin.include(touched.ids | touched.judged)
    fetch_nodes(history, sides, kin.canonicals(touched.ids | kin.moved()))
    ends = moved_ends(kin, sides)
    for batch in batches(sorted(ends), BATCH):
        for row in history.rows_touching(batch):
            touched.add_touching(row, ends)
    if touched.count() > limit:
        return None
    kin.include(touched.ids.union(*(triple[1:] for triple in touched.triples)))
    fetch_nodes(history, sides, kin.canonicals(touched.ids) - sides[0].nodes.keys() - sides[1].nodes.keys())
    fetch_pairs(history, sides, touched.triples)
    return sides


def moved_ends(kin: Kinship, sides: Sides) -> set[str]:
    """Return the ids, as written, whose edges must be folded again.

    Those that resolve to another id than before, and those whose node came, went or changed its class.
    """
    before, now = sides
    moved = {raw for raw in kin.moved() if kin.before.canonical(raw) != kin.now.canonical(raw)}
    nodes = before.classes.keys() | now.classes.keys()
    for node in (node for node in nodes if before.classes.get(node) != now.classes.get(node)):
        moved.update(before.clusters.members_of(node), now.clusters.members_of(node))
    return moved


def named_by(sides: Sides, kin: Kinship) -> set[str]:
    """Return the ids, as written, that items of either side name; their clusters are worked out."""
    named = sides[0].named() | sides[1].named()
    kin.include(named)
    return named


def of_sort(items: Mapping[str, FoldedEdge | Waiting], sort: type[Sort]) -> dict[str, Sort]:
    """Return the edges that stand, or those that wait, by key."""
    return {key: item for key, item in items.items() if isinstance(item, sort)}


def _changes(sides: Sides) -> tuple[Change, ...]:
    nodes, nodes_now = (side.folded_nodes() for side in sides)
    items, items_now = (side.folded_edges() for side in sides)
    edges, edges_now = of_sort(items, FoldedEdge), of_sort(items_now, FoldedEdge)
    # no engine changes the class of a node in place: it is put anew, and so are the edges at it
    reborn = {key for key, node in nodes_now.items() if key in nodes and nodes[key].cls != node.cls}
    torn = {key for key, edge in edges.items() if edge.source in reborn or edge.target in reborn}
    drop_edges, put_edges = _differences(edges, edges_now, anew=torn)
    drop_nodes, put_nodes = _differences(nodes, nodes_now, anew=reborn)
    drop_waiting, put_waiting = _differences(of_sort(items, Waiting), of_sort(items_now, Waiting))
    drop_aliases, put_aliases = _differences(_aliases(nodes), _aliases(nodes_now))
    drop_rings, put_rings = _differences(sides[0].clusters.contradictions, sides[1].clusters.contradictions)
    drops = (*drop_edges, *drop_waiting, *drop_aliases, *drop_rings, *drop_nodes)
    return (*drops, *put_nodes, *put_edges, *put_aliases, *put_waiting, *put_rings)


def _differences(
    before: Mapping[str, Item | FoldedAlias], now: Mapping[str, Item | FoldedAlias], anew: Set[str] = frozenset()
) -> tuple[list[DropItem], list[PutItem]]:
    """Return drops of what is gone and puts of what is new or differs, by key; what is `anew` is dropped and put."""
    gone = sorted((before.keys() - now.keys()) | anew)
    differing = sorted(key for key, item in now.items() if key in anew or before.get(key) != item)
    return [DropItem(before[key]) for key in gone], [PutItem(now[key]) for key in differing]


def _aliases(nodes: Mapping[str, FoldedNode]) -> dict[str, FoldedAlias]:
    """Return the aliases that nodes have through their members."""
    return {member: FoldedAlias(member, key) for key, node in nodes.items() for member in node.members if member != key}
