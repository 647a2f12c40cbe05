"""What depends on a channel: the relationships, promises, meetings and compacts of whoever it reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from graph.domain.values import first_day
from queries.asking import Asking
from queries.contacts.our_side import OURS
from queries.contacts.reads import ENGAGEMENTS_WITH, POSTS_HELD_BY, PROMISES_OF, WHOLES_OF
from queries.contacts.scope import Ties
from queries.days import held_on
from queries.promised import is_open
from queries.reading import Entity, FullTie, OfIds, grouped
from queries.reads import AGREEMENTS_OF, BODIES_OF_POSTS, ENTITIES_BY_ID, OUR_SIDE_OF, OursTie
from queries.wording import counted, listed

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
    """What depends on a channel, in points and in words."""

    points: int = BASE
    because: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    sources: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, points: int, why: str, *sources: Mapping[str, Any]) -> None:
        """Add a reason with its points."""
        self.points += points
        self.because.append(why)
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


def circles_of(ties: Ties, reached: Mapping[str, Entity]) -> Circles:
    """Return the circle of each thing reached; our own government is in none, for everything of ours belongs to it."""
    people = ties.of(POSTS_HELD_BY, (each.id for each in reached.values() if each.cls == "Person"))
    posts = [each.id for each in reached.values() if each.cls == "Post"]
    bodies = ties.of(BODIES_OF_POSTS, [*posts, *(tie.id for held in people.values() for tie in held)])
    inner: dict[str, list[str]] = {}
    for it in reached:
        held = [tie.id for tie in people.get(it, ())]
        places = [body.id for post in (it, *held) for body in bodies.get(post, ())]
        inner[it] = [it, *held, *places]
    wholes = _wholes(ties, {one for circle in inner.values() for one in circle})
    circles = {it: _circle(circle, wholes) for it, circle in inner.items()}
    governments = _governments(ties, {one for circle in circles.values() for one in circle})
    circles = {it: _with_governments(circle, governments) for it, circle in circles.items()}
    body = {it: next((one for one in circle[1:] if one in _places(bodies)), it) for it, circle in inner.items()}
    return Circles(circles, body)


def _places(bodies: Mapping[str, list[Any]]) -> set[str]:
    return {tie.id for ties in bodies.values() for tie in ties}


def _wholes(ties: Ties, ids: Iterable[str]) -> dict[str, list[FullTie]]:
    found: dict[str, list[FullTie]] = {}
    outermost = sorted(ids)
    for _ in range(_LEVELS):
        found |= ties.of(WHOLES_OF, outermost)
        outermost = sorted({tie.id for it in outermost for tie in found.get(it, ())} - found.keys())
    return found


def _circle(inner: Iterable[str], wholes: Mapping[str, list[FullTie]]) -> tuple[str, ...]:
    found, outermost = dict.fromkeys(inner), list(inner)
    for _ in range(_LEVELS):
        outermost = [tie.id for it in outermost for tie in wholes.get(it, ())]
        found |= dict.fromkeys(outermost)
    return tuple(found)


def _governments(ties: Ties, ids: Iterable[str]) -> dict[str, str]:
    """Return the government of each body that states one."""
    known = ties.asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(ids))))
    return {each.id: each.values["government"] for each in known if each.values.get("government")}


def _with_governments(circle: tuple[str, ...], governments: Mapping[str, str]) -> tuple[str, ...]:
    found = dict.fromkeys([*circle, *(governments[one] for one in circle if one in governments)])
    return tuple(one for one in found if one != OURS)


def weights(asking: Asking, circles: Circles, *, day: str) -> dict[str, Weight]:
    """Return what depends on each thing reached, by its id; that it is the only channel is added by the caller."""
    ties, ids = Ties(asking, day), circles.ids
    owned = {it: [t for t in found if t.type == "OWNS_RELATIONSHIP"] for it, found in ties.of(OUR_SIDE_OF, ids).items()}
    promises = grouped(tie for tie in _read(ties, PROMISES_OF, ids) if is_open(tie.values, day=day))
    until = (date.fromisoformat(day) + timedelta(days=DAYS_AHEAD)).isoformat()
    meetings = grouped(tie for tie in _read(ties, ENGAGEMENTS_WITH, ids) if is_ahead(tie, since=day, until=until))
    compacts = grouped(tie for tie in _read(ties, AGREEMENTS_OF, ids) if _is_live_compact(tie, day))
    found: dict[str, Weight] = {}
    for it, circle in circles.of.items():
        weight = found.setdefault(it, Weight())
        _owned(weight, [tie for one in circle for tie in owned.get(one, ())])
        _named(weight, MEETING, "planned", [tie for one in circle for tie in meetings.get(one, ())])
        _promised(weight, [tie for one in circle for tie in promises.get(one, ())])
        _named(weight, COMPACT, "compact", [tie for one in circle for tie in compacts.get(one, ())])
    return found


def _read(ties: Ties, query: Any, ids: tuple[str, ...]) -> list[Any]:
    return [tie for found in ties.ever(query, ids).values() for tie in found]


def is_ahead(tie: FullTie, *, since: str, until: str) -> bool:
    """Say whether an engagement lies ahead, within a period, and is not called off."""
    start = tie.values.get("period_start")
    if not start or tie.values.get("status") in _OFF or tie.tie.get("attended") is False:
        return False
    return since <= (tie.values.get("start_max") or first_day(start)) and first_day(start) <= until


def _is_live_compact(tie: FullTie, day: str) -> bool:
    return tie.cls == "ChildProtectionCompact" and held_on(tie.values, day=day) != "no"


def _owned(weight: Weight, ties: list[OursTie]) -> None:
    if not ties:
        return
    weight.owners |= {tie.id: tie.name for tie in sorted(ties, key=_first_owner)}
    first, *more = weight.owners.values()
    others = f" and {len(more)} more of ours" if more else ""
    weight.add(OWNED, f"relationship owned by {first}{others}", *(tie.tie for tie in ties))


def _first_owner(tie: OursTie) -> tuple[bool, bool, str, str]:
    """Order owners: the first before the second, a post before an office, then by name."""
    return tie.tie.get("standing") == "backup", tie.cls != "Post", tie.name, tie.id


def _promised(weight: Weight, ties: list[OursTie]) -> None:
    promises = {tie.id: tie for tie in ties}
    if promises:
        said = [each for tie in promises.values() for each in (tie.values, tie.tie)]
        weight.add(PROMISE, counted(len(promises), "open promise"), *said)


def _named(weight: Weight, points: int, what: str, ties: list[FullTie]) -> None:
    named = {tie.id: tie for tie in ties}
    if not named:
        return
    told = [f"{tie.name}{_on(tie) if what == 'planned' else ''}" for tie in sorted(named.values(), key=lambda t: t.id)]
    said = [each for tie in named.values() for each in (tie.values, tie.tie)]
    weight.add(points, f"{what}: {listed(told, most=2)}", *said)


def _on(tie: FullTie) -> str:
    return f" ({tie.values['period_start']})"
