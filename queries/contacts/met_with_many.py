"""The last real touch and the next meeting with each of many parties, from the engagements rather than the parties.

A party may have tens of thousands of engagements; of those that are a touch with any one party there are few.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from iga.graph.domain.values import first_day
from iga.graph.domain.work import Engagement
from iga.graph.query import ReadParams
from iga.queries.contacts.importance import DAYS_AHEAD, is_ahead
from iga.queries.contacts.touches import (
    FEW,
    OF_TWO_SIDES,
    WHO_CAME,
    Came,
    CameFor,
    Touch,
    WhoCame,
    engagement_of,
    is_of_two_sides,
    took_place,
    touches_of,
    with_names,
)
from iga.queries.contacts.whose_engagements import whose_engagements
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import all_of
from iga.queries.core.home import ours_among
from iga.queries.core.periods import days_after
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import Entity, FullEdgeRow, edge_to
from iga.queries.core.reads import TAKING_PART
from iga.queries.core.scope import Edges, belonging, scope_of
from iga.queries.core.session import Session


class CloseUntil(ReadParams):
    """A day, the last day looked ahead to, kinds of two sides, and how many are few."""

    day: str
    until: str
    words: tuple[str, ...]
    few: int


# Just what tells whether one counts; the whole is read of those that do.
CLOSE_ENGAGEMENTS = all_of(
    Engagement,
    "it.period_start IS NOT NULL AND it.start_min <= $until AND (it.start_max >= $day "
    "OR any(word IN $words WHERE toLower(it.engagement_kind) CONTAINS word) "
    "OR COUNT { (it)<-[:PARTICIPATED|ORGANIZED]-() } <= $few)",
    CloseUntil,
    fields=("engagement_kind", "status", "period_start", "start_min", "start_max"),
)


@dataclass(frozen=True)
class Met:
    """The last real touch with a party, and the next meeting of it with our side; None where none is on record."""

    last: Touch | None
    next: FullEdgeRow | None


def met_with(session: Session, parties: Collection[Subject], *, day: str) -> dict[str, Met]:
    """Return the last real touch by a day and the next meeting within 90 days, by id of the party.

    Args:
        session: The graph.
        parties: Parties; whoever belongs to them counts with them.
        day: Full day.
    """
    asked = CloseUntil(day=day, until=days_after(day, DAYS_AHEAD), words=OF_TWO_SIDES, few=FEW)
    engagements = {one.id: one for one in session.read(CLOSE_ENGAGEMENTS, asked)} if parties else {}
    us = session.home.government
    came = {row.id: row for row in session.read(WHO_CAME, CameFor(ids=tuple(engagements), party=us))}
    everybody = sorted({id_ for row in came.values() for id_ in row.came})
    ours = ours_among(session, everybody)
    met = {}
    for party, theirs in belonging(session, parties, everybody, day=day).items():
        known = [
            _Shared(engagements[row.id], WhoCame(_has_ours(row, ours, theirs), row.listed))
            for row in came.values()
            if not theirs.isdisjoint(row.came)
        ]
        met[party] = Met(_last(session, party, theirs, known, day), _next(session, theirs, known, asked))
    for person in (party for party in parties if party.cls == "Person"):
        met[person.id] = replace(met[person.id], last=_last_of(session, person, day))
    return met


@dataclass(frozen=True)
class _Shared:
    """An engagement at which somebody of a party was, or will be, and who else was."""

    what: Entity
    came: WhoCame

    @property
    def start(self) -> str:
        return str(self.what.values["period_start"])

    @property
    def is_with_ours(self) -> bool:
        return self.came.with_ours or is_of_two_sides(self.what.values)


def _has_ours(row: Came, ours: Collection[str], theirs: frozenset[str]) -> bool:
    return any(id_ not in theirs and (id_ in ours or id_ in row.for_it) for id_ in row.came)


def _last(session: Session, party: str, theirs: frozenset[str], known: Sequence[_Shared], day: str) -> Touch | None:
    """Return the latest that surely took place, by name and id where several were on the same day."""
    by_name = sorted(known, key=lambda one: (one.what.name, one.what.id))
    for one in sorted(by_name, key=lambda one: one.start, reverse=True):
        if one.is_with_ours and one.start <= day:
            edges = [edge for edge in _parts(session, one, theirs) if took_place(edge, day=day) != "no"]
            touch = engagement_of(edges, one.came, day) if edges else None
            if touch and touch.is_real:
                return with_names(session, party, theirs, [touch])[0]
    return None


def _last_of(session: Session, person: Subject, day: str) -> Touch | None:
    """Return the same of a person: a meeting of a post was with whoever held it that day."""
    scope = scope_of(session, person, day=day)
    touches = touches_of(session, scope, day=day, least=1, counts=lambda touch: touch.is_real).newest
    last = [touch for touch in touches if touch.is_real][:1]
    return next(iter(with_names(session, person.id, whose_engagements(session, scope).ids, last)), None)


def _next(session: Session, theirs: frozenset[str], known: Sequence[_Shared], asked: CloseUntil) -> FullEdgeRow | None:
    ahead = [one for one in known if one.is_with_ours and one.what.values.get("start_max", "") >= asked.day]
    ahead.sort(key=lambda one: (first_day(one.start), one.what.name, one.what.id))
    edges = (edge for one in ahead for edge in _parts(session, one, theirs))
    return next((edge for edge in edges if is_ahead(edge, since=asked.day, until=asked.until)), None)


def _parts(session: Session, shared: _Shared, theirs: frozenset[str]) -> Iterator[FullEdgeRow]:
    """Give the relationships of whoever belongs to a party with an engagement, as seen from them."""
    [what] = entities(session, [shared.what.id]).values()
    for edge in Edges(session, "").every(TAKING_PART, [what.id]):
        if edge.id in theirs:
            yield edge_to(what, subject=edge.id, key=edge.key, properties=edge.properties)
