"""What depends on a channel: the relationships, promises, meetings and compacts of whoever it reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from graph.domain.values import first_day
from queries.core.days import held_on
from queries.core.promised import is_open
from queries.core.reading import Entity, FullEdgeRow, OfIds, grouped
from queries.core.reads import (
    AGREEMENTS_OF,
    BODIES_OF_POSTS,
    ENGAGEMENTS_WITH,
    ENTITIES_BY_ID,
    OUR_SIDE_OF,
    POSTS_HELD_BY,
    PROMISES_OF,
    WHOLES_OF,
    OurEdgeRow,
)
from queries.core.scope import Edges
from queries.core.session import Session

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

    of: Mapping[str, tuple[str, ...]]
    body: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids of all circles."""
        return tuple(sorted({one for circle in self.of.values() for one in circle}))


def circles_of(edges: Edges, reached: Mapping[str, Entity]) -> Circles:
    """Return the circle of each thing reached; our own government is in none, for everything of ours belongs to it."""
    people = edges.of(POSTS_HELD_BY, (each.id for each in reached.values() if each.cls == "Person"))
    posts = [each.id for each in reached.values() if each.cls == "Post"]
    bodies = edges.of(BODIES_OF_POSTS, [*posts, *(edge.id for held in people.values() for edge in held)])
    inner: dict[str, list[str]] = {}
    for it in reached:
        held = [edge.id for edge in people.get(it, ())]
        places = [body.id for post in (it, *held) for body in bodies.get(post, ())]
        inner[it] = [it, *held, *places]
    wholes = _wholes(edges, {one for circle in inner.values() for one in circle})
    circles = {it: _circle(circle, wholes) for it, circle in inner.items()}
    governments = _governments(edges, {one for circle in circles.values() for one in circle})
    ours = edges.session.home.government
    for it, circle in circles.items():
        above = dict.fromkeys([*circle, *(governments[one] for one in circle if one in governments)])
        circles[it] = tuple(one for one in above if one != ours)
    body = {it: next((one for one in circle[1:] if one in _places(bodies)), it) for it, circle in inner.items()}
    return Circles(circles, body)


def _places(bodies: Mapping[str, list[Any]]) -> set[str]:
    return {edge.id for edges in bodies.values() for edge in edges}


def _wholes(edges: Edges, ids: Iterable[str]) -> dict[str, list[FullEdgeRow]]:
    found: dict[str, list[FullEdgeRow]] = {}
    outermost = sorted(ids)
    for _ in range(_LEVELS):
        found |= edges.of(WHOLES_OF, outermost)
        outermost = sorted({edge.id for it in outermost for edge in found.get(it, ())} - found.keys())
    return found


def _circle(inner: Iterable[str], wholes: Mapping[str, list[FullEdgeRow]]) -> tuple[str, ...]:
    found, outermost = dict.fromkeys(inner), list(inner)
    for _ in range(_LEVELS):
        outermost = [edge.id for it in outermost for edge in wholes.get(it, ())]
        found |= dict.fromkeys(outermost)
    return tuple(found)


def _governments(edges: Edges, ids: Iterable[str]) -> dict[str, str]:
    """Return the government of each body that states one."""
    known = edges.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(ids))))
    return {each.id: each.values["government"] for each in known if each.values.get("government")}


def weights(session: Session, circles: Circles, *, day: str) -> dict[str, Weight]:
    """Return what depends on each thing reached, by its id; that it is the only channel is added by the caller."""
    edges, ids = Edges(session, day), circles.ids
    owned = {
        it: [t for t in found if t.type == "OWNS_RELATIONSHIP"] for it, found in edges.of(OUR_SIDE_OF, ids).items()
    }
    promises = grouped(edge for edge in _read(edges, PROMISES_OF, ids) if is_open(edge.values, day=day))
    until = (date.fromisoformat(day) + timedelta(days=DAYS_AHEAD)).isoformat()
    meetings = grouped(edge for edge in _read(edges, ENGAGEMENTS_WITH, ids) if is_ahead(edge, since=day, until=until))
    compacts = grouped(edge for edge in _read(edges, AGREEMENTS_OF, ids) if _is_live_compact(edge, day))
    found: dict[str, Weight] = {}
    for it, circle in circles.of.items():
        weight = found.setdefault(it, Weight())
        _owned(weight, [edge for one in circle for edge in owned.get(one, ())])
        _depends(weight, MEETING, "planned", (edge for one in circle for edge in meetings.get(one, ())))
        _depends(weight, PROMISE, "promised", (edge for one in circle for edge in promises.get(one, ())))
        _depends(weight, COMPACT, "compact", (edge for one in circle for edge in compacts.get(one, ())))
    return found


def _read(edges: Edges, query: Any, ids: tuple[str, ...]) -> list[Any]:
    return [edge for found in edges.ever(query, ids).values() for edge in found]


def is_ahead(edge: FullEdgeRow, *, since: str, until: str) -> bool:
    """Say whether an engagement lies ahead, within a period, and is not called off."""
    start = edge.values.get("period_start")
    if not start or edge.values.get("status") in _OFF or edge.properties.get("attended") is False:
        return False
    return since <= (edge.values.get("start_max") or first_day(start)) and first_day(start) <= until


def _is_live_compact(edge: FullEdgeRow, day: str) -> bool:
    return edge.cls == "ChildProtectionCompact" and held_on(edge.values, day=day) != "no"


def _owned(weight: Weight, edges: list[OurEdgeRow]) -> None:
    if edges:
        weight.owners |= {edge.id: edge.name for edge in sorted(edges, key=_first_owner)}
        weight.add(OWNED, "owned", *(edge.properties for edge in edges), owners=list(weight.owners.values()))


def _first_owner(edge: OurEdgeRow) -> tuple[bool, bool, str, str]:
    """Order owners: the first before the second, a post before an office, then by name."""
    return edge.properties.get("standing") == "backup", edge.cls != "Post", edge.name, edge.id


def _depends(weight: Weight, points: int, reason: str, edges: Iterable[FullEdgeRow]) -> None:
    things = {edge.id: edge for edge in edges}
    if things:
        sources = [each for edge in things.values() for each in (edge.values, edge.properties)]
        named = [{"name": things[it].name, "on": things[it].values.get("period_start")} for it in sorted(things)]
        weight.add(points, reason, *sources, things=named)
