"""What stands around entities, from the arrays of a graph; only what is shown of it is read from the store."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from iga.graph.domain.catalog import EDGE
from iga.queries.core.answer import Subject
from iga.queries.core.days import Passed
from iga.queries.core.happened import EDGE_DATES, NODE_DATES
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.core.ties import Ties
from iga.queries.linked.near import (
    Bonds,
    Near,
    SeenEdge,
    TellsNear,
    WeighedEdge,
    by_other_end,
    held_and_doubt,
    is_dated_nearer,
    seen,
)
from iga.queries.linked.read_near import ReadNear
from iga.queries.linked.reads import EDGES_BY_KEY, EndsAndKeys

# Entities whose surroundings stay worked out, some 2 kB each.
_KEPT = 5_000
# Days of which that is done.
_DAYS = 4


class StandingTies:
    """What of all relationships is followed on a day, worked out where it was asked for. Threads may share it."""

    def __init__(self, ties: Ties, *, day: str, any_time: bool) -> None:
        self.ties, self._day, self._any_time = ties, day, any_time
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
                near[id_] = Near(count, self._standing.bonds(number))
            else:
                first = self._standing.followed(number, most=most) if in_order else ()
                near[id_] = Near(most, by_other_end(first))
        return near

    def next_to(self, ids: Sequence[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """Return whom each has relationships with, up to the most."""
        return {id_: self._standing.others(self._ties.number_of(id_))[:most] for id_ in ids}

    def between(self, ids: Sequence[str], others: Collection[str]) -> Mapping[str, Bonds]:
        """Return the relationships that join some entities to others."""
        bonds = {id_: self._standing.bonds(self._ties.number_of(id_)) for id_ in ids}
        return {id_: {other: of_one[other] for other in others if other in of_one} for id_, of_one in bonds.items()}

    def subject(self, id_: str) -> Subject:
        """Return an entity that was met."""
        cls, name, iso3 = self._ties.subjects[self._ties.number_of(id_)]
        return Subject(id=id_, cls=cls, name=name, iso3=iso3)

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
        edges = {edge.key: edge for edge in self._session.read(EDGES_BY_KEY, read)}
        return {
            (node, edge): seen(edges[key], node, self.subject(edges[key].subject), edges[key].own)
            for node, _, edge, key in wanted
        }


def surroundings(session: Session, ends: tuple[Entity, Entity], *, day: str, any_time: bool) -> TellsNear:
    """Return what tells the surroundings of two ends: arrays, but where people are left out or there are too many."""
    ties = session.ties if session.use is None else None
    if ties is None:
        return ReadNear(session, ends, day=day, any_time=any_time)
    return KeptNear(session, standing_on(ties, day=day, any_time=any_time))


def standing_on(ties: Ties, *, day: str, any_time: bool = False) -> StandingTies:
    """Return what of all relationships is followed on a day; of a few days it stays worked out."""
    standings = ties.worked_out
    if (day, any_time) not in standings:
        if len(standings) >= _DAYS:
            standings.clear()
        standings[day, any_time] = StandingTies(ties, day=day, any_time=any_time)
    standing: StandingTies = standings[day, any_time]
    return standing
