"""Tier history, with its chart."""

from itertools import groupby
from typing import get_args

from exports.memos.evidence import cited, supported
from exports.memos.sections.blocks import nothing_found
from exports.paper.charts import FAINT, FIRM, ChartLine, MarkChart
from exports.paper.document import Section
from graph.domain.records import Tier
from queries.core.answer import Answer
from queries.report.tiers import TierRow

HEADING = "Tier history"
_SPECIAL_CASE = "Special Case"


def tier_history(answer: Answer) -> Section:
    """Return the placements as a chart, one column for each edition from the first held to the last."""
    rows = {row.year: row for row in supported(answer, TierRow) if row.tier}
    if not rows:
        return Section(HEADING, (nothing_found("No placement in the Trafficking in Persons Report is in the data."),))
    years = range(min(rows), max(rows) + 1)
    held = {row.tier for row in rows.values()}
    tiers = [tier for tier in get_args(Tier) if tier != _SPECIAL_CASE or tier in held]
    chart = MarkChart(
        caption=f"Placement in the Trafficking in Persons Report, editions of {years[0]} to {years[-1]}",
        axis="Edition",
        columns=tuple(str(year) for year in years),
        lines=tuple(ChartLine(tier, tuple(_mark(rows.get(year), tier) for year in years)) for tier in tiers),
        alt=in_words(rows, years),
        key=f"{FIRM} as published; {FAINT} derived, or from a weak source; an empty column: not in the data.",
        citations=cited(answer, *rows.values()),
    )
    return Section(HEADING, (chart,))


def is_firm(row: TierRow) -> bool:
    """Say whether a placement is as printed, by a source of at least medium confidence."""
    return row.held == "yes" and row.confidence in ("high", "medium")


def in_words(rows: dict[int, TierRow], years: range) -> str:
    """Return the chart in words: ``Tier 2 in 2001 to 2002; Tier 1 in 2003.``."""
    runs = groupby(years, key=lambda year: _told(rows.get(year)))
    return "; ".join(f"{told} in {_run(list(run))}" for told, run in runs) + "."


def _told(row: TierRow | None) -> str:
    if row is None:
        return "not in the data"
    return str(row.tier) if is_firm(row) else f"{row.tier} (derived)"


def _run(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _mark(row: TierRow | None, tier: str) -> str:
    if row is None or row.tier != tier:
        return ""
    return FIRM if is_firm(row) else FAINT
