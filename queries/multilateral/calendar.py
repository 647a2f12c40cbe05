"""What lies ahead, or in a period: meetings, statutory dates, promises due, mandates and terms that end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from pydantic import Field

from graph.domain.values import LAST_DAY, last_day
from graph.text import folded
from queries.answer import AnswerRow, Caveat, Subject
from queries.days import first_of, the_day
from queries.multilateral.acting import actors_for
from queries.multilateral.agenda import Item, ItemKind, items
from queries.multilateral.owners import owners_of
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import conflicts, refs
from queries.wording import counted, listed

# The weekly review and the handover look at the next 90 days.
_DAYS_AHEAD = 90
DayKnown = Literal["day", "month only", "year only", "not set"]
_AHEAD = ("planned", "confirmed", "postponed")
_PLURAL: Mapping[str, str] = {
    "statutory date": "statutory dates",
    "reply due": "replies due",
    "promise due": "promises due",
    "mandate ends": "mandates that end",
    "term ends": "terms that end",
}
_SINGULAR: Mapping[str, str] = {"mandate ends": "mandate that ends", "term ends": "term that ends"}


class CalendarAsked(Asked):
    """What `calendar` is asked with."""

    party: str | None = Field(default=None, description="Only what concerns this party.", examples=["TIP Office"])
    other: str | None = Field(
        default=None, description="Only what concerns this party, too.", examples=["Congress of the United States"]
    )
    topic: str | None = Field(default=None, description="Only on this topic.", examples=["THB"])
    owner: str | None = Field(
        default=None, description="Only what concerns relationships that this post or office of ours owns.",
        examples=["IGA"],
    )  # fmt: skip
    kind: str | None = Field(
        default=None, description="Only of this sort: engagement, bilat, hearing, statutory date, promise due …",
        examples=["statutory date"],
    )  # fmt: skip
    since: str | None = Field(
        default=None, description="First day of the period; the day asked for if left out.", examples=["2026"]
    )
    until: str | None = Field(
        default=None, description="Last day of the period; 90 days after its first if left out.", examples=["2027"]
    )


class CalendarRow(AnswerRow):
    """One thing on one day, or over some days."""

    on: str | None = Field(default=None, description="First day, possibly partial; null is not set.")
    until: str | None = Field(default=None, description="Last day, if it is another.")
    hours: str | None = Field(default=None, description="Hours of the place, as stated; null is not known.")
    is_all_day: bool | None = Field(default=None, description="Whether it is stated to take the whole day.")
    day_known: DayKnown = Field(description="How precisely the day is known: day, month only, year only, not set.")
    sort: ItemKind = Field(description="Engagement, statutory date, reply or promise due, mandate or term that ends.")
    what: str = Field(description="Id of the engagement, duty, promise, post or body.")
    what_name: str = Field(description="What it is.")
    engagement_kind: str | None = Field(default=None, description="What sort of engagement: bilat, hearing, trip.")
    parties: tuple[str, ...] = Field(default=(), description="Whom it concerns.")
    owner: str | None = Field(
        default=None, description="Id of our post or office that owns the relationship, the first."
    )
    owner_name: str | None = Field(default=None, description="Our posts and offices that own the relationship.")
    place: str | None = Field(default=None, description="Where.")
    status: str | None = Field(
        default=None, description="Planned, confirmed, held, postponed, cancelled; or of a promise."
    )
    is_internal: bool = Field(default=False, description="Whether it is internal until it is held.")


def calendar(posed: Posed[CalendarAsked]) -> Found:
    """List what falls into a period, earliest first; what has no day comes last, and is *unknown*."""
    since = first_of(posed.given.since, parameter="since") if posed.given.since else posed.day
    until = the_day(posed.given.until, today=_ahead(since), parameter="until")
    whose = _whose(posed)
    everything = items(posed.asking, since=since, until=until, day=posed.day, of=whose[0] if whose else None)
    # What has no day yet still lies ahead: it is no part of a period that is over.
    is_over = until < posed.day
    concerned = [item for item in everything if _concerns(posed, item, whose) and (item.start or not is_over)]
    owners = owners_of(posed.asking, {id_ for item in concerned for id_ in item.parties}, day=posed.day)
    asked = sorted(_owned(posed, concerned, owners), key=_order)
    return Found(
        sentence=_sentence(posed, asked, since, until),
        drafts=tuple(_draft(item, owners) for item in asked),
        caveats=_doubts(asked),
    )


def _ahead(since: str) -> str:
    return (date.fromisoformat(since) + timedelta(days=_DAYS_AHEAD)).isoformat()


def _whose(posed: Posed[CalendarAsked]) -> list[set[str]]:
    """Return who acts for each party that it must concern, by id."""
    parties = [subject for subject in (posed.maybe("party"), posed.maybe("other")) if subject]
    return [set(actors_for(posed.asking, subject, day=posed.day)) for subject in parties]


def _concerns(posed: Posed[CalendarAsked], item: Item, whose: Sequence[set[str]]) -> bool:
    kind = folded(posed.given.kind or "")
    if not all(actors & item.parties.keys() for actors in whose):
        return False
    if posed.topic and posed.topic not in (item.said.get("topics") or ()):
        return False
    return not kind or kind in folded(f"{item.kind} {item.said.get('engagement_kind') or ''}")


def _owned(
    posed: Posed[CalendarAsked], items: Sequence[Item], owners: Mapping[str, tuple[Subject, ...]]
) -> Sequence[Item]:
    """Return what concerns the relationships of the owner asked for; everything if none was."""
    owner = posed.maybe("owner")
    if owner is None:
        return items
    ours = set(actors_for(posed.asking, owner, day=posed.day))
    return [item for item in items if ours & item.parties.keys() or _is_owned(item, owners, ours)]


def _is_owned(item: Item, owners: Mapping[str, tuple[Subject, ...]], ours: set[str]) -> bool:
    return any(owner.id in ours for party in item.parties for owner in owners.get(party, ()))


def _order(item: Item) -> tuple[str, str, str, str, str]:
    # A month or a year alone stands at its end: what is sure comes before it.
    start = last_day(item.start) if item.start else LAST_DAY
    return start, item.said.get("hours") or "", item.kind, folded(item.what.name), item.what.id


def _draft(item: Item, owners: Mapping[str, tuple[Subject, ...]]) -> Draft:
    ours = list({one.id: one for id_ in item.parties for one in owners.get(id_, ())}.values())
    row = CalendarRow(
        held="yes" if item.start and item.said.get("status") not in ("postponed", "cancelled") else "unknown",
        conflicts=conflicts(item.said),
        on=item.start or None,
        until=item.end if item.end not in ("", item.start) else None,
        is_all_day=item.said.get("all_day"),
        day_known=_known(item.start),
        sort=item.kind,
        what=item.what.id,
        what_name=item.what.name,
        parties=tuple(dict.fromkeys(name for name in item.parties.values() if name)),
        owner=ours[0].id if ours else None,
        owner_name="; ".join(one.name for one in ours) or None,
        is_internal=item.kind == "engagement" and item.said.get("status") in _AHEAD,
        **{name: item.said.get(name) for name in ("engagement_kind", "place", "hours", "status")},
    )
    return Draft(row, refs(*item.sources))


def _known(day: str) -> DayKnown:
    return {0: "not set", 4: "year only", 7: "month only"}.get(len(day), "day")  # type: ignore[return-value]


def _sentence(posed: Posed[CalendarAsked], asked: Sequence[Item], since: str, until: str) -> str:
    party, other, owner = posed.maybe("party"), posed.maybe("other"), posed.maybe("owner")
    of = f" for {party.name}" if party else ""
    of += f" with {other.name}" if other else ""
    of += f" among the relationships of {owner.name}" if owner else ""
    dated = [item for item in asked if item.start]
    if not dated:
        sentence = f"nothing{of} is held from {since} to {until}"
    else:
        verb = "lies" if len(dated) == 1 else "lie"
        sentence = f"{counted(len(dated), 'thing')}{of} {verb} between {since} and {until}: {_by_kind(dated)}"
        first = [f"{item.what.name} ({_when(item)})" for item in dated if last_day(item.end or item.start) >= posed.day]
        sentence += f"; next: {listed(first, most=2)}" if first else ""
    unsure = sum(len(item.start) < len("2026-01-01") for item in dated)
    sentence += f"; of {unsure} only the month or the year is known" if unsure else ""
    loose = len(asked) - len(dated)
    return sentence + (f"; {loose} more without a day" if loose else "")


def _by_kind(dated: Sequence[Item]) -> str:
    number = Counter(item.kind for item in dated)
    ahead = sum(item.kind == "engagement" and item.said.get("status") in _AHEAD for item in dated)
    words = []
    for kind in get_args(ItemKind):
        if number[kind]:
            words.append(counted(number[kind], _SINGULAR.get(kind, kind), _PLURAL.get(kind)))
            if kind == "engagement" and ahead:
                words[-1] += f" ({ahead} planned, internal until held)"
    return listed(words, most=len(words))


def _when(item: Item) -> str:
    hours = item.said.get("hours")
    until = f" to {item.end}" if item.end not in ("", item.start) else ""
    return item.start + until + (f", {hours}" if hours else ", all day" if item.said.get("all_day") else "")


def _doubts(asked: Sequence[Item]) -> tuple[Caveat, ...]:
    doubts = []
    if loose := [item.what.name for item in asked if not item.start]:
        text = f"Without a fixed day, so perhaps in this period: {listed(loose, most=8)}."
        doubts.append(Caveat(kind="unknown", text=text))
    moved = [f"{item.what.name} ({item.said['status']})" for item in asked
             if item.said.get("status") in ("postponed", "cancelled")]  # fmt: skip
    if moved:
        doubts.append(Caveat(kind="uncertain", text=f"Listed with a day that no longer stands: {listed(moved)}."))
    return tuple(doubts)


CALENDAR = Question(
    name="calendar",
    title="What lies ahead, or in this period: meetings, statutory dates, promises, mandates and terms that end?",
    params=CalendarAsked,
    row=CalendarRow,
    function=calendar,
    names={"party": ("Party", "Post"), "other": ("Party", "Post"), "owner": ("PublicBody", "Post", "Person")},
    example={"since": "2026", "until": "2026"},
    columns=("on", "hours", "what_name", "sort", "place", "status", "owner_name", "held", "evidence"),
    maturity="trial",
)
