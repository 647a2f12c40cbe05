"""The paper for a trip: each stop with its meetings, the parties met, our mission, work there, and promises due."""

from pydantic import Field

from exports.memos.event import Event, event_of
from exports.memos.evidence import cited
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections.blocks import for_the_drafter, nothing_found
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.delegates import delegation
from exports.memos.sections.occasion import floor_of, occasion, state, when_and_where
from exports.memos.sections.promises import open_of
from exports.memos.stop import Stop, sections_of, stops_of
from exports.paper.document import Section
from exports.paper.statements import Claim, Statement
from exports.wording import counted, days
from graph.domain.marking import Marking
from queries.core.question import Params
from queries.core.wording import listed, long_day

_BLANKS = ("objectives of the trip", "points that run through all meetings", "watch-outs and sensitivities")


class TripParams(Params):
    """What the paper for a trip is asked with."""

    engagement: str = Field(description="The trip.", examples=["Trip to Vienna and Bucharest"])
    party: str | None = Field(
        default=None, description="Who travels: a government or body; ours if left out.", examples=["TIP Office"]
    )


def trip(gathering: Gathering, given: TripParams) -> Written:
    """Write the paper for a trip."""
    event = event_of(gathering, given.engagement, party=given.party)
    stops = stops_of(gathering, event)
    stop_sections = [section for stop in stops for section in sections_of(gathering, event, stop)]
    if not stops:
        stop_sections = [Section("Stops", (nothing_found("No stop and no meeting of this trip is in the data."),))]
    met = list(dict.fromkeys(whom.scope.id for stop in stops for whom in stop.whom))
    return Written(
        title=event.subject.name,
        subtitle=f"{days(event.row.start, event.row.end) or 'Days not set'}; facts as of {long_day(gathering.day)}",
        subject=f"Trip paper: {event.subject.name}",
        bottom_line=(_when(event), *_stops_in_short(event, stops), *_promises_in_short(stops)),
        sections=(
            for_the_drafter(_BLANKS),
            Section("The trip", (occasion(event.told, event.row),)),
            delegation(event),
            *stop_sections,
        ),
        again={"engagement": event.row.engagement, **({"party": event.party} if given.party else {})},
        clearers=clearers_of(gathering, met),
        floor=event.floor,
    )


def _when(event: Event) -> Claim:
    row = event.row
    return Claim(f"{when_and_where(row)}{state(row)}.", cited(event.told, row), lead="Trip:", floor=floor_of(row))


def _stops_in_short(event: Event, stops: tuple[Stop, ...]) -> tuple[Statement, ...]:
    rows = [row for stop in stops for row in (stop.row, *stop.meetings) if row]
    if not rows:
        return ()
    told = [f"{stop.place} ({counted(len(stop.meetings), 'entry', 'entries')})" for stop in stops]
    return (Claim(f"{listed(told)}.", cited(event.told, *rows), lead="Stops:", floor=event.floor),)


def _promises_in_short(stops: tuple[Stop, ...]) -> tuple[Statement, ...]:
    """Return how many promises with whom we meet are open and overdue, all stops together."""
    whom = list({each.scope.id: each for stop in stops for each in stop.whom}.values())
    rows = {row.commitment: (row, each) for each in whom for row in open_of(each.promised)}
    if not rows:
        return (nothing_found("No open promise with whom we meet is in the data.", lead="Promises:"),) if whom else ()
    late = sum(row.stands == "overdue" for row, _ in rows.values())
    citations = tuple(citation for row, each in rows.values() for citation in cited(each.promised, row))
    text = f"{len(rows)} open with whom we meet, {late or 'none'} of them overdue."
    return (Claim(text, citations, lead="Promises:", floor=Marking.INTERNAL),)


TRIP = MemoKind(
    name="trip",
    title="For a trip: each stop with meetings, posts and holders, compact, work there, tier, mission and promises.",
    params=TripParams,
    function=trip,
    example={"engagement": "Ambassador-at-Large trip to Vienna and Bucharest (fictional)"},
    named="engagement",
)
