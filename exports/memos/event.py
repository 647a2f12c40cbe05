"""An engagement with its parts: what each of them is, who comes for whom, and which party is met in it."""

from dataclasses import dataclass
from functools import cached_property

from iga.exports.memos.evidence import supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.sections.engagements import participants_of
from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from iga.queries.core.answer import Answer, Subject
from iga.queries.multilateral.delegation import DelegateRow
from iga.queries.multilateral.engagements import EngagementRow
from iga.queries.multilateral.participants import ParticipantRow

_TWO_SIDED = ("bilat", "pull-aside", "meeting", "lunch", "dialogue", "call", "consultation")
_MANY_SIDED = ("side event", "briefing", "session", "conference", "high-level")


@dataclass(frozen=True)
class Event:
    """An engagement with its parts.

    Attributes:
        people: Who takes part in it and in its parts.
        delegates: Those of them who come for one party: us, if none is named.
    """

    subject: Subject
    row: EngagementRow
    schedule: Answer
    people: Answer
    delegates: Answer
    party: str

    @cached_property
    def parts(self) -> tuple[EngagementRow, ...]:
        """The parts in the order of their days and hours; what was called off is left out."""
        rows = [row for row in supported(self.schedule, EngagementRow) if row.engagement != self.row.engagement]
        kept = {row.engagement: row for row in rows if row.status != "cancelled"}
        return tuple(sorted(kept.values(), key=lambda row: (row.start or "9", row.hours or "", row.engagement)))

    @cached_property
    def is_held(self) -> bool:
        """Whether all of it is known to have taken place."""
        return self.row.held == "yes" and all(row.held == "yes" for row in self.parts)

    @property
    def floor(self) -> Marking:
        """The least marking of a paper on it: schedules and attendees are internal until it is held."""
        return Marking.PUBLIC if self.is_held else Marking.INTERNAL

    def ours(self, engagement: str) -> tuple[DelegateRow, ...]:
        """Return the members of the delegation in the engagement or in one part."""
        rows = supported(self.delegates, DelegateRow)
        return tuple(row for row in rows if row.engagement == engagement and row.is_counted)

    def theirs(self, engagement: str) -> tuple[ParticipantRow, ...]:
        """Return all others in the engagement or in one part."""
        own = {row.id for row in self.ours(engagement)}
        return tuple(row for row in participants_of(self.people, engagement) if row.id not in own)

    def met(self, engagement: str) -> tuple[str, ...]:
        """Return the ids of the parties that are met in one part, by the order of its list."""
        return tuple(dict.fromkeys(row.on_behalf_of or row.id for row in self.theirs(engagement)))

    @cached_property
    def bilats(self) -> tuple[EngagementRow, ...]:
        """The parts in which one other party is met."""
        return tuple(row for row in self.parts if _is_two_sided(row) and len(self.met(row.engagement)) == 1)


def event_of(gathering: Gathering, engagement: str, *, party: str | None = None) -> Event:
    """Ask about an engagement with its parts and a delegation to it.

    Raises:
        NotFound, Ambiguous: As of `iga.queries.ask.ask`.
        UsageError: The engagement is a series, which nobody travels to.
    """
    people = gathering.ask_about(engagement, "participants", word="Participants", parameter="engagement")
    subject = people.subjects[0]
    schedule = gathering.ask("engagements", word="Schedule", party=subject.id)
    row = next((row for row in supported(schedule, EngagementRow) if row.engagement == subject.id), None)
    if row is None:
        raise UsageError(f"engagement: {subject.name} is a series; name one of its meetings")
    us = gathering.session.home.government
    sent = gathering.ask("delegation", word="Delegation", engagement=subject.id, party=party or us)
    sender = next(other.id for other in sent.subjects if other.id != subject.id)
    return Event(subject, row, schedule, people, sent, sender)


def _is_two_sided(row: EngagementRow) -> bool:
    """True if an engagement is one of two sides, by its kind."""
    kind = (row.engagement_kind or "").casefold()
    return any(word in kind for word in _TWO_SIDED) and not any(word in kind for word in _MANY_SIDED)
