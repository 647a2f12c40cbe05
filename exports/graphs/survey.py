"""What a part of the graph holds, from a first reading: formats declare attributes before the first item."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exports.files.manifest import Written
from exports.graphs.flat import Flat, flat_edges, flat_nodes
from exports.graphs.part import Part
from graph.domain.marking import Marking

_WORDS = {bool: "boolean", int: "long"}


@dataclass(frozen=True)
class Survey:
    """What there is.

    Attributes:
        node_fields, edge_fields: Attributes in their order, with the type of each: string, long or boolean.
        classes, types: How many things of each class, and relationships of each type.
        marking: Highest of all.
        sources: Names of the sources that any of it rests on.
    """

    node_fields: Mapping[str, str]
    edge_fields: Mapping[str, str]
    classes: Mapping[str, int]
    types: Mapping[str, int]
    marking: Marking
    sources: frozenset[str]

    @property
    def node_count(self) -> int:
        """How many things there are."""
        return sum(self.classes.values())

    @property
    def edge_count(self) -> int:
        """How many relationships there are."""
        return sum(self.types.values())

    def written(self, part: Part, *, notes: Iterable[str] = (), **counts: int) -> Written:
        """Return what the manifest of a file with this part tells."""
        cards = part.session.cards
        return Written(
            counts=counts or {"nodes": self.node_count, "edges": self.edge_count},
            marking=self.marking,
            cards=tuple(cards[source] for source in self.sources if source in cards),
            notes=(*part.notes, *notes),
        )


def survey(part: Part) -> Survey:
    """Return what a part holds."""
    seen = _Seen()
    node_fields = seen.all(flat_nodes(part), "class")
    edge_fields = seen.all(flat_edges(part), "relation")
    return Survey(
        node_fields=node_fields,
        edge_fields=edge_fields,
        classes=dict(sorted(seen.counts["class"].items())),
        types=dict(sorted(seen.counts["relation"].items())),
        marking=seen.marking,
        sources=frozenset(seen.sources),
    )


class _Seen:
    def __init__(self) -> None:
        self.counts = {"class": Counter[str](), "relation": Counter[str]()}
        self.marking = Marking.PUBLIC
        self.sources: set[str] = set()

    def all(self, items: Iterable[Flat], kind: str) -> dict[str, str]:
        """Look at items, and return their attributes: those that name them first, then by name."""
        types: dict[str, set[type]] = {}
        for item in items:
            self.counts[kind][str(item[kind])] += 1
            self.marking = max(self.marking, Marking.named(str(item["marking"])))
            self.sources |= set(str(item.get("sources", "")).split("; ")) - {""}
            for name, value in item.items():
                types.setdefault(name, set()).add(type(value))
        first = [name for name in (*_FIRST[kind], "held", "marking") if name in types]
        last = [name for name in _LAST if name in types]
        order = [*first, *sorted(types.keys() - {*first, *last}), *last]
        return {name: _WORDS.get(next(iter(types[name])), "string") if len(types[name]) == 1 else "string"
                for name in order}  # fmt: skip


_FIRST = {
    "class": ("id", "label", "class"),
    "relation": ("source", "source_label", "relation", "label", "target", "target_label", "key"),
}
_LAST = ("conflicts", "dangling", "members", "fictional", "sources", "evidence")
