"""How a party stands: tiers, treaties and compact of a government; chair and mandate of a body."""

from contextlib import suppress
from itertools import groupby
from typing import get_args

from iga.exports.memos.brief import Sentences
from iga.exports.memos.evidence import cited, claim_of, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.printing import claim, form, lacking
from iga.exports.paper.blocks import Bullets
from iga.exports.paper.charts import FAINT, FIRM, ChartLine, MarkChart
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Claim, Statement
from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import BODIES
from iga.graph.domain.records import Tier
from iga.graph.errors import NotFound
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer, Subject
from iga.queries.core.days import is_over
from iga.queries.instruments.agreements import BondRow
from iga.queries.instruments.compact import CompactRow
from iga.queries.multilateral.chairs import ChairRow
from iga.queries.multilateral.mandates import MandateRow
from iga.queries.multilateral.withdrawals import WithdrawalRow
from iga.queries.report.tiers import TierRow

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


def standing(sentences: Sentences, *, heading: str = "In brief", level: int = 1) -> Section:
    """Return how a party stands as a section: what nothing on record tells has no line."""
    lines = tuple(it for it in sentences.values() if it is not None)
    nothing = lacking("chair or last day of a mandate")
    return Section(heading, (Bullets(lines or (nothing,)),), level)


def how_it_stands(gathering: Gathering, party: Subject, *, called: str, with_compact: bool = True) -> Sentences:
    """Ask how a party stands: tier, protocol and compact of a government; head and mandate of a body."""
    if party.cls == "Government":
        return _of_government(gathering, party, called, with_compact=with_compact)
    sentences: dict[str, Statement | None] = {}
    if fits(party.cls, BODIES) and (left := leaving(gathering, party)):
        sentences["a withdrawal"] = left
    if fits(party.cls, _CHAIRED):
        sentences["a chair"] = chairs(gathering.ask("chairs", word=f"Chair, {called}", party=party.id), called=called)
    if party.cls != "Person":
        # Every mandate counts, also one whose last day has passed: the drafter must know.
        answer = gathering.ask("mandates", word=f"Mandate, {called}", party=party.id, since="1990", until="2100")
        sentences["a mandate"] = mandate(answer)
    return sentences


def _of_government(gathering: Gathering, party: Subject, called: str, *, with_compact: bool) -> Sentences:
    tiers = gathering.ask("tier-history", word=f"Tier, {called}", party=party.id)
    sentences: dict[str, Statement | None] = {
        "a tier": claim_of(tiers, "headline"),
        "the Palermo Protocol": palermo(gathering, party.id, word=f"Palermo Protocol, {called}"),
    }
    if with_compact:
        answer = gathering.ask("compact", word=f"Compact, {called}", party=party.id)
        sentences["a Child Protection Compact"] = compact(answer)
    return sentences


def palermo(gathering: Gathering, party: str, *, word: str = "Palermo Protocol") -> Statement | None:
    """Ask how a government stands to the Palermo Protocol."""
    with suppress(NotFound):  # a ledger need not hold the protocol
        answer = gathering.ask("treaty-status", word=word, party=party, agreement=PALERMO)
        rows = supported(answer, BondRow)
        return claim(answer, rows[:1], "standing/palermo") if rows else claim_of(answer, "unlisted")
    return None


def compact(answer: Answer) -> Claim | None:
    """Return when the newest compact of a government was signed, and its period, by the values the graph goes by."""
    rows = [row for row in supported(answer, CompactRow) if row.about == row.compact and row.preferred]
    compacts = [
        {row.fact: row for row in of if row.fact in ("signed_on", "period")}
        for of in by_key(rows, lambda row: row.compact).values()
    ]
    latest = max(compacts, key=lambda facts: facts["signed_on"].value if "signed_on" in facts else "", default={})
    facts = {"signed_on": None, "period": None, **latest}
    return claim(answer, list(latest.values()), "standing/compact", facts=facts, as_of=answer.as_of) if latest else None


def leaving(gathering: Gathering, body: Subject) -> Statement | None:
    """Ask how far the withdrawal of our government from a body has come; None where none is on file."""
    with suppress(NotFound):  # a ledger need not hold our government
        home = gathering.session.home.government
        answer = gathering.ask("withdrawals", word="Our withdrawal", party=home, other=body.id)
        return claim_of(answer, "one-body", macro="in-short") if supported(answer, WithdrawalRow) else None
    return None


def chairs(answer: Answer, *, called: str) -> Claim | None:
    """Return who leads a body, which is called so in short."""
    rows = supported(answer, ChairRow)[:_CHAIRS]
    return claim(answer, rows, "standing/chairs", rows=rows, called=called) if rows else None


def mandate(answer: Answer) -> Claim | None:
    """Return the mandate that ends next, else the one that ended last."""
    rows = supported(answer, MandateRow)
    ahead = [row for row in rows if not is_over(row.last_day, on=answer.as_of)]
    shown = ahead[:1] or rows[-1:]
    return claim(answer, shown, "standing/mandate", is_over=not ahead) if shown else None


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
        return Section(heading, (lacking("placement in the Trafficking in Persons Report"),))
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
    """True if a placement is as printed, by a source of at least medium confidence."""
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
