"""The memo before a meeting: who they are, what we owe each other, what changed, and blanks for the drafter."""

from dataclasses import dataclass

from pydantic import Field

from exports.memos.counterpart import Counterpart, counterpart
from exports.memos.evidence import supported
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.meant import ask_about
from exports.memos.sections.blocks import for_the_drafter, nothing_found
from exports.memos.sections.changes import ask_changes, changes
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.compact_results import results, term_in_short
from exports.memos.sections.engagements import coming
from exports.memos.sections.holders import holder_in_short, holders
from exports.memos.sections.occasion import in_short, is_held, itself, occasion, state, when_and_where
from exports.memos.sections.participants import by_post, of_engagement
from exports.memos.sections.promises import promises, promises_in_short
from exports.memos.sections.reach import reach, route_in_short
from exports.memos.sections.standing import standing
from exports.memos.sections.touches import met_of, touch_in_short, touches
from exports.memos.under import Compact, compact_of
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Statement
from exports.wording import days, long_day
from graph.domain.marking import Marking
from graph.errors import UsageError
from queries.answer import Answer
from queries.contacts.our_side import OURS
from queries.multilateral.engagement_row import EngagementRow
from queries.question import Asked

_MONEY = ("money", "programs")
_ALSO = 3


class MeetingAsked(Asked):
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


@dataclass(frozen=True)
class _Event:
    """The meeting itself, with who comes; `parties` are the other sides, by the order of the list."""

    row: EngagementRow
    told: Answer
    people: Answer
    ours: frozenset[str]
    theirs: frozenset[str]
    parties: tuple[str, ...]


def meeting(gathering: Gathering, given: MeetingAsked) -> Written:
    """Write the memo before a meeting with a party, of an engagement or under an agreement.

    Raises:
        UsageError: Nothing says whom or what it is about.
    """
    if not (given.party or given.engagement or given.agreement):
        raise UsageError("meeting needs party, engagement or agreement: whom do you meet, or what is it about?")
    compact = compact_of(gathering, given.agreement) if given.agreement else None
    event = _event(gathering, given.engagement or (compact.next_dialogue if compact else ""))
    whom = _whom(gathering, given, event, compact)
    if event is None and whom and not compact:
        event = _next(gathering, whom)
    topic = given.topic
    return Written(
        title=_title(whom, event, compact),
        subtitle=_subtitle(gathering, event),
        subject=f"Memo before a meeting: {_title(whom, event, compact)}",
        bottom_line=tuple(_bottom_line(event, whom, compact)),
        sections=tuple(_sections(gathering, given, event, whom, compact)),
        again=_again(given, event, whom, compact),
        clearers=clearers_of(
            gathering, [whom.scope.id] if whom else [], topic=topic, purposes=_MONEY if compact else ()
        ),
        floor=Marking.PUBLIC if event and is_held(event.row) else Marking.INTERNAL,
    )


def _event(gathering: Gathering, engagement: str) -> _Event | None:
    """Ask about an engagement; None where none is named or known."""
    if not engagement:
        return None
    people = ask_about(gathering, "participants", word="Participants", parameter="engagement", text=engagement)
    id_ = people.subjects[0].id
    told = gathering.ask("engagements", word="Meeting", party=id_)
    row = itself(told, id_)
    if row is None:
        raise UsageError(f"engagement: {people.subjects[0].name} is a series; name one of its meetings")
    side = gathering.ask("participants", word="Our side", engagement=id_, party=OURS)
    ours = frozenset(each.id for each in of_engagement(side, id_))
    others = [each for each in of_engagement(people, id_) if each.id not in ours]
    parties = dict.fromkeys(each.on_behalf_of or each.id for each in others)
    return _Event(row, told, people, ours, frozenset(each.id for each in others), tuple(parties))


def _next(gathering: Gathering, whom: Counterpart) -> _Event | None:
    """Return the next meeting with them that is in the data; None if none is."""
    planned = gathering.ask("engagements", word="Engagements", party=whom.party.id, other=OURS)
    ahead = coming(planned)
    return _event(gathering, ahead[0].engagement) if ahead else None


def _whom(
    gathering: Gathering, given: MeetingAsked, event: _Event | None, compact: Compact | None
) -> Counterpart | None:
    """Return whom we meet; None where several take part and none was named."""
    named = given.party or (compact.partner if compact else "")
    if not named and event and len(event.parties) == 1:
        named = event.parties[0]
    return counterpart(gathering, named, topic=given.topic) if named else None


def _title(whom: Counterpart | None, event: _Event | None, compact: Compact | None) -> str:
    if compact:
        return f"Meeting on the {compact.subject.name}"
    if whom:
        return f"Meeting with {whom.party.name}"
    return event.row.engagement_name if event else "Meeting"


def _subtitle(gathering: Gathering, event: _Event | None) -> str:
    facts = f"facts as of {long_day(gathering.day)}"
    if event is None:
        return f"Memo before a meeting; {facts}"
    when = days(event.row.start, event.row.end) or "day not set"
    return f"{when}{f', {event.row.place}' if event.row.place else ''}; {facts}"


def _bottom_line(event: _Event | None, whom: Counterpart | None, compact: Compact | None) -> list[Statement]:
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


def _short(event: _Event, *, lead: str) -> Claim:
    """Return day, hours and place; the title says with whom."""
    full, row = occasion(event.told, event.row, lead=lead), event.row
    return Claim(f"{when_and_where(row)}{state(row)}.", full.citations, lead=lead, floor=full.floor)


def _met(event: _Event | None, whom: Counterpart) -> str:
    """Return the id of the post that is met: the one asked about, else the first of theirs on the list."""
    if whom.first_post or event is None:
        return whom.first_post
    posts = [
        row.id for row in of_engagement(event.people, event.row.engagement) if row.holding and row.id in event.theirs
    ]
    return posts[0] if posts else ""


def _sections(
    gathering: Gathering, given: MeetingAsked, event: _Event | None, whom: Counterpart | None, compact: Compact | None
) -> list[Section]:
    sections = [for_the_drafter(), _the_meeting(gathering, event, whom)]
    if whom:
        sections.append(holders(whom.ways, first=_met(event, whom)))
        sections.append(standing(gathering, whom.scope, with_compact=compact is None))
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


def _the_meeting(gathering: Gathering, event: _Event | None, whom: Counterpart | None) -> Section:
    """Return when and where it is, and who takes part by post."""
    if event is None:
        text = "No meeting with them that lies ahead is in the data: day, place and participants are not known."
        return Section("The meeting", (nothing_found(text),))
    row = event.row
    blocks: list[Block] = [occasion(event.told, row)]
    blocks.append(by_post(event.people, row.engagement, theirs=event.theirs if whom else (), ours=event.ours))
    if whom is None and len(event.parties) > 1:
        text = f"{len(event.parties)} other parties take part; name the one you meet with --party to have it told."
        blocks.append(nothing_found(text))
    planned = gathering.answers.get("Engagements")
    also = [each for each in coming(planned) if each.engagement != row.engagement] if planned else []
    if planned and also:
        told = " ".join(in_short(each) for each in also[:_ALSO])
        citations = tuple(citation for each in also[:_ALSO] for citation in occasion(planned, each).citations)
        blocks.append(Claim(told, citations, lead="Also ahead with them:", floor=Marking.INTERNAL))
    return Section("The meeting", tuple(blocks))


def _again(
    given: MeetingAsked, event: _Event | None, whom: Counterpart | None, compact: Compact | None
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
    params=MeetingAsked,
    function=meeting,
    example={"party": "OSCE Special Representative", "topic": "child trafficking"},
    named="",
    longest=4,
)
