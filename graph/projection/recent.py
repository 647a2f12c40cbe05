"""What the last steps of a projection touched, so that what is made of the graph can be brought up from that alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from iga.graph.fold.shapes import Change, FoldedEdge, FoldedNode

MOST = 500
"""Most nodes and relationships that are noted; beyond them, whoever wants to know looks at everything."""


class TouchedEdge(NamedTuple):
    """A relationship that was put or dropped: its type and the ids of its ends."""

    type: str
    source: str
    target: str


@dataclass(frozen=True)
class RecentlyTouched:
    """Ids of the nodes, and the relationships, that were put or dropped."""

    nodes: frozenset[str] = frozenset()
    edges: frozenset[TouchedEdge] = frozenset()

    @classmethod
    def by(cls, changes: Iterable[Change]) -> Self:
        """Return what changes touch."""
        items = [change.item for change in changes]
        nodes = frozenset(item.id for item in items if isinstance(item, FoldedNode))
        return cls(nodes, frozenset(_tie(item) for item in items if isinstance(item, FoldedEdge)))

    @property
    def ids(self) -> frozenset[str]:
        """The nodes, and the ends of the relationships."""
        return self.nodes.union(*(edge[1:] for edge in self.edges))

    def line(self, before: str) -> str:
        """Return it as a line, behind the hash of the graph before."""
        return " ".join((before, *sorted(self.nodes), *(">".join(edge) for edge in sorted(self.edges))))


def with_step(recent: Sequence[str], before: str, changes: Sequence[Change]) -> tuple[str, ...]:
    """Return the lines of the last steps with one more, from a graph of some hash: as many as fit into `MOST`."""
    if len(changes) > MOST:
        return ()
    lines, room = [RecentlyTouched.by(changes).line(before)], MOST - len(changes)
    for line in reversed(recent):
        room -= line.count(" ") + 1
        if room < 0:
            break
        lines.append(line)
    return tuple(reversed(lines))


def touched_since(recent: Sequence[str], version: str) -> RecentlyTouched | None:
    """Return what was touched since the graph had a hash; None where that is not known."""
    parted = [line.split(" ") for line in recent]
    at = next((at for at, (before, *_) in enumerate(parted) if before == version), None)
    if at is None:
        return None
    words = [word for _, *words in parted[at:] for word in words]
    edges = frozenset(TouchedEdge(*word.split(">")) for word in words if ">" in word)
    return RecentlyTouched(frozenset(word for word in words if ">" not in word), edges)


def _tie(edge: FoldedEdge) -> TouchedEdge:
    return TouchedEdge(edge.type, edge.source, edge.target)
