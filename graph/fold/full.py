"""The rebuild: the whole graph of a view, streamed from the ledger."""

from collections.abc import Iterator, Mapping, Sequence

from iga.graph.compact import Words
from iga.graph.fold.clusters import Clusters, all_clusters
from iga.graph.fold.groups import fold_pair
from iga.graph.fold.history import History
from iga.graph.fold.live import Lens, Said, edge_said, node_said
from iga.graph.fold.nodes import Landscape, fold_node, in_order, refs_in
from iga.graph.fold.pools import BATCH, fetched_nodes, fetched_pairs
from iga.graph.fold.shapes import FoldedAlias, PutItem, Triple, View
from iga.graph.grouping import batches


def full(history: History, *, view: View) -> Iterator[PutItem]:
    """Stream the whole graph of a view as puts: nodes before the first edge, waiting edges among the edges.

    Memory holds the class of each node, and ids of those that are judged, but no rows.
    """
    lens = Lens(history.headers(), view)
    clusters = all_clusters(history, lens)
    classes = Words()
    landscape = Landscape(clusters.aliases, classes)
    yield from _nodes(history, lens, clusters, classes)
    yield from _edges(history, lens, landscape)
    for written, canonical in clusters.aliases.items():
        if written != canonical and canonical in classes:
            yield PutItem(FoldedAlias(written, canonical))
    yield from map(PutItem, clusters.contradictions.values())


def _nodes(history: History, lens: Lens, clusters: Clusters, classes: Words) -> Iterator[PutItem]:
    """Give all nodes, filling `classes`; those of clusters come last.

    The classes of those that a batch of nodes names are looked up ahead. Were they waited for, the rows would be
    read twice, and whoever writes the nodes meanwhile would have nothing to do until the last one is read.
    """
    landscape = Landscape(clusters.aliases, classes)
    classes.update(_classes(history, lens, clusters.members))
    sought = Words()
    for batch in batches(_alone(history, lens, clusters), BATCH):
        classes.update((node, pool[0].word) for node, pool in batch)
        named = {clusters.aliases.get(ref, ref) for _, pool in batch for ref in refs_in(pool)}
        unknown = {ref for ref in named if ref not in classes and ref not in sought}
        sought.update((ref, "") for ref in unknown)
        classes.update(_classes(history, lens, {node: (node,) for node in unknown}))
        for node, pool in batch:
            yield PutItem(fold_node(node, (node,), pool, landscape))
    for node, pool in fetched_nodes(history, lens, clusters.members):
        yield PutItem(fold_node(node, clusters.members[node], pool, landscape))


def _alone(history: History, lens: Lens, clusters: Clusters) -> Iterator[tuple[str, list[Said]]]:
    """Give the pool of each node that is in no cluster."""
    for node, rows in history.by_node():
        if node in clusters.aliases:
            continue
        if pool := [said for row in rows for _, said in node_said(row, lens, (node,))]:
            yield node, in_order(pool)


def _classes(history: History, lens: Lens, members: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for node, pool in fetched_nodes(history, lens, members):
        yield node, pool[0].word


def _edges(history: History, lens: Lens, landscape: Landscape) -> Iterator[PutItem]:
    """Give all edges; those of clusters come last, because several written pairs may be one."""
    aliases = landscape.aliases
    clustered: dict[Triple, list[Triple]] = {}
    for triple, rows in history.by_pair():
        kind, source, target = triple
        if source in aliases or target in aliases:
            canonical = kind, aliases.get(source, source), aliases.get(target, target)
            clustered.setdefault(canonical, []).append(triple)
            continue
        if pool := [said for row in rows for _, said in edge_said(row, lens, (triple,))]:
            yield from map(PutItem, fold_pair(triple, pool, landscape))
    for triple, pool in fetched_pairs(history, lens, clustered):
        yield from map(PutItem, fold_pair(triple, pool, landscape))
