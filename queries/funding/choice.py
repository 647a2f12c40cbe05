"""Which one layer and one measure an answer is of, and what is held beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from graph.domain.values import MEASURES
from graph.errors import UsageError
from queries.core.answer import Caveat
from queries.core.wording import listed
from queries.funding.amounts import Amount, Layer
from queries.funding.pool import PoolParams
from queries.funding.tally import Sum, counted_sum, counts, passed_on, sums

LAYERS_ASKED: tuple[Layer, ...] = ("prime award", "project activity", "sub-award", "budget line", "contribution")
"""Layers in the order in which one is taken where none is asked for."""
MOST_BESIDE = 1
# From what is promised in law, to what is paid, to what is only said.
_MEASURES = ("obligation", "commitment", "disbursement", "outlay", "expenditure", "subaward", "enacted", "announced")


@dataclass(frozen=True)
class Choice:
    """One layer and one measure.

    Attributes:
        layer, measure: What the answer is of.
        amounts: The amounts of it, with those that no total counts.
        others: Totals of other layers and measures, which are never added to it.
        of: Id of whom they are asked for; blank is everybody.
    """

    layer: Layer
    measure: str
    amounts: tuple[Amount, ...]
    others: tuple[Sum, ...]
    of: str = ""

    @property
    def words(self) -> str:
        """Layer and measure in words."""
        return f"{self.layer}, {self.measure.replace('_', ' ')}"

    @property
    def others_in_words(self) -> list[str]:
        """What is held beside it, in words: sub-awards as passed on from the same money, or received of others."""
        told = []
        for each in self.others:
            if each.layer == "sub-award" and self.layer == "prime award":
                measure = "" if each.measure == "subaward" else f"{each.measure.replace('_', ' ')} "
                told.append(f"{passed_on(each, self.of)}, {measure}{counted_sum(each)}")
            else:
                told.append(each.brief)
        return told


def beside(choice: Choice) -> list[str]:
    """Return in words for a sentence what is held beside a layer and measure: nothing, or one piece."""
    others = choice.others_in_words
    return [f"beside it, never added: {listed(others, most=MOST_BESIDE)}"] if others else []


def beside_whole(choice: Choice) -> list[Caveat]:
    """Return what a sentence is too short to tell of what is held beside a layer and measure."""
    others = choice.others_in_words
    text = f"Held beside it and never added: {listed(others, most=len(others))}."
    return [Caveat(kind="partial", text=text)] if len(others) > MOST_BESIDE else []


def choose(given: PoolParams, amounts: Sequence[Amount], *, of: str = "") -> Choice:
    """Return the one layer and measure that is asked for, else the first of which an amount counts.

    Raises:
        UsageError: There is no such layer or measure.
    """
    layer, measure = layer_asked(given.layer), measure_asked(given.measure)
    held = {(each.layer, each.measure) for each in amounts if counts(each)}
    every = {(each.layer, each.measure) for each in amounts}
    fitting = [
        [pair for pair in those if layer in (None, pair[0]) and measure in (None, pair[1])] for those in (held, every)
    ]
    first = min(fitting[0] or fitting[1], key=_rank, default=(layer or "prime award", measure or "obligation"))
    chosen = tuple(each for each in amounts if (each.layer, each.measure) == first)
    others = tuple(each for each in sums(amounts) if (each.layer, each.measure) != first)
    return Choice(first[0], first[1], chosen, others, of)


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
    plain = "".join(letter for letter in written.casefold() if letter.isalpha()).removesuffix("s")
    for layer in LAYERS_ASKED:
        if plain == "".join(letter for letter in layer if letter.isalpha()).removesuffix("s"):
            return layer
    raise UsageError(f"layer: there is no {written!r}; layers are {', '.join(LAYERS_ASKED)}")


def measure_asked(written: str | None) -> str | None:
    """Return the measure that is meant, None if none is asked for.

    Raises:
        UsageError: There is no such measure.
    """
    if written is None:
        return None
    plain = written.strip().casefold().replace(" ", "_").replace("-", "_")
    known: tuple[str, ...] = get_args(MEASURES)
    for measure in known:
        if plain in (measure, f"{measure}s"):
            return measure
    raise UsageError(f"measure: there is no {written!r}; measures are {', '.join(known).replace('_', ' ')}")
