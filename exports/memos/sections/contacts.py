"""Contacts: whom to write to, best first."""

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, sentence
from graph.domain.marking import Marking
from queries.contacts.channel_checks import KnownChannel
from queries.contacts.contact_rows import ContactRow
from queries.core.answer import Answer

# More ways would push a memo beyond its two pages.
_CAP = 4


def contacts(answer: Answer) -> Section:
    """Return the ways to reach the government in the order of the answer, and the route through our side."""
    ways = _ways(answer)
    blocks: list[Block] = [_nothing(row) for row in answer.rows if isinstance(row, ContactRow) and not row.rank]
    if route := next((row for row in supported(answer, ContactRow) if row.route_name), None):
        blocks.append(Claim(f"{route.route_name}.", cited(answer, route), lead="Route on our side:"))
    if ways:
        rows = tuple(TableRow(_cells(answer, row), cited(answer, row), floor=floor(row)) for row in ways[:_CAP])
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
    known: tuple[ContactRow | KnownChannel, ...] = (row, *row.further)
    is_checked = any(each.verified_on or each.bounced_on or each.do_not_use for each in known)
    return Marking.INTERNAL if row.go_through or is_checked else Marking.PUBLIC


def whom(row: ContactRow) -> str:
    """Return the post or the office, with the body it belongs to; one of ours is told apart from theirs."""
    name = row.post_name or row.body_name or row.name
    beside = row.body_name if row.post_name and row.body_name and row.body_name not in name else ""
    where = f"{name}, {beside}" if beside else name
    return f"{where} (our side's owner)" if row.place == "our owner" else where


def held_by(answer: Answer, row: ContactRow) -> str:
    """Return who holds the post and how surely; blank for an office without a post."""
    return row_words(answer, row, "row-held-by")


def reached(answer: Answer, row: ContactRow) -> str:
    """Return the channel to use first, what is known of it, and whom to go through; blank when none is on record."""
    return row_words(answer, row, "row-reached")


def _cells(answer: Answer, row: ContactRow) -> tuple[str, ...]:
    return whom(row), held_by(answer, row), row_words(answer, row, "row-channels")


def _nothing(row: ContactRow) -> Unknown:
    reason = row.reason or "no contact is in the data"
    return nothing_found(sentence(capitalized(reason)))
