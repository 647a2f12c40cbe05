"""The memo before a meeting: who they are, what we owe each other, what changed, and blanks for the drafter."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from iga.exports.memos import prose
from iga.exports.memos.brief import Part, Sentences, fields, for_the_drafter, paragraph
from iga.exports.memos.counterpart import Counterpart, counterpart
from iga.exports.memos.event import Event, event_of
from iga.exports.memos.evidence import cited
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import lacking, nothing_found, words
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.memos.sections.compact_results import Compact, compact_of, results, term
from iga.exports.memos.sections.contacts import posts_table, reach
from iga.exports.memos.sections.engagements import by_post, coming, occasion
from iga.exports.memos.sections.promises import promises
from iga.exports.memos.sections.standing import how_it_stands, standing
from iga.exports.memos.sections.touches import ask_changes, changes, met_of, touches
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Claim, Statement
from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound, UsageError
from iga.queries.core.answer import Answer
from iga.queries.core.question import Params

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
    planned = _Meeting(gathering, params, event, whom, compact)
    title, met = planned.title(), [whom.scope.id] if whom else []
    return Written(
        title=title,
        subject=planned.subject(),
        bottom_line=tuple(planned.bottom_line()),
        parts=tuple(planned.parts()),
        annex=planned.annex,
        again=planned.again(),
        clearers=clearers_of(gathering, met, topic=params.topic, purposes=_MONEY if compact else ()),
    )


def _whom(
    gathering: Gathering, params: MeetingParams, event: Event | None, compact: Compact | None
) -> Counterpart | None:
    """Return whom we meet; None where several take part and none was named."""
    parties = event.met(event.row.engagement) if event else ()
    named = params.party or (compact.partner if compact else "") or (parties[0] if len(parties) == 1 else "")
    return counterpart(gathering, named, topic=params.topic) if named else None


def _next(gathering: Gathering, whom: Counterpart) -> Event | None:
    """Return the next meeting with them that is in the data; None if none is."""
    us = gathering.session.home.government
    try:
        ahead = coming(gathering.ask("engagements", word="Engagements", party=whom.party.id, other=us))
    except NotFound:  # the ledger does not hold our government
        return None
    return event_of(gathering, ahead[0].engagement) if ahead else None


@dataclass(frozen=True)
class _Meeting:
    """What is known of a meeting: when it is, whom we meet, and the agreement it is about; each may be None."""

    gathering: Gathering
    params: MeetingParams
    event: Event | None
    whom: Counterpart | None
    compact: Compact | None

    def title(self) -> str:
        if self.compact:
            return f"Meeting on the {self.compact.subject.name}"
        if self.whom:
            return f"Meeting with {self._called(self.whom)}"
        return self.event.row.engagement_name if self.event else "Meeting"

    def subject(self) -> str:
        """Return what the paper is, and the whole name where the title has the acronym."""
        name = self.whom.party.name if self.whom and self.whom.party.name != self._called(self.whom) else ""
        return "; ".join(filter(None, (self.title(), name)))

    @cached_property
    def changed(self) -> Answer | None:
        """What changed on them since the day asked for, else since the last touch."""
        if self.whom is None:
            return None
        return ask_changes(self.gathering, self.whom.scope.id, self.whom.touched, since=self.params.since)

    @cached_property
    def stands(self) -> Sentences:
        """How they stand."""
        if self.whom is None:
            return {}
        with_compact = self.compact is None
        return how_it_stands(self.gathering, self.whom.scope, called=self.whom.short, with_compact=with_compact)

    def bottom_line(self) -> Iterator[Statement | None]:
        whom = self.whom
        yield next(prose.posts(whom, first=self._post(whom)), None) if whom else None
        yield term(self.compact.card) if self.compact else next((it for it in self.stands.values() if it), None)
        if whom:
            yield prose.owed(whom.promised)
            yield prose.last_touch(whom.touched)

    def parts(self) -> Iterator[Part]:
        whom = self.whom
        yield fields("The meeting", *prose.occasion(self.event, with_theirs=True))
        yield for_the_drafter()
        background = {**prose.background_of(self.compact), **self.stands}
        if background:
            yield paragraph("Background", background)
        if whom is None or self.changed is None:
            return
        yield prose.counterpart_in_brief(whom, first=self._post(whom))
        yield prose.promises(whom.promised, party=whom.scope.id)
        yield prose.news(whom.touched, self.changed)

    def annex(self) -> Iterator[Section]:
        yield Section("The meeting", tuple(self._occasion()))
        whom, compact = self.whom, self.compact
        if whom:
            yield Section("Who they are", (posts_table(whom.ways, first=self._post(whom)),))
            yield standing(self.stands)
        if compact:
            yield results(compact)
        if whom and self.changed:
            yield promises(whom.promised, party=whom.scope.id)
            yield touches(whom.touched)
            is_since_touch = not self.params.since and any(row.on for row in met_of(whom.touched))
            yield changes(self.changed, is_since_touch=is_since_touch)
            yield reach(whom.ways)

    def again(self) -> dict[str, str]:
        """Return what was asked about by names, by ids and codes."""
        params, event, whom, compact = self.params, self.event, self.whom, self.compact
        known = {
            "party": (whom.party.iso3 or whom.party.id) if params.party and whom else "",
            "engagement": event.row.engagement if params.engagement and event else "",
            "agreement": compact.subject.id if params.agreement and compact else "",
        }
        return {name: id_ for name, id_ in known.items() if id_}

    def _called(self, whom: Counterpart) -> str:
        """Return the name that stands in the title: the acronym of a body with a long name."""
        is_long = len(whom.party.name) > _LONG and whom.party == whom.scope
        return whom.short if is_long else whom.party.name

    def _post(self, whom: Counterpart) -> str:
        """Return the id of the post that is met: the one asked about, else the first of theirs on the list."""
        if whom.first_post or self.event is None:
            return whom.first_post
        return next((row.id for row in self.event.theirs(self.event.row.engagement) if row.holding), "")

    def _occasion(self) -> Iterator[Block]:
        """Give when and where it is, who takes part by post, and what else lies ahead with them."""
        if self.event is None:
            yield lacking("meeting with them that lies ahead", ": day, place and participants are not known")
            return
        event, row = self.event, self.event.row
        theirs = {it.id for it in event.theirs(row.engagement)} if self.whom else set()
        yield occasion(event.schedule, row)
        yield by_post(event.people, row.engagement, theirs=theirs, ours={it.id for it in event.ours(row.engagement)})
        if self.whom is None and (others := len(event.met(row.engagement))) > 1:
            yield nothing_found(f"{others} other parties take part; name the one you meet to have it told.")
        planned = self.gathering.answers.get("Engagements")
        also = [it for it in coming(planned) if it.engagement != row.engagement][:_ALSO] if planned else []
        if planned and also:
            text = " ".join(words("engagements/in-short", it) for it in also)
            yield Claim(text, cited(planned, *also), lead="Also ahead with them:", floor=Marking.INTERNAL)


MEETING = MemoKind(
    name="meeting",
    title="Before a meeting: who they are, promises both ways, what changed, the route, and blanks for the drafter.",
    params=MeetingParams,
    function=meeting,
    example={"party": "OSCE Special Representative", "topic": "child trafficking"},
    any_of=("party", "engagement", "agreement"),
)
