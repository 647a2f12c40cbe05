"""Things around others as rings: those one step away on the first, and so on, each beside what it hangs on."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ROOM, _STEP = 16.0, 120.0
"""Points between the labels of one ring, and between one ring and the next."""

_ROOT = ""


@dataclass(frozen=True)
class RingPlace:
    """Where a thing stands.

    Attributes:
        x, y: Points from the middle, to the right and downward.
        ring: Steps from the middle.
        turn: Degrees by which its direction from the middle is turned, clockwise from the right.
        under: What it hangs on; blank for what stands in the middle.
    """

    x: float
    y: float
    ring: int
    turn: float
    under: str


def rings(
    middle: Sequence[str], ties: Iterable[tuple[str, str]], *, order: Callable[[str], Any]
) -> Mapping[str, RingPlace]:
    """Return where things stand around others: the same places for the same ties, in whatever order they come.

    Args:
        middle: What the others stand around; several share the innermost ring.
        ties: Which things are tied; what no tie leads to from the middle has no place.
        order: What neighbours of one thing are sorted by.
    """
    under = _hanging(middle, ties, order)
    below: dict[str, list[str]] = {}
    for it, above in under.items():
        below.setdefault(above, []).append(it)
    widths = _widths(below)
    innermost = max(_STEP, widths[_ROOT] * _ROOM / (2 * math.pi))
    alone = len(middle) == 1
    fans = [_Fan(middle[0] if alone else _ROOT, 0.0, 360.0, 0)]
    places = {middle[0]: RingPlace(0.0, 0.0, 0, 0.0, "")} if alone else {}
    for fan in fans:  # grows while it is walked
        start = fan.start
        for it in below.get(fan.of, ()):
            width = fan.width * widths[it] / max(1, sum(widths[other] for other in below[fan.of]))
            turn, ring = start + width / 2, fan.ring + 1
            far, angle = innermost + _STEP * fan.ring, math.radians(turn)
            places[it] = RingPlace(far * math.cos(angle), far * math.sin(angle), ring, turn, under[it])
            fans.append(_Fan(it, start, width, ring))
            start += width
    return places


@dataclass(frozen=True)
class _Fan:
    """The part of the circle that belongs to what hangs on a thing: from where, how wide, and on which ring it is."""

    of: str
    start: float
    width: float
    ring: int


def _hanging(middle: Sequence[str], ties: Iterable[tuple[str, str]], order: Callable[[str], Any]) -> Mapping[str, str]:
    """Return what each thing hangs on: the first of the ring within that it is tied to."""
    tied: dict[str, set[str]] = {}
    for one, other in ties:
        tied.setdefault(one, set()).add(other)
        tied.setdefault(other, set()).add(one)
    under = dict.fromkeys(middle, _ROOT)
    for it in (reached := list(middle)):  # grows while it is walked
        for other in sorted(tied.get(it, ()), key=order):
            if other not in under:
                under[other] = it
                reached.append(other)
    return under


def _widths(below: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
    """Return how many things at the edge hang on each thing, on that itself if nothing does."""
    order = [_ROOT]
    for it in order:  # grows while it is walked
        order += below.get(it, ())
    widths: dict[str, int] = {}
    for it in reversed(order):
        widths[it] = sum(widths[other] for other in below.get(it, ())) or 1
    return widths


def edge_of(places: Mapping[str, RingPlace]) -> float:
    """Return how far from the middle the outermost thing stands."""
    return max((math.hypot(place.x, place.y) for place in places.values()), default=0.0)
