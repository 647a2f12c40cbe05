"""Who received most: ranked by one measure of one layer, with ties, unknown amounts and withheld names told apart."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pydantic import Field

from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, Ref, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on
from iga.queries.core.columns import column, option
from iga.queries.core.question import Question, Request, Result
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.rows import Rows
from iga.queries.funding.one_measure import (
    WITHHELD,
    AmountPart,
    OneMeasure,
    is_place,
    may_overlap,
    one_measure,
    value_of,
)
from iga.queries.funding.pool import SUBJECTS, PoolParams, with_parts
from iga.queries.funding.totals import are_apart, money_of, plain, refs_of, total_of


class TopParams(PoolParams):
    """What `top-partners` is asked with."""

    party: str | None = option(
        "Only money of this country, funder, programme, compact or award; all that is held if left out.", "Ghana"
    )


class TopRow(PartyRow):
    """One partner with what it received of one layer and measure, in one currency."""

    rank: int | None = column("Place in its currency, 1 is most; null: no amount is held.")
    is_edge: bool = column("Whether others have the same place.", False)
    layer: str = Field(description="Layer of the money: one for the whole answer.")
    measure: str = Field(description="What the amounts measure: one for the whole answer.")
    amount: str | None = column("What it received, as a decimal number; null is not held.")
    currency: str | None = column("ISO 4217 code; currencies are ranked apart.")
    amount_count: int = Field(description="How many amounts that adds up.")
    award_count: int = Field(description="How many awards or projects those are of; without amounts, how many it has.")
    may_be_parts: bool = column("Whether its figures may be part of one another, so that the largest ranks it.", False)
    unknown_amount_count: int = column("How many more awards or projects it has of which no such amount is held.", 0)
    years: str | None = column("US fiscal and calendar years of the amounts.")
    is_derived: bool = column("Whether it is worked out by stated shares of countries.", False)


Silent = Mapping[str, list[tuple[Ref, ...]]]
"""What awards or projects rest on of whose layer no amount of the measure is held, by who received them."""


def top_partners(request: Request[TopParams]) -> Result[TopRow]:
    """Rank partners by what they received of one layer and measure, in each currency; then those of unknown amounts.

    Figures of one partner that were only announced may be part of one another: the largest ranks it, not their sum.

    Money of withheld recipients is told, and ranked nowhere: it belongs to nobody knows how many.
    """
    money = one_measure(request, "implementer")
    placed = (part for part in money.parts if part.group.id)
    received = by_key(placed, lambda part: (part.amount.currency, part.group.id))
    unplaced = by_key((part for part in money.parts if not part.group.id), lambda part: part.group.name)
    silent, receiving = _silent(money), {id_ for _, id_ in received}
    wanted = OfIds(ids=tuple(sorted(receiving | silent.keys())))
    read = request.session.read(ENTITIES_BY_ID, wanted) if wanted.ids else []
    parties = {entity.id: entity.subject for entity in read}
    ranked = _ranked(money, received, parties, silent)
    unknown = _unknown(money, [parties[id_] for id_ in silent if id_ in parties.keys() - receiving], silent)
    clauses = _clauses(request.params, money, ranked, unplaced, unknown)
    if not is_place(money.subject, money.pool.holdings):
        clauses = with_parts(request, clauses, money.pool.holdings, "Award", "Project")
    caveats = (*money.caveats(), *_caveats(money, unplaced, unknown, ranked))
    return Result.of((*clauses, *money.last_clauses()), ranked + unknown, caveats)


def _silent(money: OneMeasure) -> Silent:
    pool, of_amounts = money.pool, {amount.about.id for amount in money.counting}
    is_of_wholes, is_subaward = money.layer == "stated total", money.layer == "sub-award"
    cls = ("Project",) if money.layer == "project activity" else ("Award", "Project") if is_of_wholes else ("Award",)
    silent: dict[str, list[tuple[Ref, ...]]] = {}
    for id_, holding in pool.holdings.items():
        is_of_layer = holding.thing.cls in cls and (is_of_wholes or holding.is_subaward == is_subaward)
        if is_of_layer and id_ not in of_amounts and not holding.is_passed_on_only:
            for party in pool.carriers.get(id_, ()):
                if party.id not in pool.undisclosed:
                    silent.setdefault(party.id, []).append(holding.refs)
    return silent


def _ranked(
    money: OneMeasure,
    received: Mapping[tuple[str, str], Sequence[AmountPart]],
    parties: Mapping[str, Subject],
    silent: Silent,
) -> Rows[TopRow]:
    values = {key: _one_figure(parts, money) for key, parts in received.items()}

    def order(key: tuple[str, str]) -> tuple[object, ...]:
        return (key[0], -values[key], folded(parties[key[1]].name), key[1])

    rows = []
    for currency, id_ in sorted((key for key in received if key[1] in parties), key=order):
        amounts = [part.amount for part in received[currency, id_]]
        value, others = values[currency, id_], [value for (code, _), value in values.items() if code == currency]
        row = TopRow(
            **parties[id_].model_dump(by_alias=False),
            **money.columns(amounts),
            rank=1 + sum(other > value for other in others),
            is_edge=others.count(value) > 1,
            amount=plain(value),
            may_be_parts=len(amounts) > 1 and _may_be_parts(received[currency, id_], money),
            currency=currency,
            amount_count=len(amounts),
            unknown_amount_count=len(silent.get(id_, ())),
            is_derived=any(amount.is_part for amount in amounts),
        )
        rows.append(SourcedRow(row, refs_of(amounts), parts=tuple(amount.refs for amount in amounts)))
    return Rows(tuple(rows))


def _one_figure(parts: Sequence[AmountPart], money: OneMeasure) -> Decimal:
    """Return what a partner received: the sum, or the largest of announced figures that may be part of one another."""
    return max(part.value for part in parts) if _may_be_parts(parts, money) else value_of(parts)


def _may_be_parts(parts: Sequence[AmountPart], money: OneMeasure) -> bool:
    amounts = [part.amount for part in parts]
    return any(map(may_overlap, amounts)) and not are_apart(amounts, money.pool.holdings)


def _unknown(money: OneMeasure, parties: Sequence[Subject], silent: Silent) -> Rows[TopRow]:
    rows = []
    for party in sorted(parties, key=lambda party: (folded(party.name), party.id)):
        columns = party.model_dump(by_alias=False) | money.columns(()) | {"award_count": len(silent[party.id])}
        row = TopRow(**columns, amount_count=0, unknown_amount_count=len(silent[party.id]))
        rows.append(SourcedRow(row, tuple(dict.fromkeys(ref for refs in silent[party.id] for ref in refs))))
    return Rows(tuple(rows))


def _clauses(
    params: TopParams,
    money: OneMeasure,
    ranked: Rows[TopRow],
    unplaced: Mapping[str, Sequence[AmountPart]],
    unknown: Rows[TopRow],
) -> Iterator[SourcedClause]:
    first = ranked.first(2).told("name", "amount", "currency", "amount_count")
    values = {**money.values, "first": first, "ranked": len(ranked), "period": params.period}
    largest = next(iter(ranked), None)
    top = [it for it in money.parts if largest and (it.group.id, it.amount.currency) == (largest.id, largest.currency)]
    yield ranked.clause("headline", **values, overlapping=_may_be_parts(top, money))
    if tied := ranked.where(is_edge=True):
        yield tied.clause("tied", tied=len(tied))
    for name, parts in sorted(unplaced.items()):
        amounts = [part.amount for part in parts]
        codes = sorted({amount.currency for amount in amounts})
        sums = [money_of(total_of(one for one in amounts if one.currency == code), code) for code in codes]
        yield resting_on([refs_of(amounts)], "not-ranked", name=name, sums=sums)
    if unknown:
        yield unknown.clause("unknown", unknown=len(unknown))


def _caveats(
    money: OneMeasure, unplaced: Mapping[str, Sequence[AmountPart]], unknown: Rows[TopRow], ranked: Rows[TopRow]
) -> Iterator[UnwordedCaveat]:
    if money.measure == "announced" and ranked:
        yield caveat("uncertain", "announced", clause="headline")
    if money.layer == "sub-award" and ranked:
        yield caveat("partial", "overlap")
    if WITHHELD in unplaced:
        yield caveat("undisclosed", "no-place", clause="not-ranked")
    if unknown:
        yield caveat("unknown", "more-than-ranked", clause="unknown")
    if not ranked and not unknown:
        yield caveat("unknown", "nothing")


TOP_PARTNERS = Question.of(
    top_partners,
    title="Which partners received most, by one measure, in a period?",
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)"},
    columns=(
        "rank", "is_edge", "name", "layer", "measure", "amount", "currency", "amount_count", "may_be_parts",
        "award_count", "unknown_amount_count", "years", "evidence",
    ),
)  # fmt: skip  # in the order of the table
