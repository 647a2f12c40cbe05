"""What lies ahead, or in a period: meetings, statutory dates, promises due, mandates and terms that end."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from iga.graph.domain.values import LAST_DAY, first_day, last_day
from iga.graph.domain.work import Engagement
from iga.graph.text import folded
from iga.queries.core.agenda import DAYS_AHEAD, OFF, duties
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, clause, resting_on
from iga.queries.core.columns import column, copied, joined, needed, of, option, sourced
from iga.queries.core.compiled import OfIdsInStretch, OfStretch
from iga.queries.core.home import owners_of
from iga.queries.core.periods import days_after, overlaps, period
from iga.queries.core.promises import UNSETTLED, promises, status_by
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, OfIds, conflicts, entity_at, grouped, refs
from iga.queries.core.reads import ENGAGEMENTS_WITHIN, ORGANIZERS_OF
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.wording import listed
from iga.queries.multilateral.engagement_reach import actors_for
from iga.queries.multilateral.mandates import mandates_known
from iga.queries.multilateral.reads import (
    DELEGATED_BY,
    ENGAGEMENTS_BETWEEN,
    MEMBERSHIPS_ENDING_IN_YEARS,
    PARTICIPANTS_OF,
    TERMS_ENDING_IN_YEARS,
    TERMS_ENDING_OF,
    TermEdge,
)

# Where nothing lies in the period, what is next is looked for so far on.
_DAYS_LOOKED_ON = 730
DayKnown = Literal["day", "month only", "year only", "not set"]


_AHEAD = ("planned", "confirmed", "postponed")
ItemKind = Literal["engagement", "statutory date", "reply due", "promise due", "mandate ends", "term ends"]


@dataclass(frozen=True)
class Item:
    """One thing with a day.

    Attributes:
        what: The engagement, duty, promise, mandate or post.
        start: First day, possibly partial; blank is not set.
        end: Last day, possibly partial; the first where there is but one.
        parties: Whom it concerns: who hosts, attends, owes, is owed, holds; ids, with names.
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
        """True if it may fall into a period; what is still ahead and has no day may fall into any."""
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
            days = duty.days(since=since, until=until)
            for on in ("",) if days is None else days:
                yield Item(kind, duty.entity.subject, on, on, parties, duty.said, (duty.said,))


def _named(subjects: Iterable[Subject]) -> dict[str, str]:
    return {subject.id: subject.name for subject in subjects}


class CalendarParams(Params):
    """What `calendar` is asked with."""

    party: str | None = option("Only what concerns this party.", "TIP Office")
    other: str | None = option("Only what concerns this party, too.", "Congress of the United States")
    topic: str | None = option("Only on this topic.", "THB")
    owner: str | None = option("Only what concerns relationships that this post or office of ours owns.", "IGA")
    kind: str | None = option("Only of this sort: engagement, bilat, statutory date, promise due …", "statutory date")
    since: str | None = option("First day of the period; the day asked for if left out.", "2026")
    until: str | None = option("Last day of the period; 90 days after its first if left out.", "2027")


class CalendarRow(AnswerRow):
    """One thing on one day, or over some days."""

    on: str | None = column("First day, possibly partial; null is not set.")
    until: str | None = column("Last day, if it is another.")
    hours: str | None = of(Engagement, "hours")
    is_all_day: bool | None = of(Engagement, "all_day")
    day_known: DayKnown = needed("How precisely the day is known: day, month only, year only, not set.")
    sort: ItemKind = needed("Engagement, statutory date, reply or promise due, mandate or term that ends.")
    what: str = needed("Id of the engagement, duty, promise, post or body.")
    what_name: str = needed("What it is.")
    engagement_kind: str | None = of(Engagement, "engagement_kind")
    parties: tuple[str, ...] = column("Whom it concerns.", ())
    owner: str | None = column("Id of our post or office that owns the relationship, the first.")
    owner_name: str | None = column("Our posts and offices that own the relationship.")
    owner_names: tuple[str, ...] = column("The same, each by itself, first owners first.", ())
    place: str | None = of(Engagement, "place")
    status: str | None = column("Planned, confirmed, held, postponed, cancelled; or of a promise.")
    is_internal: bool = column("Whether it is internal until it is held.", default=False)


def calendar(request: Request[CalendarParams]) -> Result[CalendarRow]:
    """List what falls into a period, earliest first; what has no day comes last, and is *unknown*."""
    since, until = period(request.params.since, request.params.until, today=request.day, days=DAYS_AHEAD)
    asked, owners = _asked(request, since, until)
    later = None
    if not any(item.start for item in asked):
        after, _ = _asked(request, days_after(until, 1), days_after(until, _DAYS_LOOKED_ON))
        later = next((item for item in after if item.start), None)
    rows, about = Rows.of(_row(item, owners) for item in asked), request.named("party", "other", "owner")
    return Result.of(_clauses(asked, request.day, later, **about, since=since, until=until), rows, _caveats(rows))


def _asked(
    request: Request[CalendarParams], since: str, until: str
) -> tuple[list[Item], Mapping[str, tuple[Subject, ...]]]:
    """Return what is asked for of a period, earliest first, and who on our side owns the relationships it concerns."""
    session, day, params = request.session, request.day, request.params
    named = {name: request.maybe(name) for name in ("party", "other", "owner")}
    acting = {name: set(actors_for(session, one, day=day)) for name, one in named.items() if one}
    whose = [acting[name] for name in ("party", "other") if name in acting]
    # What has no day yet still lies ahead: it is no part of a period that is over.
    concerned = [
        item
        for item in items(
            session, since=since, until=until, day=day, kind=params.kind or "", of=whose[0] if whose else None
        )
        if all(actors & item.parties.keys() for actors in whose)
        and request.is_on_topic(item.values)
        and (item.start or until >= day)
    ]
    owners = owners_of(session, {id_ for item in concerned for id_ in item.parties}, day=day).subjects
    if "owner" in acting:
        concerned = [item for item in concerned if _is_owned(item, owners, acting["owner"])]
    return sorted(concerned, key=_order), owners


def _is_owned(item: Item, owners: Mapping[str, tuple[Subject, ...]], ours: Collection[str]) -> bool:
    """True if a thing concerns some of ours, or relationships that they own."""
    concerned = {*item.parties, *(owner.id for party in item.parties for owner in owners.get(party, ()))}
    return not concerned.isdisjoint(ours)


def _order(item: Item) -> tuple[str, str, str, str, str]:
    # A month or a year alone stands at its end: what is sure comes before it.
    start = last_day(item.start) if item.start else LAST_DAY
    return start, item.values.get("hours") or "", item.kind, folded(item.what.name), item.what.id


def _row(item: Item, owners: Mapping[str, tuple[Subject, ...]]) -> SourcedRow[CalendarRow]:
    ours = list({one.id: one for id_ in item.parties for one in owners.get(id_, ())}.values())
    return sourced(
        CalendarRow,
        *item.sources,
        **copied(CalendarRow, item.values, day=LAST_DAY),
        held="yes" if item.start and item.values.get("status") not in OFF else "unknown",
        conflicts=conflicts(item.values),
        on=item.start or None,
        until=item.until,
        day_known=_known(item.start),
        sort=item.kind,
        what=item.what,
        parties=tuple(dict.fromkeys(name for name in item.parties.values() if name)),
        **joined("owner", ours),
        owner_names=tuple(one.name for one in ours),
        status=item.values.get("status"),
        is_internal=item.is_planned,
    )


def _known(day: str) -> DayKnown:
    return {0: "not set", 4: "year only", 7: "month only"}.get(len(day), "day")  # type: ignore[return-value]


def _clauses(asked: Sequence[Item], day: str, later: Item | None, **about: Any) -> Iterator[SourcedClause]:
    since, until = about["since"], about["until"]
    within = {id(item): overlaps(item.start, item.end, since=since, until=until) for item in asked}
    dated = [item for item in asked if item.start and within[id(item)] == "yes"]
    perhaps = [item for item in asked if item.start and within[id(item)] == "unknown"]
    ahead = [item for item in dated if last_day(item.end or item.start) >= day]
    rests_on = [refs(*item.sources) for item in ahead[:2] or [*dated, *filter(None, [later])]]
    shown = {"things": list(map(_told, ahead)), "later": _told(later) if later else None}
    yield resting_on(rests_on, "headline", **about, number=len(dated), **shown)
    counts = Counter(item.kind for item in dated)
    yield clause("sorts", by_sort={sort: counts[sort] for sort in get_args(ItemKind) if counts[sort]})
    planned = [refs(*item.sources) for item in dated if item.is_planned]
    yield resting_on(planned, "planned", number=len(planned))
    yield clause("unsure", number=sum(_known(item.start) != "day" for item in dated))
    yield resting_on([refs(*item.sources) for item in perhaps], "perhaps", names=[item.what.name for item in perhaps])
    yield clause("without-day", number=sum(not item.start for item in asked))


def _told(item: Item) -> dict[str, Any]:
    """Return what a sentence says of something on a day."""
    return {"name": item.what.name, "on": item.start, "until": item.until, "hours": _hours(item)}


def _hours(item: Item) -> str | None:
    return item.values.get("hours") or ("all day" if item.values.get("all_day") else None)


def _caveats(rows: Rows[CalendarRow]) -> Iterator[UnwordedCaveat]:
    yield rows.doubt("unknown", "no-fixed-day", lambda row: row.on is None, names="what_name")
    off = rows.keeping(lambda row: row.status in OFF).told(name="what_name", status="status")
    yield rows.doubt("uncertain", "off", lambda row: row.status in OFF, things=off)


CALENDAR = Question.of(
    calendar,
    title="What lies ahead, or in this period: meetings, statutory dates, promises, mandates and terms that end?",
    names={"party": ("Party", "Post"), "other": ("Party", "Post"), "owner": ("PublicBody", "Post", "Person")},
    example={"since": "2026", "until": "2026"},
    columns=("on", "hours", "what_name", "sort", "place", "status", "owner_name", "held", "evidence"),
    maturity="trial",
)
