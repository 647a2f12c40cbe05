"""What lies ahead, or in a period: meetings, statutory dates, promises due, mandates and terms that end."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import Field

from graph.domain.values import LAST_DAY, last_day
from graph.domain.work import Engagement
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.clauses import SourcedClause, clause, resting_on
from queries.core.columns import column, copied, named, of, option
from queries.core.endnotes import row_numbers
from queries.core.owners import owners_of
from queries.core.periods import period
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts, refs
from queries.core.wording import listed
from queries.multilateral.acting import actors_for
from queries.multilateral.agenda import Item, ItemKind, items

# The weekly review and the handover look at the next 90 days.
_DAYS_AHEAD = 90
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
    day_known: DayKnown = Field(description="How precisely the day is known: day, month only, year only, not set.")
    sort: ItemKind = Field(description="Engagement, statutory date, reply or promise due, mandate or term that ends.")
    what: str = Field(description="Id of the engagement, duty, promise, post or body.")
    what_name: str = Field(description="What it is.")
    engagement_kind: str | None = of(Engagement, "engagement_kind")
    parties: tuple[str, ...] = Field(default=(), description="Whom it concerns.")
    owner: str | None = column("Id of our post or office that owns the relationship, the first.")
    owner_name: str | None = column("Our posts and offices that own the relationship.")
    owner_names: tuple[str, ...] = Field(default=(), description="The same, each by itself, first owners first.")
    place: str | None = of(Engagement, "place")
    status: str | None = column("Planned, confirmed, held, postponed, cancelled; or of a promise.")
    is_internal: bool = Field(default=False, description="Whether it is internal until it is held.")


def calendar(request: Request[CalendarParams]) -> Result[CalendarRow]:
    """List what falls into a period, earliest first; what has no day comes last, and is *unknown*."""
    since, until = _period(request)
    whose = _whose(request)
    everything = items(request.session, since=since, until=until, day=request.day, of=whose[0] if whose else None)
    # What has no day yet still lies ahead: it is no part of a period that is over.
    is_over = until < request.day
    concerned = [item for item in everything if _concerns(request, item, whose) and (item.start or not is_over)]
    parties = {id_ for item in concerned for id_ in item.parties}
    owners = owners_of(request.session, parties, day=request.day).subjects
    asked = sorted(_owned(request, concerned, owners), key=_order)
    return Result(
        clauses=tuple(_clauses(request, asked, since, until)),
        rows=tuple(_row(item, owners) for item in asked),
        caveats=tuple(_caveats(asked)),
    )


def _period(request: Request[CalendarParams]) -> tuple[str, str]:
    return period(request.params.since, request.params.until, today=request.day, days=_DAYS_AHEAD)


def _whose(request: Request[CalendarParams]) -> list[set[str]]:
    """Return who acts for each party that it must concern, by id."""
    parties = [subject for subject in (request.maybe("party"), request.maybe("other")) if subject]
    return [set(actors_for(request.session, subject, day=request.day)) for subject in parties]


def _concerns(request: Request[CalendarParams], item: Item, whose: Sequence[set[str]]) -> bool:
    kind = folded(request.params.kind or "")
    if not all(actors & item.parties.keys() for actors in whose):
        return False
    if request.topic and request.topic not in (item.said.get("topics") or ()):
        return False
    return not kind or kind in folded(f"{item.kind} {item.said.get('engagement_kind') or ''}")


def _owned(
    request: Request[CalendarParams], items: Sequence[Item], owners: Mapping[str, tuple[Subject, ...]]
) -> Sequence[Item]:
    """Return what concerns the relationships of the owner asked for; everything if none was."""
    owner = request.maybe("owner")
    if owner is None:
        return items
    ours = set(actors_for(request.session, owner, day=request.day))
    return [item for item in items if ours & item.parties.keys() or _is_owned(item, owners, ours)]


def _is_owned(item: Item, owners: Mapping[str, tuple[Subject, ...]], ours: set[str]) -> bool:
    return any(owner.id in ours for party in item.parties for owner in owners.get(party, ()))


def _order(item: Item) -> tuple[str, str, str, str, str]:
    # A month or a year alone stands at its end: what is sure comes before it.
    start = last_day(item.start) if item.start else LAST_DAY
    return start, item.said.get("hours") or "", item.kind, folded(item.what.name), item.what.id


def _row(item: Item, owners: Mapping[str, tuple[Subject, ...]]) -> SourcedRow[CalendarRow]:
    ours = list({one.id: one for id_ in item.parties for one in owners.get(id_, ())}.values())
    row = CalendarRow(
        **copied(CalendarRow, item.said, day=LAST_DAY),
        held="yes" if item.start and item.said.get("status") not in _OFF else "unknown",
        conflicts=conflicts(item.said),
        on=item.start or None,
        until=item.end if item.end not in ("", item.start) else None,
        day_known=_known(item.start),
        sort=item.kind,
        **named("what", item.what),
        parties=tuple(dict.fromkeys(name for name in item.parties.values() if name)),
        owner=ours[0].id if ours else None,
        owner_name="; ".join(one.name for one in ours) or None,
        owner_names=tuple(one.name for one in ours),
        status=item.said.get("status"),
        is_internal=item.is_planned,
    )
    return SourcedRow(row, refs(*item.sources))


def _known(day: str) -> DayKnown:
    return {0: "not set", 4: "year only", 7: "month only"}.get(len(day), "day")  # type: ignore[return-value]


def _clauses(
    request: Request[CalendarParams], asked: Sequence[Item], since: str, until: str
) -> Iterator[SourcedClause]:
    named = {name: request.maybe(name) for name in ("party", "other", "owner")}
    names = {name: subject and subject.name for name, subject in named.items()}
    dated = [item for item in asked if item.start]
    yield clause("headline", **names, number=len(dated), since=since, until=until)
    if dated:
        counts = Counter(item.kind for item in dated)
        by_sort = {sort: counts[sort] for sort in get_args(ItemKind) if counts[sort]}
        yield clause("sorts", by_sort=by_sort)
    if planned := [item for item in dated if item.is_planned]:
        yield resting_on((refs(*item.sources) for item in planned), "planned", number=len(planned))
    if ahead := [item for item in dated if last_day(item.end or item.start) >= request.day]:
        things = [_in_short(item) for item in ahead]
        yield resting_on((refs(*item.sources) for item in ahead[:2]), "next", things=things)
    if unsure := sum(_known(item.start) != "day" for item in dated):
        yield clause("unsure", number=unsure)
    if loose := len(asked) - len(dated):
        yield clause("without-day", number=loose)


def _in_short(item: Item) -> dict[str, Any]:
    until = item.end if item.end not in ("", item.start) else None
    hours = item.said.get("hours") or ("all day" if item.said.get("all_day") else None)
    return {"name": item.what.name, "on": item.start, "until": until, "hours": hours}


def _caveats(asked: Sequence[Item]) -> Iterator[Caveat]:
    if loose := [item.what.name for item in asked if not item.start]:
        text = f"Without a fixed day, so perhaps in this period: {listed(loose, most=8)}."
        yield Caveat(kind="unknown", text=text, rows=row_numbers(not item.start for item in asked))
    moved = [item.said.get("status") in _OFF for item in asked]
    if off := [f"{item.what.name} ({item.said['status']})" for item, is_so in zip(asked, moved, strict=True) if is_so]:
        text = f"Listed with a day that no longer stands: {listed(off)}."
        yield Caveat(kind="uncertain", text=text, rows=row_numbers(moved))


CALENDAR = Question(
    name="calendar",
    title="What lies ahead, or in this period: meetings, statutory dates, promises, mandates and terms that end?",
    params=CalendarParams,
    row=CalendarRow,
    function=calendar,
    names={"party": ("Party", "Post"), "other": ("Party", "Post"), "owner": ("PublicBody", "Post", "Person")},
    example={"since": "2026", "until": "2026"},
    columns=("on", "hours", "what_name", "sort", "place", "status", "owner_name", "held", "evidence"),
    maturity="trial",
)
