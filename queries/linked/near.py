"""What stands around some entities, as a search for paths sees it: from arrays, or read from a store."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import msgspec

from iga.graph.domain.catalog import EDGE
from iga.graph.domain.edges import Holds
from iga.graph.query import Query, Row
from iga.queries.core.answer import Subject
from iga.queries.core.days import Passed, ever_held, had_ended
from iga.queries.core.holders import ends_of_terms, with_ends
from iga.queries.core.reading import Entity, OfIds, grouped
from iga.queries.core.reads import EDGES_OF_ENDS, AroundIds, EdgeAround
from iga.queries.core.relationships import EDGE_DATES, NODE_DATES, is_dated, stood
from iga.queries.core.session import Session
from iga.queries.core.ties import Ties

UNKNOWN = 6
"""Added for each edge of which no date tells whether it stood on the day: more than any other step weighs."""


class TwoGroups(OfIds):
    """Two groups of entities."""

    others: tuple[str, ...]


class EndsAndKeys(OfIds):
    """Relationships by their keys, and entities among their ends."""

    keys: tuple[str, ...]


class EdgeWithEnds(EdgeAround):
    """A relationship, with what dates it of the end that it was read from too."""

    own: dict[str, Any]


class NextTo(Row):
    """Whom an entity has relationships with: one id for each relationship, up to the number asked for."""

    id: str
    others: tuple[str, ...]


EDGES_BY_KEY = Query("iga.queries.linked", "edges_by_key", EndsAndKeys, EdgeWithEnds)
NEIGHBOURS_OF = Query("iga.queries.linked", "neighbours_of", AroundIds, EdgeAround)
NEXT_TO = Query("iga.queries.linked", "next_to", AroundIds, NextTo)
EDGES_BETWEEN = Query("iga.queries.linked", "edges_between", TwoGroups, EdgeAround)


class WeighedEdge(msgspec.Struct, frozen=True, order=True, gc=False):
    """One relationship between two neighbours that is followed; they are compared by weight, then by key.

    Attributes:
        edge: Its key, or its place among all keys.
        held: Whether it stood on the day, or had happened by it.
        source: Id of the entity that it leads from.
    """

    weight: int
    edge: Any
    held: Passed
    type: str
    source: str


Bonds: TypeAlias = Mapping[str, tuple[WeighedEdge, ...]]
"""Relationships by the id of whom they lead to, lightest first."""


@dataclass(frozen=True)
class Near:
    """How many relationships an entity has, as far as they were counted, and those of them that are followed."""

    count: int
    bonds: Bonds


@dataclass(frozen=True)
class SeenEdge:
    """A relationship as seen from one of its ends, and as seen from the end at whose other end something has a day."""

    edge: EdgeAround
    dated: EdgeAround


class TellsNear(Protocol):
    """Tells what stands around entities; the same whether arrays or a store answers."""

    def counts(self, ids: Collection[str], *, most: int) -> Mapping[str, int]:
        """Return the number of relationships of each, counted up to the most."""

    def near(self, ids: Sequence[str], *, most: int, in_order: bool = False) -> Mapping[str, Near]:
        """Return what each is next to; of one with more than the most the first by key, if asked to be in order."""

    def next_to(self, ids: Sequence[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """Return whom each has relationships with, followed or not: an id for each relationship, up to the most."""

    def between(self, ids: Sequence[str], others: Collection[str]) -> Mapping[str, Bonds]:
        """Return the relationships that join some entities to others."""

    def subject(self, id_: str) -> Subject:
        """Return an entity that was met."""

    def edges(self, hops: Iterable[tuple[str, str, WeighedEdge]]) -> Mapping[tuple[str, Any], SeenEdge]:
        """Return relationships, each given with the end that it is seen from and the other, by the end and its name."""


def held_and_doubt(
    type_: str, own: Mapping[str, Any], cls: str, values: Mapping[str, Any], *, day: str, any_time: bool
) -> tuple[Passed, int]:
    """Say whether a relationship stood on a day, and what is added to its weight if that is in doubt.

    Args:
        type_: Its type.
        own: Its properties.
        cls: Class of the end that dates it.
        values: Properties of that end.
        day: Full day.
        any_time: Whether what had ended by it counts all the same.
    """
    has_ended = had_ended(own, day=day)
    held = ever_held(own, day=day) if any_time and has_ended else stood(type_, own, cls, values, day=day)
    return held, UNKNOWN if held == "unknown" or has_ended else 0


def is_dated_nearer(near: str, far: str) -> bool:
    """True if a relationship goes by the day of its nearer end, by the classes of both."""
    return is_dated(near) and not is_dated(far)


def seen(edge: EdgeAround, node: str, own: Subject, values: Mapping[str, Any]) -> SeenEdge:
    """Return a relationship as seen from one of its ends."""
    turned = edge.model_copy(
        update={"subject": edge.id, "leads_out": not edge.leads_out, "values": dict(values), **dict(own)}
    )
    here, there = (edge, turned) if edge.subject == node else (turned, edge)
    return SeenEdge(here, there if is_dated_nearer(there.cls, here.cls) else here)


def by_other_end(bonds: Iterable[tuple[str, WeighedEdge]]) -> dict[str, tuple[WeighedEdge, ...]]:
    """Return relationships by the id of whom they lead to, lightest first."""
    grouped: dict[str, list[WeighedEdge]] = {}
    for other, bond in bonds:
        grouped.setdefault(other, []).append(bond)
    return {other: tuple(sorted(of_one)) if len(of_one) > 1 else (of_one[0],) for other, of_one in grouped.items()}


# Entities whose surroundings stay worked out, some 2 kB each.
_KEPT = 5_000
# Days of which that is done.
_DAYS = 4


class StandingTies:
    """What of all relationships is followed on a day, worked out where it was asked for. Threads may share it."""

    def __init__(self, ties: Ties, *, day: str, any_time: bool, ends: Mapping[str, Mapping[str, str]]) -> None:
        self.ties, self.ends, self._day, self._any_time = ties, ends, day, any_time
        self._left = {bisect_left(ties.keys, key) for key, end in ends.items() if had_ended(end, day=day)}
        self._weighed: dict[int, tuple[int, Passed, str] | None] = {}
        self._bonds: dict[int, Bonds] = {}
        self.worked_out: dict[Any, Any] = {}
        """What followed from them, by what it was asked for."""

    def count(self, number: int) -> int:
        """Return how many relationships an entity has."""
        return self.ties.starts[number + 1] - self.ties.starts[number]

    def others(self, number: int) -> list[str]:
        """Return whom an entity has relationships with, an id for each of them."""
        ties = self.ties
        return [ties.ids[other] for other in ties.others[ties.starts[number] : ties.starts[number + 1]]]

    def bonds(self, number: int) -> Bonds:
        """Return the relationships of an entity that are followed."""
        bonds = self._bonds.get(number)
        if bonds is None:
            if len(self._bonds) >= _KEPT:
                self._bonds.clear()
            bonds = self._bonds[number] = by_other_end(self.followed(number))
        return bonds

    def followed(self, number: int, *, most: int | None = None) -> Iterator[tuple[str, WeighedEdge]]:
        """Give the relationships of an entity that are followed, of the first so many by key, with their other ends."""
        ties, first = self.ties, self.ties.starts[number]
        last = ties.starts[number + 1] if most is None else min(ties.starts[number + 1], first + most)
        ids, dated, own = ties.ids, ties.dated, ties.ids[number]
        for other, way in zip(ties.others[first:last], ties.ways[first:last], strict=True):
            edge = way >> 1
            look = dated[edge] << 1 | way & 1
            weighed = self._weighed[look] if look in self._weighed else self._weigh(look)
            if weighed and edge in self._left:
                weighed = ((Holds.weight or 0) + UNKNOWN, *weighed[1:]) if self._any_time else None
            if weighed:
                yield ids[other], WeighedEdge(weighed[0], edge, weighed[1], weighed[2], own if way & 1 else ids[other])

    def _weigh(self, look: int) -> tuple[int, Passed, str] | None:
        """Return what relationships weigh, whether they stood, and their type; None if they are not followed.

        Args:
            look: Twice the place of what dates them, and one more as seen from where they lead from.
        """
        dated, leads_out = self.ties.datings[look >> 1], look & 1
        weight = EDGE[dated.type].weight
        near, far = (dated.source_cls, dated.source), (dated.target_cls, dated.target)
        if not leads_out:
            near, far = far, near
        cls, days = near if is_dated_nearer(near[0], far[0]) else far
        own, values = dict(zip(EDGE_DATES, dated.own, strict=True)), dict(zip(NODE_DATES, days, strict=False))
        held, doubt = held_and_doubt(dated.type, own, cls, values, day=self._day, any_time=self._any_time)
        self._weighed[look] = None if weight is None or held == "no" else (weight + doubt, held, dated.type)
        return self._weighed[look]


class KeptNear:
    """TellsNear that arrays tell."""

    def __init__(self, session: Session, standing: StandingTies) -> None:
        self._session, self._standing, self._ties = session, standing, standing.ties

    def counts(self, ids: Collection[str], *, most: int) -> Mapping[str, int]:
        """Return the number of relationships of each, counted up to the most."""
        return {id_: min(self._standing.count(self._ties.number_of(id_)), most) for id_ in ids}

    def near(self, ids: Sequence[str], *, most: int, in_order: bool = False) -> Mapping[str, Near]:
        """Return what each is next to."""
        near = {}
        for id_ in ids:
            number = self._ties.number_of(id_)
            count = self._standing.count(number)
            if count < most or (in_order and count == most):
                near[id_] = Near(count, self._openly(self._standing.bonds(number)))
            else:
                first = self._standing.followed(number, most=most) if in_order else ()
                near[id_] = Near(most, self._openly(by_other_end(first)))
        return near

    def next_to(self, ids: Sequence[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """Return whom each has relationships with, up to the most."""
        others = {id_: self._standing.others(self._ties.number_of(id_))[:most] for id_ in ids}
        hidden = self._session.naming({other for of_one in others.values() for other in of_one})
        return {id_: [other for other in of_one if other not in hidden] for id_, of_one in others.items()}

    def between(self, ids: Sequence[str], others: Collection[str]) -> Mapping[str, Bonds]:
        """Return the relationships that join some entities to others."""
        bonds = {id_: self._openly(self._standing.bonds(self._ties.number_of(id_))) for id_ in ids}
        return {id_: {other: of_one[other] for other in others if other in of_one} for id_, of_one in bonds.items()}

    def subject(self, id_: str) -> Subject:
        """Return an entity that was met."""
        cls, name, iso3 = self._ties.subjects[self._ties.number_of(id_)]
        return Subject(id=id_, cls=cls, name=self._session.masked(name, id_), iso3=iso3)

    def _openly(self, bonds: Bonds) -> Bonds:
        """Return relationships without those to things whose ids name somebody hidden, and terms of who is unasked."""
        terms = {other: them[0].source for other, them in bonds.items() if them[0].type == Holds.type()}
        unasked = {it for it, one in self._session.permissions(terms.values()).items() if one.is_by_name_alone}
        hidden = self._session.naming(bonds).union(other for other, holder in terms.items() if holder in unasked)
        return {other: them for other, them in bonds.items() if other not in hidden} if hidden else bonds

    def edges(self, hops: Iterable[tuple[str, str, WeighedEdge]]) -> Mapping[tuple[str, Any], SeenEdge]:
        """Return relationships by the end that each is seen from and what it is called there."""
        wanted = [(node, other, bond.edge, self._ties.keys[bond.edge]) for node, other, bond in hops]
        if not wanted:
            return {}
        # read from where it has fewer others beside it
        ids = {
            min(node, other, key=lambda id_: self._standing.count(self._ties.number_of(id_)))
            for node, other, *_ in wanted
        }
        read = EndsAndKeys(ids=tuple(sorted(ids)), keys=tuple(sorted({key for *_, key in wanted})))
        edges = {edge.key: edge for edge in with_ends(self._session.read(EDGES_BY_KEY, read), self._standing.ends)}
        return {
            (node, edge): seen(edges[key], node, self.subject(edges[key].subject), edges[key].own)
            for node, _, edge, key in wanted
        }


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

    def _bonds(self, edges: Sequence[EdgeAround]) -> Bonds:
        return by_other_end(self._followed(edges))

    def _followed(self, edges: Sequence[EdgeAround]) -> Iterator[tuple[str, WeighedEdge]]:
        holding = (end for edge in edges if edge.type == Holds.type() for end in (edge.subject, edge.id))
        for edge in with_ends(edges, ends_of_terms(self._session.unnoted, holding, day=self._day)):
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


def surroundings(session: Session, ends: tuple[Entity, Entity], *, day: str, any_time: bool) -> TellsNear:
    """Return what tells the surroundings of two ends: arrays, but where people are left out or there are too many."""
    ties = session.ties if session.use is None else None
    if ties is None:
        return ReadNear(session, ends, day=day, any_time=any_time)
    return KeptNear(session, standing_on(session, ties, day=day, any_time=any_time))


def standing_on(session: Session, ties: Ties, *, day: str, any_time: bool = False) -> StandingTies:
    """Return what of all relationships is followed on a day; of a few days it stays worked out."""
    standings, asked = ties.worked_out, (day, any_time, session.shows)
    if asked not in standings:
        if len(standings) >= _DAYS:
            standings.clear()
        posts = (id_ for id_, (cls, *_) in zip(ties.ids, ties.subjects, strict=True) if cls == "Post")
        ends = ends_of_terms(session.unnoted, posts, day=day)
        standings[asked] = StandingTies(ties, day=day, any_time=any_time, ends=ends)
    standing: StandingTies = standings[asked]
    return standing
