"""The paper for a trip: each stop with its meetings, the parties met, our mission, work there, and promises due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from iga.exports.memos import prose
from iga.exports.memos.brief import fields, for_the_drafter, table
from iga.exports.memos.counterpart import Counterpart, counterpart
from iga.exports.memos.event import Event, event_of
from iga.exports.memos.evidence import supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import claim, lacking, nothing_found
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.memos.sections.contacts import mission, posts_table
from iga.exports.memos.sections.delegates import delegation, programme
from iga.exports.memos.sections.engagements import occasion
from iga.exports.memos.sections.facts import work_there
from iga.exports.memos.sections.promises import promises
from iga.exports.memos.sections.standing import how_it_stands, standing
from iga.exports.memos.sections.touches import touches
from iga.exports.paper.blocks import Bullets
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Blank, Claim, Statement
from iga.graph.grouping import by_key
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.question import Params
from iga.queries.core.wording import days
from iga.queries.multilateral.engagements import EngagementRow

_POSTS, _PROMISES, _TOUCHES = 3, 4, 2
# What the pages hold: with a schedule that is whole, one more than other papers have.
_PAGES = 3
_MET, _SCHEDULE = 4, 9
# Of a conference with fifty parties a trip paper tells of none.
_PARTIES = 4


class TripParams(Params):
    """What the paper for a trip is asked with."""

    engagement: str = Field(description="The trip.", examples=["Trip to Vienna and Bucharest"])
    party: str | None = Field(
        default=None, description="Who travels: a government or body; ours if left out.", examples=["TIP Office"]
    )


@dataclass(frozen=True)
class Stop:
    """One stop.

    Attributes:
        row: The stop as an engagement of its own; None where the trip has no stops and is told by place.
        meetings: What lies in it, in order.
        whom: The parties met there, in the order of the meetings.
    """

    row: EngagementRow | None
    place: str
    meetings: tuple[EngagementRow, ...]
    whom: tuple[Counterpart, ...]

    @property
    def title(self) -> str:
        """Place and days: ``Vienna, December 2–4, 2026``."""
        dated = [(row.start, row.end or row.start) for row in self.meetings if row.start]
        start, end = min((first for first, _ in dated), default=None), max((last for _, last in dated), default=None)
        if self.row:
            start, end = self.row.start, self.row.end
        return f"{self.place}, {days(start, end) or 'days not set'}"


def trip(gathering: Gathering, params: TripParams) -> Written:
    """Write the paper for a trip."""
    event = event_of(gathering, params.engagement, party=params.party)
    stops = _stops(gathering, event)
    met = {whom.scope.id: whom for stop in stops for whom in stop.whom}
    shown = list(met.values())[:_MET]
    stands = [how_it_stands(gathering, it.scope, called=it.short) for it in shown]
    floor = event.floor
    owed = [it for it in (prose.owed(whom.promised) for whom in met.values()) if it]
    scheduled = programme(event, [row for stop in stops for row in stop.meetings], style="programme-in-brief")
    return Written(
        title=event.subject.name,
        subject=f"Trip: {event.subject.name}",
        bottom_line=(
            claim(event.schedule, [event.row], "brief/next", floor=floor),
            _stops_in_short(event, stops),
            *owed[:1],
        ),
        parts=(
            fields("The trip", *prose.occasion(event)),
            for_the_drafter(),
            table("Schedule", "stops and meetings", scheduled, most=_SCHEDULE),
            *prose.whom_we_meet(shown, stands, already=next(iter(owed), None)),
        ),
        annex=lambda: _annex(gathering, event, stops),
        pages=_PAGES,
        again={"engagement": event.row.engagement, **({"party": event.party} if params.party else {})},
        clearers=clearers_of(gathering, list(met)),
    )


def _annex(gathering: Gathering, event: Event, stops: Sequence[Stop]) -> Iterator[Section]:
    yield Section("The trip", (occasion(event.schedule, event.row),))
    yield delegation(event)
    if not stops:
        yield Section("Stops", (lacking("stop or meeting of this trip"),))
    for stop in stops:
        yield from _sections(gathering, event, stop)


def _stops_in_short(event: Event, stops: Sequence[Stop]) -> Claim | None:
    rows = [row for stop in stops for row in (stop.row, *stop.meetings) if row]
    places = [stop.title for stop in stops]
    return claim(event.schedule, rows, "brief/stops", places=places, floor=event.floor) if rows else None


def _stops(gathering: Gathering, event: Event) -> tuple[Stop, ...]:
    """Return the stops of a trip in their order; a trip without stops is told by the places of its meetings."""
    rows = [row for row in event.parts if "stop" in (row.engagement_kind or "")]
    if rows:
        inside = [_parts(gathering, row) for row in rows]
        return tuple(
            _stop(gathering, event, row, row.place or row.engagement_name, ids)
            for row, ids in zip(rows, inside, strict=True)
        )
    places = by_key(event.parts, lambda row: row.place or "Place not set").items()
    return tuple(_stop(gathering, event, None, place, {row.engagement for row in rows}) for place, rows in places)


def _parts(gathering: Gathering, stop: EngagementRow) -> set[str]:
    answer = gathering.ask("engagements", word=f"Stop, {stop.engagement_name}", party=stop.engagement)
    return {row.engagement for row in supported(answer, EngagementRow) if row.engagement != stop.engagement}


def _stop(gathering: Gathering, event: Event, row: EngagementRow | None, place: str, ids: set[str]) -> Stop:
    meetings = tuple(part for part in event.parts if part.engagement in ids and part is not row)
    parties = [event.met(meeting.engagement) for meeting in meetings]
    met = dict.fromkeys(party for of in parties if len(of) <= _PARTIES for party in of)
    return Stop(row, place, meetings, tuple(counterpart(gathering, party, is_one_of_several=True) for party in met))


def _sections(gathering: Gathering, event: Event, stop: Stop) -> Iterator[Section]:
    """Give the sections of one stop: its meetings, then each party met there."""
    blocks: tuple[Block, ...] = (
        *((occasion(event.schedule, stop.row),) if stop.row else ()),
        Bullets(tuple(_missions(gathering, stop))),
        programme(event, stop.meetings, style="programme-with-days"),
        Blank("objective of this stop"),
        Blank("points and watch-outs at this stop"),
    )
    yield Section(stop.title, blocks)
    if not stop.whom:
        yield Section("Whom we meet", (nothing_found("Whom we meet there is not in the data."),), level=2)
    for whom in stop.whom:
        yield from _party(gathering, whom)


def _missions(gathering: Gathering, stop: Stop) -> Iterator[Statement]:
    """Give our missions that deal with whom we meet there, each with the channel to use first."""
    routes = {row.route: (row, met.ways) for met in stop.whom for row in supported(met.ways, ContactRow) if row.route}
    if not routes:
        yield lacking("mission of ours that deals with whom we meet", lead="Mission:")
    for route, (row, ways) in routes.items():
        yield mission(ways, row, gathering.ask("contact", word=f"Mission, {row.route_name}", party=route))


def _party(gathering: Gathering, whom: Counterpart) -> Iterator[Section]:
    blocks = [
        *standing(how_it_stands(gathering, whom.scope, called=whom.short)).blocks,
        posts_table(whom.ways, first=whom.first_post, most=_POSTS),
        *((work_there(gathering, whom.scope),) if whom.scope.cls == "Government" else ()),
    ]
    yield Section(f"Whom we meet: {whom.party.name}", tuple(blocks), level=2)
    yield promises(whom.promised, party=whom.scope.id, most=_PROMISES, heading=f"Promises, {whom.short}", level=2)
    yield touches(whom.touched, most=_TOUCHES, heading=f"Last touches, {whom.short}", level=2)


TRIP = MemoKind(
    name="trip",
    title="For a trip: each stop with meetings, posts and holders, compact, work there, tier, mission and promises.",
    params=TripParams,
    function=trip,
    example={"engagement": "Ambassador-at-Large trip to Vienna and Bucharest (fictional)"},
    named="engagement",
)
