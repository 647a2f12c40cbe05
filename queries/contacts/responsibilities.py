"""What an officer or a post answers for: relationships and their second owners, promises, meetings and duties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.domain.values import first_day
from iga.queries.contacts.importance import DAYS_AHEAD, is_ahead
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import OfIdsInStretch
from iga.queries.core.home import ours_among
from iga.queries.core.periods import days_after, falls
from iga.queries.core.promised import is_unsettled
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds
from iga.queries.core.reads import (
    BODIES_OF_POSTS,
    EDGES_OUT,
    ENGAGEMENTS_WITHIN,
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
from iga.queries.core.recurrence import occurrences
from iga.queries.core.scope import Edges, Scope, scope_of
from iga.queries.core.session import Session

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
    """Return the posts that an officer holds, or may still hold, on a day; or the post or the section itself."""
    edges = Edges(session, day)
    held = (
        [party]
        if party.cls in ("Post", "PublicBody")
        else [edge.other for edge in edges.every(POSTS_HELD_BY, [party.id])]
    )
    posts = {post.id: post.name for post in held}
    offices = {edge.id: edge.name for edge in edges.every(BODIES_OF_POSTS, posts)}
    wholes: dict[str, str] = {}
    outermost: Iterable[str] = posts if party.cls == "PublicBody" else offices
    for _ in range(2):  # a section of an office of a bureau; duties of a whole department are nobody's to hand over
        above = edges.every(WHOLES_OF, outermost)
        outermost = [edge.id for edge in above]
        wholes |= {edge.id: edge.name for edge in above if edge.id not in offices}
    return HeldPosts(posts, offices, wholes)


def owned_by(session: Session, whose: HeldPosts, *, day: str) -> list[Owned]:
    """Return the relationships that these posts own on the day; if they own none, those of their offices."""
    own = owned_edges(session, whose.posts, day=day)
    edges = own or owned_edges(session, whose.offices, day=day)
    beside = Edges(session, day).of(OUR_SIDE_OF, (edge.id for edge in edges))
    return [
        Owned(edge, _backups(beside.get(edge.id, ()), whose, edge), scope_of(session, edge.other, day=day), not own)
        for edge in sorted(edges, key=lambda edge: (_is_backup(edge), edge.name, edge.id))
    ]


def owned_edges(session: Session, owners: Iterable[str], *, day: str) -> list[FullEdgeRow]:
    """Return how these posts and offices own relationships on a day, one edge for each party."""
    ids = tuple(owners)
    edges = session.read(EDGES_OUT, OfType(ids=ids, type="OWNS_RELATIONSHIP", limit=_MOST)) if ids else []
    return list({edge.id: edge for edge in edges if edge.held(day) != "no"}.values())


def _is_backup(edge: FullEdgeRow) -> bool:
    return edge.properties.get("standing") == "backup"


def _backups(ours: Sequence[OurEdgeRow], whose: HeldPosts, owned: FullEdgeRow) -> tuple[OurEdgeRow, ...]:
    """Return the second owners, of a second owner the first ones; an officer before the office that one sits in."""
    others = [
        edge
        for edge in ours
        if edge.type == "OWNS_RELATIONSHIP"
        and edge.id not in (*whose.posts, owned.subject)
        and _is_backup(edge) != _is_backup(owned)
    ]
    others.sort(key=lambda edge: (edge.cls != "Post", edge.name, edge.id))
    return tuple({edge.id: edge for edge in others}.values())


def promises_with(session: Session, ids: Iterable[str], *, day: str) -> list[OpenPromise]:
    """Return open promises of or to any of these between our side and another, made by the day; earliest due first."""
    ends = session.read(PROMISES_OF, OfIds(ids=tuple(dict.fromkeys(ids))))
    promises = {edge.id: edge for edge in ends if is_unsettled(edge.values, day=day)}
    edges = Edges(session, "")
    makers, owed = edges.ever(MAKERS_OF, sorted(promises)), edges.ever(OWED_TO, sorted(promises))
    ours = ours_among(session, [edge.id for of_one in (*makers.values(), *owed.values()) for edge in of_one])
    between = []
    for id_, edge in promises.items():
        by, to = tuple(makers.get(id_, ())), tuple(owed.get(id_, ()))
        if any(maker.id in ours for maker in by):
            between.append(OpenPromise(edge, "we owe them", by, to))
        elif not to or any(end.id in ours for end in to):
            between.append(OpenPromise(edge, "they owe us", by, to))
    return sorted(between, key=lambda it: (it.edge.values.get("due_on") or "9999", it.edge.name, it.edge.id))


def engagements_ahead(session: Session, ids: Iterable[str], *, day: str) -> list[tuple[FullEdgeRow, frozenset[str]]]:
    """Return engagements of the next 90 days that any of these takes part in, soonest first, with who of them does."""
    until = days_after(day, DAYS_AHEAD)
    edges = session.read(ENGAGEMENTS_WITHIN, OfIdsInStretch(ids=tuple(dict.fromkeys(ids)), since=day, until=until))
    ahead: dict[str, tuple[FullEdgeRow, frozenset[str]]] = {}
    for edge in edges:
        if is_ahead(edge, since=day, until=until):
            _, who = ahead.get(edge.id, (edge, frozenset[str]()))
            ahead[edge.id] = (edge, who | {edge.subject})
    return sorted(ahead.values(), key=lambda it: (first_day(it[0].values["period_start"]), it[0].name, it[0].id))


def duties_ahead(session: Session, owners: Iterable[str], *, day: str) -> list[tuple[str, Entity]]:
    """Return duties by law that these owe within the next 90 days, each with its day, soonest first."""
    until = days_after(day, DAYS_AHEAD)
    duties = session.read(OBLIGATIONS_OWNED_BY, OfIds(ids=tuple(dict.fromkeys(owners))))
    ahead = [(due, duty) for duty in duties for due in _days(duty.values, since=day, until=until)]
    return sorted(ahead, key=lambda it: (first_day(it[0]), it[1].name, it[1].id))


def _days(duty: Mapping[str, Any], *, since: str, until: str) -> Iterable[str]:
    on, recurrence = duty.get("due_on"), duty.get("recurrence")
    if recurrence:
        return occurrences(recurrence, start=on, since=since, until=until) or ()
    return [on] if on and falls(on, since=since, until=until) != "no" else []
