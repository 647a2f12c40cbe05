"""The memo before a meeting: who they are, what we owe each other, what changed, and blanks for the drafter."""

from pydantic import Field

from exports.memos.counterpart import Counterpart, counterpart
from exports.memos.event import Event, event_of
from exports.memos.evidence import cited
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.printing import for_the_drafter, nothing_found, words
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.compact_results import Compact, compact_of, results, term_in_short
from exports.memos.sections.contacts import holder_in_short, posts_table, reach, route_in_short
from exports.memos.sections.engagements import by_post, coming, occasion, when_in_short
from exports.memos.sections.promises import promises, promises_in_short
from exports.memos.sections.standing import standing
from exports.memos.sections.touches import ask_changes, changes, met_of, touch_in_short, touches
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Statement
from graph.domain.marking import Marking
from graph.errors import UsageError
from queries.core.question import Params
from queries.core.wording import days, long_day

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


def meeting(gathering: Gathering, params: MeetingParams) -> Written:
    """Write the memo before a meeting with a party, of an engagement or under an agreement.

    Raises:
        UsageError: Nothing says whom or what it is about.
    """
    if not (params.party or params.engagement or params.agreement):
        raise UsageError("meeting needs party, engagement or agreement: whom do you meet, or what is it about?")
    compact = compact_of(gathering, params.agreement) if params.agreement else None
    named = params.engagement or (compact.next_dialogue if compact else "")
    event = event_of(gathering, named) if named else None
    whom = _whom(gathering, params, event, compact)
    if event is None and whom and not compact:
        event = _next(gathering, whom)
    topic = params.topic
    return Written(
        title=_title(whom, event, compact),
        subtitle=_subtitle(gathering, event, whom),
        subject=f"Memo before a meeting: {_title(whom, event, compact)}",
        bottom_line=tuple(_bottom_line(event, whom, compact)),
        sections=tuple(_sections(gathering, params, event, whom, compact)),
        again=_again(params, event, whom, compact),
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
    gathering: Gathering, params: MeetingParams, event: Event | None, compact: Compact | None
) -> Counterpart | None:
    """Return whom we meet; None where several take part and none was named."""
    named = params.party or (compact.partner if compact else "")
    if not named and event and len(_parties(event)) == 1:
        [named] = _parties(event)
    return counterpart(gathering, named, topic=params.topic) if named else None


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
        lines.append(when_in_short(event.schedule, event.row, lead="Meeting:"))
    if whom:
        lines.append(promises_in_short(whom.promised))
    if compact:
        lines.append(term_in_short(compact.card))
    if whom:
        lines.append(holder_in_short(whom.ways, first=_met(event, whom)))
        lines += [touch_in_short(whom.touched), route_in_short(whom.ways)]
    return lines


def _met(event: Event | None, whom: Counterpart) -> str:
    """Return the id of the post that is met: the one asked about, else the first of theirs on the list."""
    if whom.first_post or event is None:
        return whom.first_post
    return next((row.id for row in event.theirs(event.row.engagement) if row.holding), "")


def _sections(
    gathering: Gathering, params: MeetingParams, event: Event | None, whom: Counterpart | None, compact: Compact | None
) -> list[Section]:
    sections = [for_the_drafter(), _the_meeting(gathering, event, whom)]
    if whom:
        sections.append(Section("Who they are", (posts_table(whom.ways, first=_met(event, whom)),)))
        sections.append(standing(gathering, whom.scope, called=whom.short, with_compact=compact is None))
    if compact:
        sections.append(results(compact))
    if whom:
        changed = ask_changes(gathering, whom.scope.id, whom.touched, since=params.since)
        is_since_touch = not params.since and any(row.on for row in met_of(whom.touched))
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
    theirs = {it.id for it in event.theirs(row.engagement)} if whom else set()
    ours = {it.id for it in event.ours(row.engagement)}
    people = by_post(event.people, row.engagement, theirs=theirs, ours=ours)
    blocks: list[Block] = [occasion(event.schedule, row), people]
    if whom is None and (others := len(_parties(event))) > 1:
        text = f"{others} other parties take part; name the one you meet with --party to have it told."
        blocks.append(nothing_found(text))
    planned = gathering.answers.get("Engagements")
    also = [it for it in coming(planned) if it.engagement != row.engagement][:_ALSO] if planned else []
    if planned and also:
        text = " ".join(words("engagements/in-short", it) for it in also)
        blocks.append(Claim(text, cited(planned, *also), lead="Also ahead with them:", floor=Marking.INTERNAL))
    return Section("The meeting", tuple(blocks))


def _again(
    params: MeetingParams, event: Event | None, whom: Counterpart | None, compact: Compact | None
) -> dict[str, str]:
    """Return what was asked about by names, by ids and codes."""
    known = {
        "party": (whom.party.iso3 or whom.party.id) if params.party and whom else "",
        "engagement": event.row.engagement if params.engagement and event else "",
        "agreement": compact.subject.id if params.agreement and compact else "",
    }
    return {name: id_ for name, id_ in known.items() if id_}


MEETING = MemoKind(
    name="meeting",
    title="Before a meeting: who they are, promises both ways, what changed, the route, and blanks for the drafter.",
    params=MeetingParams,
    function=meeting,
    example={"party": "OSCE Special Representative", "topic": "child trafficking"},
    named="",
    longest=4,
)
