"""What lies around some things as a picture: many alike folded into one, each tie in words and how it stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from iga.exports.graphs.subgraph import StoredEdge, Subgraph
from iga.exports.pictures.rings import RingPlace, edge_of, rings
from iga.graph.domain.catalog import EDGE
from iga.graph.grouping import by_key
from iga.queries.core.days import held_on
from iga.queries.core.sections import SECTIONS

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
        place: Where it stands.
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
    now = held_on(edge.values, day=day)
    if not since:
        return None if now == "no" else ""
    before = held_on(edge.values, day=since)
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
