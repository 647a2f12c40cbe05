"""How much by year, country, programme or implementer: one layer and one measure, and what is left out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.answer import SourcedRow
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on
from iga.queries.core.columns import column, needed, option
from iga.queries.core.question import Question, Request, Result
from iga.queries.core.rows import Rows
from iga.queries.core.wording import listed
from iga.queries.funding.amounts import HOLDERS, Amount
from iga.queries.funding.one_measure import (
    By,
    MoneyShareRow,
    OneMeasure,
    PartGroup,
    hidden_among,
    is_place,
    one_measure,
    sums_by_currency,
    value_of,
)
from iga.queries.funding.pool import SUBJECTS, PoolParams, with_parts
from iga.queries.funding.totals import (
    NEVER_SUMMED,
    kind_of_reason,
    money_of,
    overlapping,
    percent_of,
    plain,
    refs_of,
    total_of,
    years_by_kind,
)
from iga.queries.funding.undisclosed import silent_in


class SummaryParams(PoolParams):
    """What `funding-summary` is asked with."""

    party: str = needed(
        "A country, for what runs there; a funder, for what it pays; a recipient or implementer; a"
        " programme, compact, award or project.",
        "Ghana",
    )
    by: By = option(
        "What to add up by: fiscal year, calendar year, country, programme or implementer.",
        "fiscal year",
        default="implementer",
    )


class SummaryRow(MoneyShareRow):
    """The money of one year, country, programme or implementer, or what is left out for one reason."""

    amount: str | None = needed(
        "Sum as a decimal number, negative amounts included; null where it is the same money told again,"
        " which is never summed."
    )
    currency: str = needed("ISO 4217 code; currencies are never added.")
    percent: str | None = column("Share of the total of its currency, in per cent.")
    amount_count: int = needed("How many amounts are added up, or left out.")
    award_count: int = needed("How many awards, projects or lines they are of.")
    years: str | None = column("US fiscal and calendar years of the amounts.")
    fiscal_year: int | None = column("US fiscal year, where the money is added up by it.")
    undisclosed_amount: str | None = column("How much of it went to recipients whose names are withheld; null is none.")
    is_derived: bool = column("Whether it is worked out by stated shares of countries.", False)
    counted: bool = column("Whether the total counts it.", True)
    left_out: str | None = column("Why the total does not count it.")


def funding_summary(request: Request[SummaryParams]) -> Result[SummaryRow]:
    """Add up one measure of one layer by what was asked for, the largest first; then what is left out, by reason.

    Rows that count make up the total, and with those left out all amounts of the layer and measure. Sub-awards are
    money of the prime awards that was passed on, so prime awards are taken unless sub-awards are asked for.
    """
    by = request.params.by
    money = one_measure(request, by, adds_announced=False)
    counted = _counted(money, is_year=by in ("fiscal year", "calendar year"))
    rows = counted + Rows.of(_left_out(money))
    clauses = _clauses(request, money, counted)
    if not is_place(money.subject, money.pool.holdings):
        clauses = with_parts(request, clauses, money.pool.holdings, *HOLDERS)
    return Result.of((*clauses, *money.last_clauses()), rows, (*money.caveats(), *_caveats(money)))


def _counted(money: OneMeasure, *, is_year: bool) -> Rows[SummaryRow]:
    groups = by_key(money.parts, lambda part: (part.amount.currency, part.group))
    totals = sums_by_currency(money.parts)
    values = {key: value_of(parts) for key, parts in groups.items()}

    def rank(key: tuple[str, PartGroup]) -> tuple[object, ...]:
        return (key[0], Decimal(0) if is_year else -values[key], folded(key[1].name), key[1].id)

    return Rows.of(
        _row(
            money,
            [part.amount for part in groups[key]],
            group_name=key[1].name,
            group=key[1].id or None,
            iso3=key[1].iso3 or None,
            amount=plain(values[key]),
            percent=percent_of(values[key], totals[key[0]]),
            fiscal_year=key[1].fiscal_year,
            undisclosed_amount=plain(value_of(hidden)) if (hidden := hidden_among(groups[key], money.pool)) else None,
            is_derived=any(part.is_derived for part in groups[key]),
        )
        for key in sorted(groups, key=rank)
    )


def _left_out(money: OneMeasure) -> Iterator[SourcedRow[SummaryRow]]:
    left_out = (amount for amount in money.amounts if amount.left_out)
    groups = by_key(left_out, lambda amount: (kind_of_reason(amount.left_out), amount.currency))
    for (reason, _), amounts in sorted(groups.items()):
        value = None if reason in NEVER_SUMMED else plain(total_of(amounts))
        yield _row(money, amounts, group_name="left out", amount=value, counted=False, left_out=reason)


def _row(money: OneMeasure, amounts: Sequence[Amount], **columns: Any) -> SourcedRow[SummaryRow]:
    columns |= money.columns(amounts)
    number = len({id(amount) for amount in amounts})
    row = SummaryRow(currency=amounts[0].currency, amount_count=number, **columns)
    return SourcedRow(row, refs_of(amounts), parts=tuple(amount.refs for amount in amounts))


def _clauses(request: Request[SummaryParams], money: OneMeasure, counted: Rows[SummaryRow]) -> Iterator[SourcedClause]:
    amounts = [part.amount for part in money.parts]
    totals = [money_of(value, currency) for currency, value in sums_by_currency(money.parts).items()]
    shown = {"totals": totals, "things": len({amount.about.id for amount in amounts}), "years": years_by_kind(amounts)}
    params = request.params
    others = _other_years(request) if params.period and not totals else {}
    is_there = money.subject is not None and is_place(money.subject, money.pool.holdings)
    values = {
        **money.values,
        **shown,
        **overlapping(money.overlap, money.pool.holdings),
        "period": params.period,
        "is_place": is_there,
    }
    values["silent"] = None if totals or values["largest"] else silent_in(request, money.pool)
    yield resting_on([refs_of(amounts or money.overlap)], "headline", **values, other_years=others)
    if not counted:
        return
    first = next(iter(counted)).currency
    most = max(counted.where(currency=first).each(), key=lambda one: Decimal(next(iter(one)).amount or 0))
    for told in most.told("amount", "currency", "percent", name="group_name"):
        yield most.clause("most", by=params.by, others=len(counted) - 1, **told)
    hidden = hidden_among(money.parts, money.pool) or money.parts
    yield resting_on((part.amount.refs for part in hidden), "withheld", shares=money.withheld)


def _other_years(request: Request[SummaryParams]) -> dict[str, Any]:
    """Return the years of what would be added up if no time was asked for."""
    no_time = {"fiscal_year": None, "since": None, "until": None}
    at_any_time = replace(request, params=request.params.model_copy(update=no_time))
    return years_by_kind(one_measure(at_any_time, request.params.by, adds_announced=False).counting)


def _caveats(money: OneMeasure) -> Iterator[UnwordedCaveat]:
    """Yield what a total does not know."""
    if money.measure == "announced" and money.parts:
        yield caveat("uncertain", "announced", clause="headline")
    if any(part.is_derived for part in money.parts):
        yield caveat("derived", "parted")
    of_amounts = {amount.about.id for amount in money.amounts}
    cls = {"prime award": "Award", "project activity": "Project"}.get(money.layer)
    silent = sorted(
        holding.thing.name
        for id_, holding in money.pool.holdings.items()
        if holding.thing.cls == cls and id_ not in of_amounts
        if not holding.is_subaward and not holding.is_passed_on_only
    )
    if silent:
        yield caveat("unknown", "silent", number=len(silent), names=listed(silent))
    if money.pool.is_without_versions:
        yield caveat("partial", "without-versions")
    if not money.counting:
        yield caveat("unknown", "nothing")


FUNDING_SUMMARY = Question.of(
    funding_summary,
    title="How much, by fiscal year, country, programme or implementer: one measure, one layer?",
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)", "by": "fiscal year"},
    columns=(
        "group_name", "layer", "measure", "amount", "currency", "percent", "amount_count", "award_count", "years",
        "undisclosed_amount", "counted", "left_out", "evidence",
    ),
)  # fmt: skip  # in the order of the table
