"""What governments did after a day on a topic: laws, plans, promises, projects and meetings, linked by nothing else."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iga.graph.domain.topics import with_narrower
from iga.graph.domain.values import first_day, last_day
from iga.queries.core.answer import Subject
from iga.queries.core.days import passed
from iga.queries.core.reading import FullEdgeRow, OfIds
from iga.queries.core.reads import BODIES_OF_GOVERNMENT, LAWS_AND_PLANS_OF, WORKS_IN
from iga.queries.core.session import Session
from iga.queries.multilateral.promises import promises
from iga.queries.multilateral.reads import ENGAGEMENTS_ATTENDED_BY

# Of each sort the day on which it came about, or began.
_DAYS: Mapping[str, tuple[str, ...]] = {
    "Law": ("adopted_on", "in_force_on", "period_start"),
    "NationalActionPlan": ("adopted_on", "in_force_on", "period_start"),
    "Strategy": ("adopted_on", "in_force_on", "period_start"),
    "Commitment": ("said_on",),
}
# What binds or promises comes before what was held.
_ORDER = ("Law", "NationalActionPlan", "Strategy", "Commitment", "Programme", "Project", "Award", "Engagement")
_NOT_HELD = ("planned", "confirmed", "postponed", "cancelled")


@dataclass(frozen=True)
class Doing:
    """Something that a party did, or that was done in its country.

    Attributes:
        what: The law, plan, promise, project, award or meeting.
        on: Day on which it came about or began, possibly partial; blank is not known.
        topics: What it deals with; of a law or plan everything below these, since it covers the whole.
        sources: Properties that say so.
    """

    what: Subject
    on: str
    topics: frozenset[str]
    sources: tuple[Mapping[str, Any], ...]

    def follows(self, asked_on: str, topics: Collection[str], *, day: str) -> bool:
        """Say whether it came after a day, by the day asked for, and shares a topic."""
        is_later = bool(self.on and asked_on) and first_day(self.on) > last_day(asked_on)
        return is_later and passed(self.on, on=day) != "no" and not self.topics.isdisjoint(topics)


def day_of(cls: str, values: Mapping[str, Any]) -> str:
    """Return the day on which a thing came about or began, possibly partial; blank is not known."""
    return next((str(day) for name in _DAYS.get(cls, ("period_start",)) if (day := values.get(name))), "")


def place_of(doing: Doing) -> tuple[int, str, str]:
    """Return what doings are ordered by: laws, plans and promises before works and meetings, then the day."""
    return _ORDER.index(doing.what.cls) if doing.what.cls in _ORDER else len(_ORDER), doing.on, doing.what.id


def doings_of(session: Session, parties: Sequence[str], *, day: str) -> dict[str, list[Doing]]:
    """Return what parties did, and what was done in their countries, by party, in the order of `place_of`."""
    doings: dict[str, list[Doing]] = {party: [] for party in parties}
    for party, doing in _doings(session, parties, day):
        if doing.on and doing.topics:
            doings[party].append(doing)
    return {party: sorted(of, key=place_of) for party, of in doings.items()}


def _doings(session: Session, parties: Sequence[str], day: str) -> Iterator[tuple[str, Doing]]:
    of = OfIds(ids=tuple(parties))
    for it in session.read(LAWS_AND_PLANS_OF, of):
        topics = frozenset(code for topic in it.values.get("topics") or () for code in with_narrower(topic))
        yield it.values["government"], Doing(it.subject, day_of(it.cls, it.values), topics, (it.values,))
    for edge in session.read(WORKS_IN, of):
        yield edge.subject, _doing(edge)
    for edge in session.read(ENGAGEMENTS_ATTENDED_BY, of):
        if edge.values.get("status") not in _NOT_HELD and edge.properties.get("attended") is not False:
            yield edge.subject, _doing(edge)
    whose = {body.id: body.subject for body in session.read(BODIES_OF_GOVERNMENT, of)} | {id_: id_ for id_ in parties}
    for promise in promises(session, day=day, of=whose):
        values = promise.entity.values
        for party in {whose[maker.id] for maker in promise.makers if maker.id in whose}:
            topics = frozenset(values.get("topics") or ())
            yield party, Doing(promise.entity.subject, day_of("Commitment", values), topics, (values,))


def _doing(edge: FullEdgeRow) -> Doing:
    topics = frozenset(edge.values.get("topics") or ())
    return Doing(edge.other, day_of(edge.cls, edge.values), topics, (edge.values, edge.properties))
