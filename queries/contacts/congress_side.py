"""Congress as the other side of our work: its bodies and members, and whose dealings are those of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from iga.graph.domain.parties import PublicBody
from iga.queries.contacts.whose_engagements import EngagementsOf, whose_engagements
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.home import is_home
from iga.queries.core.reading import FullEdgeRow
from iga.queries.core.reads import HOLDERS_OF, MEMBERS_OF, POSTS_IN, WHOLES_OF
from iga.queries.core.scope import Edges, bodies_of, scope_of
from iga.queries.core.session import Session

LEGISLATURES = all_of(PublicBody, "it.body_kind = 'legislature'")


@dataclass(frozen=True)
class CongressSide:
    """Whoever of Congress is asked about.

    Attributes:
        everybody: Ids of all bodies of Congress, their posts and members, of any day.
        asked: Ids of those asked about: a body with its parts, posts and who held them; a member; everybody.
        read: Ids of whoever may have acted for these: their members too, who then say that they did.
        above: Ids of the bodies that the one asked about is a part of: what is owed to these is owed to it too.
        person: Whose engagements count as those of a person; None where a body is asked about.
    """

    everybody: frozenset[str]
    asked: frozenset[str]
    read: frozenset[str]
    above: frozenset[str] = frozenset()
    person: EngagementsOf | None = None

    def had(self, edge: FullEdgeRow) -> bool:
        """Say whether an engagement is one of theirs: they were there, or a member was on their behalf."""
        if self.person and edge.subject in self.asked:
            return self.person.had(edge)
        return edge.subject in self.asked or edge.properties.get("on_behalf_of") in self.asked


def congress_side(session: Session, party: Subject | None, *, day: str) -> CongressSide | None:
    """Return a body or a member of Congress, or all of it where nobody is named; None if a party is none of these."""
    edges = Edges(session, "")
    ours = [it for it in session.read(LEGISLATURES, Everything()) if is_home(session, it.id, it.values)]
    bodies = {id_ for it in ours for id_ in bodies_of(edges, it.subject, levels=None)}
    everybody = _with_people(edges, bodies)
    if party is None:
        return CongressSide(everybody, everybody, everybody)
    if party.id not in everybody:
        return None
    if party.cls == "Person":
        person = whose_engagements(session, scope_of(session, party, day=day))
        return CongressSide(everybody, frozenset(person.ids), frozenset(person.ids), person=person)
    own = set(bodies_of(edges, party, levels=None)) if party.id in bodies else set[str]()
    asked = _with_posts(edges, own) | {party.id}
    return CongressSide(everybody, asked, _with_people(edges, own) | asked, _above(edges, party.id))


def _with_posts(edges: Edges, bodies: Iterable[str]) -> frozenset[str]:
    """Return bodies with their posts and who ever held them."""
    posts = [edge.id for edge in edges.every(POSTS_IN, bodies)]
    return frozenset((*bodies, *posts, *(edge.id for edge in edges.every(HOLDERS_OF, posts))))


def _with_people(edges: Edges, bodies: Iterable[str]) -> frozenset[str]:
    """Return the same with the members of the bodies."""
    return _with_posts(edges, bodies) | {edge.id for edge in edges.every(MEMBERS_OF, bodies)}


def _above(edges: Edges, body: str) -> frozenset[str]:
    above, level = set[str](), [body]
    while level:
        level = [edge.id for edge in edges.every(WHOLES_OF, level) if edge.id not in above]
        above |= set(level)
    return frozenset(above)
