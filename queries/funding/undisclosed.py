"""How much went to recipients whose names are withheld: each an unknown of its own, and never one partner."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from pydantic import Field

from queries.core.answer import AnswerRow, Caveat
from queries.core.clauses import SourcedClause, resting_on
from queries.core.question import Question, Request, Result, SourcedRow
from queries.core.wording import listed
from queries.funding.amounts import LAYERS, Amount
from queries.funding.one_measure import LAYERS_ASKED, hidden_among, layer_asked, measure_asked
from queries.funding.parts import AmountPart, By, parts_of
from queries.funding.pool import SUBJECTS, Pool, PoolParams, pool_of
from queries.funding.totals import caveat, counts, money_of, percent_of, plain, refs_of, sums, total_of, years_of


class UndisclosedParams(PoolParams):
    """What `undisclosed` is asked with."""

    party: str | None = Field(
        default=None,
        description="Only money of this country, funder, programme, compact or award; all that is held if left out.",
        examples=["Philippines"],
    )
    by: Literal["fiscal year", "calendar year", "country", "award"] = Field(
        default="fiscal year",
        description="What to tell it by: fiscal year, calendar year, country or award.",
        examples=["country"],
    )


class UndisclosedRow(AnswerRow):
    """What went to withheld recipients in one year, country or award, of one layer, measure and currency."""

    group_name: str = Field(description="The year, country or award.")
    group: str | None = Field(default=None, description="Id of it; null for a year.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    layer: str = Field(description="Layer of the money; layers are never added.")
    measure: str = Field(description="What the amounts measure; measures are never added.")
    currency: str = Field(description="ISO 4217 code.")
    amount: str = Field(description="How much went to recipients whose names are withheld, as a decimal number.")
    whole: str = Field(description="How much there is in all of the same year, country or award.")
    percent: str | None = Field(default=None, description="Share of the whole; null where that is not above nothing.")
    amount_count: int = Field(description="How many amounts went to withheld recipients.")
    unknown_count: int = Field(
        description="As how many unknowns they stand here: how many parties they are is not told."
    )
    whole_count: int = Field(description="How many amounts there are in all.")
    years: str | None = Field(default=None, description="US fiscal and calendar years of the amounts.")


def undisclosed(request: Request[UndisclosedParams]) -> Result[UndisclosedRow]:
    """Tell money whose recipients are withheld, with its share, by layer, measure and what was asked for.

    Each such row of a source is an unknown of its own: equal words on two rows do not make them one partner.
    """
    subject, params = request.maybe("party"), request.params
    pool = pool_of(request, subject)
    layers = (layer,) if (layer := layer_asked(params.layer)) else LAYERS_ASKED
    measure = measure_asked(params.measure)
    amounts = [
        each
        for each in pool.amounts
        if counts(each) and each.layer in layers and each.layer in LAYERS_ASKED[:3] and measure in (None, each.measure)
    ]
    sourced_rows = _sourced_rows(request, amounts, pool)
    return Result(
        clauses=tuple(_clauses(subject.name if subject else None, params, amounts, pool)),
        rows=tuple(sourced_rows),
        caveats=tuple(_caveats(pool, amounts, is_found=bool(sourced_rows))),
    )


def _sourced_rows(
    request: Request[UndisclosedParams], amounts: Sequence[Amount], pool: Pool
) -> list[SourcedRow[UndisclosedRow]]:
    by = request.params.by
    groups: dict[tuple[int, str, str, str, str, str], list[AmountPart]] = {}
    shared: By = "fiscal year" if by == "award" else by
    for part in parts_of(request.session, amounts, pool, shared):
        group, each = part.group, part.amount
        told = (each.about.name, each.about.id, "") if by == "award" else (group.name, group.id, group.iso3)
        groups.setdefault((LAYERS.index(each.layer), each.measure, each.currency, *told), []).append(part)
    return [
        _row(key, hidden, groups[key], pool) for key in sorted(groups) if (hidden := hidden_among(groups[key], pool))
    ]


def _row(
    key: tuple[int, str, str, str, str, str], hidden: Sequence[AmountPart], whole: Sequence[AmountPart], pool: Pool
) -> SourcedRow[UndisclosedRow]:
    layer, measure, currency, name, id_, iso3 = key
    part, total = (sum((each.value for each in those), Decimal(0)) for those in (hidden, whole))
    amounts = [each.amount for each in hidden]
    row = UndisclosedRow(
        group_name=name,
        group=id_ or None,
        iso3=iso3 or None,
        layer=LAYERS[layer],
        measure=measure,
        currency=currency,
        amount=plain(part),
        whole=plain(total),
        percent=percent_of(part, total),
        amount_count=len(amounts),
        unknown_count=len({receiver for each in amounts for receiver in pool.receivers(each)}),
        whole_count=len(whole),
        years=years_of(amounts),
    )
    return SourcedRow(row, refs_of(amounts))


def _clauses(
    subject: str | None, params: UndisclosedParams, amounts: Sequence[Amount], pool: Pool
) -> Iterator[SourcedClause]:
    hidden = [each for each in amounts if pool.is_hidden(each)]
    recipients = {receiver for each in hidden for receiver in pool.receivers(each)}
    things = len({each.about.id for each in hidden})
    yield resting_on(
        [refs_of(hidden)], "headline", subject=subject, recipients=len(recipients), things=things, period=params.period
    )
    shares = [(whole, those) for whole in sums(amounts) if (those := [a for a in whole.amounts if pool.is_hidden(a)])]
    for whole, those in shares:
        part = total_of(those)
        yield resting_on(
            [refs_of(those)], "share", part=money_of(part, whole.currency), whole=whole.values(),
            percent=percent_of(part, whole.value),
        )  # fmt: skip
    if len(shares) > 1:
        yield SourcedClause("apart")


def _caveats(pool: Pool, amounts: Sequence[Amount], *, is_found: bool) -> Iterator[Caveat]:
    told = {each.about.id for each in amounts}
    silent = sorted(
        pool.holdings[id_].thing.name
        for id_, parties in pool.carriers.items()
        if id_ not in told and parties and all(party.id in pool.undisclosed for party in parties)
    )
    if silent:
        yield caveat("undisclosed", "silent-as-well", names=listed(silent))
    if blank := sum(not pool.receivers(each) for each in amounts):
        yield caveat("unknown", "no-recipient", number=blank)
    if not is_found:
        yield caveat("unknown", "nothing")


UNDISCLOSED = Question(
    name="undisclosed",
    title="How much went to recipients whose names are withheld, and what share is that?",
    params=UndisclosedParams,
    row=UndisclosedRow,
    function=undisclosed,
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)"},
    columns=(
        "group_name", "layer", "measure", "amount", "whole", "currency", "percent", "amount_count", "unknown_count",
        "years", "evidence",
    ),
)  # fmt: skip
