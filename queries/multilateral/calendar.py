"""What lies ahead, or in a period: meetings, statutory dates, promises due, mandates and terms that end."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any, Literal, get_args

from iga.graph.domain.values import LAST_DAY, last_day
from iga.graph.domain.work import Engagement
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on
from iga.queries.core.columns import column, copied, needed, of, option, sourced
from iga.queries.core.owners import owners_of
from iga.queries.core.periods import days_after, overlaps, period
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import conflicts, refs
from iga.queries.multilateral.acting import actors_for
from iga.queries.multilateral.agenda import Item, ItemKind, items

# The weekly review and the handover look at the next 90 days.
_DAYS_AHEAD = 90
# Where nothing lies in the period, what is next is looked for so far on.
_DAYS_LOOKED_ON = 730
_OFF = ("postponed", "cancelled")
DayKnown = Literal["day", "month only", "year only", "not set"]


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
    since, until = period(request.params.since, request.params.until, today=request.day, days=_DAYS_AHEAD)
    asked, owners = _asked(request, since, until)
    later = None
    if not any(item.start for item in asked):
        after, _ = _asked(request, days_after(until, 1), days_after(until, _DAYS_LOOKED_ON))
        later = next((item for item in after if item.start), None)
    return Result(
        clauses=tuple(
            _clauses(asked, request.day, later, **request.named("party", "other", "owner"), since=since, until=until)
        ),
        rows=tuple(_row(item, owners) for item in asked),
        caveats=tuple(_caveats(asked)),
    )


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
    """Say whether a thing concerns some of ours, or relationships that they own."""
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
        held="yes" if item.start and item.values.get("status") not in _OFF else "unknown",
        conflicts=conflicts(item.values),
        on=item.start or None,
        until=item.until,
        day_known=_known(item.start),
        sort=item.kind,
        what=item.what,
        parties=tuple(dict.fromkeys(name for name in item.parties.values() if name)),
        owner=ours[0].id if ours else None,
        owner_name="; ".join(one.name for one in ours) or None,
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


def _caveats(asked: Sequence[Item]) -> Iterator[UnwordedCaveat]:
    loose, off = ([not item.start for item in asked], [item.values.get("status") in _OFF for item in asked])
    yield caveat("unknown", "no-fixed-day", rows=loose, names=[item.what.name for item in compress(asked, loose)])
    moved = [{"name": item.what.name, "status": item.values["status"]} for item in compress(asked, off)]
    yield caveat("uncertain", "off", rows=off, things=moved)


CALENDAR = Question.of(
    calendar,
    title="What lies ahead, or in this period: meetings, statutory dates, promises, mandates and terms that end?",
    names={"party": ("Party", "Post"), "other": ("Party", "Post"), "owner": ("PublicBody", "Post", "Person")},
    example={"since": "2026", "until": "2026"},
    columns=("on", "hours", "what_name", "sort", "place", "status", "owner_name", "held", "evidence"),
    maturity="trial",
)
