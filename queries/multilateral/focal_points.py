"""Who answers for a government in a review: its focal points, and who holds the posts on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from queries.asking import Asking
from queries.reading import FullTie, OfIds, Tie, by_name, grouped
from queries.reads import BODIES_OF_GOVERNMENT, HOLDERS_OF, POSTS_IN
from queries.wording import listed

_ROLE = "focal point"


@dataclass(frozen=True)
class FocalPoint:
    """A post that answers for a government, in it or in a body of it.

    Attributes:
        post: Leads from the government or body to the post.
        holders: Who holds it on the day, or may, by name.
    """

    post: FullTie
    holders: tuple[Tie, ...]

    @property
    def in_words(self) -> str:
        """The post and who holds it."""
        return f"{self.post.name} ({listed([one.name for one in self.holders]) or 'holder not held'})"

    @property
    def said(self) -> tuple[Mapping[str, Any], ...]:
        """What is said of the post, of its place and of its holders."""
        return self.post.values, self.post.tie, *(one.tie for one in self.holders)


def focal_points_of(asking: Asking, governments: Collection[str], *, day: str) -> dict[str, list[FocalPoint]]:
    """Return the focal points of governments on a day, by the id of the government; those without any are left out."""
    of = OfIds(ids=tuple(sorted(governments)))
    whose = {body.id: body.subject for body in asking.read(BODIES_OF_GOVERNMENT, of)}
    whose |= {government: government for government in governments}
    ties = by_name(asking.read(POSTS_IN, OfIds(ids=tuple(sorted(whose)))))
    posts = [tie for tie in ties if tie.values.get("role") == _ROLE and tie.held(day) != "no"]
    holders = grouped(asking.read(HOLDERS_OF, OfIds(ids=tuple(sorted({tie.id for tie in posts})))))
    found: dict[str, list[FocalPoint]] = {}
    for tie in posts:
        on_the_day = tuple(one for one in by_name(holders.get(tie.id, ())) if one.held(day) != "no")
        found.setdefault(whose[tie.subject], []).append(FocalPoint(tie, on_the_day))
    return found
