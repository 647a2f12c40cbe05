"""A schedule day by day: hours, what, where, who of ours and whom they meet."""

from collections.abc import Iterable, Iterator

from exports.memos.event import Event
from exports.memos.evidence import cited
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.occasion import floor_of, hours, state
from exports.paper.blocks import Table, TableRow
from exports.paper.document import Section
from exports.wording import days
from queries.core.wording import listed, long_day
from queries.multilateral.engagement_row import EngagementRow
from queries.multilateral.participants import ParticipantRow

_NAMED = 3


def schedule(event: Event) -> Iterator[Section]:
    """Return the schedule: a heading, and a table for each day; what has no day comes last."""
    if not event.parts:
        yield Section("Schedule", (nothing_found("Nothing but the day itself is in the data."),))
        return
    yield Section("Schedule", ())
    for day, rows in by_day(event.parts).items():
        yield Section(long_day(day) if day else "Day not set", (programme(event, rows),), level=2)


def by_day(rows: Iterable[EngagementRow]) -> dict[str, list[EngagementRow]]:
    """Group engagements by their first day, in their order; blank is a day not set."""
    found: dict[str, list[EngagementRow]] = {}
    for row in rows:
        found.setdefault(row.start or "", []).append(row)
    return found


def programme(event: Event, rows: Iterable[EngagementRow], *, with_day: bool = False) -> Table:
    """Return engagements as a table, in their order.

    Args:
        event: What they are parts of.
        rows: The engagements.
        with_day: Whether the day stands before the hours.
    """
    lines = tuple(
        TableRow(
            (_when(row, with_day=with_day), f"{row.engagement_name}{state(row)}", _where(row), _who(event, row)),
            cited(event.told, row),
            floor=floor_of(row),
        )
        for row in rows
    )
    widths = (23, 28, 22, 27) if with_day else (17, 33, 22, 28)
    return Table("Schedule", ("When", "What", "Where, and with which host", "Whom we meet"), lines, widths)


def _when(row: EngagementRow, *, with_day: bool) -> str:
    time = hours(row) or "hours not set"
    return f"{days(row.start, row.end) or 'day not set'}, {time}" if with_day else time


def _where(row: EngagementRow) -> str:
    return "; ".join(part for part in (row.place, listed(row.hosts, most=_NAMED)) if part)


def _who(event: Event, row: EngagementRow) -> str:
    """Return whom we meet by post, with who holds it that day; or that the list names none, or is not held."""
    theirs = event.theirs(row.engagement)
    if not theirs:
        return "only our side is on the list" if event.ours(row.engagement) else "list not held"
    more = f" and {len(theirs) - _NAMED} more" if len(theirs) > _NAMED else ""
    return "; ".join(_named(each) for each in theirs[:_NAMED]) + more


def _named(row: ParticipantRow) -> str:
    if row.holding is None:
        return row.name
    known = row.holding in ("in office", "acting", "designate") and row.holder_name
    doubt = f"perhaps {row.holder_name}" if row.holder_name and row.holding != "vacant" else "holder not known"
    return f"{row.name} ({row.holder_name if known else 'vacant' if row.holding == 'vacant' else doubt})"
