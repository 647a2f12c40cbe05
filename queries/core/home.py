"""What is ours: our government, its bodies, their posts and the people in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from iga.queries.core.answer import Subject
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import (
    BODIES_NAMED_BY,
    BODIES_OF_POSTS,
    ENTITIES_BY_ID,
    GOVERNMENTS_OF,
    PEOPLE_BY_ID,
    PEOPLE_OF_BODIES_OF,
    POSTS_BY_ID,
    POSTS_HELD_BY,
    POSTS_OF_BODIES_OF,
    WHOLES_OF,
)
from iga.queries.core.scope import Scope
from iga.queries.core.session import Session

# Of more than these it is quicker to read our whole side than what each of them belongs to.
_MANY = 30


def is_home(session: Session, id_: str, values: Mapping[str, Any]) -> bool:
    """Say whether a party is our government or one of its bodies.

    Args:
        session: Knows which government is ours.
        id_: Id of the party.
        values: Its properties.
    """
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
    """Say whether a party is our own side: of a person, whether every body of the posts held on the day is."""
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
