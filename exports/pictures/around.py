"""What lies around some things as a picture: many alike folded into one, each tie in words and how it stands."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.exports.graphs.subgraph import StoredEdge, Subgraph
from iga.graph.domain.catalog import EDGE
from iga.graph.grouping import by_key
from iga.queries.core.days import held_on
from iga.queries.core.sections import SECTIONS

_ROOM, _STEP = 16.0, 120.0
"""Points between the labels of one ring, and between one ring and the next."""

_ROOT = ""


@dataclass(frozen=True)
class RingPlace:
    """Where a thing stands.

    Attributes:
        x, y: Points from the middle, to the right and downward.
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
    under = _hung_on(middle, ties, order)
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


def _hung_on(middle: Sequence[str], ties: Iterable[tuple[str, str]], order: Callable[[str], Any]) -> Mapping[str, str]:
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


FOLDED_FROM = 9
"""Things of one kind on one thing, with nothing else on them, from which they are drawn as one."""

Change = Literal["", "began", "ended", "unknown"]
"""How a tie stands on one day against an earlier one; blank is the same."""


@dataclass(frozen=True)
class DrawnThing:
    """A thing in the picture, or several alike in one.

    Attributes:
        id: Its id; of several alike, what unfolds them.
        name: As printed; of several, how many and what they are.
        cls: Its class; blank for several.
    """

    id: str
    name: str
    cls: str
    place: RingPlace


@dataclass(frozen=True)
class DrawnTie:
    """A line in the picture: from where to where, in words, and how it stands against an earlier day."""

    source: DrawnThing
    target: DrawnThing
    words: str
    change: Change = ""


@dataclass(frozen=True)
class RingPicture:
    """Things around others.

    Attributes:
        things: Those that are drawn, from the middle outward.
        ties: The lines, each once for each type of relationship.
        edges: Every relationship, those of what is folded too, by name of its ends, with how it stands.
        radius: Points from the middle to the outermost thing.
    """

    things: tuple[DrawnThing, ...]
    ties: tuple[DrawnTie, ...]
    edges: tuple[tuple[StoredEdge, Change], ...]
    radius: float


def around_as_picture(
    part: Subgraph, middle: Sequence[str], *, day: str, since: str = "", unfolded: Collection[str] = ()
) -> RingPicture:
    """Return a part of the graph as things around those in the middle.

    Args:
        part: What is drawn, of every day where two are compared.
        middle: Ids of what the others stand around.
        day: Day that relationships are not known to be over or not begun on.
        since: An earlier day: what began after it, and what had ended by the other, is told apart; blank compares none.
        unfolded: Ids of what was drawn as one and is to be drawn one by one.
    """
    changes = {edge.key: (edge, _change(edge, day=day, since=since)) for edge in part.edges()}
    shown = {key: it for key, it in changes.items() if it[1] is not None}
    edges = [edge for edge, _ in shown.values()]
    stands_for, folds = _folded(middle, edges, unfolded)

    def order(it: str) -> tuple[str, str, str]:
        return (part.classes.get(it, ""), part.names.get(it, it), it)

    drawn = {(stands_for.get(edge.source, edge.source), stands_for.get(edge.target, edge.target)) for edge in edges}
    places = rings(middle, drawn, order=order)
    things = {
        it: DrawnThing(it, folds.get(it) or part.names[it], part.classes.get(it, ""), place)
        for it, place in places.items()
    }
    ties: dict[tuple[str, str, str, str], DrawnTie] = {}
    for edge, change in shown.values():
        source, target = (stands_for.get(end, end) for end in (edge.source, edge.target))
        if source in things and target in things:
            key = (source, target, edge.type, change or "")
            ties[key] = DrawnTie(things[source], things[target], EDGE[edge.type].phrase[0], change or "")
    listed = sorted(shown.values(), key=lambda it: (part.names[it[0].source], it[0].type, part.names[it[0].target]))
    return RingPicture(
        tuple(things.values()), tuple(ties.values()), tuple((edge, it or "") for edge, it in listed), edge_of(places)
    )


def _change(edge: StoredEdge, *, day: str, since: str) -> Change | None:
    """Return how a tie stands; None where it is not drawn: it holds on neither day."""
    days = {**edge.values, **edge.left}
    now = held_on(days, day=day)
    if not since:
        return None if now == "no" else ""
    before = held_on(days, day=since)
    if now == before == "no":
        return None
    if "unknown" in (now, before):
        return "unknown" if now != before else ""
    return "" if now == before else "began" if now == "yes" else "ended"


def _folded(
    middle: Iterable[str], edges: Sequence[StoredEdge], unfolded: Collection[str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return by id what things are drawn as, and the names of what several are drawn as."""
    others: dict[str, set[str]] = {}
    for edge in edges:
        others.setdefault(edge.source, set()).add(edge.target)
        others.setdefault(edge.target, set()).add(edge.source)
    kept = set(middle)
    ends = {it: next(iter(tied)) for it, tied in others.items() if len(tied) == 1 and it not in kept}
    alike = by_key(
        sorted({(it, edge) for it, edge in _hanging(edges, ends)}, key=lambda pair: pair[0]),
        lambda pair: f"{ends[pair[0]]} {pair[1]}",
    )
    stands_for: dict[str, str] = {}
    names: dict[str, str] = {}
    for fold, those in alike.items():
        if len(those) >= FOLDED_FROM and fold not in unfolded:
            kind, way = those[0][1].split()
            names[fold] = f"{len(those):,} {SECTIONS[kind][way == 'in']}"
            stands_for |= dict.fromkeys((it for it, _ in those), fold)
    return stands_for, names


def _hanging(edges: Iterable[StoredEdge], ends: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Give each thing that hangs on one other, with the type of the first relationship to it and its way from there."""
    seen: set[str] = set()
    for edge in edges:
        for it, way in ((edge.target, "out"), (edge.source, "in")):
            if it in ends and it not in seen:
                seen.add(it)
                yield it, f"{edge.type} {way}"
