"""Contacts: whom to write to, best first."""

from exports.document import Block, Claim, More, Section, Table, TableRow, Unknown
from exports.evidence import cited, supported
from exports.sections.blocks import nothing_found
from exports.wording import long_day, sentence
from queries.answer import Answer
from queries.contact import ContactRow

# More ways would push a memo beyond its two pages.
_CAP = 4


def contacts(answer: Answer, *, command: str) -> Section:
    """Return the ways to reach the government in the order of the answer, and the route through our side."""
    ways = [row for row in supported(answer, ContactRow) if row.rank]
    blocks: list[Block] = [
        _nothing(row) for row in answer.rows if isinstance(row, ContactRow) and not row.rank
    ]
    if ways:
        rows = tuple(TableRow(_cells(row), cited(answer, row)) for row in ways[:_CAP])
        more = More(len(ways) - _CAP, command) if len(ways) > _CAP else None
        blocks.append(
            Table(
                "Ways to reach it, best first",
                ("Whom", "Held by", "Channel", "Checked"),
                rows,
                (34, 22, 24, 20),
                more,
            )
        )
    if route := next((row for row in supported(answer, ContactRow) if row.route_name), None):
        blocks.append(Claim(f"{route.route_name}.", cited(answer, route), lead="Route through our side:"))
    return Section("Contacts", tuple(blocks) or (nothing_found("No contact is held."),))


def best(answer: Answer) -> ContactRow | None:
    """Return the first way that may be used and rests on evidence; None if there is none."""
    return next((row for row in supported(answer, ContactRow) if row.rank and row.usable), None)


def is_internal(answer: Answer) -> bool:
    """Say whether the section prints internal fields: checks of channels, whom to go through."""
    shown = [row for row in supported(answer, ContactRow) if row.rank][:_CAP]
    return any(
        row.go_through or not row.usable or (row.freshness or "").startswith("verified") for row in shown
    )


def whom(row: ContactRow) -> str:
    """Return the post or the office, with the body it belongs to."""
    name = row.post_name or row.body_name or row.name
    beside = row.body_name if row.post_name and row.body_name and row.body_name not in name else ""
    return f"{name}, {beside}" if beside else name


def held_by(row: ContactRow) -> str:
    """Return who holds the post and how surely; blank for an office without a post."""
    if row.post_name is None:
        return "" if row.place != "our owner" else "our side's owner"
    seen = f", last seen {long_day(row.holder_seen_on)}" if row.holder_seen_on else ""
    if row.holding == "vacant":
        return f"vacant{seen}"
    return f"{row.holder_name} ({row.holding}{seen})" if row.holder_name else "holder not held"


def channel(row: ContactRow) -> str:
    """Return the channel, and whom to go through; blank when none is held."""
    through = f"go through {row.go_through}" if row.go_through else ""
    return "; ".join(part for part in (row.channel_value or "", through) if part)


def _cells(row: ContactRow) -> tuple[str, ...]:
    checked = row.unusable_because or row.freshness or ""
    return whom(row), held_by(row), channel(row), checked


def _nothing(row: ContactRow) -> Unknown:
    reason = row.reason or "no contact is held"
    return nothing_found(sentence(f"{reason[0].upper()}{reason[1:]}"))
