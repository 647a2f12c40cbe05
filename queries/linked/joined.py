"""Which parties have to do with each other: directly, or in one meeting, work or promise with few others; in groups."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from iga.graph.domain.catalog import fits
from iga.graph.domain.topics import with_narrower
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import worded
from iga.queries.core.columns import sourced
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.days import Passed
from iga.queries.core.relationships import in_a_sentence, saying_of
from iga.queries.core.scope import scope_of
from iga.queries.core.session import Session
from iga.queries.linked.near import Bonds, StandingTies, TellsNear, WeighedEdge
from iga.queries.linked.web import HUB

R = TypeVar("R", bound=AnswerRow)

KINDS: Mapping[str, frozenset[str]] = {
    "money": frozenset(("FUNDED", "AWARDED_TO", "SUBAWARDED_TO", "IMPLEMENTS")),
    "contact": frozenset(
        (
            *("HOLDS", "POST_IN", "PARTICIPATED", "ORGANIZED", "MADE", "OWED_TO"),
            *("OWNS_RELATIONSHIP", "COVERS", "ADVISES"),
        )
    ),
    "membership": frozenset(("MEMBER_OF", "PART_OF")),
}
"""Types of relationships by which parties have to do with each other, by what officers call them."""

EVERY_KIND = frozenset[str]().union(*KINDS.values())

FEW = 20
"""Parties that a meeting or a work may have for it to join each to each: as in what counts as a touch."""
# Parties whose joins stay worked out, some 20 kB each.
_KEPT = 5_000
# A topic is dealt with by everybody; nobody has to do with anybody for it.
_NO_JOINT = ("Topic",)


@dataclass(frozen=True)
class JoinHop:
    """One relationship as it is gone along, from a thing to the next."""

    start: str
    end: str
    bond: WeighedEdge


@dataclass(frozen=True)
class Join:
    """How two parties have to do with each other: one relationship, or two with what they share in between."""

    hops: tuple[JoinHop, ...]

    @property
    def weight(self) -> int:
        """What it weighs; the lightest tells most."""
        return sum(hop.bond.weight for hop in self.hops)

    @property
    def end(self) -> str:
        """Id of whom it leads to."""
        return self.hops[-1].end

    @property
    def held(self) -> Passed:
        """Whether all of it is known to stand on the day."""
        return "yes" if all(hop.bond.held == "yes" for hop in self.hops) else "unknown"


Joins = Mapping[str, Join]
"""How a party is joined to others, by their ids."""


@dataclass(frozen=True)
class JoinedParties:
    """Whom parties have to do with on a day, by some types of relationship; worked out where it was asked for.

    What has more relationships than a hub joins nobody, and neither does a country: it ties everybody to everybody.
    """

    standing: StandingTies
    types: frozenset[str] = EVERY_KIND
    _joins: dict[str, Joins] = field(default_factory=dict)

    def of(self, party: str) -> Joins:
        """Return how a party is joined to others, by their ids in order; of two ways the lighter, then the first."""
        known = self._joins.get(party)
        if known is None:
            best: dict[str, Join] = {}
            for other, bond in self._bonds(party):
                if self.is_party(other):
                    _add(best, other, Join((JoinHop(party, other, bond),)))
                else:
                    for beyond, far in self.through(other):
                        if beyond != party:
                            _add(best, beyond, Join((JoinHop(party, other, bond), JoinHop(other, beyond, far))))
            if len(self._joins) >= _KEPT:
                self._joins.clear()
            known = self._joins[party] = dict(sorted(best.items()))
        return known

    def is_party(self, id_: str) -> bool:
        """True if it is somebody: a party or a post."""
        return fits(self.cls(id_), ("Party", "Post"))

    def cls(self, id_: str) -> str:
        """Return the class of an entity."""
        return self.standing.ties.subjects[self.standing.ties.number_of(id_)][0]

    def is_hub(self, id_: str) -> bool:
        """True if it has more relationships than anything that joins others."""
        return self.standing.count(self.standing.ties.number_of(id_)) > HUB

    def leads_on(self, id_: str) -> bool:
        """True if it joins those around it to each other: no country does, and no hub."""
        return self.cls(id_) != "Government" and not self.is_hub(id_)

    def through(self, thing: str) -> list[tuple[str, WeighedEdge]]:
        """Return whom a thing that is no party joins to each other; nobody where it has too many."""
        if self.cls(thing) in _NO_JOINT or self.is_hub(thing):
            return []
        parties = [(other, bond) for other, bond in self._bonds(thing) if self.is_party(other)]
        return parties if len({other for other, _ in parties}) <= FEW else []

    def _bonds(self, id_: str) -> Iterable[tuple[str, WeighedEdge]]:
        bonds: Bonds = self.standing.bonds(self.standing.ties.number_of(id_))
        for other, of_one in bonds.items():
            bond = next((bond for bond in of_one if bond.type in self.types), None)
            if bond is not None:
                yield other, bond


def _add(best: dict[str, Join], other: str, join: Join) -> None:
    known = best.get(other)
    if known is None or _order(join) < _order(known):
        best[other] = join


def _order(join: Join) -> tuple[int, int, tuple[str, ...]]:
    return join.weight, len(join.hops), tuple(hop.end for hop in join.hops)


class SaidJoins:
    """Joins with what is read of their relationships."""

    def __init__(self, near: TellsNear, joins: Iterable[Join], *, day: str) -> None:
        self._near, self._day = near, day
        self._seen = near.edges((hop.start, hop.end, hop.bond) for join in joins for hop in join.hops)

    def words(self, join: Join) -> str:
        """Return a join as a sentence goes on from its first party."""
        says = []
        for hop in join.hops:
            seen = self._seen[hop.start, hop.bond.edge]
            edge = seen.edge
            saying = saying_of(edge.type, edge, leads_out=edge.leads_out, dated_by=seen.dated, day=self._day)
            says.append(in_a_sentence(saying))
        return worded(__package__, "brokers", "row-says", {"says": says})

    def sources(self, join: Join) -> list[Mapping[str, Any]]:
        """Return the properties of the relationships of a join."""
        return [self._seen[hop.start, hop.bond.edge].edge.properties for hop in join.hops]

    def row(self, model: type[R], *joins: Join, **columns: Any) -> SourcedRow[R]:
        """Return a row that rests on joins: it is trusted as far as the weakest, and held if all are known to."""
        sources = [source for join in joins for source in self.sources(join)]
        held = "yes" if all(join.held == "yes" for join in joins) else "unknown"
        return sourced(model, *sources, made_of=sources, held=held, **columns)

    def is_so(self, *joins: Join) -> bool:
        """True if nobody on them is known not to have come to what joins them."""
        return all(source.get("attended") is not False for join in joins for source in self.sources(join))

    def end(self, join: Join) -> Subject:
        """Return whom a join leads to."""
        return self._near.subject(join.end)


def joined_on(standing: StandingTies, types: frozenset[str] = EVERY_KIND) -> JoinedParties:
    """Return whom parties have to do with on the day of what stands, as worked out before for these types."""
    known: JoinedParties = standing.worked_out.setdefault((JoinedParties, types), JoinedParties(standing, types))
    return known


WITH_TOPICS = all_of("Entity", "it.topics IS NOT NULL", fields=("topics",))
# Of a larger group so many are looked from, those with the fewest relationships last: what few know counts little here.
_MOST = 300
_WORKS = ("Project", "Award", "Programme")
_CARRIES = ("IMPLEMENTS", "AWARDED_TO", "SUBAWARDED_TO")
_NOBODY = ("Government",)


@dataclass(frozen=True)
class AskedGroup:
    """Who belongs together, as far as is looked at.

    Attributes:
        left_count: How many more there are, which are not looked from.
    """

    about: Subject
    ids: frozenset[str]
    left_count: int = 0


def group_of(session: Session, about: Subject, standing: StandingTies, *, day: str) -> AskedGroup:
    """Return who belongs to a party, its members who are people too; or who works on a topic, countries aside."""
    if about.cls == "Topic":
        return _most_tied(about, _on_topic(session, about, standing), standing)
    ids = set(scope_of(session, about, day=day).ids) & set(standing.ties.ids)
    for body in sorted(ids):
        bonds = standing.bonds(standing.ties.number_of(body))
        ids |= {other for other, of in bonds.items() if other.startswith("person:") and of[0].type == "MEMBER_OF"}
    return _most_tied(about, ids | {about.id}, standing)


def _on_topic(session: Session, about: Subject, standing: StandingTies) -> set[str]:
    """Return parties and posts with a topic, or one below it, and who carries out works on it."""
    codes = set(with_narrower(about.id.partition(":")[2]))
    there = [it for it in session.once(with_topics) if not codes.isdisjoint(it[2])]
    ids = {id_ for id_, cls, _ in there if fits(cls, ("Party", "Post"))}
    for work in (id_ for id_, cls, _ in there if cls in _WORKS):
        bonds = standing.bonds(standing.ties.number_of(work))
        ids |= {other for other, of in bonds.items() if any(bond.type in _CARRIES for bond in of)}
    return {id_ for id_ in ids if standing.ties.subjects[standing.ties.number_of(id_)][0] not in _NOBODY}


def with_topics(session: Session) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return everything that has topics: id, class and topics."""
    return [(it.id, it.cls, tuple(it.values["topics"])) for it in session.read(WITH_TOPICS, Everything())]


def _most_tied(about: Subject, ids: Collection[str], standing: StandingTies) -> AskedGroup:
    kept = sorted(ids, key=lambda id_: (-standing.count(standing.ties.number_of(id_)), id_))[:_MOST]
    return AskedGroup(about, frozenset(kept), len(ids) - len(kept))
