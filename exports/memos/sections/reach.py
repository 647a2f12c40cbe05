"""The way to them: our mission, whom to go through, our owner, and the first channels that may be used."""

from collections.abc import Iterator

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.contacts import floor, held_by, reached
from exports.paper.blocks import Bullets, More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Statement
from graph.domain.marking import Marking
from queries.contacts.contact_rows import ContactRow
from queries.core.answer import Answer

# Before a meeting one writes to one or two of them.
_CAP = 3


def reach(answer: Answer, *, level: int = 1) -> Section:
    """Return the route and our owner as lines, and the first ways that may be used as a table."""
    usable = [row for row in supported(answer, ContactRow) if row.rank and row.usable and row.channel_value]
    theirs = [row for row in usable if row.place != "our owner"]
    blocks: list[Block] = [Bullets(tuple(_ours(answer)))]
    if theirs:
        rows = tuple(TableRow(_cells(answer, row), cited(answer, row), floor=floor(row)) for row in theirs[:_CAP])
        more = More(len(theirs) - _CAP, ask_again(answer)) if len(theirs) > _CAP else None
        header = ("Whom", "Held by", "Channel, and when it was checked")
        blocks.append(Table("Ways to reach them, best first", header, rows, (29, 29, 42), more))
    else:
        blocks.append(nothing_found("No channel that may be used is in the data.", lead="Channels:"))
    return Section("Route and contacts", tuple(blocks), level)


def route_in_short(answer: Answer) -> Statement:
    """Return our mission or bureau that deals with them, and who of ours owns the relationship."""
    lines = [line for line in _ours(answer, end="") if isinstance(line, Claim)]
    if not lines:
        return nothing_found("Neither a mission nor an owner of ours is in the data.", lead="Route:")
    text = "; ".join(line.text for line in lines[:2])
    citations = tuple(dict.fromkeys(citation for line in lines[:2] for citation in line.citations))
    return Claim(f"{text}.", citations, lead="Route:", floor=max(line.floor for line in lines[:2]))


def _ours(answer: Answer, *, end: str = ".") -> Iterator[Statement]:
    rows = supported(answer, ContactRow)
    if route := next((row for row in rows if row.route_name), None):
        through = next((row for row in rows if row.go_through and not _same(row.go_through, row.route_name)), None)
        if through:
            text = f"{route.route_name}; noted with a contact: go through {through.go_through}{end}"
            yield Claim(text, cited(answer, route, through), lead="Our mission or office:", floor=Marking.INTERNAL)
        else:
            yield Claim(f"{route.route_name}{end}", cited(answer, route), lead="Our mission or office:")
    else:
        yield nothing_found("None that deals with them is in the data.", lead="Our mission or office:")
    owners = [row for row in rows if row.place == "our owner"]
    if owners:
        told = "; ".join(_owner(answer, row) for row in owners[:2])
        yield Claim(f"{told}{end}", cited(answer, *owners[:2]), lead="Our owner:", floor=Marking.INTERNAL)
    else:
        yield nothing_found("No owner of the relationship is in the data.", lead="Our owner:")


def _cells(answer: Answer, row: ContactRow) -> tuple[str, ...]:
    return row.called, held_by(answer, row), reached(answer, row)


def _same(one: str, other: str | None) -> bool:
    """Say whether two names differ in nothing but stops: ``US Mission`` is ``U.S. Mission``."""
    return one.replace(".", "").casefold() == (other or "").replace(".", "").casefold()


def _owner(answer: Answer, row: ContactRow) -> str:
    name = row.post_name or row.body_name or row.called
    held = held_by(answer, row)
    second = ", second owner" if row.is_backup else ""
    return f"{name} ({held}){second}" if held else f"{name}{second}"
