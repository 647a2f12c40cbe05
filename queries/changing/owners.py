"""Who of ours owns the relationship with the parties that a row is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.core.answer import Subject
from queries.core.reading import OfIds, grouped
from queries.core.reads import BODIES_OF_POSTS, OUR_SIDE_OF, PARTS_OF, OurEdgeRow
from queries.core.session import Session

NOBODY = "nobody on record"


@dataclass(frozen=True)
class Owners:
    """The first owner of each party, by its id.

    A post is owned as the body it is in, a part as the whole it belongs to, where nobody owns them by name.
    """

    edges: dict[str, OurEdgeRow]
    above: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, session: Session, ids: Iterable[str], *, day: str) -> "Owners":
        """Look up who owned the relationships with parties on a day; what may have stood counts."""
        wanted = OfIds(ids=tuple(sorted(set(ids))))
        if not wanted.ids:
            return cls({}, {})
        above: dict[str, list[str]] = {}
        for edge in (*session.read(BODIES_OF_POSTS, wanted), *session.read(PARTS_OF, wanted)):
            if edge.held(day) != "no":
                above.setdefault(edge.subject, []).append(edge.id)
        every = OfIds(ids=tuple(sorted({*wanted.ids, *(whole for wholes in above.values() for whole in wholes)})))
        owning = [
            edge
            for edge in session.read(OUR_SIDE_OF, every)
            if edge.type == "OWNS_RELATIONSHIP" and edge.held(day) != "no"
        ]
        owning.sort(key=lambda edge: (edge.properties.get("standing") == "backup", edge.cls != "Post", edge.key))
        first = {party: edges[0] for party, edges in grouped(owning).items()}
        return cls(first, {part: tuple(sorted(wholes)) for part, wholes in above.items()})

    def owning(self, ids: Sequence[str]) -> OurEdgeRow | None:
        """Return the edge by which somebody owns the first of these parties that is owned, or what it belongs to."""
        for look in (ids, [whole for each in ids for whole in self.above.get(each, ())]):
            for each in look:
                if each in self.edges:
                    return self.edges[each]
        return None

    def owner(self, ids: Sequence[str]) -> Subject | None:
        """Return who owns the first of these parties that is owned; None is nobody on record."""
        edge = self.owning(ids)
        return edge.other if edge else None
