"""A delegation by capacity, its schedule day by day, the order of speakers, and side events with their sponsors."""

from collections.abc import Iterator, Sequence

from iga.exports.memos.event import Event
from iga.exports.memos.evidence import supported
from iga.exports.memos.printing import form, nothing_found
from iga.exports.memos.sections.engagements import floor_of, floor_of_part
from iga.exports.paper.blocks import Table
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Unknown
from iga.graph.grouping import by_key
from iga.graph.text import counted
from iga.queries.core.wording import long_day
from iga.queries.multilateral.engagements import EngagementRow
from iga.queries.multilateral.participants import ParticipantRow


def delegation(event: Event) -> Section:
    """Return the delegation to the engagement itself, heads first."""
    members = event.ours(event.row.engagement)
    heading = "Delegation, by capacity" if members else "Delegation"
    return form("delegation").section(event.delegates, members, heading=heading, floor=floor_of_part)


def speakers(event: Event) -> Section:
    """Return the list of speakers of the engagement itself, and where the delegation stands in it."""
    rows, own = speaking_order(event), {row.id for row in event.ours(event.row.engagement)}
    blocks: list[Block] = [form("speakers").table(event.people, rows, own=own, floor=floor_of_part)]
    places = {row.speaking_order for row in rows}
    if gaps := set(range(1, max(filter(None, places), default=1))) - places:
        blocks.append(nothing_found(f"Who speaks at {counted(len(gaps), 'other place')} is not in the data."))
    return Section("Order of speakers", tuple(blocks))


def side_events(event: Event) -> Table | Unknown:
    """Return the side events with who sponsors and hosts them."""
    rows = [row for row in event.parts if "side event" in (row.engagement_kind or "")]
    return form("side-events").table(event.schedule, rows, floor=floor_of)


def schedule(event: Event) -> Iterator[Section]:
    """Return the schedule: a heading, and a table for each day; what has no day comes last."""
    if not event.parts:
        yield Section("Schedule", (nothing_found("Only the day itself is on file."),))
        return
    yield Section("Schedule", ())
    for day, rows in by_key(event.parts, lambda row: row.start or "").items():
        yield Section(long_day(day) if day else "Day not set", (programme(event, rows),), level=2)


def programme(event: Event, rows: Sequence[EngagementRow], *, style: str = "programme") -> Table | Unknown:
    """Return engagements as a table, in their order."""
    return form(style).table(
        event.schedule,
        rows,
        floor=floor_of,
        of_row=lambda row: {"theirs": event.theirs(row.engagement), "has_ours": bool(event.ours(row.engagement))},
    )


def speaking_order(event: Event) -> list[ParticipantRow]:
    """Return who has a place in the list of speakers of the engagement itself, by that place."""
    rows = [row for row in supported(event.people, ParticipantRow) if row.engagement == event.row.engagement]
    placed = [row for row in rows if row.speaking_order is not None]
    return sorted(placed, key=lambda row: (row.speaking_order or 0, row.id))
