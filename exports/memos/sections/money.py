"""Money by one measure and one layer: totals, their chart by year, through whom, what no total counts, and why."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from iga.exports.memos.evidence import cited, claim_of, supported
from iga.exports.memos.printing import form, lacking, words
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.charts import Bar, BarChart
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Claim, Unknown
from iga.graph.grouping import by_key
from iga.graph.text import counted
from iga.queries.core.answer import Answer
from iga.queries.core.wording import capitalized, money
from iga.queries.funding.funding import FundingRow
from iga.queries.funding.summary import SummaryRow

WHOLES = ("stated total", "project list version")
"""Layers that are figures of a whole award: those of the measure of the total are told as left out already."""


def total(answer: Answer) -> Claim | Unknown:
    """Return the totals of a summary, one for each currency, with measure and layer; or that none may be added up."""
    known = claim_of(answer, "headline", lead="Total:", macro="in-short")
    return known or lacking("amounts that may be added up", lead="Total:")


def by_year(answer: Answer) -> list[Block]:
    """Return a chart of each currency by fiscal year, at most three; a sentence alone where nothing may be added up."""
    by_currency = by_key(_counting(answer), lambda row: row.currency)
    sums = {name: sum(Decimal(row.amount or 0) for row in rows) for name, rows in by_currency.items()}
    largest = sorted(sums, key=lambda name: (-sums[name], name))[:3]
    return [total(answer), *(_chart(answer, by_currency[name]) for name in largest)]


def years_table(answer: Answer) -> Table | Unknown:
    """Return the totals by fiscal year, newest first."""
    rows = sorted(_counting(answer), key=lambda row: row.fiscal_year or 0, reverse=True)
    return form("years", measured=_measured(rows[0]) if rows else "").table(answer, rows)


def parts_table(answer: Answer, *, what: str) -> Table | Unknown:
    """Return the largest parts of a total as a table, with their shares."""
    rows = _counting(answer)
    return form("parts", what=what, measured=_measured(rows[0]) if rows else "").table(answer, rows)


def left_out(answer: Answer, amounts: Answer) -> Section:
    """Return what no total counts and why, then the layers and measures that are held beside it."""
    heading = "Not counted, and why"
    rows = [row for row in supported(answer, SummaryRow) if not row.counted]
    table = form("not-counted")
    lines = [*(table.line(answer, row) for row in rows), *_beside(answer, amounts)]
    return Section(heading, (table.of_lines(lines),))


def _counting(answer: Answer) -> list[SummaryRow]:
    """Return the rows that make up the totals of a summary."""
    return [row for row in supported(answer, SummaryRow) if row.counted and row.amount is not None]


def _measured(row: SummaryRow) -> str:
    return f"{row.measure}, {row.layer}"


def _chart(answer: Answer, rows: Sequence[SummaryRow]) -> BarChart:
    bars = tuple(
        Bar(_label(row), Decimal(row.amount or 0), money(row.amount or "0", row.currency), cited(answer, row))
        for row in rows
    )
    most = max(rows, key=lambda row: Decimal(row.amount or 0))
    what = capitalized(f"{_measured(rows[0])}, {rows[0].currency}")
    alt = "; ".join(f"{bar.label}: {bar.printed}" for bar in bars[:12])
    return BarChart(
        caption=f"{what}, by US fiscal year (October to September)",
        axis="Fiscal year",
        measure=what,
        bars=bars,
        alt=f"{counted(len(bars), 'bar')}; most in {_label(most)}. {alt}.",
    )


def _label(row: SummaryRow) -> str:
    return f"FY {row.fiscal_year}" if row.fiscal_year else capitalized(row.group_name)


def _beside(answer: Answer, amounts: Answer) -> Iterator[TableRow]:
    """Give the layers and measures that the summary is not of: how many amounts, never their sum."""
    own = {(layer, row.measure) for row in supported(answer, SummaryRow) for layer in (row.layer, *WHOLES)}
    groups = by_key(supported(amounts, FundingRow), lambda row: (row.layer, row.measure))
    for (layer, measure), rows in sorted(groups.items()):
        if (layer, measure) not in own:
            count = sum(row.amount_count for row in rows)
            many = words("money/beside", amount_count=count, about_count=len({row.about for row in rows}))
            what = words("money/measured", measure=measure, layer=layer)
            yield TableRow((what, many, words("money/why-beside", layer=layer)), cited(amounts, *rows))
