"""Money by one measure and one layer: totals, their chart by year, through whom, what no total counts, and why."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.charts import Bar, BarChart
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, counted, sentence
from queries.core.answer import Answer
from queries.core.wording import listed, years_listed
from queries.funding.row import FundingRow
from queries.funding.summary import SummaryRow

# The largest tell where the money went; the others are a command away.
_CAP = 8
_YEAR = "US fiscal year "
# Figures of a whole award: those of the measure of the total are told as left out already.
_WHOLES = ("stated total", "project list version")


def amount(value: str | Decimal, currency: str | None) -> str:
    """Return an amount as a paper prints it: ``USD 1,080,000``."""
    return f"{currency or 'currency not stated'} {Decimal(value):,f}"


def measured(row: SummaryRow) -> str:
    """Return what the amounts of an answer are: ``obligation, prime award``."""
    return f"{row.measure}, {row.layer}"


def counting(answer: Answer) -> list[SummaryRow]:
    """Return the rows that make up the totals of a summary."""
    return [row for row in supported(answer, SummaryRow) if row.counted and row.amount is not None]


def total(answer: Answer, *, lead: str = "Total:") -> Claim | Unknown:
    """Return the totals of a summary, one for each currency, with measure and layer; or that none may be added up."""
    rows = counting(answer)
    if not rows:
        said = answer.answer.removeprefix(f"As of {answer.as_of}: ").partition(";")[0]
        return nothing_found(sentence(capitalized(said.replace(" is held", " is in the data"))), lead=lead)
    sums = listed([amount(value, currency) for currency, value in _sums(rows).items()])
    derived = ", partly worked out by stated shares of countries" if any(row.is_derived for row in rows) else ""
    years = _years(rows)
    return Claim(f"{sums} ({measured(rows[0])}{years}{derived}).", cited(answer, *rows), lead=lead)


def total_in_short(answer: Answer) -> Claim | Unknown:
    """Return the totals of a summary by year, short: ``USD 2,730,000 obligation, prime award, FY 2024 to 2026``."""
    rows = counting(answer)
    if not rows:
        return total(answer)
    sums = listed([amount(value, currency) for currency, value in _sums(rows).items()], most=2)
    return Claim(f"{sums} ({measured(rows[0])}{_years(rows)}).", cited(answer, *rows), lead="Total:")


def withheld_in_short(answer: Answer) -> Claim | Unknown:
    """Return how much of a total went to recipients whose names are withheld."""
    rows = counting(answer)
    hidden = [row for row in rows if row.undisclosed_amount is not None]
    lead = "Withheld names:"
    if not hidden:
        return nothing_found("No recipient of it with a withheld name is in the data.", lead=lead)
    sums = _sums(rows)
    parts: dict[str, Decimal] = {}
    for row in hidden:
        parts[row.currency] = parts.get(row.currency, Decimal(0)) + Decimal(row.undisclosed_amount or 0)
    told = [f"{amount(part, currency)} of {amount(sums[currency], currency)}{_share(part, sums[currency])}"
            for currency, part in parts.items()]  # fmt: skip
    return Claim(sentence(listed(told)), cited(answer, *hidden), lead=lead)


def by_year(answer: Answer) -> list[Block]:
    """Return a chart of each currency by fiscal year, at most three; a list where nothing may be added up."""
    rows = counting(answer)
    if not rows:
        return [total(answer)]
    return [total(answer), *(_chart(answer, _of(rows, currency)) for currency in list(_sums(rows))[:3])]


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


def largest(answer: Answer) -> Claim | None:
    """Return who received most, as a statement; None where nothing may be added up."""
    rows = counting(answer)
    if not rows:
        return None
    row = rows[0]
    share = f", {row.percent} per cent" if row.percent else ""
    others = f"; {counted(len(rows) - 1, 'other')}" if len(rows) > 1 else ""
    text = f"{row.group_name}: {amount(row.amount or '0', row.currency)}{share}{others}."
    return Claim(text, cited(answer, row), lead="Through whom:")


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
        Bar(
            _label(row.group_name),
            Decimal(row.amount or 0),
            amount(row.amount or "0", row.currency),
            cited(answer, row),
        )
        for row in rows
    )
    most = max(rows, key=lambda row: Decimal(row.amount or 0))
    what = f"{measured(rows[0])}, {rows[0].currency}"
    alt = "; ".join(f"{bar.label}: {bar.printed}" for bar in bars[:12])
    return BarChart(
        caption=f"{capitalized(what)}, by US fiscal year (October to September)",
        axis="Fiscal year",
        measure=capitalized(what),
        bars=bars,
        alt=f"{counted(len(bars), 'bar')}; most in {_label(most.group_name)}. {alt}.",
        note="Amounts below nothing are money that was taken back."
        if any(Decimal(row.amount or 0) < 0 for row in rows)
        else "",
    )


def _share(part: Decimal, whole: Decimal) -> str:
    return f" ({part * 100 / whole:.1f} per cent)" if whole > 0 and part >= 0 else ""


def _label(year: str) -> str:
    return f"FY {year.removeprefix(_YEAR)}" if year.startswith(_YEAR) else capitalized(year)


def _sums(rows: Iterable[SummaryRow]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in rows:
        found[row.currency] = found.get(row.currency, Decimal(0)) + Decimal(row.amount or 0)
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _of(rows: Iterable[SummaryRow], currency: str) -> list[SummaryRow]:
    return [row for row in rows if row.currency == currency]


def _years(rows: Sequence[SummaryRow]) -> str:
    years = sorted({int(row.group_name[-4:]) for row in rows if row.group_name.startswith(_YEAR)})
    if years:
        untold = " and years that are not told" if any(not row.group_name.startswith(_YEAR) for row in rows) else ""
        return f", US fiscal {'year' if len(years) == 1 else 'years'} {years_listed(years)}{untold}"
    return f", {rows[0].years}" if len(rows) == 1 and rows[0].years else ""


def _part(row: SummaryRow) -> tuple[str, ...]:
    derived = " (worked out by stated shares)" if row.is_derived else ""
    part = row.undisclosed_amount if row.undisclosed_amount != row.amount else None
    hidden = f"; {amount(part, row.currency)} of it to withheld names" if part else ""
    share = f"{row.percent} %" if row.percent else "none stated"
    return (
        capitalized(row.group_name),
        f"{amount(row.amount or '0', row.currency)}{derived}{hidden}",
        share,
        f"{row.award_count:,}",
    )


def _excluded(row: SummaryRow) -> tuple[str, ...]:
    value = f"; {amount(row.amount, row.currency)}" if row.amount else "; not added up"
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
