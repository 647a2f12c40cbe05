"""What stands around entities, read from a store: where no arrays are made, or people have to be left out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from iga.graph.domain.catalog import EDGE
from iga.queries.core.answer import Subject
from iga.queries.core.reading import Entity, grouped
from iga.queries.core.reads import EDGES_OF_ENDS, AroundIds, EdgeAround
from iga.queries.core.session import Session
from iga.queries.linked.near import (
    Bonds,
    Near,
    SeenEdge,
    WeighedEdge,
    by_other_end,
    held_and_doubt,
    is_dated_nearer,
    seen,
)
from iga.queries.linked.reads import EDGES_BETWEEN, NEIGHBOURS_OF, NEXT_TO, TwoGroups


class ReadNear:
    """TellsNear read level by level."""

    def __init__(self, session: Session, ends: Iterable[Entity], *, day: str, any_time: bool) -> None:
        self._session, self._day, self._any_time = session, day, any_time
        self._subjects = {end.id: end.subject for end in ends}
        self._values: dict[str, Mapping[str, Any]] = {end.id: end.values for end in ends}
        self._edges: dict[str, EdgeAround] = {}

    def counts(self, ids: Collection[str], *, most: int) -> Mapping[str, int]:
        """Return the number of relationships of each, counted up to the most."""
        return {id_: len(others) for id_, others in self.next_to(sorted(ids), most=most).items()} if ids else {}

    def near(self, ids: Sequence[str], *, most: int, in_order: bool = False) -> Mapping[str, Near]:
        """Return what each is next to."""
        read = self._session.read(EDGES_OF_ENDS if in_order else NEIGHBOURS_OF, AroundIds(ids=tuple(ids), most=most))
        edges = {id_: list[EdgeAround]() for id_ in ids} | grouped(read)
        return {
            node: Near(len(of_one), self._bonds(of_one if in_order or len(of_one) < most else ()))
            for node, of_one in edges.items()
        }

    def next_to(self, ids: Sequence[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """Return whom each has relationships with, up to the most."""
        read = self._session.read(NEXT_TO, AroundIds(ids=tuple(ids), most=most))
        return dict.fromkeys(ids, ()) | {row.id: row.others for row in read}

    def between(self, ids: Sequence[str], others: Collection[str]) -> Mapping[str, Bonds]:
        """Return the relationships that join some entities to others."""
        edges = grouped(self._session.read(EDGES_BETWEEN, TwoGroups(ids=tuple(ids), others=tuple(others))))
        return {node: self._bonds(of_one) for node, of_one in edges.items()}

    def subject(self, id_: str) -> Subject:
        """Return an entity that was met."""
        return self._subjects[id_]

    def edges(self, hops: Iterable[tuple[str, str, WeighedEdge]]) -> Mapping[tuple[str, Any], SeenEdge]:
        """Return relationships by the end that each is seen from and what it is called there."""
        edges = {}
        for node, _, bond in hops:
            edge = self._edges[bond.edge]
            edges[node, bond.edge] = seen(edge, node, self._subjects[edge.subject], self._values[edge.subject])
        return edges

    def _bonds(self, edges: Iterable[EdgeAround]) -> Bonds:
        return by_other_end(self._followed(edges))

    def _followed(self, edges: Iterable[EdgeAround]) -> Iterator[tuple[str, WeighedEdge]]:
        for edge in edges:
            weight = EDGE[edge.type].weight
            if weight is None:
                continue
            if edge.id not in self._subjects:
                self._subjects[edge.id], self._values[edge.id] = edge.other, edge.values
            self._edges.setdefault(edge.key, edge)
            cls: str = edge.cls
            values: Mapping[str, Any] = edge.values
            if is_dated_nearer(self._subjects[edge.subject].cls, edge.cls):
                cls, values = self._subjects[edge.subject].cls, self._values[edge.subject]
            held, doubt = held_and_doubt(
                edge.type, edge.properties, cls, values, day=self._day, any_time=self._any_time
            )
            if held != "no":
                source = edge.subject if edge.leads_out else edge.id
                yield edge.id, WeighedEdge(weight + doubt, edge.key, held, edge.type, source)
