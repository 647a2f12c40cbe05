"""Who acts for a party: its organs, the bodies of a government, and the posts in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from iga.queries.core.answer import Subject
from iga.queries.core.days import Passed
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.core.reads import POSTS_HELD_BY, POSTS_IN
from iga.queries.core.scope import Edges, bodies_of
from iga.queries.core.session import Session


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
    actors = {party.id: Actor(party)}
    if party.cls == "Person":
        for edge in session.read(POSTS_HELD_BY, OfIds(ids=(party.id,))):
            terms = actors[edge.id].terms if edge.id in actors else ()
            actors[edge.id] = Actor(edge.other, (*terms, edge))
    elif party.cls != "Post":
        bodies = bodies_of(Edges(session, day), party, levels=None)
        actors |= {id_: Actor(office.body) for id_, office in bodies.items()}
        for edge in session.read(POSTS_IN, OfIds(ids=tuple(bodies))):
            if edge.held(day) != "no":
                actors.setdefault(edge.id, Actor(edge.other))
    return actors
