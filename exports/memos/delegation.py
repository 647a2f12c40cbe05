"""The delegation book: schedule, order of speakers, side events, and one page for each bilat."""

from collections.abc import Iterator

from pydantic import Field

from exports.memos.counterpart import counterpart
from exports.memos.event import Event, event_of
from exports.memos.evidence import cited
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections.blocks import for_the_drafter
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.delegates import delegation as members
from exports.memos.sections.delegates import delegation_in_short, place_in_short, side_events, speakers
from exports.memos.sections.holders import holder_in_short
from exports.memos.sections.occasion import floor_of, occasion, state, when_and_where
from exports.memos.sections.participants import by_post
from exports.memos.sections.promises import promises
from exports.memos.sections.schedule import schedule
from exports.memos.sections.standing import standing
from exports.memos.sections.touches import touches
from exports.paper.blocks import Bullets
from exports.paper.document import Block, Section
from exports.paper.statements import PROGRAM, Blank, Claim, Statement, Unknown
from exports.wording import days
from queries.core.question import Params
from queries.core.wording import long_day
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


def delegation_book(gathering: Gathering, given: DelegationBookParams) -> Written:
    """Write the book of a delegation to an engagement."""
    event = event_of(gathering, given.engagement, party=given.party)
    met = list(dict.fromkeys(party for row in event.bilats for party in event.met(row.engagement)))
    bilats = [section for row in event.bilats[:_BILATS] for section in _bilat(gathering, event, row)]
    name = next(each.name for each in event.delegates.subjects if each.id == event.party)
    return Written(
        title=f"Delegation book: {event.subject.name}",
        subtitle=f"{days(event.row.start, event.row.end) or 'Day not set'}; {name}; "
        f"facts as of {long_day(gathering.day)}",
        subject=f"Delegation book of {name}: {event.subject.name}",
        bottom_line=(_when(event), delegation_in_short(event), place_in_short(event), _bilats_in_short(event)),
        sections=(
            for_the_drafter(_BLANKS),
            Section("The event", (occasion(event.told, event.row),)),
            members(event),
            *schedule(event),
            speakers(event),
            side_events(event),
            *_left_out(event),
            *bilats,
        ),
        again={"engagement": event.row.engagement, **({"party": event.party} if given.party else {})},
        clearers=clearers_of(gathering, met),
        floor=event.floor,
    )


def _when(event: Event) -> Claim:
    row = event.row
    return Claim(f"{when_and_where(row)}{state(row)}.", cited(event.told, row), lead="Event:", floor=floor_of(row))


def _bilats_in_short(event: Event) -> Statement:
    rows = event.bilats
    if not rows:
        return Unknown("None is in the data.", PROGRAM, lead="Bilats:")
    first = rows[0]
    text = f"{len(rows)}, the first {when_and_where(first)}."
    return Claim(text, cited(event.told, *rows), lead="Bilats:", floor=floor_of(first))


def _left_out(event: Event) -> Iterator[Section]:
    if len(event.bilats) > _BILATS:
        text = f"{len(event.bilats) - _BILATS} more bilats stand in the schedule; iga memo meeting writes one on each."
        yield Section("Bilats", (Unknown(text, PROGRAM),))


def _bilat(gathering: Gathering, event: Event, row: EngagementRow) -> Iterator[Section]:
    """Return the page of one bilat: when and who, in brief, promises, last touches, and blanks."""
    theirs, ours = event.theirs(row.engagement), event.ours(row.engagement)
    [party] = event.met(row.engagement)
    whom = counterpart(gathering, party, is_one_of_several=True)
    post = next((each.id for each in theirs if each.holding), "")
    blocks: list[Block] = [
        occasion(event.told, row),
        by_post(event.people, row.engagement, theirs={each.id for each in theirs}, ours={each.id for each in ours}),
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
