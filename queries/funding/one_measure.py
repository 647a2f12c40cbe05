"""Which one layer and one measure an answer is of, and what is held beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar, get_args

from iga.graph.domain.values import MEASURES
from iga.graph.errors import UsageError
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat
from iga.queries.core.columns import column, needed
from iga.queries.core.question import Request
from iga.queries.funding.amounts import Amount, Layer
from iga.queries.funding.figures import FIGURES, OF_AWARDS
from iga.queries.funding.parts import AmountPart, By, is_place, parts_of, share_of_place
from iga.queries.funding.pool import Pool, PoolParams, pool_of
from iga.queries.funding.totals import (
    SINGLE,
    Sum,
    beside_clause,
    counts,
    left_out_caveats,
    left_out_clause,
    overlap_of,
    share_values,
    sums,
    years_of,
)

LAYERS_ASKED: tuple[Layer, ...] = (
    "prime award",
    "project activity",
    "sub-award",
    "transaction",
    "budget line",
    "contribution",
)
"""Layers in the order in which one is taken where none is asked for."""
# From what is promised in law, to what is paid, to what is only said.
_MEASURES = ("obligation", "commitment", "disbursement", "outlay", "expenditure", "subaward", "enacted", "announced")

T = TypeVar("T", bound=str)


class MoneyShareRow(AnswerRow):
    """Base of rows of money that is shared out: what to, and of which layer and measure."""

    group_name: str = needed("Year, country, award, programme or implementer; for what is left out, all.")
    group: str | None = column("Id of it; null for a year and for what is no one thing.")
    iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    layer: str = needed("Layer of the money; layers are never added.")
    measure: str = needed("What the amounts measure; measures are never added.")


@dataclass(frozen=True)
class OneMeasure:
    """The amounts of one layer and one measure, shared out.

    Attributes:
        subject: Whose money; None is everybody's.
        pool: Where the amounts come from.
        layer, measure: What the answer is of.
        amounts: The amounts of it, with those that no total counts.
        parts: Those that count, shared out.
        others: Totals of other layers and measures, which are never added to it.
        overlap: The figures of any layer that may overlap.
    """

    subject: Subject | None
    pool: Pool
    layer: Layer
    measure: str
    amounts: tuple[Amount, ...]
    parts: tuple[AmountPart, ...]
    others: tuple[Sum, ...]
    overlap: tuple[Amount, ...]

    @property
    def counting(self) -> list[Amount]:
        """The amounts that count."""
        return list(filter(counts, self.amounts))

    @property
    def values(self) -> dict[str, Any]:
        """Whose money it is, and which, as values of a clause."""
        subject = self.subject.name if self.subject else None
        return {"subject": subject, "measure": self.measure, "layer": self.layer}

    @property
    def withheld(self) -> list[dict[str, Any]]:
        """Which share of a total went to recipients whose names are withheld, for each currency that has any."""
        whole, hidden = sums_by_currency(self.parts), sums_by_currency(hidden_among(self.parts, self.pool))
        return [share_values(part, whole[currency], currency) for currency, part in hidden.items()]

    def columns(self, amounts: Sequence[Amount]) -> dict[str, Any]:
        """Return what rows say of some of its amounts: which they are, of how many things, and of which years."""
        return {
            "layer": self.layer,
            "measure": self.measure,
            "award_count": len({amount.about.id for amount in amounts}),
            "years": years_of(amounts),
        }

    def last_clauses(self) -> Iterator[SourcedClause]:
        """Yield what an answer says last: what no total counts, and what is held beside."""
        yield from left_out_clause(self.amounts)
        yield from beside_clause(self.others, self.subject.id if self.subject else "")

    def caveats(self) -> Iterator[UnwordedCaveat]:
        """Yield what a sentence is too short to tell of the same, and of withheld recipients."""
        for share in self.withheld:
            yield caveat("undisclosed", "withheld", measure=self.measure, layer=self.layer, **share)
        yield from left_out_caveats(self.amounts)
        yield from self.pool.apart
        if len(self.others) > 1:
            others = [total.values(self.subject.id if self.subject else "") for total in self.others]
            yield caveat("partial", "beside", clause="beside", others=others)


def one_measure(request: Request[PoolParams], by: By, *, adds_announced: bool = True) -> OneMeasure:
    """Return the amounts of the one layer and measure that is asked for, else of the first of which one counts.

    Args:
        request: What is asked.
        by: What they are shared out by.
        adds_announced: Whether figures that were only announced for wholes count, though they may overlap.

    Raises:
        UsageError: There is no such layer or measure.
    """
    subject = request.maybe("party")
    pool = pool_of(request, subject)
    place = subject if is_place(subject, pool.holdings) else None
    amounts = share_of_place(pool.amounts, pool.holdings, place) if place else pool.amounts
    if subject and not adds_announced:
        amounts = [replace(one, left_out=SINGLE) if counts(one) and may_overlap(one) else one for one in amounts]
    layer, measure = layer_and_measure(request.params)

    def kinds(some: Iterable[Amount]) -> list[tuple[Layer, str]]:
        known = {(amount.layer, amount.measure) for amount in some}
        return [kind for kind in known if layer in (None, kind[0]) and measure in (None, kind[1])]

    fitting = kinds(filter(counts, amounts)) or kinds(amounts)
    first = min(fitting, key=rank, default=(layer or "prime award", measure or "obligation"))
    chosen = tuple(amount for amount in amounts if (amount.layer, amount.measure) == first)
    others = tuple(total for total in sums(amounts) if (total.layer, total.measure) != first)
    parts = parts_of(request.session, list(filter(counts, chosen)), pool, by, place=place)
    return OneMeasure(subject, pool, first[0], first[1], chosen, tuple(parts), others, overlap_of(amounts))


def may_overlap(amount: Amount) -> bool:
    """True if an amount is a figure of a whole that was only announced or pledged: others may be part of it."""
    return amount.name in FIGURES and amount.measure not in OF_AWARDS


def sums_by_currency(parts: Iterable[AmountPart]) -> dict[str, Decimal]:
    """Return the sum of parts by currency."""
    by_currency: dict[str, Decimal] = {}
    for part in parts:
        by_currency[part.amount.currency] = by_currency.get(part.amount.currency, Decimal(0)) + part.value
    return dict(sorted(by_currency.items()))


def hidden_among(parts: Iterable[AmountPart], pool: Pool) -> list[AmountPart]:
    """Return the parts that went to recipients whose names are withheld."""
    return [part for part in parts if pool.is_hidden(part.amount)]


def rank(kind: tuple[Layer, str]) -> tuple[object, ...]:
    """Return what orders kinds of money: the first is what an answer is of where none is asked for."""
    layer, measure = kind
    place = LAYERS_ASKED.index(layer) if layer in LAYERS_ASKED else len(LAYERS_ASKED)
    return (place, _MEASURES.index(measure) if measure in _MEASURES else len(_MEASURES), measure)


def layer_and_measure(params: PoolParams) -> tuple[Layer | None, str | None]:
    """Return the layer and the measure that are meant, None where none is asked for.

    Raises:
        UsageError: There is no such layer or measure.
    """
    measures: tuple[str, ...] = get_args(MEASURES)
    return _meant("layer", params.layer, LAYERS_ASKED), _meant("measure", params.measure, measures)


def _meant(parameter: str, written: str | None, known: Sequence[T]) -> T | None:
    if written is None:
        return None
    if (meant := next((word for word in known if _letters(word) == _letters(written)), None)) is None:
        words = ", ".join(known).replace("_", " ")
        raise UsageError(f"{parameter}: there is no {written!r}; {parameter}s are {words}")
    return meant


def _letters(word: str) -> str:
    """Return the letters of a word in the singular, however it is written."""
    return "".join(filter(str.isalpha, word.casefold())).removesuffix("s")
