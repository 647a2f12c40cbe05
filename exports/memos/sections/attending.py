"""Governments that attend, a line each: party status, tier, review, and our programmes there."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from exports.memos.evidence import cited, supported
from exports.memos.gathering import Gathering
from exports.memos.sections.advice import review_stage
from exports.memos.sections.agreements import PALERMO
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.compact import compact_in_short
from exports.memos.sections.money import total
from exports.paper.blocks import Table, TableRow
from exports.paper.citation import Citations
from exports.paper.document import Section
from exports.paper.statements import Claim
from exports.wording import capitalized
from graph.errors import NotFound, UsageError
from queries.core.answer import Answer, CaveatKind, Subject
from queries.core.wording import long_day
from queries.instruments.treaty_coverage import CoverageRow
from queries.report.tiers import TierRow

_WITHOUT = "not in the data"
# These doubts are on older placements and on parts of a compact that one line does not tell.
_NOT_PRINTED: tuple[CaveatKind, ...] = ("partial", "unknown", "derived", "conflict")


@dataclass(frozen=True)
class _Cell:
    """What one cell says and what it rests on; nothing where the data say nothing."""

    text: str = _WITHOUT
    citations: Citations = ()


def attending(
    gathering: Gathering, governments: Sequence[str], *, body: Subject
) -> tuple[Section, tuple[Subject, ...]]:
    """Ask for the standing of governments that attend, and return it as a table, with who they are.

    Args:
        gathering: Where the answers are kept.
        governments: Ids, codes or names.
        body: The body whose reviews are told.

    Raises:
        UsageError: One of them is no government.
    """
    tiers = [gathering.ask("tier-history", _NOT_PRINTED, word=f"Tier, {name}", party=name) for name in governments]
    who = tuple(answer.subjects[0] for answer in tiers)
    if wrong := [each.name for each in who if each.cls != "Government"]:
        raise UsageError(f"other: {wrong[0]} is no government")
    standing = None
    with suppress(NotFound):  # a ledger need not hold the protocol
        standing = gathering.ask(
            "coverage", word="Palermo Protocol", party=tuple(each.id for each in who), agreement=PALERMO
        )
    lines: list[TableRow] = []
    silent: list[str] = []
    for answer, one in zip(tiers, who, strict=True):
        cells = (_party(standing, one), _tier(answer), _review(gathering, one, body), _programmes(gathering, one))
        citations = tuple(dict.fromkeys(citation for cell in cells for citation in cell.citations))
        if citations:
            lines.append(TableRow((one.name, *(cell.text for cell in cells)), citations))
        else:
            silent.append(one.name)
    blocks = (
        *((Table("Governments that attend", _HEADER, tuple(lines), (14, 18, 13, 20, 35)),) if lines else ()),
        *(nothing_found("Nothing that is told here is in the data.", lead=f"{name}:") for name in silent),
    )
    return Section("Governments attending", blocks), who


_HEADER = ("Government", "Palermo Protocol", "Tier", "Review here", "Our programmes there")


def _party(standing: Answer | None, who: Subject) -> _Cell:
    rows = [row for row in supported(standing, CoverageRow) if row.id == who.id] if standing else []
    if not standing or not rows:
        return _Cell()
    row = rows[0]
    since = f" since {long_day(row.since)}" if row.since else ""
    note = "; with reservations" if row.reservations else ""
    return _Cell(f"{capitalized(row.standing)}{since}{note}", cited(standing, row))


def _tier(answer: Answer) -> _Cell:
    rows = supported(answer, TierRow)
    if not rows:
        return _Cell()
    return _Cell(f"{rows[-1].tier or 'No tier'} ({rows[-1].year})", cited(answer, rows[-1]))


def _review(gathering: Gathering, who: Subject, body: Subject) -> _Cell:
    answer = gathering.ask("reviews", word=f"Reviews, {who.name}", party=who.id, other=body.id)
    told, rows = review_stage(answer)
    return _Cell(told, cited(answer, *rows)) if told else _Cell()


def _programmes(gathering: Gathering, who: Subject) -> _Cell:
    """Return the compact and the money of one measure that runs there."""
    compacts = compact_in_short(gathering.ask("compact", _NOT_PRINTED, word=f"Compact, {who.name}", party=who.id))
    money = total(gathering.ask("funding-summary", word=f"Money, {who.name}", party=who.id, by="fiscal year"))
    known = [(lead, said) for lead, said in (("Compact: ", compacts), ("", money)) if isinstance(said, Claim)]
    citations = tuple(citation for _, said in known for citation in said.citations)
    return _Cell(" ".join(f"{lead}{said.text}" for lead, said in known), citations) if known else _Cell()
