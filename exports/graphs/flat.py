"""A part of the graph as flat attributes that every graph format takes, with a survey of which there are.

Formats declare their attributes before the first thing, so a part is read twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from iga.exports.files.manifest import Contents, Origin, source_notes
from iga.exports.graphs.subgraph import CHUNK, NOT_WRITTEN, StoredNode, Subgraph
from iga.graph.domain.catalog import declared
from iga.graph.domain.marking import Marking
from iga.graph.domain.parties import ContactPoint
from iga.graph.grouping import batches
from iga.graph.projection.properties import refs as refs_of
from iga.queries.core.channels import check_of, unusable_because
from iga.queries.core.printed_names import printed_names

Scalar: TypeAlias = str | int | bool
Flat: TypeAlias = dict[str, Scalar]

_SHARED = ("conflicts", "dangling", "members", "evidence")
_OWN = ("id", "key", "cls", "name", "marking")
_WORDS = {bool: "boolean", int: "long"}
_FIRST = {
    "class": ("id", "label", "class"),
    "relation": ("source", "source_label", "relation", "label", "target", "target_label", "key"),
}
_LAST = ("conflicts", "dangling", "members", "fictional", "sources", "evidence")


def flat_nodes(part: Subgraph) -> Iterator[Flat]:
    """Give each thing as attributes: id, label, class and marking first, its fields, what it rests on last."""
    for chunk in batches(part.nodes(), CHUNK):
        names = _names(part, [(node.cls, node.values) for node in chunk])
        for node in chunk:
            yield {
                "id": node.id,
                "label": node.name,
                "class": node.cls,
                "marking": _marking(node.values),
                **_fields(node.cls, node.values, names),
                **fitness(part, node),
                **_rest(part, node.values),
            }


def flat_edges(part: Subgraph) -> Iterator[Flat]:
    """Give each relationship as attributes: both ends by id and label, type, key and marking first."""
    for chunk in batches(part.edges(), CHUNK):
        names = _names(part, [(edge.type, edge.values) for edge in chunk])
        for edge in chunk:
            yield {
                "source": edge.source,
                "source_label": part.names[edge.source],
                "relation": edge.type,
                "label": edge.type.lower().replace("_", " "),
                "target": edge.target,
                "target_label": part.names[edge.target],
                "key": edge.key,
                **({"held": edge.held} if edge.held else {}),
                "marking": _marking(edge.values),
                **_fields(edge.type, edge.values, names),
                **_rest(part, edge.values),
            }


def _fields(cls: str, values: Mapping[str, Any], names: Mapping[str, str]) -> Flat:
    """Return the fields: lists joined, parts of intervals, amounts and channels each their own; nothing is blank."""
    flat: Flat = {}
    rules = declared(cls).rules()
    for name, value in values.items():
        if name in NOT_WRITTEN or name in _SHARED or name in _OWN:
            continue
        flat[name] = _scalar(value)
        if name in rules and rules[name].refers_to and value in names:
            flat[f"{name}_label"] = names[value]
    return flat


def fitness(part: Subgraph, node: StoredNode) -> Flat:
    """Return why a channel is no way to an official; empty for one that is, and for what is none."""
    if node.cls != ContactPoint.label():
        return {}
    because = unusable_because(node.values, check_of(node.values, part.day or part.session.today))
    return {"unusable_because": because} if because else {}


def _rest(part: Subgraph, values: Mapping[str, Any]) -> Flat:
    rest: Flat = {name: _scalar(values[name]) for name in ("conflicts", "dangling", "members") if values.get(name)}
    rows = refs_of(values.get("evidence") or ())
    cards = part.session.cards
    if any(source in cards and cards[source].fictional for source, _ in rows):
        rest["fictional"] = True
    if rows:
        rest["sources"] = "; ".join(dict.fromkeys(source for source, _ in rows))
        rest["evidence"] = "; ".join(f"{source} {row_key}" for source, row_key in rows)
    return rest


def _scalar(value: Any) -> Scalar:
    if isinstance(value, (bool, int)):
        return value
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _marking(values: Mapping[str, Any]) -> str:
    return Marking(values.get("marking", 0)).word


def _names(part: Subgraph, stated: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Return the printed names of those that fields point to, whether or not they are in the part."""
    pointed = {
        str(values[name])
        for cls, values in stated
        for name, rule in declared(cls).rules().items()
        if rule.refers_to and name in values
    }
    missing = pointed - part.names.keys()
    return {it: part.names[it] for it in pointed - missing} | printed_names(part.session, missing)


class Survey:
    """What a part holds.

    Attributes:
        node_fields, edge_fields: Attributes in their order, with the type of each: string, long or boolean.
        node_count, edge_count: How many things and relationships there are.
        sources: Names of the sources that any of it rests on.
    """

    def __init__(self, part: Subgraph) -> None:
        self.marking = Marking.PUBLIC
        self.sources: set[str] = set()
        self._part = part
        self.node_fields, classes = self._examined(flat_nodes(part), "class")
        self.edge_fields, self.types = self._examined(flat_edges(part), "relation")
        self.node_count, self.edge_count = classes.total(), self.types.total()

    def contents(self, *, notes: Iterable[str] = (), **counts: int) -> Contents:
        """Return what the manifest of a file with this part tells."""
        return Contents(
            counts=counts or {"nodes": self.node_count, "edges": self.edge_count},
            marking=self.marking.word,
            sources=source_notes(self._part.session, self.sources),
            notes=(*self._part.notes, *notes),
        )

    def _examined(self, things: Iterable[Flat], kind: str) -> tuple[dict[str, str], Counter[str]]:
        """Return the attributes of things, those that name them first, then by name; and how many of each kind."""
        types: dict[str, set[str]] = {}
        counts: Counter[str] = Counter()
        for thing in things:
            counts[str(thing[kind])] += 1
            self.marking = max(self.marking, Marking.named(str(thing["marking"])))
            self.sources |= set(str(thing.get("sources", "")).split("; ")) - {""}
            for name, value in thing.items():
                types.setdefault(name, set()).add(_WORDS.get(type(value), "string"))
        first = [name for name in (*_FIRST[kind], "held", "marking") if name in types]
        last = [name for name in _LAST if name in types]
        order = [*first, *sorted(types.keys() - {*first, *last}), *last]
        return {name: types[name].pop() if len(types[name]) == 1 else "string" for name in order}, counts


def about_graph(origin: Origin, marking: str) -> Flat:
    """Return what stands in a file of its graph as a whole."""
    return {
        "title": origin.what,
        "marking": marking,
        "as_of": origin.as_of or "every day",
        "known_on": origin.known_on or "everything loaded",
        "ceiling": origin.ceiling,
        "made_by": origin.made_by,
        "made_at": origin.made_at,
        "data_version": origin.data_version,
    }
