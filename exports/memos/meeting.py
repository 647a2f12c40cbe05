"""The memo before a meeting: who they are, what we owe each other, what changed, and blanks for the drafter."""

from pydantic import Field

from exports.memos.counterpart import Counterpart, counterpart
from exports.memos.event import Event, event_of
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections.blocks import for_the_drafter, nothing_found
from exports.memos.sections.changes import ask_changes, changes
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.compact_results import results, term_in_short
from exports.memos.sections.engagements import coming
from exports.memos.sections.holders import holder_in_short, holders
from exports.memos.sections.occasion import in_short, occasion, state, when_and_where
from exports.memos.sections.participants import by_post
from exports.memos.sections.promises import promises, promises_in_short
from exports.memos.sections.reach import reach, route_in_short
from exports.memos.sections.standing import standing
from exports.memos.sections.touches import met_of, touch_in_short, touches
from exports.memos.under import Compact, compact_of
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Statement
from exports.wording import days
from graph.domain.marking import Marking
from graph.errors import UsageError
from queries.core.question import Params
from queries.core.wording import long_day

_MONEY = ("money", "programs")
_ALSO = 3
# A title of more letters takes four lines; the acronym stands in it then, and the name below.
_LONG = 70


class MeetingParams(Params):
    """What the memo before a meeting is asked with."""

    party: str | None = Field(
        default=None, description="Whom we meet: a post, its holder, a body or a government.", examples=["OSCE"]
    )
    engagement: str | None = Field(
        default=None, description="The meeting, where it is in the data.", examples=["Meeting with UNODC"]
    )
    agreement: str | None = Field(
        default=None, description="The compact or other agreement it is about.", examples=["compact with Peru"]
    )
    topic: str | None = Field(default=None, description="What it is about.", examples=["child trafficking"])
    since: str | None = Field(
        default=None,
        description="What changed since this day is told; since the last touch, else for 90 days, if left out.",
        examples=["2026-06"],
    )


def meeting(gathering: Gathering, given: MeetingParams) -> Written:
    """Write the memo before a meeting with a party, of an engagement or under an agreement.

    Raises:
        UsageError: Nothing says whom or what it is about.
    """
    if not (given.party or given.engagement or given.agreement):
        raise UsageError("meeting needs party, engagement or agreement: whom do you meet, or what is it about?")
    compact = compact_of(gathering, given.agreement) if given.agreement else None
    named = given.engagement or (compact.next_dialogue if compact else "")
    event = event_of(gathering, named) if named else None
    whom = _whom(gathering, given, event, compact)
    if event is None and whom and not compact:
        event = _next(gathering, whom)
    topic = given.topic
    return Written(
        title=_title(whom, event, compact),
        subtitle=_subtitle(gathering, event, whom),
        subject=f"Memo before a meeting: {_title(whom, event, compact)}",
        bottom_line=tuple(_bottom_line(event, whom, compact)),
        sections=tuple(_sections(gathering, given, event, whom, compact)),
        again=_again(given, event, whom, compact),
        clearers=clearers_of(
            gathering, [whom.scope.id] if whom else [], topic=topic, purposes=_MONEY if compact else ()
        ),
        floor=Marking.PUBLIC if event and event.is_held else Marking.INTERNAL,
    )


def _next(gathering: Gathering, whom: Counterpart) -> Event | None:
    """Return the next meeting with them that is in the data; None if none is."""
    us = gathering.session.home.government
    planned = gathering.ask("engagements", word="Engagements", party=whom.party.id, other=us)
    ahead = coming(planned)
    return event_of(gathering, ahead[0].engagement) if ahead else None


def _whom(
    gathering: Gathering, given: MeetingParams, event: Event | None, compact: Compact | None
) -> Counterpart | None:
    """Return whom we meet; None where several take part and none was named."""
    named = given.party or (compact.partner if compact else "")
    if not named and event and len(_parties(event)) == 1:
        [named] = _parties(event)
    return counterpart(gathering, named, topic=given.topic) if named else None


def _parties(event: Event) -> tuple[str, ...]:
    return event.met(event.row.engagement)


def _title(whom: Counterpart | None, event: Event | None, compact: Compact | None) -> str:
    if compact:
        return f"Meeting on the {compact.subject.name}"
    if whom:
        return f"Meeting with {_called(whom)}"
    return event.row.engagement_name if event else "Meeting"


def _called(whom: Counterpart) -> str:
    """Return the name that stands in the title: the acronym of a body with a long name."""
    is_long = len(whom.party.name) > _LONG and whom.party == whom.scope
    return whom.short if is_long else whom.party.name


def _subtitle(gathering: Gathering, event: Event | None, whom: Counterpart | None) -> str:
    """Return the whole name where the title has the acronym, day and place, and the day of the facts."""
    name = whom.party.name if whom and whom.party.name != _called(whom) else ""
    when = "Memo before a meeting"
    if event:
        when = ", ".join(filter(None, (days(event.row.start, event.row.end) or "Day not set", event.row.place)))
    return "; ".join(filter(None, (name, when, f"facts as of {long_day(gathering.day)}")))


def _bottom_line(event: Event | None, whom: Counterpart | None, compact: Compact | None) -> list[Statement]:
    lines: list[Statement] = []
    if event:
        lines.append(_short(event, lead="Meeting:"))
    if whom:
        lines += [promises_in_short(whom.promised)]
    if compact:
        lines.append(term_in_short(compact.card))
    if whom:
        lines += [holder_in_short(whom.ways, first=_met(event, whom)), touch_in_short(whom.touched),
                  route_in_short(whom.ways)]  # fmt: skip
    return lines


def _short(event: Event, *, lead: str) -> Claim:
    """Return day, hours and place; the title says with whom."""
    full, row = occasion(event.told, event.row, lead=lead), event.row
    return Claim(f"{when_and_where(row)}{state(row)}.", full.citations, lead=lead, floor=full.floor)


def _met(event: Event | None, whom: Counterpart) -> str:
    """Return the id of the post that is met: the one asked about, else the first of theirs on the list."""
    if whom.first_post or event is None:
        return whom.first_post
    return next((row.id for row in event.theirs(event.row.engagement) if row.holding), "")


def _sections(
    gathering: Gathering, given: MeetingParams, event: Event | None, whom: Counterpart | None, compact: Compact | None
) -> list[Section]:
    sections = [for_the_drafter(), _the_meeting(gathering, event, whom)]
    if whom:
        sections.append(holders(whom.ways, first=_met(event, whom)))
        sections.append(standing(gathering, whom.scope, called=whom.short, with_compact=compact is None))
    if compact:
        sections.append(results(compact.card, compact.progress))
    if whom:
        changed = ask_changes(gathering, whom.scope.id, whom.touched, since=given.since)
        is_since_touch = not given.since and any(row.on for row in met_of(whom.touched))
        sections += [
            promises(whom.promised, party=whom.scope.id),
            touches(whom.touched),
            changes(changed, is_since_touch=is_since_touch),
            reach(whom.ways),
        ]
    return sections


def _the_meeting(gathering: Gathering, event: Event | None, whom: Counterpart | None) -> Section:
    """Return when and where it is, and who takes part by post."""
    if event is None:
        text = "No meeting with them that lies ahead is in the data: day, place and participants are not known."
        return Section("The meeting", (nothing_found(text),))
    row = event.row
    theirs = {each.id for each in event.theirs(row.engagement)} if whom else set()
    ours = {each.id for each in event.ours(row.engagement)}
    blocks: list[Block] = [occasion(event.told, row)]
    blocks.append(by_post(event.people, row.engagement, theirs=theirs, ours=ours))
    if whom is None and (others := len(_parties(event))) > 1:
        text = f"{others} other parties take part; name the one you meet with --party to have it told."
        blocks.append(nothing_found(text))
    planned = gathering.answers.get("Engagements")
    also = [each for each in coming(planned) if each.engagement != row.engagement] if planned else []
    if planned and also:
        told = " ".join(in_short(each) for each in also[:_ALSO])
        citations = tuple(citation for each in also[:_ALSO] for citation in occasion(planned, each).citations)
        blocks.append(Claim(told, citations, lead="Also ahead with them:", floor=Marking.INTERNAL))
    return Section("The meeting", tuple(blocks))


def _again(
    given: MeetingParams, event: Event | None, whom: Counterpart | None, compact: Compact | None
) -> dict[str, str]:
    """Return what was given as names by ids and codes."""
    found = {}
    if given.party and whom:
        found["party"] = whom.party.iso3 or whom.party.id
    if given.engagement and event:
        found["engagement"] = event.row.engagement
    if given.agreement and compact:
        found["agreement"] = compact.subject.id
    return found


MEETING = MemoKind(
    name="meeting",
    title="Before a meeting: who they are, promises both ways, what changed, the route, and blanks for the drafter.",
    params=MeetingParams,
    function=meeting,
    example={"party": "OSCE Special Representative", "topic": "child trafficking"},
    named="",
    longest=4,
)
