"""The delegation book: schedule, order of speakers, side events, and one page for each bilat."""

from collections.abc import Iterator

from pydantic import Field

from iga.exports.memos import prose
from iga.exports.memos.brief import fields, for_the_drafter, table
from iga.exports.memos.counterpart import counterpart
from iga.exports.memos.event import Event, event_of
from iga.exports.memos.evidence import claim_of
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import claim, nothing_found
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.memos.sections.delegates import delegation, programme, schedule, side_events, speakers, speaking_order
from iga.exports.memos.sections.engagements import by_post, occasion
from iga.exports.memos.sections.promises import promises
from iga.exports.memos.sections.standing import how_it_stands, standing
from iga.exports.memos.sections.touches import touches
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Blank
from iga.graph.text import counted
from iga.queries.core.question import Params
from iga.queries.multilateral.engagements import EngagementRow

# A book of more meetings than these is read by nobody; the rest are in the schedule.
_BILATS = 15
_PROMISES, _TOUCHES = 3, 2
# What two pages hold.
_MET, _SCHEDULE, _SIDE_EVENTS = 4, 7, 2


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
    name = next(party.name for party in event.delegates.subjects if party.id == event.party)
    whom = [counterpart(gathering, party, is_one_of_several=True) for party in met[:_MET]]
    stands = [how_it_stands(gathering, it.scope, called=it.short) for it in whom]
    speaks = [row for row in speaking_order(event) if row.id in {it.id for it in event.ours(event.row.engagement)}][:1]
    owed = next((it for it in (prose.owed(party.promised) for party in whom) if it), None)
    floor = event.floor
    return Written(
        title=f"Delegation book: {event.subject.name}",
        subject=f"{name} delegation to {event.subject.name}",
        bottom_line=(
            claim(event.schedule, [event.row], "brief/next", floor=floor),
            claim_of(event.delegates, "headline", floor=floor),
            claim(event.people, speaks, "engagements/speaks", floor=floor) if speaks else None,
            owed,
        ),
        parts=(
            fields("The event", *prose.occasion(event)),
            for_the_drafter(),
            table("Schedule", "a schedule", programme(event, event.parts, style="programme-in-brief"), most=_SCHEDULE),
            *prose.whom_we_meet(whom, stands, already=owed),
            table("Side events and co-sponsors", "side events", side_events(event), most=_SIDE_EVENTS),
        ),
        annex=lambda: _annex(gathering, event),
        again={"engagement": event.row.engagement, **({"party": event.party} if params.party else {})},
        clearers=clearers_of(gathering, met),
    )


def _annex(gathering: Gathering, event: Event) -> Iterator[Section]:
    yield Section("The event", (occasion(event.schedule, event.row),))
    yield delegation(event)
    yield from schedule(event)
    yield speakers(event)
    yield Section("Side events", (side_events(event),))
    for row in event.bilats[:_BILATS]:
        yield from _bilat(gathering, event, row)
    if (left := len(event.bilats) - _BILATS) > 0:
        stand = "stands" if left == 1 else "stand"
        text = f"{counted(left, 'more bilat')} {stand} in the schedule; each has a meeting paper."
        yield Section("Bilats", (nothing_found(text),))


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
        blocks += prose.posts(whom, most=1)
    blocks += [Blank("objective of this bilat"), Blank("points to make"), Blank("watch-outs")]
    yield Section(f"Bilat: {whom.party.name}", tuple(blocks), starts_page=True)
    stands = how_it_stands(gathering, whom.scope, called=whom.short)
    yield standing(stands, heading=f"{whom.short} in brief", level=2)
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
