"""Engagements: what comes next, what was held; one of them with who comes to it, by post."""

from collections.abc import Collection

from iga.exports.memos.evidence import supported
from iga.exports.memos.printing import claim, form, lacking, more
from iga.exports.paper.blocks import Bullets, Table
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Claim, Unknown
from iga.graph.domain.marking import Marking
from iga.queries.core.answer import Answer
from iga.queries.core.days import passed
from iga.queries.multilateral.engagements import EngagementRow
from iga.queries.multilateral.participants import ParticipantRow

# More of each would push a memo beyond its pages.
_COMING, _HELD = 2, 4


def floor_of(row: EngagementRow) -> Marking:
    """Return the least marking of an engagement: itineraries and attendees are internal until it is held."""
    return Marking.PUBLIC if row.held == "yes" else Marking.INTERNAL


def floor_of_part(row: ParticipantRow) -> Marking:
    """Return the least marking of a participation: who is to come is internal until it is held."""
    return Marking.PUBLIC if row.presence == "attended" else Marking.INTERNAL


def engagements(answer: Answer) -> Section:
    """Return the next engagements, soonest first, then the latest that were held."""
    shown = printed(answer)
    if not shown:
        return Section("Engagements", (lacking("engagement with them"),))
    ahead, number = coming(answer), len(_once(answer))
    items = (claim(answer, [row], "engagements/engagement", floor=_floor(row, ahead)) for row in shown)
    return Section("Engagements", (Bullets(tuple(items), more(answer, number, len(shown))),))


def printed(answer: Answer) -> tuple[EngagementRow, ...]:
    """Return the engagements that the section prints, in its order."""
    return (*coming(answer)[:_COMING], *held(answer)[:_HELD])


def coming(answer: Answer) -> tuple[EngagementRow, ...]:
    """Return the engagements that lie ahead and were not called off, soonest first, each once."""
    ahead = [row for row in _once(answer) if passed(row.start, on=answer.as_of) == "no"]
    planned = (row for row in ahead if row.status != "cancelled")
    return tuple(sorted(planned, key=lambda row: (row.start or "", row.engagement)))


def held(answer: Answer) -> tuple[EngagementRow, ...]:
    """Return the engagements known to have been held with the government in them, latest first, each once."""
    return tuple(row for row in _once(answer) if row.held == "yes")


def occasion(answer: Answer, row: EngagementRow) -> Claim:
    """Return when and where an engagement is, what it is, and who hosts it, as one statement."""
    return claim(answer, [row], "engagements/occasion", floor=floor_of(row))


def by_post(answer: Answer, engagement: str, *, theirs: Collection[str], ours: Collection[str]) -> Table | Unknown:
    """Return who comes to one engagement; that no list is held is an answer."""
    rows = participants_of(answer, engagement)
    rows.sort(key=lambda row: 0 if row.id in theirs else 1 if row.id in ours else 2)
    return form("by-post").table(answer, rows, theirs=theirs, ours=ours, floor=floor_of_part)


def participants_of(answer: Answer, engagement: str) -> list[ParticipantRow]:
    """Return the participants of one engagement who count as such, in the order of the answer."""
    return [row for row in supported(answer, ParticipantRow) if row.engagement == engagement and row.is_counted]


def _floor(row: EngagementRow, ahead: Collection[EngagementRow]) -> Marking:
    """Return the least marking of an engagement in a list: one that lies ahead is internal until it is held."""
    return Marking.INTERNAL if row in ahead else Marking.PUBLIC


def _once(answer: Answer) -> tuple[EngagementRow, ...]:
    return tuple({row.engagement: row for row in reversed(supported(answer, EngagementRow))}.values())[::-1]
