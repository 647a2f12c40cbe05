"""A delegation by capacity, the order of speakers, and side events with their sponsors."""

from exports.memos.event import Event
from exports.memos.evidence import cited, claim_of, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.occasion import floor_of, state, when_and_where
from exports.memos.sections.participants import floor_of as floor_of_part
from exports.memos.sections.participants import held_then
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Statement
from exports.wording import capitalized, counted
from graph.domain.marking import Marking
from queries.core.wording import listed
from queries.multilateral.engagement_row import EngagementRow
from queries.multilateral.participants import ParticipantRow

_MEMBERS, _SPEAKERS, _SPONSORS = 20, 15, 8


def delegation(event: Event) -> Section:
    """Return the delegation to the engagement itself, heads first."""
    members = event.ours(event.row.engagement)
    if not members:
        text = "Who is in the delegation is not known: no list that names it is held."
        return Section("Delegation", (nothing_found(text),))
    lines = tuple(
        TableRow(
            (capitalized(row.capacity or "not stated"), row.name, held_then(row)),
            cited(event.delegates, row),
            floor=floor_of_part(row),
        )
        for row in members[:_MEMBERS]
    )
    more = More(len(members) - _MEMBERS, ask_again(event.delegates)) if len(members) > _MEMBERS else None
    header = ("Capacity", "Post or office", "Who holds the post that day")
    return Section("Delegation, by capacity", (Table("The delegation", header, lines, (20, 44, 36), more),))


def speakers(event: Event) -> Section:
    """Return the list of speakers of the engagement itself, and where the delegation stands in it."""
    rows = in_speaking_order(event)
    if not rows:
        return Section("Order of speakers", (nothing_found("The list of speakers is not in the data."),))
    own = {row.id for row in event.ours(event.row.engagement)}
    lines = tuple(
        TableRow((str(row.speaking_order), _speaker(row, own)), cited(event.people, row), floor=floor_of_part(row))
        for row in rows[:_SPEAKERS]
    )
    more = More(len(rows) - _SPEAKERS, ask_again(event.people)) if len(rows) > _SPEAKERS else None
    gaps = [place for place in range(1, rows[-1].speaking_order or 1) if place not in {r.speaking_order for r in rows}]
    blocks: list[Block] = [Table("Order of speakers", ("Place", "Who speaks"), lines, (17, 83), more)]
    if gaps:
        blocks.append(nothing_found(f"Who speaks at {counted(len(gaps), 'other place')} is not in the data."))
    return Section("Order of speakers", tuple(blocks))


def in_speaking_order(event: Event) -> list[ParticipantRow]:
    """Return who has a place in the list of speakers of the engagement itself, by that place."""
    placed = [
        row
        for row in supported(event.people, ParticipantRow)
        if row.engagement == event.row.engagement and row.speaking_order is not None
    ]
    return sorted(placed, key=lambda row: (row.speaking_order or 0, row.id))


def side_events(event: Event) -> Section:
    """Return the side events with who sponsors and hosts them."""
    rows = [row for row in event.parts if "side event" in (row.engagement_kind or "")]
    if not rows:
        return Section("Side events", (nothing_found("No side event is in the data."),))
    lines = tuple(
        TableRow(
            (f"{when_and_where(row)}{state(row)}", row.engagement_name, _sponsors(row)),
            cited(event.told, row),
            floor=floor_of(row),
        )
        for row in rows
    )
    header = ("When and where", "Side event", "Sponsors and hosts")
    return Section("Side events and co-sponsors", (Table("Side events", header, lines, (30, 34, 36)),))


def delegation_in_short(event: Event) -> Statement:
    """Return how many are in the delegation, and who heads it."""
    members = event.ours(event.row.engagement)
    known = claim_of(event.delegates, "headline", lead="Delegation:", floor=Marking.INTERNAL) if members else None
    return known or nothing_found("The list is not in the data.", lead="Delegation:")


def place_in_short(event: Event) -> Statement:
    """Return where the delegation stands in the list of speakers."""
    own = {row.id for row in event.ours(event.row.engagement)}
    placed = [row for row in in_speaking_order(event) if row.id in own]
    if not placed:
        return nothing_found("Its place in the list of speakers is not in the data.", lead="Speaking:")
    return Claim(
        f"Place {placed[0].speaking_order} in the list of speakers.",
        cited(event.people, placed[0]),
        lead="Speaking:",
        floor=floor_of_part(placed[0]),
    )


def _speaker(row: ParticipantRow, own: set[str]) -> str:
    whom = row.on_behalf_of_name if row.holding is not None and row.on_behalf_of_name else ""
    name = f"{whom}: {row.name}" if whom else row.name
    return f"{name} (this delegation)" if row.id in own else name


def _sponsors(row: EngagementRow) -> str:
    named = [name for name in (*row.sponsors, *row.hosts) if name]
    return listed(list(dict.fromkeys(named)), most=_SPONSORS)
