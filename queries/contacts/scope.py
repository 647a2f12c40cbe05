"""What belongs to a party: its offices down two levels, and the posts in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.query import Query
from queries.answer import Subject
from queries.asking import Asking
from queries.contacts.holders import Holder, holder_of
from queries.contacts.reads import POSTS_HELD_BY
from queries.reading import FullTie, OfIds, T, grouped
from queries.reads import (
    BODIES_OF_GOVERNMENT,
    BODIES_OF_POSTS,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    PARTS_BELOW,
    POSTS_IN,
)

Properties: TypeAlias = Mapping[str, Any]

# A post may sit in an office of an office of the body that was asked for, hardly deeper; `PARTS_BELOW` reads as far.
_LEVELS = 2


@dataclass(frozen=True)
class Office:
    """A body in which posts and mailboxes of the party are looked for.

    Attributes:
        body: The body.
        depth: Steps from the party asked for down to it.
        values: Properties of the body; for our owner, of the tie that makes it one.
        ties: Properties of what leads there.
    """

    body: Subject
    depth: int
    values: Properties
    ties: tuple[Properties, ...] = ()


@dataclass(frozen=True)
class Ties:
    """Reads ties that may hold on the day."""

    asking: Asking
    day: str

    def of(self, query: Query[OfIds, T], ids: Iterable[str]) -> dict[str, list[T]]:
        """Return the ties of these ends by end, leaving out what is known not to hold on the day."""
        return grouped(tie for tie in self._read(query, ids) if tie.held(self.day) != "no")

    def ever(self, query: Query[OfIds, T], ids: Iterable[str]) -> dict[str, list[T]]:
        """Return the ties of these ends by end, of every day."""
        return grouped(self._read(query, ids))

    def _read(self, query: Query[OfIds, T], ids: Iterable[str]) -> list[T]:
        wanted = tuple(dict.fromkeys(ids))
        return self.asking.read(query, OfIds(ids=wanted)) if wanted else []


@dataclass(frozen=True)
class Scope:
    """A party with what belongs to it on the day.

    Attributes:
        party: The party.
        offices: The party itself, its parts and, for a government, its public bodies; of a person, the bodies of the
            posts held; by id.
        posts: Their posts, each once; ``subject`` is the id of the office.
        holders: Who holds each post, by the id of the post.
    """

    party: Subject
    offices: dict[str, Office]
    posts: list[FullTie]
    holders: dict[str, Holder]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the party, its offices and posts, and of those who hold them."""
        people = (holder.person.id for holder in self.holders.values() if holder.person)
        return tuple(dict.fromkeys((*self.offices, *self.holders, *people)))


def scope_of(asking: Asking, party: Subject, *, day: str) -> Scope:
    """Return a party with what belongs to it on a day; a post is its own scope, with its holder and body aside."""
    ties = Ties(asking, day)
    offices: dict[str, Office] = {}
    if party.cls == "Post":
        [own] = asking.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
        itself = FullTie(
            subject=party.id, key="", tie={}, id=own.id, cls=own.cls, name=own.name, iso3=None, values=own.values
        )
        posts = [itself]
    else:
        offices, posts = offices_of(ties, party)
    return Scope(party, offices, list({tie.id: tie for tie in posts}.values()), holders_of(ties, posts))


def offices_of(ties: Ties, party: Subject) -> tuple[dict[str, Office], list[FullTie]]:
    """Return the offices of a party by id, itself first, and the posts in them.

    Of a person these are the person, and the bodies of the posts held; of a post, its bodies: their other posts do not
    count.
    """
    if party.cls == "Post":
        return _at_post(ties, party)
    return _at_person(ties, party) if party.cls == "Person" else _at_body(ties, party)


def holders_of(ties: Ties, posts: Iterable[FullTie]) -> dict[str, Holder]:
    """Return who holds each of these posts on the day, by the id of the post."""
    held = {tie.id: tie for tie in posts}
    terms = ties.ever(HOLDERS_OF, held)
    return {post: holder_of(tie.values, terms.get(post, ()), day=ties.day) for post, tie in held.items()}


def _at_body(ties: Ties, party: Subject) -> tuple[dict[str, Office], list[FullTie]]:
    """Return the party, its parts and, for a government, its public bodies, by id; and all their posts."""
    [own] = ties.asking.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
    offices = {party.id: Office(party, 0, own.values)}
    if party.cls == "Government":
        for found in ties.asking.read(BODIES_OF_GOVERNMENT, OfIds(ids=(party.id,))):
            body = Subject(id=found.id, cls=found.cls, name=found.name)
            offices[found.id] = Office(body, 1, found.values, (found.values,))
    parts = ties.of(PARTS_BELOW, offices)
    outermost = list(offices)
    for _ in range(_LEVELS):
        outermost = [part for whole in outermost for part in _add_parts(offices, whole, parts)]
    posts = ties.of(POSTS_IN, offices)
    return offices, [tie for office in offices for tie in posts.get(office, ())]


def _add_parts(offices: dict[str, Office], whole: str, parts: Mapping[str, list[FullTie]]) -> list[str]:
    """Add the parts of an office that are not among the offices yet; return their ids."""
    fresh = [tie for tie in parts.get(whole, ()) if tie.id not in offices]
    above = offices[whole]
    for tie in fresh:
        offices[tie.id] = Office(tie.other, above.depth + 1, tie.values, (*above.ties, tie.tie))
    return [tie.id for tie in fresh]


def _at_person(ties: Ties, person: Subject) -> tuple[dict[str, Office], list[FullTie]]:
    """Return a person and the bodies of the posts held, by id; and these posts."""
    offices = {person.id: Office(person, 0, {})}
    held = ties.of(POSTS_HELD_BY, [person.id]).get(person.id, [])
    bodies = ties.of(BODIES_OF_POSTS, (tie.id for tie in held))
    for tie in held:
        for body in bodies.get(tie.id, ()):
            offices.setdefault(body.id, Office(body.other, 1, {}))
    places = {tie.id: bodies[tie.id][0].id if tie.id in bodies else person.id for tie in held}
    return offices, [tie.model_copy(update={"subject": places[tie.id]}) for tie in held]


def _at_post(ties: Ties, post: Subject) -> tuple[dict[str, Office], list[FullTie]]:
    """Return the bodies of a post by id, the post itself if it has none; and the post at the first of them."""
    bodies = ties.of(BODIES_OF_POSTS, [post.id]).get(post.id, [])
    known = {each.id: each for each in ties.asking.read(ENTITIES_BY_ID, OfIds(ids=(post.id, *(b.id for b in bodies))))}
    offices = {tie.id: Office(tie.other, 0, known[tie.id].values, (tie.tie,)) for tie in bodies}
    offices = offices or {post.id: Office(post, 0, {})}
    at = FullTie(subject=next(iter(offices)), key="", tie=bodies[0].tie if bodies else {}, id=post.id, cls=post.cls,
                 name=post.name, iso3=None, values=known[post.id].values)  # fmt: skip
    return offices, [at]
