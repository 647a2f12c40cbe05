"""Contacts: whom to write to, best first."""

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, long_days, sentence
from graph.domain.marking import Marking
from queries.contacts.row import ContactRow
from queries.core.answer import Answer
from queries.core.wording import long_day

# More ways would push a memo beyond its two pages.
_CAP = 4


def contacts(answer: Answer) -> Section:
    """Return the ways to reach the government in the order of the answer, and the route through our side."""
    ways = _ways(answer)
    blocks: list[Block] = [_nothing(row) for row in answer.rows if isinstance(row, ContactRow) and not row.rank]
    if route := next((row for row in supported(answer, ContactRow) if row.route_name), None):
        blocks.append(Claim(f"{route.route_name}.", cited(answer, route), lead="Route on our side:"))
    if ways:
        rows = tuple(TableRow(_cells(row), cited(answer, row), floor=floor(row)) for row in ways[:_CAP])
        more = More(len(ways) - _CAP, ask_again(answer)) if len(ways) > _CAP else None
        header = ("Whom", "Held by", "Channel, and when it was checked")
        blocks.append(Table("Ways to reach it, best first", header, rows, (29, 29, 42), more))
    return Section("Contacts", tuple(blocks) or (nothing_found("No contact is in the data."),))


def _ways(answer: Answer) -> list[ContactRow]:
    return [row for row in supported(answer, ContactRow) if row.rank]


def best(answer: Answer) -> ContactRow | None:
    """Return the first way that may be used and rests on evidence; None if there is none."""
    return next((row for row in supported(answer, ContactRow) if row.rank and row.usable), None)


def floor(row: ContactRow) -> Marking:
    """Return the least marking of a way: checks of channels, and whom to go through, are internal fields."""
    told = (row.freshness, *(each.freshness for each in row.further))
    is_checked = any((text or "").startswith("verified") for text in told)
    return Marking.INTERNAL if row.go_through or _warnings(row) or is_checked else Marking.PUBLIC


def whom(row: ContactRow) -> str:
    """Return the post or the office, with the body it belongs to; one of ours is told apart from theirs."""
    name = row.post_name or row.body_name or row.name
    beside = row.body_name if row.post_name and row.body_name and row.body_name not in name else ""
    where = f"{name}, {beside}" if beside else name
    return f"{where} (our side's owner)" if row.place == "our owner" else where


def held_by(row: ContactRow) -> str:
    """Return who holds the post and how surely; blank for an office without a post."""
    if row.post_name is None:
        return ""
    seen = f", last seen {long_day(row.holder_seen_on)}" if row.holder_seen_on else ""
    if row.holding == "vacant":
        return f"vacant{seen}"
    return f"{row.holder_name} ({row.holding}{seen})" if row.holder_name else "holder not known"


def reached(row: ContactRow) -> str:
    """Return the channel to use first, what is known of it, and whom to go through; blank when none is held."""
    return "; ".join((*_channels(row)[:1], *_through(row)))


def _channels(row: ContactRow) -> list[str]:
    """Return the channels with what is known of each, best first."""
    first = (row.channel_value, row.unusable_because or row.freshness)
    further = ((each.value, each.unusable_because or each.freshness) for each in row.further)
    told = (f"{value}, {long_days(known)}" if known else value for value, known in (first, *further) if value)
    return list(dict.fromkeys(told))


def _through(row: ContactRow) -> list[str]:
    return [f"go through {row.go_through}"] if row.go_through else []


def _warnings(row: ContactRow) -> list[str]:
    found = (row.unusable_because, *(each.unusable_because for each in row.further))
    return [warning for warning in found if warning]


def _cells(row: ContactRow) -> tuple[str, ...]:
    return whom(row), held_by(row), "; ".join((*_channels(row), *_through(row)))


def _nothing(row: ContactRow) -> Unknown:
    reason = row.reason or "no contact is in the data"
    return nothing_found(sentence(capitalized(reason)))
