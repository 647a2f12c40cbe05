"""Which of our posts and offices own the relationship with a party, or with what the party belongs to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from iga.queries.core.answer import Subject
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, OUR_SIDE_OF, WHOLES_OF, OurEdgeRow
from iga.queries.core.session import Session

NOBODY = "nobody on record"


@dataclass(frozen=True)
class Owners:
    """Owners of the relationships with parties on a day.

    An owner of a body owns its parts and posts too, an owner of a government its public bodies, unless somebody owns
    those themselves.

    Attributes:
        edges: By id of the party: how each of its owners owns it, first owners before second ones; none is left out.
    """

    edges: Mapping[str, tuple[OurEdgeRow, ...]]

    @property
    def subjects(self) -> dict[str, tuple[Subject, ...]]:
        """The owners themselves, each once, by id of the party."""
        return {party: tuple({edge.id: edge.other for edge in edges}.values()) for party, edges in self.edges.items()}

    def first(self, parties: Sequence[str]) -> OurEdgeRow | None:
        """Return how the first of these parties that is owned is owned: by name rather than through a whole."""
        owned = [self.edges[party] for party in parties if party in self.edges]
        by_name = [edges[0] for edges in owned if edges[0].subject in parties]
        return next(iter([*by_name, *(edges[0] for edges in owned)]), None)


def owners_of(session: Session, parties: Iterable[str], *, day: str) -> Owners:
    """Return who owned the relationships with parties and posts on a day; what may have stood counts."""
    asked = set(parties)
    owned: dict[str, list[OurEdgeRow]] = {}
    above = _above(session, asked, owned, day=day)
    by_party = {}
    for party in sorted(asked):
        if edges := [edge for id_ in _nearest(party, above, owned) for edge in owned[id_]]:
            edges.sort(key=lambda edge: (edge.properties.get("standing") != "primary", edge.cls != "Post", edge.key))
            by_party[party] = tuple(edges)
    return Owners(by_party)


def _above(session: Session, ids: set[str], owned: dict[str, list[OurEdgeRow]], *, day: str) -> dict[str, set[str]]:
    """Return what each party directly belongs to, up to those that somebody owns; and put the owners into `owned`."""
    above: dict[str, set[str]] = {}
    known = set(ids)
    while ids:
        for edge in session.read(OUR_SIDE_OF, OfIds(ids=tuple(sorted(ids)))):
            if edge.type == "OWNS_RELATIONSHIP" and edge.held(day) != "no":
                owned.setdefault(edge.subject, []).append(edge)
        wanted = OfIds(ids=tuple(sorted(ids - owned.keys())))
        if not wanted.ids:
            break
        for whole in (*session.read(BODIES_OF_POSTS, wanted), *session.read(WHOLES_OF, wanted)):
            if whole.held(day) != "no":
                above.setdefault(whole.subject, set()).add(whole.id)
        for entity in session.read(ENTITIES_BY_ID, wanted):
            if government := entity.values.get("government"):
                above.setdefault(entity.id, set()).add(government)
        ids = {id_ for below in wanted.ids for id_ in above.get(below, ())} - known
        known |= ids
    return above


def _nearest(party: str, above: Mapping[str, set[str]], owned: Collection[str]) -> list[str]:
    seen, level = {party}, [party]
    while level:
        if nearest := [id_ for id_ in level if id_ in owned]:
            return nearest
        level = sorted({id_ for below in level for id_ in above.get(below, ())} - seen)
        seen |= set(level)
    return []
