"""How we reach somebody through others, and what we share with them."""

from itertools import groupby

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets, More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim
from exports.wording import capitalized, long_days, sentence
from queries.core.answer import Answer
from queries.linked.path import PathRow
from queries.multilateral.shared_affiliations import SharedRow

_SHARED = 6


def paths(answer: Answer, *, heading: str) -> Section:
    """Return each path as one sentence, with whoever on it can introduce us."""
    rows = [row for row in answer.rows if isinstance(row, PathRow)]
    claims: list[Claim] = []
    for number, of in groupby(rows, key=lambda row: row.number):
        hops = list(of)
        # A path with a hop that rests on nothing is no path that a paper can tell.
        if all(hop.evidence for hop in hops):
            claims.append(Claim(_told(hops), cited(answer, *hops), lead=f"Path {number}:"))
    if not claims:
        text = "No path from our office is in the data within the ties that were looked at; there may be one."
        return Section(heading, (nothing_found(text),))
    return Section(heading, (Bullets(tuple(claims)),))


def shared(answer: Answer, *, heading: str, us: str) -> Section:
    """Return what both are part of, what fewest share first.

    Args:
        answer: What the party and our government share.
        heading: Heading of the section.
        us: What our side is called in the heading of its column.
    """
    rows = supported(answer, SharedRow)
    if not rows:
        text = "Nothing that both are part of is in the data; lists of members and participants are often partial."
        return Section(heading, (nothing_found(text),))
    lines = tuple(TableRow(_cells(row), cited(answer, row)) for row in rows[:_SHARED])
    more = More(len(rows) - _SHARED, ask_again(answer)) if len(rows) > _SHARED else None
    header = ("What", "Their part", f"Part of {us}", "Shared by")
    blocks: tuple[Block, ...] = (Table("What both are part of", header, lines, (46, 20, 20, 14), more),)
    return Section(heading, blocks)


def _told(hops: list[PathRow]) -> str:
    """Return a path in words, with its doubt and who can introduce us."""
    edges = "; ".join(f"{hop.source_name} {long_days(hop.says)}" for hop in hops)
    doubt = " No date tells whether all of it stands on the day." if any(hop.held != "yes" for hop in hops) else ""
    first = hops[0]
    because = f", because {first.introducer_because}" if first.introducer_because else ""
    who = f" To introduce us: {first.introducer_name}{because}." if first.introducer_name else ""
    return f"{sentence(capitalized(edges))}{doubt}{who}"


def _cells(row: SharedRow) -> tuple[str, ...]:
    return f"{row.thing_name} ({row.kind})", row.party_role or "", row.other_role or "", f"{row.shared_by:,}"
