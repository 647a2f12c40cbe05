"""Who received most: ranked by one measure of one layer, with ties, unknown amounts and withheld names told apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Ref, Subject
from queries.core.clauses import SourcedClause, resting_on
from queries.core.question import Question, Request, Result, SourcedRow
from queries.core.reading import OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.funding.amounts import Amount
from queries.funding.one_measure import OneMeasure, one_measure
from queries.funding.parts import WITHHELD
from queries.funding.pool import SUBJECTS, PoolParams
from queries.funding.totals import caveat, money_of, plain, refs_of, total_of, years_of


class TopParams(PoolParams):
    """What `top-partners` is asked with."""

    party: str | None = Field(
        default=None,
        description="Only money of this country, funder, programme, compact or award; all that is held if left out.",
        examples=["Ghana"],
    )


class TopRow(PartyRow):
    """One partner with what it received of one layer and measure, in one currency."""

    rank: int | None = Field(default=None, description="Place in its currency, 1 is most; null: no amount is held.")
    is_edge: bool = Field(default=False, description="Whether others have the same place.")
    layer: str = Field(description="Layer of the money: one for the whole answer.")
    measure: str = Field(description="What the amounts measure: one for the whole answer.")
    amount: str | None = Field(default=None, description="What it received, as a decimal number; null is not held.")
    currency: str | None = Field(default=None, description="ISO 4217 code; currencies are ranked apart.")
    amount_count: int = Field(description="How many amounts that adds up.")
    award_count: int = Field(description="How many awards or projects those are of; without amounts, how many it has.")
    unknown_amount_count: int = Field(
        default=0, description="How many more awards or projects it has of which no such amount is held."
    )
    years: str | None = Field(default=None, description="US fiscal and calendar years of the amounts.")
    is_derived: bool = Field(default=False, description="Whether it is worked out by stated shares of countries.")


@dataclass
class _Received:
    """What one partner, or what is no one partner, received in one currency."""

    amounts: list[Amount] = field(default_factory=list)
    value: Decimal = Decimal(0)


Silent = Mapping[str, list[tuple[str, tuple[Ref, ...]]]]
"""Awards or projects of the layer of which no amount of the measure is held, by who received them."""


def top_partners(request: Request[TopParams]) -> Result[TopRow]:
    """Rank partners by what they received of one layer and measure, in each currency; then those of unknown amounts.

    Money of withheld recipients is told, and ranked nowhere: it belongs to nobody knows how many.
    """
    found = one_measure(request, "implementer")
    received: dict[tuple[str, str], _Received] = {}
    unplaced: dict[str, list[Amount]] = {}
    for part in found.parts:
        if part.group.id:
            one = received.setdefault((part.amount.currency, part.group.id), _Received())
            one.amounts.append(part.amount)
            one.value += part.value
        else:
            unplaced.setdefault(part.group.name, []).append(part.amount)
    silent = _silent(found)
    wanted = OfIds(ids=tuple(sorted({id_ for _, id_ in received} | silent.keys())))
    read = request.session.read(ENTITIES_BY_ID, wanted) if wanted.ids else []
    parties = {each.id: each.subject for each in read}
    ranked = _ranked(found, received, parties, silent)
    unknown = _unknown(found, parties, silent, {id_ for _, id_ in received})
    return Result(
        clauses=(*_clauses(request.params, found, ranked, unplaced, unknown), *found.last_clauses()),
        rows=(*ranked, *unknown),
        caveats=(*found.caveats(), *_caveats(found, unplaced, unknown, ranked)),
    )


def _silent(found: OneMeasure) -> Silent:
    pool, told = found.pool, {each.about.id for each in found.counting}
    cls, is_subaward = "Project" if found.layer == "project activity" else "Award", found.layer == "sub-award"
    silent: dict[str, list[tuple[str, tuple[Ref, ...]]]] = {}
    for id_, holding in pool.holdings.items():
        is_of_layer = holding.thing.cls == cls and holding.is_subaward == is_subaward
        if is_of_layer and id_ not in told and not holding.is_passed_on_only:
            for party in pool.carriers.get(id_, ()):
                if party.id not in pool.undisclosed:
                    silent.setdefault(party.id, []).append((id_, holding.refs))
    return silent


def _ranked(
    found: OneMeasure,
    received: Mapping[tuple[str, str], _Received],
    parties: Mapping[str, Subject],
    silent: Silent,
) -> list[SourcedRow[TopRow]]:
    def order(key: tuple[str, str]) -> tuple[object, ...]:
        return (key[0], -received[key].value, folded(parties[key[1]].name), key[1])

    sourced_rows: list[SourcedRow[TopRow]] = []
    for currency, id_ in sorted((key for key in received if key[1] in parties), key=order):
        one = received[currency, id_]
        values = [each.value for (code, _), each in received.items() if code == currency]
        row = TopRow(
            **parties[id_].model_dump(by_alias=False),
            rank=1 + sum(value > one.value for value in values),
            is_edge=values.count(one.value) > 1,
            layer=found.layer,
            measure=found.measure,
            amount=plain(one.value),
            currency=currency,
            amount_count=len(one.amounts),
            award_count=len({each.about.id for each in one.amounts}),
            unknown_amount_count=len(silent.get(id_, ())),
            years=years_of(one.amounts),
            is_derived=any(each.is_part for each in one.amounts),
        )
        sourced_rows.append(SourcedRow(row, refs_of(one.amounts)))
    return sourced_rows


def _unknown(
    found: OneMeasure, parties: Mapping[str, Subject], silent: Silent, told: set[str]
) -> list[SourcedRow[TopRow]]:
    others = sorted(
        (parties[id_] for id_ in silent.keys() - told if id_ in parties), key=lambda each: (folded(each.name), each.id)
    )
    return [
        SourcedRow(
            TopRow(
                **party.model_dump(by_alias=False),
                layer=found.layer,
                measure=found.measure,
                amount_count=0,
                award_count=len(silent[party.id]),
                unknown_amount_count=len(silent[party.id]),
            ),
            tuple(dict.fromkeys(ref for _, refs in silent[party.id] for ref in refs)),
        )
        for party in others
    ]


def _clauses(
    params: TopParams,
    found: OneMeasure,
    ranked: Sequence[SourcedRow[TopRow]],
    unplaced: Mapping[str, list[Amount]],
    unknown: Sequence[SourcedRow[TopRow]],
) -> Iterator[SourcedClause]:
    first = [{"name": each.row.name, "amount": each.row.amount, "currency": each.row.currency} for each in ranked[:2]]
    yield resting_on(
        (each.refs for each in ranked), "headline", **found.values, first=first, ranked=len(ranked),
        period=params.period,
    )  # fmt: skip
    if tied := [each for each in ranked if each.row.is_edge]:
        yield resting_on((each.refs for each in tied), "tied", tied=len(tied))
    for name, amounts in sorted(unplaced.items()):
        by_currency = sorted({each.currency for each in amounts})
        sums = [money_of(total_of(each for each in amounts if each.currency == code), code) for code in by_currency]
        yield resting_on([refs_of(amounts)], "not-ranked", name=name, sums=sums)
    if unknown:
        yield resting_on((each.refs for each in unknown), "unknown", unknown=len(unknown))


def _caveats(
    found: OneMeasure,
    unplaced: Mapping[str, list[Amount]],
    unknown: Sequence[SourcedRow[TopRow]],
    ranked: Sequence[SourcedRow[TopRow]],
) -> Iterator[Caveat]:
    if found.measure == "announced" and ranked:
        yield caveat("uncertain", "announced", clause="headline")
    if found.layer == "sub-award" and ranked:
        yield caveat("partial", "overlap")
    if WITHHELD in unplaced:
        yield caveat("undisclosed", "no-place", clause="not-ranked")
    if unknown:
        yield caveat("unknown", "more-than-ranked", clause="unknown")
    if not ranked and not unknown:
        yield caveat("unknown", "nothing")


TOP_PARTNERS = Question(
    name="top-partners",
    title="Which partners received most, by one measure, in a period?",
    params=TopParams,
    row=TopRow,
    function=top_partners,
    names={"party": SUBJECTS},
    example={"party": "Example Grants Office (fictional)"},
    columns=(
        "rank", "is_edge", "name", "layer", "measure", "amount", "currency", "amount_count", "award_count",
        "unknown_amount_count", "years", "evidence",
    ),
)  # fmt: skip
