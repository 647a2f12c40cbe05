"""Fits what each sort of difference costs on the tuned half of the labelled pairs: python -m bench.fitting.

A logistic regression whose costs are never below zero, drawn a little towards a common cost; printed in points, of
which 10 is an even chance. It is what ``facts/costs.csv`` was rounded from, column ``fitted_…``; where a person should
look whatever the labels say, the list asks for more.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench import name_pairs
from bench.name_pairs import Pair
from iga.graph.names.comparison import POSSIBLE, differences
from iga.graph.names.parts import Kind, parts_of

_ROUNDS = 1_500
_STEP = 2.0
_PULL = 0.3
# The sets beside the name bench are large and one-sided: together they weigh about as much as it does.
_WEIGHTS = {"bench": 1.0, "ror": 0.2, "people": 0.1, "spellings": 0.2}


@dataclass(frozen=True)
class Case:
    """A labelled pair as it is fitted: how often each sort of difference occurs, the label, how much it weighs."""

    amounts: Mapping[str, int]
    is_same: bool
    weight: float


def main() -> None:
    """Print the fitted points of each sort of difference, for organizations and for people."""
    folder = name_pairs.shared()
    if folder is None:
        sys.exit("The labelled pairs are not beside the checkout: name the folder above data/ in IGA_SHARED.")
    sets = {
        "bench": name_pairs.opensanctions(folder),
        "ror": name_pairs.ror(folder),
        "people": name_pairs.people(folder),
        "spellings": name_pairs.spellings(folder),
    }
    kinds: tuple[Kind, ...] = ("organization", "person")
    for kind in kinds:
        cases = [
            _case(pair, _WEIGHTS[name])
            for name, pairs in sets.items()
            for pair in pairs
            if pair.kind == kind and pair.is_tuned_on
        ]
        print(f"{kind}, {len(cases)} pairs")
        for feature, points in sorted(fitted(cases).items()):
            print(f"  {feature:<22}{points:5.1f}")


def fitted(cases: Iterable[Case]) -> dict[str, float]:
    """Return the points of each sort of difference that occurs in the cases."""
    cases = list(cases)
    costs = {feature: 1.0 for case in cases for feature in case.amounts}
    whole, start = sum(case.weight for case in cases), 2.0
    for _ in range(_ROUNDS):
        slope, slopes = 0.0, Counter({feature: _PULL * (1 - cost) for feature, cost in costs.items()})
        for case in cases:
            sure = start - sum(costs[feature] * amount for feature, amount in case.amounts.items())
            miss = (1 / (1 + math.exp(-max(-30.0, min(30.0, sure)))) - case.is_same) * case.weight
            slope += miss
            for feature, amount in case.amounts.items():
                slopes[feature] += miss * amount  # type: ignore[assignment]
        start -= _STEP * slope / whole
        costs = {feature: max(0.0, cost + _STEP * slopes[feature] / whole) for feature, cost in costs.items()}
    return {feature: cost * POSSIBLE / start for feature, cost in costs.items()}


def _case(pair: Pair, weight: float) -> Case:
    found = differences(parts_of(pair.first, pair.kind), parts_of(pair.second, pair.kind), pair.kind)
    amounts: Counter[str] = Counter()
    for each in found:
        amounts[each.feature] += each.amount
    return Case(dict(amounts), pair.is_same, weight)


if __name__ == "__main__":
    main()
