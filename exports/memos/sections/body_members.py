"""Who is in a body: its chairs, then its members by category; a large body is counted, not listed."""

from collections.abc import Sequence

from exports.memos.evidence import cited, claim_of, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Series
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, counted, sentence
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.multilateral.chairs import ChairRow
from queries.multilateral.members import MembershipRow

HEADING = "Members and office holders"
# A category of more is told by its number; thirty names fill a page and tell nothing.
_LISTED, _CHAIRS = 24, 4


def members(chairs: Answer, listed: Answer) -> Section:
    """Return who chairs a body and who its members are.

    Args:
        chairs: Who chairs it on the day.
        listed: Its members.
    """
    rows = supported(listed, MembershipRow)
    blocks: list[Block] = [*_chairs(chairs)]
    groups: dict[str, list[MembershipRow]] = {}
    for row in rows:
        if not row.office:
            groups.setdefault(row.category or "member", []).append(row)
    if not rows:
        blocks.append(nothing_found("No member of it is in the data.", lead="Members:"))
    for category, of in sorted(groups.items(), key=lambda each: (not each[0].startswith("statutory"), -len(each[1]))):
        blocks.append(_category(listed, category, of))
    if any(row.cls == "PublicBody" for row in rows) and not any("alternate" in (row.category or "") for row in rows):
        blocks.append(nothing_found("No alternate of a member is in the data.", lead="Alternates:"))
    return Section(HEADING, tuple(blocks))


def chair_in_short(answer: Answer) -> Claim | Unknown:
    """Return who chairs a body."""
    rows = supported(answer, ChairRow)
    if not rows:
        return nothing_found("Who chairs it is not in the data.", lead="Chair:")
    return _chair_claim(answer, rows[0])


def members_in_short(answer: Answer) -> Claim | Unknown:
    """Return how many members there are by category, how many are beside them, and of how many no date tells."""
    known = claim_of(answer, "headline", "beside", "undated", lead="Members:") if answer.rows else None
    return known or nothing_found("None is in the data.", lead="Members:")


def _chairs(answer: Answer) -> list[Block]:
    rows = supported(answer, ChairRow)[:_CHAIRS]
    if not rows:
        return [chair_in_short(answer)]
    return [_chair_claim(answer, row) for row in rows]


def _chair_claim(answer: Answer, row: ChairRow) -> Claim:
    return Claim(sentence(_chair(row)), cited(answer, row), lead=f"{capitalized(row.office)}:")


def _chair(row: ChairRow) -> str:
    holder = f" ({row.holder_name}, {row.holding})" if row.holder_name and row.holder_name not in row.name else ""
    seen = f", last seen {long_day(row.seen_on)}" if row.seen_on and row.holder_name else ""
    span = f", {long_day(row.start)} to {long_day(row.end)}" if row.start and row.end else ""
    doubt = "" if row.held == "yes" else "; whether on that day is not known"
    return f"{row.name}{holder}{seen}{span}{doubt}"


def _category(answer: Answer, category: str, rows: Sequence[MembershipRow]) -> Claim | Series:
    unsure = [row for row in rows if row.held != "yes"]
    doubt = ""
    if unsure:
        newest = max((row.attested_on for row in unsure if row.attested_on), default="")
        seen = f", last listed {long_day(newest)}" if newest else ""
        which = "all" if len(unsure) == len(rows) else f"{len(unsure):,}"
        doubt = f"; of {which} no date tells whether they still are{seen}"
    lead = f"{capitalized(category)} ({len(rows):,}{doubt}):"
    if len(rows) > _LISTED:
        text = f"{counted(len(rows), 'name')} in the data; all of them: {ask_again(answer)}"
        return Claim(text, cited(answer, *rows[:_LISTED]), lead=lead)
    return Series(tuple(Claim(_member(row), cited(answer, row)) for row in rows), lead=lead)


def _member(row: MembershipRow) -> str:
    status = f" ({row.status})" if row.status and row.status != "active" else ""
    return f"{row.name}{status}"
