"""Everything that has a day: engagements, duties by law, replies and promises due, mandates and terms that end."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from iga.graph.domain.values import first_day, last_day
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import OfIdsInStretch, OfStretch
from iga.queries.core.duties import Duty, duties
from iga.queries.core.promised import UNSETTLED, status_by
from iga.queries.core.reading import Entity, OfIds, entity_at, grouped
from iga.queries.core.reads import ENGAGEMENTS_WITHIN, ORGANIZERS_OF
from iga.queries.core.recurrence import occurrences
from iga.queries.core.session import Session
from iga.queries.core.wording import listed
from iga.queries.multilateral.mandates import mandates_known
from iga.queries.multilateral.promises import promises
from iga.queries.multilateral.reads import (
    DELEGATED_BY,
    ENGAGEMENTS_BETWEEN,
    MEMBERSHIPS_ENDING_IN_YEARS,
    PARTICIPANTS_OF,
    TERMS_ENDING_IN_YEARS,
    TERMS_ENDING_OF,
    TermEdge,
)

_AHEAD = ("planned", "confirmed", "postponed")
ItemKind = Literal["engagement", "statutory date", "reply due", "promise due", "mandate ends", "term ends"]


@dataclass(frozen=True)
class Item:
    """One thing with a day.

    Attributes:
        kind: What sort of day it is.
        what: The engagement, duty, promise, mandate or post.
        start: First day, possibly partial; blank is not set.
        end: Last day, possibly partial; the first where there is but one.
        parties: Whom it concerns: who hosts, attends, owes, is owed, holds; ids, with names.
        values: Properties of the thing.
        sources: Properties of all that it rests on.
    """

    kind: ItemKind
    what: Subject
    start: str = ""
    end: str = ""
    parties: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Mapping[str, Any], ...] = ()

    @property
    def until(self) -> str | None:
        """Last day, if it is another than the first."""
        return self.end if self.end not in ("", self.start) else None

    @property
    def is_planned(self) -> bool:
        """Whether it is an engagement that is planned: internal until it is held."""
        return self.kind == "engagement" and self.values.get("status") in _AHEAD

    def falls(self, since: str, until: str) -> bool:
        """Say whether it may fall into a period; what is still ahead and has no day may fall into any."""
        if not self.start:
            return self.kind != "engagement" or self.is_planned
        return first_day(self.start) <= until and last_day(self.end or self.start) >= since


def items(
    session: Session, *, since: str, until: str, day: str, kind: str = "", of: Collection[str] | None = None
) -> list[Item]:
    """Return everything that falls, or may fall, into a period, in no particular order.

    Args:
        session: The graph.
        since: First full day.
        until: Last full day.
        day: Full day; what was decided, said or settled later does not count.
        kind: Only what has this text in its kind, or in that of an engagement; blank is all kinds.
        of: Only what concerns any of these, by id; None is all there is.
    """
    ids, wanted = None if of is None else tuple(sorted(of)), folded(kind)

    def is_wanted(*kinds: ItemKind) -> bool:
        return any(wanted in folded(one) for one in kinds)

    # What a mandate is of may be an engagement, whose own kind counts, too: mandates are read whatever is wanted.
    dated = [
        *(_promises(session, day, ids) if is_wanted("promise due") else ()),
        *_mandates(session, day, ids),
        *(_terms(session, since, until, ids) if is_wanted("term ends") else ()),
    ]
    in_period = [item for item in dated if item.falls(since, until)]
    due = _duties(session, since, until, ids) if is_wanted("statutory date", "reply due") else ()
    every = (*_engagements(session, since, until, ids), *in_period, *due)
    return [item for item in every if wanted in folded(f"{item.kind} {item.values.get('engagement_kind') or ''}")]


def _engagements(session: Session, since: str, until: str, ids: tuple[str, ...] | None) -> Iterator[Item]:
    if ids is None:
        held = session.read(ENGAGEMENTS_BETWEEN, OfStretch(since=since, until=until))
    else:
        # Those that some organize or take part in, or that others attend on their behalf.
        own = session.read(ENGAGEMENTS_WITHIN, OfIdsInStretch(ids=ids, since=since, until=until))
        edges = [*own, *session.read(DELEGATED_BY, OfIds(ids=ids))]
        held = sorted({edge.id: entity_at(edge) for edge in edges}.values(), key=lambda one: one.id)
    bare = [_bare(one) for one in held if one.values.get("engagement_kind") != "series"]
    falling = [item for item in bare if item.falls(since, until)]
    wanted = OfIds(ids=tuple(item.what.id for item in falling))
    ends = [*session.read(ORGANIZERS_OF, wanted), *session.read(PARTICIPANTS_OF, wanted)] if falling else []
    there = grouped(ends)
    for item in falling:
        of_item = there.get(item.what.id, ())
        parties = _named(edge.other for edge in of_item)
        for edge in of_item:
            if behalf := edge.properties.get("on_behalf_of"):
                parties.setdefault(behalf, "")
        yield replace(item, parties=parties)


def _bare(one: Entity) -> Item:
    start, end = one.values.get("period_start") or "", one.values.get("period_end") or ""
    return Item("engagement", one.subject, start, end, values=one.values, sources=(one.values,))


def _promises(session: Session, day: str, ids: tuple[str, ...] | None) -> Iterator[Item]:
    for promise in promises(session, day=day, of=ids):
        values, due = promise.entity.values, promise.entity.values.get("due_on")
        if due and promise.standing(day=day) in UNSETTLED:
            parties = _named(edge.other for edge in (*promise.makers, *promise.owed_to))
            as_of_day = {**values, "status": status_by(values, day=day)}
            yield Item("promise due", promise.entity.subject, due, due, parties, as_of_day, (values,))


def _mandates(session: Session, day: str, ids: tuple[str, ...] | None) -> Iterator[Item]:
    for mandate in mandates_known(session, day=day, of=ids):
        thing, end = mandate.thing, mandate.end
        if end and thing.cls != "Obligation":
            sources = (mandate.last.properties if mandate.last else thing.values,)
            yield Item("mandate ends", thing.subject, end, end, {thing.id: thing.name}, thing.values, sources)


def _terms(session: Session, since: str, until: str, ids: tuple[str, ...] | None) -> Iterator[Item]:
    """Yield the terms in posts and bodies that end: those of one sort in one body on one day together.

    The years around the period are read, and partial days kept.
    """
    years = OfStretch(since=since[:4], until=str(int(until[:4]) + 1))
    together: dict[tuple[str, str, str], list[TermEdge]] = defaultdict(list)
    for edge in _terms_in(session, years) if ids is None else _terms_of(session, years, ids):
        office = edge.properties.get("office") or edge.properties.get("category") or "member"
        sort = edge.key if edge.type == "HOLDS" else office
        together[edge.id, sort, edge.properties["period_end"]].append(edge)
    for (_, sort, end), edges in together.items():
        first, holders = edges[0], sorted((edge.holder for edge in edges), key=lambda one: (folded(one.name), one.id))
        of = first.name if first.type == "HOLDS" else f"{sort} of {first.name}"
        what = Subject(id=first.id, cls=first.cls, name=f"{of}: {listed([one.name for one in holders])}")
        sources = tuple(edge.properties for edge in edges)
        yield Item("term ends", what, end, end, _named((first.other, *holders)), first.properties, sources)


def _terms_in(session: Session, years: OfStretch) -> list[TermEdge]:
    terms = (*session.read(TERMS_ENDING_IN_YEARS, years), *session.read(MEMBERSHIPS_ENDING_IN_YEARS, years))
    return sorted(terms, key=lambda edge: (edge.subject, edge.key))


def _terms_of(session: Session, years: OfStretch, ids: tuple[str, ...]) -> list[TermEdge]:
    """Return the terms of some, and those that end beside them in the same bodies: they are told together."""
    stretch = years.model_dump()
    own = session.read(TERMS_ENDING_OF, OfIdsInStretch(ids=ids, **stretch))
    bodies = tuple(sorted({edge.id for edge in own if edge.type == "MEMBER_OF"} - set(ids)))
    beside = session.read(TERMS_ENDING_OF, OfIdsInStretch(ids=bodies, **stretch)) if bodies else []
    terms = {edge.key: edge for edge in (*own, *(edge for edge in beside if edge.id in bodies))}
    return sorted(terms.values(), key=lambda edge: (edge.subject, edge.key))


def _duties(session: Session, since: str, until: str, ids: tuple[str, ...] | None) -> Iterator[Item]:
    for duty in duties(session, of=ids):
        if duty.entity.cls != "Commitment":
            kind: ItemKind = "reply due" if duty.entity.cls == "Review" else "statutory date"
            parties = _named((*duty.owners, *duty.owed_to))
            for on in _days_of(duty, since, until):
                yield Item(kind, duty.entity.subject, on, on, parties, duty.said, (duty.said,))


def _days_of(duty: Duty, since: str, until: str) -> Iterable[str]:
    """Return the days in the period on which a duty comes back; one blank for a duty on no fixed day."""
    if duty.recurrence:
        days = occurrences(duty.recurrence, start=duty.due_on, since=since, until=until)
        return ("",) if days is None else days
    on = duty.due_on
    return (on,) if on and first_day(on) <= until and last_day(on) >= since else ()


def _named(subjects: Iterable[Subject]) -> dict[str, str]:
    return {subject.id: subject.name for subject in subjects}
