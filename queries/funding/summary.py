"""How much by year, country, programme or implementer: one layer and one measure, and what is left out of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pydantic import Field

from graph.text import folded
from queries.core.answer import AnswerRow, Caveat
from queries.core.clauses import SourcedClause, resting_on
from queries.core.question import Question, Request, Result, SourcedRow
from queries.core.wording import listed
from queries.funding.amounts import Amount
from queries.funding.one_measure import OneMeasure, hidden_among, one_measure, sums_by_currency
from queries.funding.parts import AmountPart, By, PartGroup
from queries.funding.pool import SUBJECTS, PoolParams
from queries.funding.totals import (
    NEVER_SUMMED,
    caveat,
    kind_of_reason,
    money_of,
    percent_of,
    plain,
    refs_of,
    total_of,
    years_by_kind,
    years_of,
)


class SummaryParams(PoolParams):
    """What `funding-summary` is asked with."""

    party: str = Field(
        description="A country, for what runs there; a funder, for what it pays; a recipient or implementer; a"
        " programme, compact, award or project.",
        examples=["Ghana"],
    )
    by: By = Field(
        default="implementer",
        description="What to add up by: fiscal year, calendar year, country, programme or implementer.",
        examples=["fiscal year"],
    )


class SummaryRow(AnswerRow):
    """The money of one year, country, programme or implementer, or what is left out for one reason."""

    group_name: str = Field(description="The year, country, programme or implementer; for what is left out, all.")
    group: str | None = Field(default=None, description="Id of it; null for a year and for what is no one thing.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    layer: str = Field(description="Layer of the money: one for the whole answer.")
    measure: str = Field(description="What the amounts measure: one for the whole answer.")
    amount: str | None = Field(
        description="Sum as a decimal number, negative amounts included; null where it is the same money told again,"
        " which is never summed."
    )
    currency: str = Field(description="ISO 4217 code; currencies are never added.")
    percent: str | None = Field(default=None, description="Share of the total of its currency, in per cent.")
    amount_count: int = Field(description="How many amounts are added up, or left out.")
    award_count: int = Field(description="How many awards, projects or lines they are of.")
    years: str | None = Field(default=None, description="US fiscal and calendar years of the amounts.")
    fiscal_year: int | None = Field(default=None, description="US fiscal year, where the money is added up by it.")
    undisclosed_amount: str | None = Field(
        default=None, description="How much of it went to recipients whose names are withheld; null is none."
    )
    is_derived: bool = Field(default=False, description="Whether it is worked out by stated shares of countries.")
    counted: bool = Field(default=True, description="Whether the total counts it.")
    left_out: str | None = Field(default=None, description="Why the total does not count it.")


def funding_summary(request: Request[SummaryParams]) -> Result[SummaryRow]:
    """Add up one measure of one layer by what was asked for, the largest first; then what is left out, by reason.

    Rows that count make up the total, and with those left out all amounts of the layer and measure. Sub-awards are
    money of the prime awards that was passed on, so prime awards are taken unless sub-awards are asked for.
    """
    by = request.params.by
    found = one_measure(request, by)
    counted = _counted(found, is_year=by in ("fiscal year", "calendar year"))
    return Result(
        clauses=(*_clauses(found, counted, request.params), *found.last_clauses()),
        rows=(*counted, *_left_out(found)),
        caveats=(*found.caveats(), *_caveats(found)),
    )


def _counted(found: OneMeasure, *, is_year: bool) -> list[SourcedRow[SummaryRow]]:
    groups: dict[tuple[str, PartGroup], list[AmountPart]] = {}
    for part in found.parts:
        groups.setdefault((part.amount.currency, part.group), []).append(part)
    totals = sums_by_currency(found.parts)
    values = {key: sum((part.value for part in those), Decimal(0)) for key, those in groups.items()}

    def rank(key: tuple[str, PartGroup]) -> tuple[object, ...]:
        return (key[0], Decimal(0) if is_year else -values[key], folded(key[1].name), key[1].id)

    return [
        _row(
            found,
            [part.amount for part in groups[key]],
            group_name=key[1].name,
            group=key[1].id or None,
            iso3=key[1].iso3 or None,
            amount=plain(values[key]),
            percent=percent_of(values[key], totals[key[0]]),
            fiscal_year=key[1].fiscal_year,
            undisclosed_amount=_hidden(found, groups[key]),
            is_derived=any(part.is_derived for part in groups[key]),
        )
        for key in sorted(groups, key=rank)
    ]


def _hidden(found: OneMeasure, parts: Sequence[AmountPart]) -> str | None:
    hidden = [part.value for part in hidden_among(parts, found.pool)]
    return plain(sum(hidden, Decimal(0))) if hidden else None


def _left_out(found: OneMeasure) -> Iterator[SourcedRow[SummaryRow]]:
    groups: dict[tuple[str, str], list[Amount]] = {}
    for each in found.amounts:
        if each.left_out:
            groups.setdefault((kind_of_reason(each.left_out), each.currency), []).append(each)
    for (reason, _), amounts in sorted(groups.items(), key=lambda item: item[0]):
        value = None if reason in NEVER_SUMMED else plain(total_of(amounts))
        yield _row(found, amounts, group_name="left out", amount=value, counted=False, left_out=reason)


def _row(found: OneMeasure, amounts: Sequence[Amount], **said: object) -> SourcedRow[SummaryRow]:
    row = SummaryRow.model_validate(
        {
            "layer": found.layer,
            "measure": found.measure,
            "currency": amounts[0].currency,
            "amount_count": len({id(each) for each in amounts}),
            "award_count": len({each.about.id for each in amounts}),
            "years": years_of(amounts),
            **said,
        }
    )
    return SourcedRow(row, refs_of(amounts))


def _clauses(
    found: OneMeasure, counted: Sequence[SourcedRow[SummaryRow]], params: SummaryParams
) -> Iterator[SourcedClause]:
    amounts = [part.amount for part in found.parts]
    totals = [money_of(value, currency) for currency, value in sums_by_currency(found.parts).items()]
    shown = {"totals": totals, "things": len({each.about.id for each in amounts}), "years": years_by_kind(amounts)}
    period = params.period
    yield resting_on((each.refs for each in amounts), "headline", **found.values, **shown, period=period)
    if not counted:
        return
    most = max(counted, key=lambda each: (each.row.currency == counted[0].row.currency, Decimal(each.row.amount or 0)))
    row = most.row
    money = {"amount": row.amount, "currency": row.currency, "percent": row.percent}
    name, others = row.group_name, len(counted) - 1
    yield resting_on([most.refs], "most", by=params.by, name=name, others=others, **money)
    hidden = hidden_among(found.parts, found.pool)
    yield resting_on((part.amount.refs for part in hidden or found.parts), "withheld", shares=found.withheld)


def _caveats(found: OneMeasure) -> Iterator[Caveat]:
    """Yield what a total does not know."""
    if found.measure == "announced" and found.parts:
        yield caveat("uncertain", "announced", clause="headline")
    if any(part.is_derived for part in found.parts):
        yield caveat("derived", "parted")
    told = {each.about.id for each in found.amounts}
    cls = {"prime award": "Award", "project activity": "Project"}.get(found.layer)
    silent = [
        each.thing.name
        for id_, each in found.pool.holdings.items()
        if each.thing.cls == cls and id_ not in told and not each.is_subaward and not each.is_passed_on_only
    ]
    if silent:
        yield caveat("unknown", "silent", number=len(silent), names=listed(sorted(silent)))
    if found.pool.is_without_versions:
        yield caveat("partial", "without-versions")
    if not found.counting:
        yield caveat("unknown", "nothing")


FUNDING_SUMMARY = Question(
    name="funding-summary",
    title="How much, by fiscal year, country, programme or implementer: one measure, one layer?",
    params=SummaryParams,
    row=SummaryRow,
    function=funding_summary,
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)", "by": "fiscal year"},
    columns=(
        "group_name", "layer", "measure", "amount", "currency", "percent", "amount_count", "award_count", "years",
        "undisclosed_amount", "counted", "left_out", "evidence",
    ),
)  # fmt: skip
