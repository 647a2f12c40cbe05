"""Which one layer and one measure an answer is of, and what is held beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from graph.domain.values import MEASURES
from graph.errors import UsageError
from queries.core.answer import Caveat, Subject
from queries.core.clauses import SourcedClause
from queries.core.question import Request
from queries.funding.amounts import Amount, Layer
from queries.funding.parts import AmountPart, By, parts_of
from queries.funding.pool import Pool, PoolParams, pool_of
from queries.funding.shares import is_place, share_of_place
from queries.funding.totals import (
    Sum,
    beside_clause,
    caveat,
    counts,
    left_out_caveats,
    left_out_clause,
    money_of,
    percent_of,
    sums,
)

LAYERS_ASKED: tuple[Layer, ...] = ("prime award", "project activity", "sub-award", "budget line", "contribution")
"""Layers in the order in which one is taken where none is asked for."""
# From what is promised in law, to what is paid, to what is only said.
_MEASURES = ("obligation", "commitment", "disbursement", "outlay", "expenditure", "subaward", "enacted", "announced")


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
    """

    subject: Subject | None
    pool: Pool
    layer: Layer
    measure: str
    amounts: tuple[Amount, ...]
    parts: tuple[AmountPart, ...]
    others: tuple[Sum, ...]

    @property
    def counting(self) -> list[Amount]:
        """The amounts that count."""
        return [each for each in self.amounts if counts(each)]

    @property
    def values(self) -> dict[str, Any]:
        """Whose money it is, and which, as values of a clause."""
        return {
            "subject": self.subject.name if self.subject else None,
            "measure": self.measure,
            "layer": self.layer,
        }

    @property
    def withheld(self) -> list[dict[str, Any]]:
        """Which share of a total went to recipients whose names are withheld, for each currency that has any."""
        whole = sums_by_currency(self.parts)
        return [
            {
                "part": money_of(value, currency),
                "whole": money_of(whole[currency], currency),
                "percent": percent_of(value, whole[currency]),
            }
            for currency, value in sums_by_currency(hidden_among(self.parts, self.pool)).items()
        ]

    def last_clauses(self) -> Iterator[SourcedClause]:
        """Yield what an answer says last: what no total counts, and what is held beside."""
        yield from left_out_clause(self.amounts)
        yield from beside_clause(self.others, self.subject.id if self.subject else "")

    def caveats(self) -> Iterator[Caveat]:
        """Yield what a sentence is too short to tell of the same, and of withheld recipients."""
        for share in self.withheld:
            yield caveat("undisclosed", "withheld", measure=self.measure, layer=self.layer, **share)
        yield from left_out_caveats(self.amounts)
        if len(self.others) > 1:
            others = [each.values(self.subject.id if self.subject else "") for each in self.others]
            yield caveat("partial", "beside", clause="beside", others=others)


def one_measure(request: Request[PoolParams], by: By) -> OneMeasure:
    """Return the amounts of the one layer and measure that is asked for, else of the first of which one counts.

    Raises:
        UsageError: There is no such layer or measure.
    """
    subject = request.maybe("party")
    pool = pool_of(request, subject)
    place = subject if is_place(subject, pool.holdings) else None
    amounts = share_of_place(pool.amounts, pool.holdings, place) if place else pool.amounts
    layer, measure = layer_asked(request.params.layer), measure_asked(request.params.measure)
    held = {(each.layer, each.measure) for each in amounts if counts(each)}
    every = {(each.layer, each.measure) for each in amounts}
    fitting = [
        [pair for pair in those if layer in (None, pair[0]) and measure in (None, pair[1])] for those in (held, every)
    ]
    first = min(fitting[0] or fitting[1], key=_rank, default=(layer or "prime award", measure or "obligation"))
    chosen = tuple(each for each in amounts if (each.layer, each.measure) == first)
    others = tuple(each for each in sums(amounts) if (each.layer, each.measure) != first)
    parts = parts_of(request.session, [each for each in chosen if counts(each)], pool, by, place=place)
    return OneMeasure(subject, pool, first[0], first[1], chosen, tuple(parts), others)


def sums_by_currency(parts: Sequence[AmountPart]) -> dict[str, Decimal]:
    """Return the sum of parts by currency."""
    found: dict[str, Decimal] = {}
    for part in parts:
        found[part.amount.currency] = found.get(part.amount.currency, Decimal(0)) + part.value
    return dict(sorted(found.items()))


def hidden_among(parts: Sequence[AmountPart], pool: Pool) -> list[AmountPart]:
    """Return the parts that went to recipients whose names are withheld."""
    return [part for part in parts if pool.is_hidden(part.amount)]


def _rank(pair: tuple[Layer, str]) -> tuple[object, ...]:
    layer, measure = pair
    place = LAYERS_ASKED.index(layer) if layer in LAYERS_ASKED else len(LAYERS_ASKED)
    return (place, _MEASURES.index(measure) if measure in _MEASURES else len(_MEASURES), measure)


def layer_asked(written: str | None) -> Layer | None:
    """Return the layer that is meant, None if none is asked for.

    Raises:
        UsageError: There is no such layer.
    """
    if written is None:
        return None
    asked = "".join(letter for letter in written.casefold() if letter.isalpha()).removesuffix("s")
    for layer in LAYERS_ASKED:
        if asked == "".join(letter for letter in layer if letter.isalpha()).removesuffix("s"):
            return layer
    raise UsageError(f"layer: there is no {written!r}; layers are {', '.join(LAYERS_ASKED)}")


def measure_asked(written: str | None) -> str | None:
    """Return the measure that is meant, None if none is asked for.

    Raises:
        UsageError: There is no such measure.
    """
    if written is None:
        return None
    asked = written.strip().casefold().replace(" ", "_").replace("-", "_")
    known: tuple[str, ...] = get_args(MEASURES)
    for measure in known:
        if asked in (measure, f"{measure}s"):
            return measure
    raise UsageError(f"measure: there is no {written!r}; measures are {', '.join(known).replace('_', ' ')}")
