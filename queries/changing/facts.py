"""From what differs between two moments to facts that are new, changed, withdrawn or found to be one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from iga.graph.domain.catalog import declared
from iga.graph.fold.between import Differing
from iga.graph.fold.recipes import ATTESTED
from iga.graph.fold.shapes import FoldedEdge, FoldedNode
from iga.graph.grouping import by_key
from iga.graph.statements import Value
from iga.queries.core.answer import Ref

What = Literal["new", "changed", "withdrawn", "merged", "began", "ended"]

DATED: tuple[What, ...] = ("began", "ended")
"""What a date that was held before tells, and no load."""

# Things that say nothing alone: what they belong to says that it is reached there.
_SAID_WITH_ANOTHER = "ContactPoint"

# A day on which a source saw it again, or an officer found it working: nothing changed by it.
_ONLY_SEEN = frozenset({ATTESTED, "seen_on"})


@dataclass(frozen=True)
class Fact:
    """One thing that is not as it was.

    Attributes:
        what: How it differs.
        nodes: The ids it is about, the one it is said of first.
        edge: The relationship, as it is or last was; None for a fact of a thing itself.
        node: The thing itself, as it is or last was; None for a relationship.
        field: The field that changed; blank for all of it.
        before, after: Its values; None is not stated.
        with_it: Relationships that came or went with the thing.
        refs_before, refs: The rows that said it, and that say it.
    """

    what: What
    nodes: tuple[str, ...]
    edge: FoldedEdge | None = None
    node: FoldedNode | None = None
    field: str = ""
    before: Value | None = None
    after: Value | None = None
    with_it: tuple[FoldedEdge, ...] = ()
    refs_before: tuple[Ref, ...] = ()
    refs: tuple[Ref, ...] = ()

    @property
    def kind(self) -> str:
        """Type of the relationship, or class of the thing."""
        return self.edge.type if self.edge else self.node.cls if self.node else ""

    @property
    def key(self) -> str:
        """Key of the relationship, or id of the thing."""
        return self.edge.key if self.edge else self.nodes[0]

    @property
    def values(self) -> Mapping[str, Value]:
        """What is stated of the relationship, or of the thing."""
        of = self.edge or self.node
        return of.values if of else {}


@dataclass
class _Sorted:
    """Differing relationships by what becomes of them; those that go with a thing are taken out."""

    came: dict[str, FoldedEdge] = field(default_factory=dict)
    went: dict[str, FoldedEdge] = field(default_factory=dict)
    stayed: list[tuple[FoldedEdge, FoldedEdge]] = field(default_factory=list)


def facts_of(differing: Differing) -> Iterator[Fact]:
    """Give every fact that differs: things first, then relationships, each by id or key.

    What differs only in its marking, or in the days on which a source saw it, is no fact.
    """
    changed = _sorted(differing)
    reached = {edge.target for edge in (*changed.came.values(), *changed.went.values()) if edge.type == "REACHED_AT"}
    for key, (before, now) in differing.nodes.items():
        either = now or before
        if either and not (before and now) and either.cls == _SAID_WITH_ANOTHER and key in reached:
            continue
        if before and now:
            yield from _changed_node(before, now)
        elif now:
            edges = _taken(changed.came, key, differing, 0)
            refs = tuple(dict.fromkeys([*now.evidence, *(ref for edge in edges for ref in edge.evidence)]))
            yield Fact("new", _nodes(key, edges), node=now, with_it=edges, refs=refs)
        elif before and key in differing.merged:
            yield Fact("merged", (differing.merged[key],), node=before, refs_before=before.evidence)
        elif before:
            edges = _taken(changed.went, key, differing, 1)
            yield Fact("withdrawn", _nodes(key, edges), node=before, with_it=edges, refs_before=before.evidence)
    for was, is_ in changed.stayed:
        fact = Fact("changed", (is_.source, is_.target), edge=is_, refs_before=was.evidence, refs=is_.evidence)
        yield from _by_field(fact, _fields(is_.type, was.values, is_.values))
    for edge in changed.came.values():
        yield Fact("new", (edge.source, edge.target), edge=edge, refs=edge.evidence)
    for edge in changed.went.values():
        if edge.source not in differing.merged and edge.target not in differing.merged:
            yield Fact("withdrawn", (edge.source, edge.target), edge=edge, refs_before=edge.evidence)


def _sorted(differing: Differing) -> _Sorted:
    """Sort relationships; one that went where one of its type came between the same two is that, with other days."""
    edges = _Sorted()
    for key, (before, now) in differing.edges.items():
        if before and now:
            edges.stayed.append((before, now))
        elif now:
            edges.came[key] = now
        elif before:
            edges.went[key] = before
    came, went = _by_triple(edges.came), _by_triple(edges.went)
    for triple in came.keys() & went.keys():
        if len(came[triple]) == len(went[triple]) == 1:
            is_, was = edges.came.pop(came[triple][0]), edges.went.pop(went[triple][0])
            edges.stayed.append((was, is_))
    edges.stayed.sort(key=lambda pair: pair[1].key)
    return edges


def _by_triple(edges: Mapping[str, FoldedEdge]) -> dict[tuple[str, str, str], list[str]]:
    return by_key(edges, lambda key: (edges[key].type, edges[key].source, edges[key].target))


def _taken(edges: dict[str, FoldedEdge], node: str, differing: Differing, side: int) -> tuple[FoldedEdge, ...]:
    """Take out the relationships that came or went with a thing.

    One that joins two such things goes with its source: a placement with its edition, not the other way round.
    """
    taken = []
    for key, edge in list(edges.items()):
        source = differing.nodes.get(edge.source)
        came_with_source = source is not None and source[side] is None
        if node == edge.source or (node == edge.target and not came_with_source):
            taken.append(edges.pop(key))
    return tuple(taken)


def _nodes(node: str, edges: Sequence[FoldedEdge]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([node, *(end for edge in edges for end in (edge.source, edge.target))]))


def _changed_node(before: FoldedNode, now: FoldedNode) -> Iterator[Fact]:
    fact = Fact("changed", (now.id,), node=now, refs_before=before.evidence, refs=now.evidence)
    if before.cls != now.cls:
        yield replace(fact, field="class", before=before.cls, after=now.cls)
    yield from _by_field(fact, _fields(now.cls, before.values, now.values))


def _by_field(fact: Fact, fields: Iterable[tuple[str, Any, Any]]) -> Iterator[Fact]:
    return (replace(fact, field=name, before=was, after=is_) for name, was, is_ in fields)


def _fields(cls: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in declared(cls).rules():
        if before.get(name) != now.get(name) and name not in _ONLY_SEEN:
            yield name, before.get(name), now.get(name)
