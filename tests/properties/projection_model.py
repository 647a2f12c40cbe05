"""A projection in dicts, for tests: it applies changes, and fails where no graph engine could apply them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from graph.fold.full import full
from graph.fold.history import History
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
    View,
    Waiting,
)
from graph.fold.step import changes_since


@dataclass
class ModelProjection:
    """What a graph store would hold."""

    nodes: dict[str, FoldedNode] = field(default_factory=dict)
    edges: dict[str, FoldedEdge] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    rings: dict[str, ClusterContradiction] = field(default_factory=dict)

    def classes(self, ids: Collection[str]) -> dict[str, str]:
        return {node: self.nodes[node].cls for node in ids if node in self.nodes}

    def items(self) -> list[FoldedNode | FoldedEdge | Waiting]:
        """Return all that rests on rows: nodes, edges and waiting edges."""
        return [*self.nodes.values(), *self.edges.values(), *self.waiting.values()]

    def apply(self, changes: Iterable[Change]) -> "ModelProjection":
        """Apply changes in their order; return itself."""
        for change in changes:
            self._apply(change)
        return self

    def _apply(self, change: Change) -> None:
        match change:
            case DropEdge(key, kind):
                assert self.edges.pop(key).type == kind
            case DropWaiting(key):
                del self.waiting[key]
            case DropAlias(id):
                del self.aliases[id]
            case DropContradiction(key):
                del self.rings[key]
            case DropNode(id):
                assert not [edge for edge in self.edges.values() if id in (edge.source, edge.target)]
                del self.nodes[id]
            case PutNode(node):
                assert node.id not in self.nodes or self.nodes[node.id].cls == node.cls
                self.put_node(node)
            case PutEdge(edge):
                assert edge.source in self.nodes
                assert edge.target in self.nodes
                self.edges[edge.key] = edge
            case PutAlias(id, canonical):
                self.aliases[id] = canonical
            case PutWaiting(waiting):
                self.waiting[waiting.key] = waiting
            case PutContradiction(ring):
                self.rings[ring.key] = ring

    def put_node(self, node: FoldedNode) -> None:
        """Replace a node, all its properties."""
        self.nodes[node.id] = node


def graph_of(history: History, view: View) -> ModelProjection:
    """Return the whole graph of a view, as a rebuild makes it."""
    return ModelProjection().apply(full(history, view=view))


def stepped(projection: ModelProjection, history: History, *, view: View, since: tuple[int, str]) -> ModelProjection:
    """Return the projection after one step to all that is in the history, however much that touches."""
    changes = changes_since(history, projected=projection, view=view, since=since, limit=1_000_000)
    assert changes is not None
    return projection.apply(changes)
