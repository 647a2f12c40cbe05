"""One stop of a trip: its meetings, the parties met there, our mission, and what runs in the country."""

from collections.abc import Iterator
from dataclasses import dataclass

from exports.memos.counterpart import Counterpart, counterpart
from exports.memos.event import Event
from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.contacts import best, floor, held_by, reached
from exports.memos.sections.holders import posts_table
from exports.memos.sections.occasion import occasion
from exports.memos.sections.promises import promises
from exports.memos.sections.schedule import programme
from exports.memos.sections.standing import standing
from exports.memos.sections.touches import touches
from exports.memos.sections.work_there import work_there
from exports.paper.blocks import Bullets
from exports.paper.document import Block, Section
from exports.paper.statements import Blank, Claim, Statement
from exports.wording import days
from queries.contacts.contact_rows import ContactRow
from queries.core.answer import Answer
from queries.multilateral.engagement_row import EngagementRow

_STOP = "stop"
_POSTS, _PROMISES, _TOUCHES = 3, 4, 2
# Of a conference with fifty parties a trip paper tells of none.
_PARTIES = 4


@dataclass(frozen=True)
class Stop:
    """One stop.

    Attributes:
        row: The stop as an engagement of its own; None where the trip has no stops and is told by place.
        place: Where.
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
        starts = [row.start for row in self.meetings if row.start]
        ends = [row.end or row.start for row in self.meetings if row.start]
        start, end = (
            (self.row.start, self.row.end) if self.row else (min(starts, default=None), max(ends, default=None))
        )
        return f"{self.place}, {days(start, end) or 'days not set'}"


def stops_of(gathering: Gathering, trip: Event) -> tuple[Stop, ...]:
    """Return the stops of a trip in their order; a trip without stops is told by the places of its meetings."""
    rows = [row for row in trip.parts if _STOP in (row.engagement_kind or "")]
    found: list[tuple[EngagementRow | None, str, set[str]]]
    if rows:
        inside = {row.engagement: _parts(gathering, row) for row in rows}
        found = [(row, row.place or row.engagement_name, inside[row.engagement]) for row in rows]
    else:
        places = dict.fromkeys(row.place or "Place not set" for row in trip.parts)
        found = [(None, place, {row.engagement for row in trip.parts if (row.place or "Place not set") == place})
                 for place in places]  # fmt: skip
    return tuple(_stop(gathering, trip, row, place, ids) for row, place, ids in found)


def sections_of(gathering: Gathering, trip: Event, stop: Stop) -> Iterator[Section]:
    """Return the sections of one stop: its meetings, then each party met there."""
    blocks: list[Block] = []
    if stop.row:
        blocks.append(occasion(trip.told, stop.row))
    blocks.append(Bullets(tuple(_missions(gathering, stop))))
    if stop.meetings:
        blocks.append(programme(trip, stop.meetings, with_day=True))
    else:
        blocks.append(nothing_found("No meeting at this stop is in the data."))
    blocks += [Blank("objective of this stop"), Blank("points and watch-outs at this stop")]
    yield Section(stop.title, tuple(blocks))
    if not stop.whom:
        yield Section("Whom we meet", (nothing_found("Whom we meet there is not in the data."),), level=2)
    for whom in stop.whom:
        yield from _party(gathering, whom)


def _parts(gathering: Gathering, stop: EngagementRow) -> set[str]:
    answer = gathering.ask("engagements", word=f"Stop, {stop.engagement_name}", party=stop.engagement)
    return {row.engagement for row in supported(answer, EngagementRow) if row.engagement != stop.engagement}


def _stop(gathering: Gathering, trip: Event, row: EngagementRow | None, place: str, ids: set[str]) -> Stop:
    meetings = tuple(each for each in trip.parts if each.engagement in ids and each is not row)
    met: dict[str, None] = {}
    for each in meetings:
        parties = trip.met(each.engagement)
        met |= dict.fromkeys(parties if len(parties) <= _PARTIES else ())
    whom = tuple(counterpart(gathering, party, is_one_of_several=True) for party in met)
    return Stop(row, place, meetings, whom)


def _missions(gathering: Gathering, stop: Stop) -> Iterator[Statement]:
    """Return our missions that deal with whom we meet there, each with the channel to use first."""
    routes = {
        row.route: (row, each.ways) for each in stop.whom for row in supported(each.ways, ContactRow) if row.route
    }
    if not routes:
        yield nothing_found("No mission of ours that deals with whom we meet is in the data.", lead="Mission:")
    for route, (row, ways) in routes.items():
        yield _mission(row, ways, gathering.ask("contact", word=f"Mission, {row.route_name}", party=route))


def _mission(row: ContactRow, ways: Answer, reached_at: Answer) -> Claim:
    way = best(reached_at)
    if way is None or not way.channel_value:
        return Claim(f"{row.route_name}; no channel of it is in the data.", cited(ways, row), lead="Mission:")
    parts = (row.route_name, held_by(reached_at, way), reached(reached_at, way))
    told = "; ".join(part for part in parts if part)
    citations = (*cited(ways, row), *cited(reached_at, way))
    return Claim(f"{told}.", citations, lead="Mission:", floor=floor(way))


def _party(gathering: Gathering, whom: Counterpart) -> Iterator[Section]:
    blocks = [
        *standing(gathering, whom.scope, called=whom.short).blocks,
        posts_table(whom.ways, first=whom.first_post, most=_POSTS),
        *((work_there(gathering, whom.scope),) if whom.scope.cls == "Government" else ()),
    ]
    yield Section(f"Whom we meet: {whom.party.name}", tuple(blocks), level=2)
    owed = f"Promises, {whom.short}"
    yield promises(whom.promised, party=whom.scope.id, most=_PROMISES, heading=owed, level=2)
    yield touches(whom.touched, most=_TOUCHES, heading=f"Last touches, {whom.short}", level=2)
