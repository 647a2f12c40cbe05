"""What is ours: our government, its bodies, their posts and the people in them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iga.queries.core.answer import Subject
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds
from iga.queries.core.reads import (
    BODIES_NAMED_BY,
    BODIES_OF_POSTS,
    EDGES_OUT,
    ENTITIES_BY_ID,
    GOVERNMENTS_OF,
    OUR_SIDE_OF,
    PEOPLE_BY_ID,
    PEOPLE_OF_BODIES_OF,
    POSTS_BY_ID,
    POSTS_HELD_BY,
    POSTS_OF_BODIES_OF,
    WHOLES_OF,
    OfType,
    OurEdgeRow,
)
from iga.queries.core.scope import Scope
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


# Of more than these it is quicker to read our whole side than what each of them belongs to.
# Relationships of one owner: an officer has tens.
_MOST_OWNED = 1_000
_MANY = 30


def is_home(session: Session, id_: str, values: Mapping[str, Any]) -> bool:
    """True if a party is our government or one of its bodies."""
    return session.home.government in (id_, values.get("government"))


def home_government(session: Session) -> Subject:
    """Return our government as an answer names it."""
    ours = session.read(ENTITIES_BY_ID, OfIds(ids=(session.home.government,)))
    return ours[0].subject if ours else Subject(id=session.home.government, cls="Government", name="our government")


def home_department(session: Session) -> Subject | None:
    """Return the outermost body that our office is, or was, part of: our department; None if it is not on record."""
    bodies = {entity.id: entity.subject for entity in session.read(ENTITIES_BY_ID, OfIds(ids=(session.home.office,)))}
    level, parts = list(bodies), set[str]()
    while level:
        wholes = [edge for edge in session.read(WHOLES_OF, OfIds(ids=tuple(level))) if edge.cls == "PublicBody"]
        parts |= {edge.subject for edge in wholes}
        level = sorted({edge.id for edge in wholes} - bodies.keys())
        bodies |= {edge.id: edge.other for edge in wholes}
    return next((bodies[id_] for id_ in sorted(bodies.keys() - parts)), None)


def owned_edges(session: Session, owners: Iterable[str], *, day: str) -> list[FullEdgeRow]:
    """Return how these posts and offices own relationships on a day, one edge for each party."""
    ids = tuple(owners)
    edges = session.read(EDGES_OUT, OfType(ids=ids, type="OWNS_RELATIONSHIP", limit=_MOST_OWNED)) if ids else []
    return list({edge.id: edge for edge in edges if edge.held(day) != "no"}.values())


def ours_among(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """Return which of these ids belong to our side; a person does by any post held there, whenever that was."""
    asked = frozenset(ids)
    if len(asked) > _MANY:
        return asked & our_side(session)
    known = session.read(GOVERNMENTS_OF, OfIds(ids=tuple(sorted(asked))))
    ours = {entity.id for entity in known if _is_ours(session, entity)}
    people = tuple(entity.id for entity in known if entity.cls == "Person")
    posts = {entity.id: {entity.id} for entity in known if entity.cls == "Post"}
    for edge in session.read(POSTS_HELD_BY, OfIds(ids=people)) if people else ():
        posts.setdefault(edge.id, set()).add(edge.subject)
    places = session.read(BODIES_OF_POSTS, OfIds(ids=tuple(sorted(posts)))) if posts else []
    bodies = session.read(GOVERNMENTS_OF, OfIds(ids=tuple(sorted({edge.id for edge in places})))) if places else []
    our_bodies = {body.id for body in bodies if _is_ours(session, body)}
    in_them = {id_ for edge in places if edge.id in our_bodies for id_ in posts[edge.subject]}
    return frozenset(ours | (in_them & {entity.id for entity in known}))


def is_our_side(session: Session, scope: Scope) -> bool:
    """True if a party is our own side: of a person, whether every body of the posts held on the day is."""
    party = scope.party
    bodies = [office for office in scope.offices if office != party.id] if party.cls == "Person" else [party.id]
    return bool(bodies) and set(bodies) <= ours_among(session, bodies)


def _is_ours(session: Session, entity: Entity) -> bool:
    return is_home(session, entity.id, entity.values)


def our_side(session: Session) -> frozenset[str]:
    """Return the ids of our government, its bodies, their posts and the people in them, whenever that was."""
    us = OfIds(ids=(session.home.government,))
    return frozenset({*us.ids, *(id_ for query in _OF_OURS for row in session.read(query, us) for id_ in row.ids)})


_OF_OURS = (BODIES_NAMED_BY, POSTS_OF_BODIES_OF, PEOPLE_OF_BODIES_OF, POSTS_BY_ID, PEOPLE_BY_ID)
