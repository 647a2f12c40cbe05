"""Who comes to an engagement, by post, with who held the post that day."""

from collections.abc import Collection, Iterable

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.statements import Unknown
from exports.wording import capitalized
from graph.domain.marking import Marking
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.multilateral.participants import ParticipantRow

# A table over a page is a list of participants, and no part of a memo.
_CAP = 12
_COMING = {"registered": "", "listed": "", "attended": "attended", "did not come": "did not come"}


def by_post(
    answer: Answer, engagement: str, *, theirs: Collection[str] = (), ours: Collection[str] = (), most: int = _CAP
) -> Table | Unknown:
    """Return who comes to one engagement; that no list is held is an answer.

    Args:
        answer: Participants of the engagement, or of what it is a part of.
        engagement: Its id.
        theirs: Ids of those of the other side, if it is one party; they stand first.
        ours: Ids of our side, who stand next.
        most: Rows that are printed.
    """
    rows = sides_first(of_engagement(answer, engagement), theirs, ours)
    if not rows:
        return nothing_found("The list of participants is not held.", lead="Participants:")
    lines = tuple(
        TableRow(
            (_side(row, theirs, ours), _whom(row), row.capacity or "not stated"),
            cited(answer, row),
            floor=floor_of(row),
        )
        for row in rows[:most]
    )
    more = More(len(rows) - most, ask_again(answer)) if len(rows) > most else None
    header = ("For", "Post, and who holds it that day", "Capacity")
    return Table("Who takes part, by post", header, lines, (24, 56, 20), more)


def of_engagement(answer: Answer, engagement: str) -> list[ParticipantRow]:
    """Return the participants of one engagement who count as such, in the order of the answer."""
    return [row for row in supported(answer, ParticipantRow) if row.engagement == engagement and row.is_counted]


def sides_first(rows: Iterable[ParticipantRow], theirs: Collection[str], ours: Collection[str]) -> list[ParticipantRow]:
    """Return participants with the other side first, then ours, then all others, each in its order."""
    return sorted(rows, key=lambda row: 0 if row.id in theirs else 1 if row.id in ours else 2)


def floor_of(row: ParticipantRow) -> Marking:
    """Return the least marking of a participation: who is to come is internal until it is held."""
    return Marking.PUBLIC if row.presence == "attended" else Marking.INTERNAL


def held_then(row: ParticipantRow) -> str:
    """Return who holds a post on the day of the engagement, in words; blank where it is no post."""
    day = long_day(row.seen_on) if row.seen_on else ""
    seen = f", last seen {day}" if day else ""
    if row.holding is None:
        return ""
    if row.holding == "vacant":
        return f"vacant, as stated {day}" if day else "vacant"
    if row.holder_name is None:
        return "who holds it is not known"
    if row.holding == "in office":
        return f"{row.holder_name}{seen}"
    if row.holding in ("acting", "designate"):
        return f"{row.holder_name}, {row.holding}{seen}"
    return f"perhaps {row.holder_name}{seen}, not known since" if seen else f"perhaps {row.holder_name}"


def _whom(row: ParticipantRow) -> str:
    held, came = held_then(row), _COMING.get(row.presence, row.presence)
    told = "; ".join(part for part in (held, came) if part)
    return f"{row.name}: {told}" if told else row.name


def _side(row: ParticipantRow, theirs: Collection[str], ours: Collection[str]) -> str:
    """Return the side: ours, theirs where there is but one, else the delegation by name."""
    if row.id in ours:
        return "ours"
    if row.id in theirs:
        return "theirs"
    return capitalized(row.on_behalf_of_name or (row.name if row.holding is None else "not stated"))
