"""How a party stands, in a few lines: tier, treaties and compact of a government; chair and mandate of a body."""

from contextlib import suppress

from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering
from exports.memos.sections import bottom_line
from exports.memos.sections.agreements import PALERMO
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.compact import compact_in_short
from exports.paper.blocks import Bullets
from exports.paper.document import Section
from exports.paper.statements import Claim, Statement
from exports.wording import capitalized, sentence
from graph.domain.catalog import fits
from graph.errors import NotFound
from queries.core.answer import Answer, Subject
from queries.core.wording import listed, long_day
from queries.multilateral.chairs import ChairRow
from queries.multilateral.mandates import MandateRow

_CHAIRED = ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody", "Ngo", "Organization")
_CHAIRS = 3


def standing(
    gathering: Gathering,
    party: Subject,
    *,
    called: str = "",
    with_compact: bool = True,
    heading: str = "In brief",
    level: int = 1,
) -> Section:
    """Ask how a party stands, and return it as a section.

    Args:
        gathering: Where the answers are kept.
        party: A government, body, post or person.
        called: What it is called in short, before its doubts; its name if left out.
        with_compact: Whether the compact has a line; a paper on the compact says more of it elsewhere.
        heading: Heading of the section.
        level: Its level.
    """
    if party.cls == "Government":
        lines = of_government(gathering, party, called or party.name, with_compact=with_compact)
    else:
        lines = _of_body(gathering, party, called or party.name)
    return Section(heading, (Bullets(tuple(lines)),), level)


def of_government(gathering: Gathering, party: Subject, called: str, *, with_compact: bool) -> list[Statement]:
    """Ask for the tier, the Palermo Protocol and the compact of a government; return a line for each."""
    tiers = gathering.ask("tier-history", word=f"Tier, {called}", party=party.id)
    lines: list[Statement] = [bottom_line.tier(tiers)]
    bonds: Answer | None = None
    with suppress(NotFound):  # a ledger need not hold the protocol
        bonds = gathering.ask("treaty-status", word=f"Palermo Protocol, {called}", party=party.id, agreement=PALERMO)
    if bonds is None:
        lines.append(nothing_found("The protocol is not in the data.", lead="Palermo Protocol:"))
    else:
        lines.append(bottom_line.palermo(bonds, bonds))
    if with_compact:
        lines.append(compact_in_short(gathering.ask("compact", word=f"Compact, {called}", party=party.id)))
    return lines


def _of_body(gathering: Gathering, party: Subject, called: str) -> list[Statement]:
    lines: list[Statement] = []
    if fits(party.cls, _CHAIRED):
        chairs = gathering.ask("chairs", word=f"Chair, {called}", party=party.id)
        if rows := supported(chairs, ChairRow):
            told = [_chair(row) for row in rows[:_CHAIRS]]
            lines.append(Claim(sentence(capitalized(listed(told))), cited(chairs, *rows[:_CHAIRS]), lead="Chair:"))
    if party.cls != "Person":
        # Every mandate counts, also one whose last day has passed: the drafter must know.
        mandates = gathering.ask("mandates", word=f"Mandate, {called}", party=party.id, since="1990", until="2100")
        if rows_held := supported(mandates, MandateRow):
            lines.append(_mandate(mandates, rows_held[-1]))
    return lines or [nothing_found("Neither a chair nor the last day of a mandate is in the data.")]


def _chair(row: ChairRow) -> str:
    holder = f" ({row.holder_name})" if row.holder_name and row.holder_name not in row.name else ""
    until = f" until {long_day(row.end)}" if row.end else ""
    return f"{row.office} {row.name}{holder}{until}"


def _mandate(answer: Answer, row: MandateRow) -> Claim:
    over = "; that day has passed and no renewal is on record" if row.last_day and row.last_day < answer.as_of else ""
    last = f"last day {long_day(row.last_day)}{over}" if row.last_day else "last day not known"
    by = row.renewed_by_name or row.created_by_name
    how = f"; {'renewed' if row.renewed_by_name else 'created'} by {by}" if by else ""
    return Claim(sentence(capitalized(f"{last}{how}")), cited(answer, row), lead="Mandate:")
