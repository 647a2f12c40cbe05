"""Who acts for a party: its organs, the bodies of a government, and the posts in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from queries.core.answer import Subject
from queries.core.days import Passed
from queries.core.reading import EdgeRow, OfIds
from queries.core.reads import POSTS_HELD_BY, POSTS_IN
from queries.core.scope import Edges, bodies_of
from queries.core.session import Session


@dataclass(frozen=True)
class Actor:
    """Somebody who acts for a party: the party itself, an organ, a body or a post.

    Attributes:
        subject: Who acts.
        terms: Of a post that a person holds: the terms, each with its days; none for others, who act at any time.
    """

    subject: Subject
    terms: tuple[EdgeRow, ...] = ()

    def acted_on(self, day: str) -> Passed:
        """Say whether it acted for the party on a day."""
        if not self.terms:
            return "yes"
        held = {term.held(day) for term in self.terms}
        return "yes" if "yes" in held else "unknown" if "unknown" in held else "no"


def actors_for(session: Session, party: Subject, *, day: str) -> Mapping[str, Actor]:
    """Return who acts for a party, by id; the party itself first.

    Args:
        session: The graph.
        party: A party or a post.
        day: Full day; organs that are known not to have been part of the party on it are left aside.
    """
    found = {party.id: Actor(party)}
    if party.cls == "Post":
        return found
    if party.cls == "Person":
        return found | _posts_held(session, party)
    bodies = with_organs(session, party, day=day)
    found |= {id_: Actor(body) for id_, body in bodies.items()}
    posts = session.read(POSTS_IN, OfIds(ids=tuple(bodies)))
    for edge in posts:
        if edge.held(day) != "no":
            found.setdefault(edge.id, Actor(edge.other))
    return found


def with_organs(session: Session, party: Subject, *, day: str) -> dict[str, Subject]:
    """Return a party and what is part of it, at any depth, by id; of a government also its public bodies."""
    return {id_: office.body for id_, office in bodies_of(Edges(session, day), party, levels=None).items()}


def _posts_held(session: Session, person: Subject) -> dict[str, Actor]:
    posts: dict[str, list[EdgeRow]] = {}
    names: dict[str, Subject] = {}
    for edge in session.read(POSTS_HELD_BY, OfIds(ids=(person.id,))):
        posts.setdefault(edge.id, []).append(edge)
        names[edge.id] = edge.other
    return {id_: Actor(names[id_], tuple(terms)) for id_, terms in posts.items()}
