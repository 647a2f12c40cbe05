"""How a party stands: tiers, treaties and compact of a government; chair and mandate of a body."""

from contextlib import suppress
from itertools import groupby
from typing import get_args

from exports.memos.evidence import cited, claim_of, everything, supported
from exports.memos.gathering import Gathering
from exports.memos.printing import claim, claim_or, form, nothing_found
from exports.memos.sections.compact import compact_in_short
from exports.paper.blocks import Bullets
from exports.paper.charts import FAINT, FIRM, ChartLine, MarkChart
from exports.paper.document import Section
from exports.paper.statements import PROGRAM, Claim, Statement, Unknown
from graph.domain.catalog import fits
from graph.domain.records import Tier
from graph.errors import NotFound
from queries.core.answer import Answer, Subject
from queries.instruments.bonds import BondRow
from queries.multilateral.chairs import ChairRow
from queries.multilateral.mandates import MandateRow
from queries.report.tiers import TierRow

PALERMO = "treaty:palermo"
# What a paper on trafficking names first: the protocol, regional texts, forced labor, children.
_FIRST = (
    *(PALERMO, "treaty:untoc", "treaty:cets197", "treaty:actip"),
    *("treaty:ilo-c029", "treaty:ilo-p029", "treaty:ilo-c105"),
    *("treaty:ilo-c182", "treaty:opsc", "treaty:ilo-c138"),
)
_SPECIAL_CASE = "Special Case"
_CHAIRED = ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody", "Ngo", "Organization")
_CHAIRS = 3


def standing(
    gathering: Gathering,
    party: Subject,
    *,
    called: str,
    with_compact: bool = True,
    heading: str = "In brief",
    level: int = 1,
) -> Section:
    """Ask how a party stands, and return it as a section.

    Args:
        gathering: Where the answers are kept.
        party: A government, body, post or person.
        called: What it is called in short, before its doubts.
        with_compact: Whether the compact has a line; a paper on the compact says more of it elsewhere.
        heading: Heading of the section.
        level: Its level.
    """
    if party.cls == "Government":
        lines = _of_government(gathering, party, called, with_compact=with_compact)
    else:
        lines = _of_body(gathering, party, called)
    return Section(heading, (Bullets(tuple(lines)),), level)


def _of_government(gathering: Gathering, party: Subject, called: str, *, with_compact: bool) -> list[Statement]:
    tiers = gathering.ask("tier-history", word=f"Tier, {called}", party=party.id)
    bonds = None
    with suppress(NotFound):  # a ledger need not hold the protocol
        bonds = gathering.ask("treaty-status", word=f"Palermo Protocol, {called}", party=party.id, agreement=PALERMO)
    lines = [tier(tiers), palermo(bonds, bonds)]
    if with_compact:
        lines.append(compact_in_short(gathering.ask("compact", word=f"Compact, {called}", party=party.id)))
    return lines


def _of_body(gathering: Gathering, party: Subject, called: str) -> list[Statement]:
    lines: list[Statement] = []
    if fits(party.cls, _CHAIRED):
        chairs = gathering.ask("chairs", word=f"Chair, {called}", party=party.id)
        if rows := supported(chairs, ChairRow)[:_CHAIRS]:
            lines.append(claim(chairs, rows, "standing/chairs", lead="Chair:", rows=rows))
    if party.cls != "Person":
        # Every mandate counts, also one whose last day has passed: the drafter must know.
        mandates = gathering.ask("mandates", word=f"Mandate, {called}", party=party.id, since="1990", until="2100")
        if last := supported(mandates, MandateRow)[-1:]:
            lines.append(claim(mandates, last, "standing/mandate", lead="Mandate:", as_of=mandates.as_of))
    return lines or [nothing_found("Neither a chair nor the last day of a mandate is in the data.")]


def tier(answer: Answer) -> Claim | Unknown:
    """Return the placement in the newest edition held."""
    newest = supported(answer, TierRow)[-1:]
    is_firm = all(map(_is_firm, newest))
    return claim_or("No placement is in the data.", answer, newest, "standing/tier", lead="Tier:", is_firm=is_firm)


def palermo_rows(answer: Answer) -> list[BondRow]:
    """Return how the government stands to the Palermo Protocol, from an answer on all agreements; empty if unsaid."""
    return [row for row in supported(answer, BondRow) if row.agreement == PALERMO]


def palermo(answer: Answer | None, asked_alone: Answer | None) -> Claim | Unknown:
    """Return how the government stands to the Palermo Protocol, or why that is not known.

    Args:
        answer: On all agreements.
        asked_alone: On the protocol alone, asked where the first says nothing; its clause tells *no* from *unknown*.
    """
    lead = "Palermo Protocol:"
    if answer and (rows := palermo_rows(answer)):
        return claim(answer, rows[:1], "standing/palermo", lead=lead)
    if asked_alone is None:
        return nothing_found("The protocol is not in the data.", lead=lead)
    unlisted = claim_of(asked_alone, "unlisted")
    return Unknown(unlisted.text if unlisted else "Not in the data.", PROGRAM, everything(asked_alone), lead=lead)


def agreements(answer: Answer) -> Section:
    """Return how the government stands to agreements, those on trafficking first, the others as answered."""
    rows = supported(answer, BondRow)
    ordered = sorted(rows, key=lambda row: _FIRST.index(row.agreement) if row.agreement in _FIRST else len(_FIRST))
    return form("agreements").section(answer, ordered, heading="Agreements and treaty status")


def tier_history(answer: Answer) -> Section:
    """Return the placements as a chart, one column for each edition from the first held to the last."""
    heading = "Tier history"
    rows = {row.year: row for row in supported(answer, TierRow) if row.tier}
    if not rows:
        return Section(heading, (nothing_found("No placement in the Trafficking in Persons Report is in the data."),))
    years = range(min(rows), max(rows) + 1)
    held = {row.tier for row in rows.values()}
    tiers = [name for name in get_args(Tier) if name != _SPECIAL_CASE or name in held]
    chart = MarkChart(
        caption=f"Placement in the Trafficking in Persons Report, editions of {years[0]} to {years[-1]}",
        axis="Edition",
        columns=tuple(str(year) for year in years),
        lines=tuple(ChartLine(name, tuple(_mark(rows.get(year), name) for year in years)) for name in tiers),
        alt=_chart_in_words(rows, years),
        key=f"{FIRM} as published; {FAINT} derived, or from a weak source; an empty column: not in the data.",
        citations=cited(answer, *rows.values()),
    )
    return Section(heading, (chart,))


def _is_firm(row: TierRow) -> bool:
    """Say whether a placement is as printed, by a source of at least medium confidence."""
    return row.held == "yes" and row.confidence in ("high", "medium")


def _chart_in_words(rows: dict[int, TierRow], years: range) -> str:
    """Return the chart in words: ``Tier 2 in 2001 to 2002; Tier 1 in 2003.``."""

    def placement(year: int) -> str:
        row = rows.get(year)
        return f"{row.tier}{'' if _is_firm(row) else ' (derived)'}" if row else "not in the data"

    runs = [(text, list(run)) for text, run in groupby(years, key=placement)]
    return "; ".join(f"{text} in {run[0]}{f' to {run[-1]}' if len(run) > 1 else ''}" for text, run in runs) + "."


def _mark(row: TierRow | None, name: str) -> str:
    if row is None or row.tier != name:
        return ""
    return FIRM if _is_firm(row) else FAINT
