"""How much went to recipients whose names are withheld: each an unknown of its own, and never one partner."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from iga.graph.domain.edges import Implements
from iga.graph.domain.values import fiscal_year_days
from iga.graph.grouping import by_key
from iga.queries.core.answer import SourcedRow
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on
from iga.queries.core.columns import column, needed, option
from iga.queries.core.compiled import hop
from iga.queries.core.periods import stretch_asked
from iga.queries.core.question import Question, Request, Result
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.core.rows import Rows
from iga.queries.core.wording import listed
from iga.queries.funding.amounts import LAYERS, Amount
from iga.queries.funding.one_measure import (
    LAYERS_ASKED,
    AmountPart,
    By,
    MoneyShareRow,
    hidden_among,
    layer_and_measure,
    parts_of,
    value_of,
)
from iga.queries.funding.pool import SUBJECTS, Pool, PoolParams, TimeParams, pool_of, preferred_wholes
from iga.queries.funding.totals import (
    Sum,
    counts,
    money_of,
    percent_of,
    plain,
    refs_of,
    share_values,
    sums,
    total_of,
    years_of,
)

_CARRIED_OUT = hop(Implements, other="ChildProtectionCompact", row=EdgeRow)


def silent_in(request: Request[TimeParams] | Request[PoolParams], pool: Pool) -> dict[str, Any] | None:
    """Return the awards and projects of a pool, for a time those whose figure may be of it; None for none."""
    things = {id_: one.thing.name for id_, one in pool.holdings.items() if one.thing.cls in ("Award", "Project")}
    figures = [one for one in preferred_wholes(pool.holdings) if _may_be_of(request.params, one)]
    if request.params.period:
        of_time = {one.about.id for one in figures}
        things = {id_: name for id_, name in things.items() if id_ in of_time}
    elif not things and (of := request.maybe("party")):
        things = {edge.id: edge.name for edge in request.session.read(_CARRIED_OUT, OfIds(ids=(of.id,)))}
    if not things:
        return None
    one = max(figures, key=lambda it: (it.amount, it.about.id), default=None)
    largest = {**money_of(one.amount, one.currency), "measure": one.measure} if one else None
    names = sorted(things.values())
    return {"number": len(names), "names": names, "largest": largest, "is_of_time": bool(request.params.period)}


def _may_be_of(params: TimeParams, figure: Amount) -> bool:
    """True if the day of a figure lies in the time asked for, or that is not limited."""
    if not params.period or figure.days is None:
        return not params.period
    since, until = stretch_asked(params.since, params.until)
    if params.fiscal_year:
        first, last = fiscal_year_days(params.fiscal_year)
        since, until = max(since, first), min(until, last)
    return figure.days[0] <= until and figure.days[1] >= since


class UndisclosedParams(PoolParams):
    """What `undisclosed` is asked with."""

    party: str | None = option(
        "Only money of this country, funder, programme, compact or award; all that is held if left out.", "Philippines"
    )
    by: Literal["fiscal year", "calendar year", "country", "award"] = option(
        "What to tell it by: fiscal year, calendar year, country or award.", "country", default="fiscal year"
    )


class UndisclosedRow(MoneyShareRow):
    """What went to withheld recipients in one year, country or award, of one layer, measure and currency."""

    currency: str = needed("ISO 4217 code.")
    amount: str = needed("How much went to recipients whose names are withheld, as a decimal number.")
    whole: str = needed("How much there is in all of the same year, country or award.")
    percent: str | None = column("Share of the whole; null where that is not above nothing.")
    amount_count: int = needed("How many amounts went to withheld recipients.")
    unknown_count: int = needed("As how many unknowns they stand: how many parties they are is not told.")
    whole_count: int = needed("How many amounts there are in all.")
    years: str | None = column("US fiscal and calendar years of the amounts.")


def undisclosed(request: Request[UndisclosedParams]) -> Result[UndisclosedRow]:
    """Tell money whose recipients are withheld, with its share, by layer, measure and what was asked for.

    Each such row of a source is an unknown of its own: equal words on two rows do not make them one partner.
    """
    pool = pool_of(request, request.maybe("party"))
    layer, measure = layer_and_measure(request.params)
    amounts = [
        amount
        for amount in pool.amounts
        if counts(amount) and amount.layer in LAYERS_ASKED[:3]
        if layer in (None, amount.layer) and measure in (None, amount.measure)
    ]
    rows = Rows.of(_rows(request, amounts, pool))
    return Result.of(_clauses(request, amounts, pool), rows, _caveats(pool, amounts, is_empty=not rows))


def _rows(
    request: Request[UndisclosedParams], amounts: Sequence[Amount], pool: Pool
) -> Iterator[SourcedRow[UndisclosedRow]]:
    """Yield a row for each layer, measure, currency and group of which something is withheld."""
    by = request.params.by
    shared: By = "fiscal year" if by == "award" else by

    def kind(part: AmountPart) -> tuple[int, str, str, str, str, str]:
        group, one = part.group, part.amount
        to = (one.about.name, one.about.id, "") if by == "award" else (group.name, group.id, group.iso3)
        return LAYERS.index(one.layer), one.measure, one.currency, *to

    groups = by_key(parts_of(request.session, amounts, pool, shared), kind)
    for (layer, measure, currency, name, id_, iso3), whole in sorted(groups.items(), key=lambda pair: pair[0]):
        if hidden := hidden_among(whole, pool):
            withheld = [part.amount for part in hidden]
            row = UndisclosedRow(
                group_name=name,
                group=id_ or None,
                iso3=iso3 or None,
                layer=LAYERS[layer],
                measure=measure,
                currency=currency,
                amount=plain(value_of(hidden)),
                whole=plain(value_of(whole)),
                percent=percent_of(value_of(hidden), value_of(whole)),
                amount_count=len(withheld),
                unknown_count=len({receiver for amount in withheld for receiver in pool.receivers(amount)}),
                whole_count=len(whole),
                years=years_of(withheld),
            )
            yield SourcedRow(row, refs_of(withheld))


def _clauses(request: Request[UndisclosedParams], amounts: Sequence[Amount], pool: Pool) -> Iterator[SourcedClause]:
    hidden = [amount for amount in amounts if pool.is_hidden(amount)]
    values = {
        "subject": request.named("party")["party"],
        "recipients": len({receiver for amount in hidden for receiver in pool.receivers(amount)}),
        "things": len({amount.about.id for amount in hidden}),
    }
    shares = [(whole, those) for whole in sums(amounts) if (those := list(filter(pool.is_hidden, whole.amounts)))]
    told = [_share(whole, those) for whole, those in shares]
    first = told[0] if told else {}
    yield resting_on([refs_of(hidden)], "headline", **values, period=request.params.period, **first)
    for (_, those), share in list(zip(shares, told, strict=True))[1:]:
        yield resting_on([refs_of(those)], "share", **share)
    if len(shares) > 1:
        yield SourcedClause("apart")


def _share(whole: Sum, withheld: Sequence[Amount]) -> dict[str, Any]:
    return share_values(total_of(withheld), whole.value, whole.currency) | {"whole": whole.values()}


def _caveats(pool: Pool, amounts: Sequence[Amount], *, is_empty: bool) -> Iterator[UnwordedCaveat]:
    of_amounts = {amount.about.id for amount in amounts}
    silent = sorted(
        pool.holdings[id_].thing.name
        for id_, parties in pool.carriers.items()
        if id_ not in of_amounts and parties and all(party.id in pool.undisclosed for party in parties)
    )
    if silent:
        yield caveat("undisclosed", "silent-as-well", names=listed(silent))
    if blank := sum(not pool.receivers(amount) for amount in amounts):
        yield caveat("unknown", "no-recipient", number=blank)
    if is_empty:
        yield caveat("unknown", "nothing")


UNDISCLOSED = Question.of(
    undisclosed,
    title="How much went to recipients whose names are withheld, and what share is that?",
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)"},
    columns=(
        "group_name", "layer", "measure", "amount", "whole", "currency", "percent", "amount_count", "unknown_count",
        "years", "evidence",
    ),
)  # fmt: skip  # in the order of the table
