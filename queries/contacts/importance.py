"""What depends on a channel: the relationships, promises, meetings and compacts of whoever it reaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from iga.graph.domain.values import first_day
from iga.queries.core.compiled import OfIdsInStretch
from iga.queries.core.days import held_on
from iga.queries.core.periods import days_after
from iga.queries.core.printed_names import entities
from iga.queries.core.promised import is_unsettled
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, grouped
from iga.queries.core.reads import (
    AGREEMENTS_OF,
    BODIES_OF_POSTS,
    ENGAGEMENTS_WITHIN,
    OUR_SIDE_OF,
    POSTS_HELD_BY,
    PROMISES_OF,
    WHOLES_OF,
    OurEdgeRow,
)
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session

# Points, ours and not measured (docs/decisions/0030): a meeting that is near and a relationship somebody answers for
# weigh most; a promise or a compact needs an address that works, though not tomorrow.
BASE, OWNED, MEETING, PROMISE, COMPACT, ONLY = 1, 3, 3, 2, 2, 2

DAYS_AHEAD = 90
"""How far planned engagements are looked for, as in the handover and the weekly review."""

_OFF = ("cancelled", "held")
# A channel's post sits in an office of an office of the body whose relationship is owned, hardly deeper.
_LEVELS = 2


@dataclass
class Weight:
    """What depends on a channel, in points, and each reason with what a sentence on it is made from."""

    points: int = BASE
    because: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    sources: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, points: int, reason: str, *sources: Mapping[str, Any], **values: Any) -> None:
        """Add a reason with its points."""
        self.points += points
        self.because.append((reason, values))
        self.sources += sources


@dataclass(frozen=True)
class Circles:
    """For each thing that a channel reaches: itself, its post, body, what that is part of, and its government."""

    of: Mapping[str, Sequence[str]]
    body: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids of all circles."""
        return tuple(sorted({member for circle in self.of.values() for member in circle}))


def circles_of(edges: Edges, reached: Mapping[str, Entity]) -> Circles:
    """Return the circle of each thing reached; our own government is in none, for everything of ours belongs to it."""
    people = edges.of(POSTS_HELD_BY, (id_ for id_, it in reached.items() if it.cls == "Person"))
    posts = [id_ for id_, it in reached.items() if it.cls == "Post"]
    bodies = edges.of(BODIES_OF_POSTS, [*posts, *(edge.id for held in people.values() for edge in held)])
    inner: dict[str, list[str]] = {}
    nearest: dict[str, str] = {}
    for id_ in reached:
        held = [edge.id for edge in people.get(id_, ())]
        places = [body.id for post in (id_, *held) for body in bodies.get(post, ())]
        inner[id_], nearest[id_] = [id_, *held, *places], next(iter(places), id_)
    wholes: dict[str, list[FullEdgeRow]] = {}
    outermost = sorted({member for circle in inner.values() for member in circle})
    for _ in range(_LEVELS):
        wholes |= edges.of(WHOLES_OF, outermost)
        outermost = sorted({edge.id for id_ in outermost for edge in wholes.get(id_, ())} - wholes.keys())
    circles = {id_: _circle(circle, wholes) for id_, circle in inner.items()}
    known = entities(edges.session, {member for circle in circles.values() for member in circle})
    ours = edges.session.home.government
    for id_, circle in circles.items():
        above = [known[member].values.get("government") for member in circle if member in known]
        circles[id_] = [member for member in dict.fromkeys([*circle, *above]) if member and member != ours]
    return Circles(circles, nearest)


def _circle(inner: list[str], wholes: Mapping[str, list[FullEdgeRow]]) -> list[str]:
    members, outermost = dict.fromkeys(inner), inner
    for _ in range(_LEVELS):
        outermost = [edge.id for id_ in outermost for edge in wholes.get(id_, ())]
        members |= dict.fromkeys(outermost)
    return list(members)


def weights(session: Session, circles: Circles, *, day: str) -> dict[str, Weight]:
    """Return what depends on each thing reached, by its id; that it is the only channel is added by the caller."""
    edges, ids, until = Edges(session, day), circles.ids, days_after(day, DAYS_AHEAD)
    owned = grouped(edge for edge in edges.every(OUR_SIDE_OF, ids) if edge.type == "OWNS_RELATIONSHIP")
    of_ids = OfIds(ids=ids)
    promises = grouped(edge for edge in session.read(PROMISES_OF, of_ids) if is_unsettled(edge.values, day=day))
    engagements = session.read(ENGAGEMENTS_WITHIN, OfIdsInStretch(ids=ids, since=day, until=until))
    meetings = grouped(edge for edge in engagements if is_ahead(edge, since=day, until=until))
    compacts = grouped(
        edge
        for edge in session.read(AGREEMENTS_OF, of_ids)
        if edge.cls == "ChildProtectionCompact" and held_on(edge.values, day=day) != "no"
    )
    by_thing: dict[str, Weight] = {}
    for id_, circle in circles.of.items():
        weight = by_thing[id_] = Weight()
        _owned(weight, [edge for member in circle for edge in owned.get(member, ())])
        _depends(weight, MEETING, "planned", (edge for member in circle for edge in meetings.get(member, ())))
        _depends(weight, PROMISE, "promised", (edge for member in circle for edge in promises.get(member, ())))
        _depends(weight, COMPACT, "compact", (edge for member in circle for edge in compacts.get(member, ())))
    return by_thing


def is_ahead(edge: FullEdgeRow, *, since: str, until: str) -> bool:
    """Say whether an engagement lies ahead, within a period, and is not called off."""
    start = edge.values.get("period_start")
    if not start or edge.values.get("status") in _OFF or edge.properties.get("attended") is False:
        return False
    return since <= (edge.values.get("start_max") or first_day(start)) and first_day(start) <= until


def _owned(weight: Weight, edges: list[OurEdgeRow]) -> None:
    """Add the owners: the first before the second, a post before an office, then by name."""
    if edges:
        first = sorted(
            edges, key=lambda it: (it.properties.get("standing") == "backup", it.cls != "Post", it.name, it.id)
        )
        weight.owners |= {edge.id: edge.name for edge in first}
        weight.add(OWNED, "owned", *(edge.properties for edge in edges), owners=list(weight.owners.values()))


def _depends(weight: Weight, points: int, reason: str, edges: Iterable[FullEdgeRow]) -> None:
    things = {edge.id: edge for edge in edges}
    if things:
        sources = [source for edge in things.values() for source in (edge.values, edge.properties)]
        named = [{"name": things[id_].name, "on": things[id_].values.get("period_start")} for id_ in sorted(things)]
        weight.add(points, reason, *sources, things=named)
