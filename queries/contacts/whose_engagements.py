"""Whose engagements count as those of a party: what belongs to it, or the posts of a person while they were held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from iga.graph.domain.values import last_day
from iga.queries.core.holders import holder_of
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds
from iga.queries.core.reads import HOLDERS_OF, POSTS_HELD_BY
from iga.queries.core.scope import Edges, Scope
from iga.queries.core.session import Session


@dataclass(frozen=True)
class EngagementsOf:
    """Whose engagements count: a party with what belongs to it; or a person, and the posts while the person had them.

    Attributes:
        ids: The party and what belongs to it; a person, and every post that the person ever held.
        person: Id of the person; None if it is none.
        terms: Terms of these posts, by post.
        posts: Properties of these posts.
    """

    ids: tuple[str, ...]
    person: str | None = None
    terms: Mapping[str, list[EdgeRow]] = field(default_factory=dict)
    posts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def had(self, edge: FullEdgeRow) -> bool:
        """Say whether an engagement was the party's; that of a post is a person's who held it that day."""
        if self.person is None or edge.subject == self.person:
            return True
        start = edge.values.get("period_start")
        if not start:
            return False
        holder = holder_of(self.posts[edge.subject], self.terms.get(edge.subject, ()), day=last_day(start))
        return holder.incumbent is not None and holder.incumbent.id == self.person


def whose_engagements(session: Session, scope: Scope) -> EngagementsOf:
    """Return whose engagements count as those of a party."""
    person = scope.party.id
    if scope.party.cls != "Person":
        return EngagementsOf(scope.ids)
    held = {edge.id: edge.values for edge in session.read(POSTS_HELD_BY, OfIds(ids=(person,)))}
    return EngagementsOf((person, *sorted(held)), person, Edges(session, "").ever(HOLDERS_OF, sorted(held)), held)
