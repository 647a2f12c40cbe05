"""Which post or seat on record a line of a public list speaks of, and who is there: posts by name, seats by body."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from iga.graph.domain.work import Listing
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.leaving import membership_on
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity
from iga.queries.core.reads import BODIES_OF_POSTS, EVERY_POST, HOLDERS_OF, MEMBERS_OF
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session

LISTINGS = all_of(Listing)
# Words that tell no post from another.
_SMALL = frozenset(("a", "and", "at", "for", "her", "his", "in", "of", "on", "the", "to", "s", "u", "us"))

Words = frozenset[str]


@dataclass(frozen=True)
class ListedPlace:
    """What a line of a list speaks of.

    Attributes:
        listing: The line.
        where: The government or body that the post or the seat is in; None where the list names none on record.
        posts: Posts on record that are called so; none of a seat.
        there: Edges of everybody who ever was there, as far as known.
    """

    listing: Entity
    where: Subject | None
    posts: tuple[Entity, ...]
    there: tuple[EdgeRow, ...]

    @property
    def is_seat(self) -> bool:
        """Whether it is a seat in a body, not a post."""
        return not self.listing.values.get("title") and bool(self.listing.values.get("body"))

    @property
    def about(self) -> str:
        """Id of the body that has the seat, or of the post; of the line itself where it is of no one post."""
        if self.is_seat and self.where:
            return self.where.id
        return self.posts[0].id if len(self.posts) == 1 else self.listing.id

    @property
    def listed(self) -> str:
        """Who is there by the list; blank is nobody."""
        return self.listing.values.get("holder") or ""

    @property
    def on(self) -> str:
        """Day that the list is of; blank is not known."""
        return self.listing.values.get("listed_on") or ""

    def living(self, day: str) -> list[EdgeRow]:
        """Return those who may be there on a day, and not only designate."""
        if self.is_seat:
            return [edge for edge in self.there if membership_on(edge.properties, day=day) != "no"]
        living = [edge for edge in self.there if edge.held(day) != "no"]
        return [edge for edge in living if edge.properties.get("capacity") != "designate"]


def listed_places(session: Session, *, only: frozenset[str] | None = None) -> list[ListedPlace]:
    """Return what the lines of all public lists on record speak of, by id.

    Args:
        session: The graph.
        only: Only lines about these governments or bodies, by id; None is all.
    """
    lines = [line for line in session.read(LISTINGS, Everything()) if only is None or only & set(_where(line))]
    where = entities(session, {id_ for line in lines for id_ in _where(line)})
    edges = Edges(session, "")
    seats = sorted({str(line.values["body"]) for line in lines if not line.values.get("title") and _where(line)})
    members = {
        body: [edge for edge in of if edge.cls == "Person"] for body, of in edges.ever(MEMBERS_OF, seats).items()
    }
    posts = _posts_by_words(session, edges, where) if any(line.values.get("title") for line in lines) else {}
    found = {line.id: _of_line(line, posts, where) for line in lines}
    terms = edges.ever(HOLDERS_OF, sorted({post.id for known in found.values() for post in known}))
    places = []
    for line in lines:
        own = tuple(edge for post in found[line.id] for edge in terms.get(post.id, ()))
        there = own if line.values.get("title") else tuple(members.get(str(line.values.get("body")), ()))
        at = next((where[id_] for id_ in _where(line) if id_ in where), None)
        places.append(ListedPlace(line, at.subject if at else None, tuple(found[line.id]), there))
    return places


def _where(line: Entity) -> list[str]:
    """Return the ids of what a line says a post or seat is in, the body first."""
    return [str(line.values[name]) for name in ("body", "government") if line.values.get(name)]


def _posts_by_words(
    session: Session, edges: Edges, where: Mapping[str, Entity]
) -> dict[tuple[str, Words], dict[str, Entity]]:
    """Return posts on record by the body or government they are in and the words that they are called by."""
    posts = {post.id: post for post in session.read(EVERY_POST, Everything())}
    places = edges.ever(BODIES_OF_POSTS, sorted(posts))
    bodies = entities(session, {edge.id for of in places.values() for edge in of})
    by_words: dict[tuple[str, Words], dict[str, Entity]] = {}
    for id_, post in posts.items():
        for edge in (edge for edge in places.get(id_, ()) if edge.id in bodies):
            for at in {edge.id, str(bodies[edge.id].values.get("government") or edge.id)} & where.keys():
                for name in _called(post):
                    by_words.setdefault((at, _telling(name, where[at])), {})[id_] = post
    return by_words


def _of_line(
    line: Entity, posts: Mapping[tuple[str, Words], Mapping[str, Entity]], where: Mapping[str, Entity]
) -> Sequence[Entity]:
    title = line.values.get("title")
    if not title:
        return ()
    for at in _where(line):
        if at in where and (known := posts.get((at, _telling(title, where[at])))):
            return [known[id_] for id_ in sorted(known)]
    return ()


def _called(thing: Entity) -> Iterable[str]:
    return {thing.name, *(thing.values.get("aliases") or ()), *(thing.values.get("titles") or ())}


def _telling(name: str, at: Entity) -> Words:
    """Return the words of a post's name that tell it, without those of the government or body it is in."""
    telling = frozenset(folded(name).split()) - _SMALL
    return telling - frozenset(folded(at.name).split()) or telling
