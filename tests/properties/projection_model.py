"""A projection in dicts, for tests: it applies changes, and fails where no graph engine could apply them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from iga.graph.fold.full import full
from iga.graph.fold.history import History
from iga.graph.fold.shapes import (
    Change,
    ClusterContradiction,
    DropItem,
    FoldedAlias,
    FoldedEdge,
    FoldedNode,
    PutItem,
    View,
    Waiting,
)
from iga.graph.fold.step import changes_since


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
            case DropItem(FoldedEdge() as edge):
                assert self.edges.pop(edge.key) == edge
            case DropItem(Waiting(key)):
                del self.waiting[key]
            case DropItem(FoldedAlias(id)):
                del self.aliases[id]
            case DropItem(ClusterContradiction(key)):
                del self.rings[key]
            case DropItem(FoldedNode(id)):
                assert not [edge for edge in self.edges.values() if id in (edge.source, edge.target)]
                del self.nodes[id]
            case PutItem(FoldedNode() as node):
                assert node.id not in self.nodes or self.nodes[node.id].cls == node.cls
                self.put_node(node)
            case PutItem(FoldedEdge() as edge):
                assert edge.source in self.nodes
                assert edge.target in self.nodes
                self.edges[edge.key] = edge
            case PutItem(FoldedAlias(id, canonical)):
                self.aliases[id] = canonical
            case PutItem(Waiting() as waiting):
                self.waiting[waiting.key] = waiting
            case PutItem(ClusterContradiction() as ring):
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
