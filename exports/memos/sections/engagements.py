"""Engagements: what comes next, what was held."""

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets, More
from exports.paper.document import Section
from exports.paper.statements import Claim
from exports.wording import days, sentence
from graph.domain.marking import Marking
from graph.domain.values import first_day
from queries.core.answer import Answer
from queries.multilateral.engagement_row import EngagementRow

# More of each would push a memo beyond its two pages.
_COMING_CAP, _HELD_CAP = 2, 4


def engagements(answer: Answer) -> Section:
    """Return the next engagements, soonest first, then the latest that were held."""
    shown = printed(answer)
    rows = supported(answer, EngagementRow)
    if not shown:
        return Section("Engagements", (nothing_found("No engagement with them is in the data."),))
    left = len({row.engagement for row in rows}) - len(shown)
    bullets = Bullets(
        tuple(claim(answer, row) for row in shown),
        more=More(left, ask_again(answer)) if left > 0 else None,
    )
    return Section("Engagements", (bullets,))


def printed(answer: Answer) -> tuple[EngagementRow, ...]:
    """Return the engagements that the section prints, in its order."""
    return (*coming(answer)[:_COMING_CAP], *held(answer)[:_HELD_CAP])


def coming(answer: Answer) -> tuple[EngagementRow, ...]:
    """Return the engagements that lie ahead and were not called off, soonest first, each once."""
    ahead = [row for row in _each_once(answer) if row.start and first_day(row.start) > answer.as_of]
    return tuple(
        sorted(
            (row for row in ahead if row.status != "cancelled"),
            key=lambda row: (row.start or "", row.engagement),
        )
    )


def held(answer: Answer) -> tuple[EngagementRow, ...]:
    """Return the engagements known to have been held with the government in them, latest first, each once."""
    return tuple(row for row in _each_once(answer) if row.held == "yes")


def claim(answer: Answer, row: EngagementRow, *, lead: str = "") -> Claim:
    """Return an engagement as a statement; one that lies ahead is internal until it is held."""
    floor = Marking.INTERNAL if row in coming(answer) else Marking.PUBLIC
    return Claim(told(row), cited(answer, row), lead=lead, floor=floor)


def told(row: EngagementRow) -> str:
    """Return an engagement in one sentence: when, what, where, in what state, with what outcome."""
    when = days(row.start, row.end)
    name = (
        row.engagement_name
        if not row.place or row.place in row.engagement_name
        else f"{row.engagement_name}, {row.place}"
    )
    status = "" if row.held == "yes" else f" ({row.status or 'status not known'})"
    outcome = f" Outcome: {row.outcome}" if row.outcome and row.held == "yes" else ""
    return sentence(f"{when}: {name}{status}" if when else f"{name}{status}, day not known") + sentence(outcome)


def _each_once(answer: Answer) -> tuple[EngagementRow, ...]:
    return tuple({row.engagement: row for row in reversed(supported(answer, EngagementRow))}.values())[::-1]
