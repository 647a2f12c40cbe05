"""Whether two names may be of one and the same: a tier, and the reasons for and against it as sentences.

Each sort of difference has a cost in points (``facts/costs.csv``); a tier is a limit on their sum. A name alone is
never *certain*: every country has a ministry of justice.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from graph.names.differences import Difference, Homes, differences
from graph.names.parts import Kind, Parts, parts_of

Tier = Literal["certain", "likely", "possible", "unlike"]

TIERS: tuple[Tier, ...] = ("certain", "likely", "possible", "unlike")
"""From the surest down."""

LIKELY, POSSIBLE = 3, 10
"""Most points of a pair of names in these tiers; docs/decisions/0020-tiers-of-likeness.md says how they were found."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for or against two being the same, with its points; more points speak more against it."""

    feature: str
    sentence: str
    points: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison of two names comes to.

    Attributes:
        tier: How sure it is that both name one.
        points: Sum of the costs; 0 is the same name.
        reasons: What speaks for it, then each difference, the gravest first.
    """

    tier: Tier
    points: int
    reasons: tuple[Reason, ...]


# More than any limit: a name without letters is like none.
_BLANK = 100


def compared(first: str, second: str, kind: Kind, *, homes: Homes = ("", "")) -> Comparison:
    """Return how two names compare, whichever is named first.

    Args:
        first: A name as printed, in any script.
        second: The other one.
        kind: Whether they name people, or organizations and governments.
        homes: Country of the first and of the second, as far as known: ``GHA``.
    """
    (one, home), (other, other_home) = sorted(zip((first, second), homes, strict=True))
    return _compared(parts_of(one, kind), parts_of(other, kind), kind, (home, other_home))


def tier_of(points: int) -> Tier:
    """Return the tier of so many points; by name alone the surest is *likely*."""
    return "likely" if points <= LIKELY else "possible" if points <= POSSIBLE else "unlike"


def _compared(first: Parts, second: Parts, kind: Kind, homes: Homes) -> Comparison:
    if not (first.words and second.words):
        return Comparison("unlike", _BLANK, (Reason("blank", "a name without letters or digits says nothing", _BLANK),))
    found = differences(first, second, kind, homes=homes)
    costs = _costs(kind)
    points = sum(costs[each.feature] * each.amount for each in found)
    reasons = [Reason(each.feature, each.sentence, costs[each.feature] * each.amount) for each in found]
    told = sorted(reasons, key=lambda reason: (-reason.points, reason.feature, reason.sentence))
    return Comparison(tier_of(points), points, (*_for(first, second, found), *told))


def _for(first: Parts, second: Parts, found: list[Difference]) -> list[Reason]:
    if found:
        return []
    if first.script != second.script:
        return [Reason("same", "the same name in two scripts")]
    return [Reason("same", "the same name")]


@cache
def _costs(kind: Kind) -> Mapping[str, int]:
    text = (files("graph") / "names" / "facts" / "costs.csv").read_text(encoding="utf-8")
    return {line["feature"]: int(line[kind]) for line in csv.DictReader(text.splitlines())}
