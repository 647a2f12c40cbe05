"""Say what the graph would gain and lose by an open load: a step of the projection, folded and not written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from iga.graph.domain.catalog import EDGE
from iga.graph.fold.history import History
from iga.graph.fold.shapes import Change, DropItem, FoldedEdge, FoldedNode, Item, PutItem, View, Waiting, key_of
from iga.graph.fold.step import changes_since
from iga.graph.projection.meta import meta
from iga.graph.projection.project import StoreProjected
from iga.graph.stores.door import Store
from iga.ingest.reports import ChangeCount, Example, LoadPreview

EXAMPLES = 10

_NAMES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id AS id, n.name AS name"

C = TypeVar("C", bound=Item)


class Ends(NamedTuple):
    """Type and ends of a relationship, and why it waits where it does."""

    type: str
    source: str
    target: str
    reason: str = ""

    def told(self, names: Mapping[str, str]) -> str:
        """Return it as examples print it."""
        return f"{names[self.source]} {EDGE[self.type].phrase[0]} {names[self.target]}" + (
            f": {self.reason}" if self.reason else ""
        )


def preview(history: History, store: Store, *, now: str) -> LoadPreview:
    """Return what changes between what a store holds and what a ledger says, its open load included."""
    held = meta(store)
    since = (held.through, held.projected_at) if held and not held.projecting else (0, "")
    # no limit: unlike a projection, a preview has nothing to rebuild
    limit = history.subject_count() + 1
    changes = changes_since(history, StoreProjected(store), view=View(now=now), since=since, limit=limit)
    return _counted(changes or (), store)


def _counted(changes: Sequence[Change], store: Store) -> LoadPreview:
    nodes, edges, waiting = (
        _of(changes, PutItem, FoldedNode),
        _of(changes, PutItem, FoldedEdge),
        _of(changes, PutItem, Waiting),
    )
    dropped = _of(changes, DropItem, FoldedEdge)
    had_nodes = set(StoreProjected(store).classes(nodes))
    had_edges = _there(store, edges.values()) | dropped.keys()
    gone_nodes = _of(changes, DropItem, FoldedNode).keys() - nodes.keys()
    gone_edges = dropped.keys() - edges.keys()
    names = _Names(store, {node.id: str(node.values.get("name", node.id)) for node in nodes.values()})
    ends = {key: _ends(item) for key, item in (dropped | edges | waiting).items()}
    return LoadPreview(
        nodes_added=names.nodes(nodes.keys() - had_nodes),
        nodes_changed=names.nodes(nodes.keys() & had_nodes),
        nodes_removed=names.nodes(gone_nodes),
        edges_added=names.edges({key: ends[key] for key in edges.keys() - had_edges}),
        edges_changed=names.edges({key: ends[key] for key in edges.keys() & had_edges}),
        edges_removed=names.edges({key: ends[key] for key in gone_edges}),
        waiting_added=names.edges({key: ends[key] for key in waiting}),
        edges_to_wait=names.edges({key: ends[key] for key in waiting.keys() & gone_edges}),
    )


def _of(changes: Iterable[Change], way: type[Change], sort: type[C]) -> dict[str, C]:
    """Return what is put, or dropped, of one sort, by id or key."""
    items = (change.item for change in changes if isinstance(change, way))
    return {key_of(item): item for item in items if isinstance(item, sort)}


def _ends(item: FoldedEdge | Waiting) -> Ends:
    return Ends(item.type, item.source, item.target, item.reason if isinstance(item, Waiting) else "")


def _there(store: Store, edges: Iterable[FoldedEdge]) -> set[str]:
    """Return the keys of those edges that the store holds already."""
    by_type: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        by_type[edge.type].append(edge.key)
    held: set[str] = set()
    for kind, keys in sorted(by_type.items()):
        text = f"UNWIND $keys AS key MATCH (:Entity)-[x:`{kind}` {{key: key}}]->(:Entity) RETURN x.key AS key"
        held |= {row["key"] for row in store.look(text, keys=sorted(keys))}
    return held


class _Names:
    """Names subjects in examples, by the load at hand first and by the store else."""

    def __init__(self, store: Store, names: dict[str, str]) -> None:
        self._store = store
        self._names = names

    def nodes(self, ids: Iterable[str]) -> ChangeCount:
        """Return how many nodes these are, with the first by id."""
        ordered = sorted(ids)
        names = self._of(ordered[:EXAMPLES])
        return _count(len(ordered), [(subject, names[subject]) for subject in ordered[:EXAMPLES]])

    def edges(self, edges: dict[str, Ends]) -> ChangeCount:
        """Return how many relationships these are, with the first by key, both ends named."""
        first = sorted(edges)[:EXAMPLES]
        names = self._of({end for key in first for end in (edges[key].source, edges[key].target)})
        return _count(len(edges), [(key, edges[key].told(names)) for key in first])

    def _of(self, ids: Iterable[str]) -> dict[str, str]:
        names = {subject: self._names.get(subject, "") for subject in ids}
        unknown = sorted(subject for subject, name in names.items() if not name)
        stored = {row["id"]: row["name"] for row in self._store.look(_NAMES, ids=unknown)} if unknown else {}
        return {subject: name or stored.get(subject, subject) for subject, name in names.items()}


def _count(count: int, examples: list[tuple[str, str]]) -> ChangeCount:
    return ChangeCount(count=count, examples=tuple(Example(id=subject, name=name) for subject, name in examples))
