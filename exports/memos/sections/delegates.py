"""A delegation by capacity, its schedule day by day, the order of speakers, and side events with their sponsors."""

from collections.abc import Iterator, Sequence

from exports.memos.event import Event
from exports.memos.evidence import claim_of, supported
from exports.memos.printing import claim_or, form, nothing_found
from exports.memos.sections.engagements import floor_of, floor_of_part
from exports.paper.blocks import Table
from exports.paper.document import Block, Section
from exports.paper.statements import Statement, Unknown
from graph.domain.marking import Marking
from graph.grouping import by_key
from queries.core.wording import counted, long_day
from queries.multilateral.engagement_row import EngagementRow
from queries.multilateral.participants import ParticipantRow


def delegation(event: Event) -> Section:
    """Return the delegation to the engagement itself, heads first."""
    members = event.ours(event.row.engagement)
    heading = "Delegation, by capacity" if members else "Delegation"
    return form("delegation").section(event.delegates, members, heading=heading, floor=floor_of_part)


def speakers(event: Event) -> Section:
    """Return the list of speakers of the engagement itself, and where the delegation stands in it."""
    rows, own = _in_speaking_order(event), {row.id for row in event.ours(event.row.engagement)}
    blocks: list[Block] = [form("speakers").table(event.people, rows, own=own, floor=floor_of_part)]
    places = {row.speaking_order for row in rows}
    if gaps := set(range(1, max(filter(None, places), default=1))) - places:
        blocks.append(nothing_found(f"Who speaks at {counted(len(gaps), 'other place')} is not in the data."))
    return Section("Order of speakers", tuple(blocks))


def side_events(event: Event) -> Section:
    """Return the side events with who sponsors and hosts them."""
    rows = [row for row in event.parts if "side event" in (row.engagement_kind or "")]
    heading = "Side events and co-sponsors" if rows else "Side events"
    return form("side-events").section(event.schedule, rows, heading=heading, floor=floor_of)


def schedule(event: Event) -> Iterator[Section]:
    """Return the schedule: a heading, and a table for each day; what has no day comes last."""
    if not event.parts:
        yield Section("Schedule", (nothing_found("Nothing but the day itself is in the data."),))
        return
    yield Section("Schedule", ())
    for day, rows in by_key(event.parts, lambda row: row.start or "").items():
        yield Section(long_day(day) if day else "Day not set", (programme(event, rows),), level=2)


def programme(event: Event, rows: Sequence[EngagementRow], *, with_day: bool = False) -> Table | Unknown:
    """Return engagements as a table, in their order.

    Args:
        event: What they are parts of.
        rows: The engagements.
        with_day: Whether the day stands before the hours.
    """
    return form("programme-with-days" if with_day else "programme").table(
        event.schedule,
        rows,
        floor=floor_of,
        of_row=lambda row: {"theirs": event.theirs(row.engagement), "has_ours": bool(event.ours(row.engagement))},
    )


def delegation_in_short(event: Event) -> Statement:
    """Return how many are in the delegation, and who heads it."""
    members = event.ours(event.row.engagement)
    known = claim_of(event.delegates, "headline", lead="Delegation:", floor=Marking.INTERNAL) if members else None
    return known or nothing_found("The list is not in the data.", lead="Delegation:")


def place_in_short(event: Event) -> Statement:
    """Return where the delegation stands in the list of speakers."""
    own = {row.id for row in event.ours(event.row.engagement)}
    placed = [row for row in _in_speaking_order(event) if row.id in own][:1]
    floor = floor_of_part(placed[0]) if placed else Marking.PUBLIC
    nothing = "Its place in the list of speakers is not in the data."
    return claim_or(nothing, event.people, placed, "engagements/speaks", lead="Speaking:", floor=floor)


def _in_speaking_order(event: Event) -> list[ParticipantRow]:
    """Return who has a place in the list of speakers of the engagement itself, by that place."""
    rows = [row for row in supported(event.people, ParticipantRow) if row.engagement == event.row.engagement]
    placed = [row for row in rows if row.speaking_order is not None]
    return sorted(placed, key=lambda row: (row.speaking_order or 0, row.id))
