"""One engagement: when and where it is, who hosts it, in what state it stands."""

from exports.memos.evidence import cited, supported
from exports.paper.statements import Claim
from exports.wording import capitalized, days, sentence
from graph.domain.marking import Marking
from queries.core.answer import Answer
from queries.core.wording import listed
from queries.multilateral.engagement_row import EngagementRow

_HOSTS = 3


def itself(answer: Answer, engagement: str) -> EngagementRow | None:
    """Return the row of one engagement; None if the answer lacks it or it rests on nothing."""
    return next((row for row in supported(answer, EngagementRow) if row.engagement == engagement), None)


def occasion(answer: Answer, row: EngagementRow, *, lead: str = "") -> Claim:
    """Return when and where an engagement is, what it is, and who hosts it, as one statement."""
    hosts = f" Hosted or organized by {listed(row.hosts, most=_HOSTS)}." if row.hosts else ""
    outcome = f" Outcome: {sentence(row.outcome)}" if row.outcome and is_held(row) else ""
    return Claim(f"{in_short(row)}{hosts}{outcome}", cited(answer, row), lead=lead, floor=floor_of(row))


def in_short(row: EngagementRow) -> str:
    """Return an engagement in a sentence, such as ``December 3, 2026, Vienna: … (planned)``."""
    return f"{when_and_where(row)}: {row.engagement_name}{state(row)}."


def when_and_where(row: EngagementRow) -> str:
    """Return day, hours and place, as far as they are known."""
    return capitalized(", ".join(filter(None, (days(row.start, row.end) or "day not set", hours(row), row.place))))


def hours(row: EngagementRow) -> str:
    """Return the hours as printed: ``10:00–10:45``; blank if they are not known."""
    return (row.hours or "").replace("-", "–")


def state(row: EngagementRow) -> str:
    """Return how an engagement that is not known to be held stands, in brackets."""
    return "" if is_held(row) else f" ({row.status or 'status not known'})"


def is_held(row: EngagementRow) -> bool:
    """Say whether an engagement is known to have taken place."""
    return row.held == "yes"


def floor_of(row: EngagementRow) -> Marking:
    """Return the least marking of an engagement: itineraries and attendees are internal until it is held."""
    return Marking.PUBLIC if is_held(row) else Marking.INTERNAL
