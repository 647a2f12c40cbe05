"""Who answers for a government in a review: its focal points, and who holds the posts on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, grouped
from queries.core.reads import BODIES_OF_GOVERNMENT, HOLDERS_OF, POSTS_IN
from queries.core.session import Session
from queries.core.wording import listed

_ROLE = "focal point"


@dataclass(frozen=True)
class FocalPoint:
    """A post that answers for a government, in it or in a body of it.

    Attributes:
        post: Leads from the government or body to the post.
        holders: Who holds it on the day, or may, by name.
    """

    post: FullEdgeRow
    holders: tuple[EdgeRow, ...]

    @property
    def in_words(self) -> str:
        """The post and who holds it."""
        return f"{self.post.name} ({listed([one.name for one in self.holders]) or 'holder not held'})"

    @property
    def said(self) -> tuple[Mapping[str, Any], ...]:
        """What is said of the post, of its place and of its holders."""
        return self.post.values, self.post.properties, *(one.properties for one in self.holders)


def focal_points_of(session: Session, governments: Collection[str], *, day: str) -> dict[str, list[FocalPoint]]:
    """Return the focal points of governments on a day, by the id of the government; those without any are left out."""
    of = OfIds(ids=tuple(sorted(governments)))
    whose = {body.id: body.subject for body in session.read(BODIES_OF_GOVERNMENT, of)}
    whose |= {government: government for government in governments}
    edges = by_name(session.read(POSTS_IN, OfIds(ids=tuple(sorted(whose)))))
    posts = [edge for edge in edges if edge.values.get("role") == _ROLE and edge.held(day) != "no"]
    holders = grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted({edge.id for edge in posts})))))
    found: dict[str, list[FocalPoint]] = {}
    for edge in posts:
        on_the_day = tuple(one for one in by_name(holders.get(edge.id, ())) if one.held(day) != "no")
        found.setdefault(whose[edge.subject], []).append(FocalPoint(edge, on_the_day))
    return found
