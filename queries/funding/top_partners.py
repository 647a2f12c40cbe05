"""Who received most: ranked by one measure of one layer, with edges, unknown amounts and withheld names told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Ref, Subject
from queries.core.question import Question, Request, Result, SourcedRow
from queries.core.reading import OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.core.wording import counted, listed
from queries.funding.amounts import Amount
from queries.funding.choice import Choice, beside, beside_whole, choose
from queries.funding.gathering import Pool
from queries.funding.parts import WITHHELD, parts_of
from queries.funding.pool import PoolParams, pool_of
from queries.funding.row import plain
from queries.funding.shares import is_place, share_of_place
from queries.funding.summary import SUBJECTS, withheld_share
from queries.funding.tally import counts, left_out_in_full, left_out_in_short, printed, years_of
from queries.funding.times import period_of


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
    """What one partner received in one currency."""

    amounts: list[Amount] = field(default_factory=list)
    value: Decimal = Decimal(0)


def top_partners(request: Request[TopParams]) -> Result:
    """Rank partners by what they received of one layer and measure, in each currency; then those of unknown amounts.

    Money of withheld recipients is told, and ranked nowhere: it belongs to nobody knows how many.
    """
    subject = request.maybe("party")
    pool = pool_of(request, subject)
    place = subject if is_place(subject, pool.holdings) else None
    amounts = share_of_place(pool.amounts, pool.holdings, place) if place else pool.amounts
    choice = choose(request.params, amounts, of=subject.id if subject else "")
    counting = [each for each in choice.amounts if counts(each)]
    received: dict[tuple[str, str], _Received] = {}
    unplaced: dict[str, list[Amount]] = {}
    parts = parts_of(request.session, counting, pool, "implementer", place=place)
    for part in parts:
        if part.group.id:
            one = received.setdefault((part.amount.currency, part.group.id), _Received())
            one.amounts.append(part.amount)
            one.value += part.value
        else:
            unplaced.setdefault(part.group.name, []).append(part.amount)
    silent = _silent(pool, choice, {each.about.id for each in counting})
    parties = _parties(request, {id_ for _, id_ in received} | silent.keys())
    ranked = _ranked(received, parties, choice, silent)
    unknown = _unknown(parties, choice, silent, {id_ for _, id_ in received})
    return Result(
        sentence=_sentence(request, subject, choice, ranked, unplaced, len(unknown)),
        rows=(*ranked, *unknown),
        caveats=(
            *withheld_share(parts, choice, pool),
            *_doubts(choice, unplaced, unknown, ranked),
            *left_out_in_full(choice.amounts),
            *beside_whole(choice),
        ),
    )


def _silent(pool: Pool, choice: Choice, told: set[str]) -> dict[str, list[tuple[str, tuple[Ref, ...]]]]:
    """Return awards or projects of the layer of which no amount of the measure is held, by who received them."""
    cls = "Project" if choice.layer == "project activity" else "Award"
    found: dict[str, list[tuple[str, tuple[Ref, ...]]]] = {}
    for id_, holding in pool.holdings.items():
        is_of_layer = holding.thing.cls == cls and holding.is_subaward == (choice.layer == "sub-award")
        if is_of_layer and id_ not in told and not holding.is_passed_on_only:
            for party in pool.carriers.get(id_, ()):
                if party.id not in pool.undisclosed:
                    found.setdefault(party.id, []).append((id_, holding.refs))
    return found


def _parties(request: Request[TopParams], ids: set[str]) -> dict[str, Subject]:
    wanted = OfIds(ids=tuple(sorted(ids)))
    return {each.id: each.subject for each in request.session.read(ENTITIES_BY_ID, wanted)} if ids else {}


def _ranked(
    received: dict[tuple[str, str], _Received],
    parties: dict[str, Subject],
    choice: Choice,
    silent: dict[str, list[tuple[str, tuple[Ref, ...]]]],
) -> list[SourcedRow[TopRow]]:
    def order(key: tuple[str, str]) -> tuple[object, ...]:
        return (key[0], -received[key].value, folded(parties[key[1]].name), key[1])

    sourced_rows: list[SourcedRow[TopRow]] = []
    for currency, id_ in sorted((key for key in received if key[1] in parties), key=order):
        one = received[currency, id_]
        values = [each.value for (code, _), each in received.items() if code == currency]
        row = TopRow(
            **_who(parties[id_]),
            rank=1 + sum(value > one.value for value in values),
            is_edge=values.count(one.value) > 1,
            layer=choice.layer,
            measure=choice.measure,
            amount=plain(one.value),
            currency=currency,
            amount_count=len(one.amounts),
            award_count=len({each.about.id for each in one.amounts}),
            unknown_amount_count=len(silent.get(id_, ())),
            years=years_of(one.amounts) or None,
            is_derived=any(each.is_part for each in one.amounts),
        )
        sourced_rows.append(SourcedRow(row, tuple(dict.fromkeys(ref for each in one.amounts for ref in each.refs))))
    return sourced_rows


def _unknown(
    parties: dict[str, Subject], choice: Choice, silent: dict[str, list[tuple[str, tuple[Ref, ...]]]], told: set[str]
) -> list[SourcedRow[TopRow]]:
    sourced_rows = []
    for id_ in sorted(
        silent.keys() - told, key=lambda id_: (folded(parties[id_].name), id_) if id_ in parties else ("", id_)
    ):
        if id_ in parties:
            things = silent[id_]
            row = TopRow(
                **_who(parties[id_]),
                layer=choice.layer,
                measure=choice.measure,
                amount_count=0,
                award_count=len(things),
                unknown_amount_count=len(things),
            )
            sourced_rows.append(SourcedRow(row, tuple(dict.fromkeys(ref for _, refs in things for ref in refs))))
    return sourced_rows


def _who(subject: Subject) -> dict[str, str | None]:
    return {"id": subject.id, "cls": subject.cls, "name": subject.name, "iso3": subject.iso3}


def _sentence(
    request: Request[TopParams],
    subject: Subject | None,
    choice: Choice,
    ranked: Sequence[SourcedRow],
    unplaced: dict[str, list[Amount]],
    unknown_count: int,
) -> str:
    rows = [draft.row for draft in ranked if isinstance(draft.row, TopRow)]
    of = f" of {subject.name}" if subject else ""
    told = f"{counted(len(rows), 'partner')} ranked by {choice.words}{of}{period_of(request.params)}"
    if rows:
        first = [f"{row.name} {printed(Decimal(row.amount or 0))} {row.currency}" for row in rows]
        told += f": {listed(first, most=3)}"
    if edges := sum(row.is_edge for row in rows):
        told += f"; {edges} of them share a place"
    for name, amounts in sorted(unplaced.items()):
        told += f"; not ranked: {name} ({_by_currency(amounts)})"
    if unknown_count:
        told += f"; no such amount is held of {counted(unknown_count, 'more partner')}"
    return "; ".join([told, *left_out_in_short(choice.amounts), *beside(choice)])


def _by_currency(amounts: Sequence[Amount]) -> str:
    totals: dict[str, Decimal] = {}
    for each in amounts:
        totals[each.currency] = totals.get(each.currency, Decimal(0)) + each.amount
    return listed([f"{printed(value)} {currency}" for currency, value in sorted(totals.items())])


def _doubts(
    choice: Choice, unplaced: dict[str, list[Amount]], unknown: Sequence[SourcedRow], ranked: Sequence[SourcedRow]
) -> list[Caveat]:
    found = []
    if choice.measure == "announced" and ranked:
        text = "What was announced is neither obligated nor paid, and may be of another year than either."
        found.append(Caveat(kind="uncertain", text=text))
    if choice.layer == "sub-award" and ranked:
        text = "What a sub-recipient passed on again is in its amount too: amounts of sub-recipients overlap."
        found.append(Caveat(kind="partial", text=text))
    if WITHHELD in unplaced:
        text = "Recipients whose names are withheld are no partner of their own and have no place."
        found.append(Caveat(kind="undisclosed", text=text))
    if unknown:
        text = "Where no amount is held, a partner may have received more than any that is ranked."
        found.append(Caveat(kind="unknown", text=text))
    if not ranked and not unknown:
        found.append(Caveat(kind="unknown", text="That nothing is held does not say that there was nothing."))
    return found


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
