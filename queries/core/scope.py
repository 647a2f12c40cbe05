"""What belongs to a party: its offices down two levels, and the posts in them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from iga.graph.domain.catalog import fits
from iga.graph.domain.parties import is_person
from iga.graph.domain.values import first_day
from iga.graph.query import Query
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import nearer
from iga.queries.core.days import Passed
from iga.queries.core.holders import (
    Holder,
    ends_of_terms,
    first_sign,
    held_term,
    holder_of,
    holding_of,
    last_seen,
    with_ends,
)
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import FullEdgeRow, OfIds, T, by_name, edge_to, grouped
from iga.queries.core.reads import (
    BODIES_OF_GOVERNMENT,
    BODIES_OF_POSTS,
    CHANNELS_OF,
    CHANNELS_OF_HOLDERS_INSIDE,
    CHANNELS_OF_POSTS_INSIDE,
    ENTITIES_BY_ID,
    HOLDERS_INSIDE,
    HOLDERS_OF,
    PARTS_BELOW,
    POSTS_HELD_BY,
    POSTS_IN,
)
from iga.queries.core.relationships import saying_of
from iga.queries.core.session import Session

Properties: TypeAlias = Mapping[str, Any]

# A post may sit in an office of an office of the body that was asked for, hardly deeper; `PARTS_BELOW` reads as far.
_LEVELS = 2


@dataclass(frozen=True)
class Office:
    """A body in which posts and mailboxes of the party are looked for.

    Attributes:
        depth: Steps from the party asked for down to it.
        values: Properties of the body; for our owner, of the edge that makes it one.
    """

    body: Subject
    depth: int
    values: Properties
    edges: tuple[Properties, ...] = ()


@dataclass(frozen=True)
class Edges:
    """Reads edges that may hold on a day; blank is any day."""

    session: Session
    day: str

    def of(self, query: Query[OfIds, T], ids: Iterable[str]) -> dict[str, list[T]]:
        """Return the edges of these ends by end, leaving out what is known not to hold on the day."""
        day = self.day
        return grouped(edge for edge in self._read(query, ids) if not day or edge.held(day) != "no")

    def every(self, query: Query[OfIds, T], ids: Iterable[str]) -> list[T]:
        """Return the same edges in one list, in the order of the read."""
        return [edge for edges in self.of(query, ids).values() for edge in edges]

    def ever(self, query: Query[OfIds, T], ids: Iterable[str]) -> dict[str, list[T]]:
        """Return the edges of these ends by end, of every day."""
        return grouped(self._read(query, ids))

    def _read(self, query: Query[OfIds, T], ids: Iterable[str]) -> list[T]:
        wanted = tuple(dict.fromkeys(ids))
        return self.session.read(query, OfIds(ids=wanted)) if wanted else []


@dataclass(frozen=True)
class Scope:
    """A party with what belongs to it on the day.

    Attributes:
        offices: The party itself, its parts and, for a government, its public bodies; of a person, the bodies of the
            posts held; by id.
        posts: Their posts, each once; ``subject`` is the id of the office.
        holders: Who holds each post, by the id of the post.
    """

    party: Subject
    offices: dict[str, Office]
    posts: list[FullEdgeRow]
    holders: dict[str, Holder]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the party, its offices and posts, and of those who hold them."""
        return tuple(dict.fromkeys((*self.offices, *self.holders, *self.people)))

    @property
    def people(self) -> list[str]:
        """Ids of those who hold the posts, or were seen last there."""
        return [holder.person.id for holder in self.holders.values() if holder.person]


def scope_of(session: Session, party: Subject, *, day: str) -> Scope:
    """Return a party with what belongs to it on a day; a post is its own scope, with its holder and body aside."""
    edges = Edges(session, day)
    offices: dict[str, Office] = {}
    if party.cls == "Post":
        [own] = session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
        posts = [edge_to(own, subject=party.id)]
    else:
        offices, posts = offices_of(edges, party)
    posts = list({edge.id: edge for edge in posts}.values())
    return Scope(party, offices, posts, holders_of(edges, posts, bodies_with_posts(party, offices)))


def bodies_with_posts(party: Subject, offices: Mapping[str, Office]) -> Collection[str]:
    """Return the ids of the offices whose posts are all those of the party; none of a post or a person."""
    return () if party.cls in ("Post", "Person") else offices.keys()


def offices_of(edges: Edges, party: Subject) -> tuple[dict[str, Office], list[FullEdgeRow]]:
    """Return the offices of a party by id, itself first, and the posts in them.

    Of a person these are the person, and the bodies of the posts held; of a post, its bodies: their other posts do not
    count.
    """
    if party.cls == "Post":
        return _at_post(edges, party)
    return _at_person(edges, party) if party.cls == "Person" else _at_body(edges, party)


def holders_of(edges: Edges, posts: Iterable[FullEdgeRow], bodies: Collection[str] = ()) -> dict[str, Holder]:
    """Return who holds each of these posts on the day, by the id of the post; the posts are in the bodies, if named."""
    held = {edge.id: edge for edge in posts}
    terms = grouped(nearer(edges.session.read, HOLDERS_OF, HOLDERS_INSIDE, held, bodies))
    return {post: holder_of(edge.values, terms.get(post, ()), day=edges.day) for post, edge in held.items()}


def terms_of(session: Session, person: Subject, *, day: str) -> list[FullEdgeRow]:
    """Return the terms in posts of a person that had begun by a day, each with the end that it is known to have."""
    terms = session.read(POSTS_HELD_BY, OfIds(ids=(person.id,)))
    begun = [term for term in terms if first_day(first_sign(term.properties) or "0001") <= day]
    return with_ends(by_name(begun), ends_of_terms(session.unnoted, (person.id,), day=day) if begun else {})


_SURENESS: Mapping[Passed, int] = {"no": 0, "unknown": 1, "yes": 2}


def post_held_in(session: Session, person: Subject, body: Subject, *, day: str) -> dict[str, Any] | None:
    """Return how a person holds a post of a body, else how it held one last; None of another party, or without one."""
    terms = terms_of(session, person, day=day) if person.cls == "Person" else []
    there = belonging(session, [body], {term.id for term in terms}, day=day)[body.id] if terms else ()
    held = [(held_term(term, day), last_seen(term, day) or "", term) for term in terms if term.id in there]
    if not held:
        return None
    state, _, term = max(held, key=lambda one: (_SURENESS[one[0]], one[1]))
    values = {"holding": holding_of(term, state), "saying": saying_of("HOLDS", term, leads_out=True, day=day)}
    return {**values, "is_over": state == "no"}


def channels_inside(
    session: Session, posts: Iterable[str], people: Iterable[str], bodies: Collection[str]
) -> list[FullEdgeRow]:
    """Return the channels of posts, then those of people in them; all are in the bodies, if these are named."""
    of_posts = nearer(session.read, CHANNELS_OF, CHANNELS_OF_POSTS_INSIDE, posts, bodies)
    return [*of_posts, *nearer(session.read, CHANNELS_OF, CHANNELS_OF_HOLDERS_INSIDE, people, bodies)]


def bodies_of(edges: Edges, party: Subject, *, levels: int | None = _LEVELS) -> dict[str, Office]:
    """Return a party, its parts and, for a government, its public bodies, by id: itself first, then by depth.

    Args:
        edges: What is read, and for which day.
        party: A party that is no person.
        levels: Steps down to which parts belong to it; None is any depth.
    """
    [own] = edges.session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
    offices = {party.id: Office(party, 0, own.values)}
    if party.cls == "Government":
        for edge in edges.session.read(BODIES_OF_GOVERNMENT, OfIds(ids=(party.id,))):
            body = Subject(id=edge.id, cls=edge.cls, name=edge.name)
            offices[edge.id] = Office(body, 1, edge.values, (edge.values,))
    outermost, parts, level = list(offices), {}, 0
    while outermost and (levels is None or level < levels):
        if level % 2 == 0:  # the read goes two levels down
            parts = edges.of(PARTS_BELOW, outermost)
        outermost = [part for whole in outermost for part in _add_parts(offices, whole, parts)]
        level += 1
    return offices


def belonging(
    session: Session, parties: Iterable[Subject], things: Collection[str], *, day: str
) -> dict[str, frozenset[str]]:
    """Return which of some things belong to each of some parties on a day, by id of the party, as `scope_of` has it.

    It goes up from the things, so that it costs what these do: a party may have thousands of posts.
    """
    edges, among = Edges(session, day), frozenset(things)
    held = _held_last(session, sorted(filter(is_person, among)), day=day)
    posts = (*sorted(among), *(post for of_one in held.values() for post in of_one))
    bodies = {post: {edge.id for edge in into} for post, into in edges.of(BODIES_OF_POSTS, posts).items()}
    within = {id_: {id_}.union(*(bodies.get(post, ()) for post in (id_, *held.get(id_, ())))) for id_ in among}
    belongs = {}
    for party in parties:
        if party.cls in ("Post", "Person"):
            belongs[party.id] = among.intersection(scope_of(session, party, day=day).ids)
        else:
            offices = bodies_of(edges, party).keys()
            belongs[party.id] = frozenset(id_ for id_, above in within.items() if not above.isdisjoint(offices))
    return belongs


def _held_last(session: Session, people: Collection[str], *, day: str) -> dict[str, list[str]]:
    """Return the posts that people hold on a day, or were the last to hold, by id of the person."""
    ever = Edges(session, "")
    terms = ever.ever(POSTS_HELD_BY, people)
    values = {edge.id: edge.values for held in terms.values() for edge in held}
    holders = {
        post: holder_of(values[post], of_post, day=day).person
        for post, of_post in ever.ever(HOLDERS_OF, values).items()
    }
    last: dict[str, list[str]] = {}
    for post, holder in holders.items():
        if holder:
            last.setdefault(holder.id, []).append(post)
    return last


def circle_of(session: Session, party: Subject | None) -> frozenset[str] | None:
    """Return the ids of a party, its public bodies, its parts and their posts, of any day; None, everybody, of None.

    What is about one of these is about the party.
    """
    if party is None:
        return None
    edges = Edges(session, "")
    bodies = bodies_of(edges, party)
    posts = (post.id for known in edges.of(POSTS_IN, bodies).values() for post in known)
    return frozenset((*bodies, *posts))


def _at_body(edges: Edges, party: Subject) -> tuple[dict[str, Office], list[FullEdgeRow]]:
    """Return the party, its parts and, for a government, its public bodies, by id; and all their posts."""
    offices = bodies_of(edges, party)
    posts = edges.of(POSTS_IN, offices)
    return offices, [edge for office in offices for edge in posts.get(office, ())]


def _add_parts(offices: dict[str, Office], whole: str, parts: Mapping[str, list[FullEdgeRow]]) -> list[str]:
    """Add the parts of an office that are not among the offices yet; return their ids."""
    fresh = [edge for edge in parts.get(whole, ()) if edge.id not in offices and fits(edge.cls, ("Party",))]
    above = offices[whole]
    for edge in fresh:
        offices[edge.id] = Office(edge.other, above.depth + 1, edge.values, (*above.edges, edge.properties))
    return [edge.id for edge in fresh]


def _at_person(edges: Edges, person: Subject) -> tuple[dict[str, Office], list[FullEdgeRow]]:
    """Return a person and the bodies of the posts held, by id; and these posts."""
    offices = {person.id: Office(person, 0, {})}
    held = edges.of(POSTS_HELD_BY, [person.id]).get(person.id, [])
    bodies = edges.of(BODIES_OF_POSTS, (edge.id for edge in held))
    for edge in held:
        for body in bodies.get(edge.id, ()):
            offices.setdefault(body.id, Office(body.other, 1, {}))
    places = {edge.id: bodies[edge.id][0].id if edge.id in bodies else person.id for edge in held}
    return offices, [edge.model_copy(update={"subject": places[edge.id]}) for edge in held]


def _at_post(edges: Edges, post: Subject) -> tuple[dict[str, Office], list[FullEdgeRow]]:
    """Return the bodies of a post by id, the post itself if it has none; and the post at the first of them."""
    bodies = edges.of(BODIES_OF_POSTS, [post.id]).get(post.id, [])
    known = entities(edges.session, [post.id, *(edge.id for edge in bodies)])
    offices = {
        edge.id: Office(edge.other, 0, known[edge.id].values, (edge.properties,)) for edge in bodies if edge.id in known
    }
    offices = offices or {post.id: Office(post, 0, {})}
    properties = bodies[0].properties if bodies else {}
    return offices, [edge_to(known[post.id], subject=next(iter(offices)), properties=properties)]
