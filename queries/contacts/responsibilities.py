"""What an officer or a post answers for: relationships and their second owners, promises, meetings and duties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from graph.domain.values import first_day, last_day
from queries.contacts.importance import DAYS_AHEAD, is_ahead
from queries.core.answer import Subject
from queries.core.home import ours_among
from queries.core.promised import is_open
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, grouped
from queries.core.reads import (
    BODIES_OF_POSTS,
    EDGES_OUT,
    ENGAGEMENTS_WITH,
    ENTITIES_BY_ID,
    MAKERS_OF,
    OBLIGATIONS_OWNED_BY,
    OUR_SIDE_OF,
    OWED_TO,
    POSTS_HELD_BY,
    PROMISES_OF,
    WHOLES_OF,
    OfType,
    OurEdgeRow,
)
from queries.core.recurrence import occurrences
from queries.core.scope import Edges, Scope, scope_of
from queries.core.session import Session

Direction = Literal["they owe us", "we owe them"]

# Relationships of one owner: an officer has tens.
_MOST = 1_000


@dataclass(frozen=True)
class Owned:
    """A relationship with a party.

    Attributes:
        edge: The edge from our post or office to the party.
        backups: Edges of second owners to the party, or of other first ones where there is no second.
        scope: The party with its offices, posts and holders.
        by_office: Whether the office of the post owns it, not the post itself.
    """

    edge: FullEdgeRow
    backups: tuple[OurEdgeRow, ...]
    scope: Scope
    by_office: bool = False

    @property
    def is_second(self) -> bool:
        """Whether it is owned as second owner."""
        return self.edge.properties.get("standing") == "backup"


@dataclass(frozen=True)
class OpenPromise:
    """An open promise between a party of the portfolio and our side."""

    edge: FullEdgeRow
    direction: Direction
    makers: tuple[EdgeRow, ...]
    owed_to: tuple[EdgeRow, ...]


@dataclass(frozen=True)
class HeldPosts:
    """Whose portfolio it is: the posts, the offices they sit in, and what these are part of, by id."""

    posts: dict[str, str]
    offices: dict[str, str]
    wholes: dict[str, str]

    @property
    def names(self) -> dict[str, str]:
        """Names of the posts and offices and what they are part of, by id."""
        return {**self.posts, **self.offices, **self.wholes}


def posts_of(session: Session, party: Subject, *, day: str) -> HeldPosts:
    """Return the posts that an officer holds, or may still hold, on a day; or the post itself."""
    edges = Edges(session, day)
    held = [party] if party.cls == "Post" else [t.other for t in edges.of(POSTS_HELD_BY, [party.id]).get(party.id, ())]
    posts = {post.id: post.name for post in held}
    offices = {edge.id: edge.name for found in edges.of(BODIES_OF_POSTS, posts).values() for edge in found}
    wholes: dict[str, str] = {}
    outermost: Iterable[str] = offices
    for _ in range(2):  # a section of an office of a bureau; duties of a whole department are nobody's to hand over
        outermost = [edge.id for found in edges.of(WHOLES_OF, outermost).values() for edge in found]
        known = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(outermost))) if outermost else []
        wholes |= {each.id: each.name for each in known if each.id not in offices}
    return HeldPosts(posts, offices, wholes)


def owned_by(session: Session, whose: HeldPosts, *, day: str) -> list[Owned]:
    """Return the relationships that these posts own on the day; if they own none, those of their offices."""
    edges = _owned(session, whose.posts, day)
    by_office = not edges
    edges = edges or _owned(session, whose.offices, day)
    beside = Edges(session, day).of(OUR_SIDE_OF, (edge.id for edge in edges))
    return [
        Owned(
            edge,
            _backups(beside.get(edge.id, ()), whose, edge),
            scope_of(session, edge.other, day=day),
            by_office,
        )
        for edge in sorted(edges, key=lambda edge: (edge.properties.get("standing") == "backup", edge.name, edge.id))
    ]


def _owned(session: Session, owners: Iterable[str], day: str) -> list[FullEdgeRow]:
    ids = tuple(owners)
    if not ids:
        return []
    found = session.read(EDGES_OUT, OfType(ids=ids, type="OWNS_RELATIONSHIP", limit=_MOST))
    return list({edge.id: edge for edge in found if edge.held(day) != "no"}.values())


def _backups(ours: Sequence[OurEdgeRow], whose: HeldPosts, owned: FullEdgeRow) -> tuple[OurEdgeRow, ...]:
    others = [edge for edge in ours if edge.type == "OWNS_RELATIONSHIP" and edge.id not in whose.posts]
    others = [edge for edge in others if edge.id != owned.subject]
    second = [edge for edge in others if edge.properties.get("standing") == "backup"]
    if owned.properties.get("standing") == "backup":
        second = [edge for edge in others if edge.properties.get("standing") != "backup"]
    second.sort(
        key=lambda edge: (edge.cls != "Post", edge.name, edge.id)
    )  # an officer before the office that one sits in
    return tuple({edge.id: edge for edge in second}.values())


def promises_with(session: Session, ids: Iterable[str], *, day: str) -> list[OpenPromise]:
    """Return open promises of or to any of these between our side and another, made by the day; earliest due first."""
    ends = session.read(PROMISES_OF, OfIds(ids=tuple(dict.fromkeys(ids))))
    found = {edge.id: edge for edge in ends if is_open(edge.values, day=day)}
    if not found:
        return []
    wanted = OfIds(ids=tuple(sorted(found)))
    makers, owed = grouped(session.read(MAKERS_OF, wanted)), grouped(session.read(OWED_TO, wanted))
    ours = ours_among(session, [edge.id for edges in (*makers.values(), *owed.values()) for edge in edges])
    promises = []
    for it, edge in found.items():
        by, to = tuple(makers.get(it, ())), tuple(owed.get(it, ()))
        direction = _direction(by, to, ours)
        if direction:
            promises.append(OpenPromise(edge, direction, by, to))
    return sorted(promises, key=lambda each: (each.edge.values.get("due_on") or "9999", each.edge.name, each.edge.id))


def _direction(makers: Sequence[EdgeRow], owed_to: Sequence[EdgeRow], ours: frozenset[str]) -> Direction | None:
    """Return which way a promise goes; None for one between others."""
    if any(edge.id in ours for edge in makers):
        return "we owe them"
    return "they owe us" if any(edge.id in ours for edge in owed_to) or not owed_to else None


def engagements_ahead(session: Session, ids: Iterable[str], *, day: str) -> list[tuple[FullEdgeRow, frozenset[str]]]:
    """Return engagements of the next 90 days that any of these takes part in, soonest first, with who of them does."""
    found = session.read(ENGAGEMENTS_WITH, OfIds(ids=tuple(dict.fromkeys(ids))))
    ahead = [edge for edge in found if is_ahead(edge, since=day, until=ahead_of(day))]
    who: dict[str, set[str]] = {}
    for edge in ahead:
        who.setdefault(edge.id, set()).add(edge.subject)
    once = {edge.id: edge for edge in ahead}.values()
    ordered = sorted(once, key=lambda edge: (first_day(edge.values["period_start"]), edge.name, edge.id))
    return [(edge, frozenset(who[edge.id])) for edge in ordered]


def duties_ahead(session: Session, owners: Iterable[str], *, day: str) -> list[tuple[str, Entity]]:
    """Return duties by law that these owe within the next 90 days, each with its day, soonest first."""
    until = ahead_of(day)
    duties = session.read(OBLIGATIONS_OWNED_BY, OfIds(ids=tuple(dict.fromkeys(owners))))
    ahead = [(due, duty) for duty in duties for due in _days(duty.values, since=day, until=until)]
    return sorted(ahead, key=lambda each: (first_day(each[0]), each[1].name, each[1].id))


def _days(duty: Mapping[str, Any], *, since: str, until: str) -> Iterable[str]:
    on, recurrence = duty.get("due_on"), duty.get("recurrence")
    if recurrence:
        return occurrences(recurrence, start=on, since=since, until=until) or ()
    return [on] if on and first_day(on) <= until and last_day(on) >= since else []


def ahead_of(day: str) -> str:
    """Return the last day that is looked ahead to."""
    return (date.fromisoformat(day) + timedelta(days=DAYS_AHEAD)).isoformat()
