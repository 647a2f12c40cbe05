"""Money by one measure and one layer: totals, their chart by year, through whom, what no total counts, and why."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from exports.memos.evidence import cited, claim_of, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.charts import Bar, BarChart
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, counted
from queries.core.answer import Answer
from queries.core.wording import money
from queries.funding.funding_row import FundingRow
from queries.funding.summary import SummaryRow

# The largest tell where the money went; the others are a command away.
_CAP = 8
# Figures of a whole award: those of the measure of the total are told as left out already.
_WHOLES = ("stated total", "project list version")


def measured(row: SummaryRow) -> str:
    """Return what the amounts of an answer are: ``obligation, prime award``."""
    return f"{row.measure}, {row.layer}"


def counting(answer: Answer) -> list[SummaryRow]:
    """Return the rows that make up the totals of a summary."""
    return [row for row in supported(answer, SummaryRow) if row.counted and row.amount is not None]


def total(answer: Answer) -> Claim | Unknown:
    """Return the totals of a summary, one for each currency, with measure and layer; or that none may be added up."""
    found = claim_of(answer, "headline", lead="Total:", macro="in-short")
    return found or nothing_found("No amounts are in the data that may be added up.", lead="Total:")


def by_year(answer: Answer) -> list[Block]:
    """Return a chart of each currency by fiscal year, at most three; a sentence alone where nothing may be added up."""
    rows = counting(answer)
    return [total(answer), *(_chart(answer, _of(rows, currency)) for currency in _currencies(rows)[:3])]


def parts_table(answer: Answer, *, what: str) -> Table | Unknown:
    """Return the largest parts of a total as a table, with their shares.

    Args:
        answer: A summary.
        what: What it is parted by, as the heading of the column: ``Implementer``.
    """
    rows = counting(answer)
    if not rows:
        return nothing_found("No amounts are in the data that may be added up.")
    lines = tuple(TableRow(_part(row), cited(answer, row)) for row in rows[:_CAP])
    more = More(len(rows) - _CAP, ask_again(answer)) if len(rows) > _CAP else None
    header = (what, f"Amount ({measured(rows[0])})", "Share", "Awards")
    return Table(f"{what}, by amount", header, lines, (46, 30, 12, 12), more)


def left_out(answer: Answer, told: Answer) -> Section:
    """Return what no total counts and why, then the layers and measures that are held beside it.

    Args:
        answer: A summary.
        told: All amounts of the same party, period and measure apart.
    """
    rows = [row for row in supported(answer, SummaryRow) if not row.counted]
    lines = [TableRow(_excluded(row), cited(answer, row)) for row in rows]
    lines += list(_beside(answer, told))
    if not lines:
        return Section("Not counted, and why", (nothing_found("No amount in the data was left out of the totals."),))
    header = ("What", "How many", "Why it is not counted")
    return Section("Not counted, and why", (Table("What no total counts", header, tuple(lines), (38, 26, 36)),))


def _chart(answer: Answer, rows: Sequence[SummaryRow]) -> BarChart:
    bars = tuple(
        Bar(_label(row), Decimal(row.amount or 0), money(row.amount or "0", row.currency), cited(answer, row))
        for row in rows
    )
    most = max(rows, key=lambda row: Decimal(row.amount or 0))
    what = capitalized(f"{measured(rows[0])}, {rows[0].currency}")
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


def _currencies(rows: Iterable[SummaryRow]) -> list[str]:
    """Return the currencies, that of the largest total first."""
    found: dict[str, Decimal] = {}
    for row in rows:
        found[row.currency] = found.get(row.currency, Decimal(0)) + Decimal(row.amount or 0)
    return sorted(found, key=lambda currency: (-found[currency], currency))


def _of(rows: Iterable[SummaryRow], currency: str) -> list[SummaryRow]:
    return [row for row in rows if row.currency == currency]


def _part(row: SummaryRow) -> tuple[str, ...]:
    derived = " (worked out by stated shares)" if row.is_derived else ""
    part = row.undisclosed_amount if row.undisclosed_amount != row.amount else None
    hidden = f"; {money(part, row.currency)} of it to withheld names" if part else ""
    share = f"{row.percent} %" if row.percent else "none stated"
    return (
        capitalized(row.group_name),
        f"{money(row.amount or '0', row.currency)}{derived}{hidden}",
        share,
        f"{row.award_count:,}",
    )


def _excluded(row: SummaryRow) -> tuple[str, ...]:
    value = f"; {money(row.amount, row.currency)}" if row.amount else "; not added up"
    many = counted(row.amount_count, "amount")
    return capitalized(measured(row)), f"{many} of {counted(row.award_count, 'award')}{value}", row.left_out or ""


def _beside(answer: Answer, told: Answer) -> Iterable[TableRow]:
    """Give the layers and measures that the summary is not of: how many amounts, never their sum."""
    own = {(layer, row.measure) for row in supported(answer, SummaryRow) for layer in (row.layer, *_WHOLES)}
    groups: dict[tuple[str, str], list[FundingRow]] = {}
    for row in supported(told, FundingRow):
        if (row.layer, row.measure) not in own:
            groups.setdefault((row.layer, row.measure), []).append(row)
    for (layer, measure), rows in sorted(groups.items()):
        many = counted(sum(row.amount_count for row in rows), "amount")
        abouts = counted(len({row.about for row in rows}), "award or project", "awards and projects")
        why = "passed on out of prime awards" if layer == "sub-award" else "another layer or measure: never added"
        yield TableRow((capitalized(f"{measure}, {layer}"), f"{many} of {abouts}", why), cited(told, *rows))
