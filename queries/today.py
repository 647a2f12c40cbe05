"""What an officer looks at first in the morning: overdue, due soon, meetings ahead, out of touch, changed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from pydantic import Field, SerializeAsAny

from iga.graph.ledger.watches import Watch
from iga.graph.text import counted
from iga.queries.ask import ask, ask_apart
from iga.queries.core.answer import Answer, AnswerRow, EvidenceNote, Shape
from iga.queries.core.session import Session

DAYS_AHEAD = 14
LAST_LOOK = "iga today"
"""Name of the watch that keeps when an officer last looked; a watch of an officer's own may be called so, too."""

_CHANGES = "what-changed"
TELLING = {
    "due": ("due_on", "what_name", "owner_name"),
    "calendar": ("on", "what_name", "place"),
    "cadence": ("due_on", "name", "owner_name"),
    _CHANGES: ("owner_name", "says"),
}
"""What of a row tells it at a glance, by question."""
_OFF = ("postponed", "cancelled", "held")


class TodayPart(Shape):
    """One of the things looked at."""

    title: str = Field(description="Overdue, Due, Meetings ahead, Out of touch or Changed.")
    question: str = Field(description="Question that tells all of it.")
    parameters: dict[str, str] = Field(description="What it is asked with.")
    count: int = Field(description="How many there are.")
    rows: tuple[SerializeAsAny[AnswerRow], ...] = Field(description="The rows, soonest first; changes by owner.")
    evidence: dict[int, EvidenceNote] = Field(description="Endnotes of the rows, by number.")


class Today(Shape):
    """What is to be looked at on a day."""

    as_of: str = Field(description="The day.")
    until: str = Field(description="Last day that is looked ahead to.")
    since: str | None = Field(description="Instant of the last look, UTC; null where there was none.")
    sentence: str = Field(description="All of it in a sentence.")
    parts: tuple[TodayPart, ...] = Field(description="Overdue, due, meetings, out of touch, changes.")
    data_version: str = Field(
        description="Version of the graph that answered: another after each change of what is shown."
    )


def today_of(session: Session, last_look: Watch | None, *, days: int = DAYS_AHEAD) -> Today:
    """Return what is overdue, due and ahead within some days, whom we are out of touch with, and what changed.

    Args:
        session: The graph and the ledger.
        last_look: When the officer last looked; None is never, and nothing counts as changed.
        days: Days looked ahead.
    """
    until = (date.fromisoformat(session.today) + timedelta(days=days)).isoformat()
    ahead = {"until": until}
    late, soon = ask_apart(session, "due", ahead, _is_late, _is_soon)
    agenda = ask(session, "calendar", {**ahead, "kind": "engagement"})
    meetings = [row for row in agenda.rows if getattr(row, "on", None) and getattr(row, "status", "") not in _OFF]
    touch = ask(session, "cadence", {})
    silent = [row for row in touch.rows if getattr(row, "state", "") == "overdue"]
    parts = [
        _part("Overdue", late, ahead, late.rows, late.total.value),
        _part(f"Due by {until}", soon, ahead, soon.rows, soon.total.value),
        _part(f"Meetings by {until}", agenda, {**ahead, "kind": "engagement"}, meetings),
        _part("Out of touch", touch, {}, silent),
    ]
    if last_look:
        since = {"since": str(last_look.parameters["since"])}
        changes = ask(session, _CHANGES, since)
        parts.append(_part("Changed", changes, since, changes.rows, changes.total.value))
    return Today(
        as_of=session.today,
        until=until,
        since=last_look.seen_at if last_look else None,
        sentence=_sentence(parts, until, last_look),
        parts=tuple(parts),
        data_version=late.data_version,
    )


def _is_late(row: AnswerRow) -> bool:
    return bool(getattr(row, "is_overdue", False))


def _is_soon(row: AnswerRow) -> bool:
    return bool(getattr(row, "due_on", None)) and not _is_late(row)


def look_of(session: Session, *, by: str, at: str) -> Watch:
    """Return the watch that says that an officer looked now: whatever is loaded later has changed since."""
    last = max((header.no for header in session.ledger.headers()), default=0)
    return Watch(
        by=by,
        name=LAST_LOOK,
        question=_CHANGES,
        parameters={"since": f"load:{last}"},
        made_at=at,
        seen_at=at,
        ceiling=int(session.status.view.ceiling),
        data_version=session.status.data_version,
    )


def _part(
    title: str, answer: Answer, parameters: Mapping[str, str], rows: Sequence[AnswerRow], count: int | None = None
) -> TodayPart:
    cited = {number for row in rows for number in row.evidence}
    return TodayPart(
        title=title,
        question=answer.question,
        parameters=dict(parameters),
        count=len(rows) if count is None else count,
        rows=tuple(rows),
        evidence={number: note for number, note in answer.evidence.items() if number in cited},
    )


def _sentence(parts: Sequence[TodayPart], until: str, last_look: Watch | None) -> str:
    late, soon, meetings, silent, *changes = (part.count for part in parts)
    news = (
        f"{counted(changes[0], 'change')} since {last_look.seen_at[:10]}"
        if last_look
        else "what changes from now on is told next time"
    )
    due = f"{counted(soon, 'thing')} {'falls' if soon == 1 else 'fall'} due"
    return (
        f"{counted(late, 'thing')} {_are(late)} overdue; {due}"
        f" and {counted(meetings, 'meeting')} {_are(meetings)} ahead by {until}; {_touch(silent)}{news}."
    )


def _touch(silent: int) -> str:
    """Return how many relationships wait for a touch; blank is none."""
    return f"{counted(silent, 'relationship')} {_are(silent)} overdue for a touch; " if silent else ""


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
