"""The delegation book: schedule, order of speakers, side events, and one page for each bilat."""

from collections.abc import Iterator

from pydantic import Field

from exports.memos.counterpart import counterpart
from exports.memos.event import Event, event_of
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.printing import claim_or, for_the_drafter, nothing_found
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.contacts import holder_in_short
from exports.memos.sections.delegates import (
    delegation,
    delegation_in_short,
    place_in_short,
    schedule,
    side_events,
    speakers,
)
from exports.memos.sections.engagements import by_post, floor_of, occasion, when_in_short
from exports.memos.sections.promises import promises
from exports.memos.sections.standing import standing
from exports.memos.sections.touches import touches
from exports.paper.blocks import Bullets
from exports.paper.document import Block, Section
from exports.paper.statements import Blank, Statement
from graph.domain.marking import Marking
from queries.core.question import Params
from queries.core.wording import days, long_day
from queries.multilateral.engagement_row import EngagementRow

_BLANKS = ("objectives of the delegation", "statements and points", "watch-outs and sensitivities")
# A book of more meetings than these is read by nobody; the rest are in the schedule.
_BILATS = 15
_PROMISES, _TOUCHES = 3, 2


class DelegationBookParams(Params):
    """What the delegation book is asked with."""

    engagement: str = Field(description="The meeting or conference.", examples=["High-level meeting"])
    party: str | None = Field(
        default=None, description="Whose delegation: a government or body; ours if left out.", examples=["Canada"]
    )


def delegation_book(gathering: Gathering, params: DelegationBookParams) -> Written:
    """Write the book of a delegation to an engagement."""
    event = event_of(gathering, params.engagement, party=params.party)
    met = list(dict.fromkeys(party for row in event.bilats for party in event.met(row.engagement)))
    bilats = [section for row in event.bilats[:_BILATS] for section in _bilat(gathering, event, row)]
    left_out: list[Section] = []
    if (left := len(event.bilats) - _BILATS) > 0:
        text = f"{left} more bilats stand in the schedule; iga memo meeting writes one on each."
        left_out = [Section("Bilats", (nothing_found(text),))]
    name = next(party.name for party in event.delegates.subjects if party.id == event.party)
    return Written(
        title=f"Delegation book: {event.subject.name}",
        subtitle=f"{days(event.row.start, event.row.end) or 'Day not set'}; {name}; "
        f"facts as of {long_day(gathering.day)}",
        subject=f"Delegation book of {name}: {event.subject.name}",
        bottom_line=(
            when_in_short(event.schedule, event.row, lead="Event:"),
            delegation_in_short(event),
            place_in_short(event),
            _bilats_in_short(event),
        ),
        sections=(
            for_the_drafter(*_BLANKS),
            Section("The event", (occasion(event.schedule, event.row),)),
            delegation(event),
            *schedule(event),
            speakers(event),
            side_events(event),
            *left_out,
            *bilats,
        ),
        again={"engagement": event.row.engagement, **({"party": event.party} if params.party else {})},
        clearers=clearers_of(gathering, met),
        floor=event.floor,
    )


def _bilats_in_short(event: Event) -> Statement:
    rows = event.bilats
    floor = floor_of(rows[0]) if rows else Marking.PUBLIC
    nothing = "None is in the data."
    return claim_or(nothing, event.schedule, rows, "engagements/bilats", lead="Bilats:", floor=floor, number=len(rows))


def _bilat(gathering: Gathering, event: Event, row: EngagementRow) -> Iterator[Section]:
    """Return the page of one bilat: when and who, in brief, promises, last touches, and blanks."""
    theirs, ours = event.theirs(row.engagement), event.ours(row.engagement)
    [party] = event.met(row.engagement)
    whom = counterpart(gathering, party, is_one_of_several=True)
    post = next((row.id for row in theirs if row.holding), "")
    blocks: list[Block] = [
        occasion(event.schedule, row),
        by_post(event.people, row.engagement, theirs={row.id for row in theirs}, ours={row.id for row in ours}),
    ]
    if not post:
        blocks.append(Bullets((holder_in_short(whom.ways),)))
    blocks += [Blank("objective of this bilat"), Blank("points to make"), Blank("watch-outs")]
    yield Section(f"Bilat: {whom.party.name}", tuple(blocks), starts_page=True)
    yield standing(gathering, whom.scope, called=whom.short, heading=f"{whom.short} in brief", level=2)
    yield promises(whom.promised, party=whom.scope.id, most=_PROMISES, heading=f"Open promises, {whom.short}", level=2)
    yield touches(whom.touched, most=_TOUCHES, heading=f"Last touches, {whom.short}", level=2)


DELEGATION = MemoKind(
    name="delegation",
    title="A delegation's book: schedule, order of speakers, delegation, side events, and a page for each bilat.",
    params=DelegationBookParams,
    function=delegation_book,
    example={"engagement": "High-level meeting on trafficking in persons (fictional)"},
    named="engagement",
)
