"""Who belongs to our side: our government, its bodies, their posts and the people in them."""

from collections.abc import Iterable

from queries.contacts.reads import (
    BODIES_NAMED_BY,
    GOVERNMENTS_OF,
    PEOPLE_BY_ID,
    PEOPLE_OF_BODIES_OF,
    POSTS_BY_ID,
    POSTS_OF_BODIES_OF,
)
from queries.core.reading import Entity, OfIds
from queries.core.reads import BODIES_OF_POSTS, POSTS_HELD_BY
from queries.core.session import Session

OURS = "gov:usa"
"""The government whose office asks."""

# Of more than these it is quicker to read our whole side than what each of them belongs to.
_MANY = 30


def ours_among(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """Return which of these ids belong to our side; a person does by any post held there, whenever that was."""
    asked = frozenset(ids)
    if len(asked) > _MANY:
        return asked & _our_side(session)
    known = session.read(GOVERNMENTS_OF, OfIds(ids=tuple(sorted(asked))))
    ours = {each.id for each in known if _is_ours(each)}
    people = tuple(each.id for each in known if each.cls == "Person")
    posts = {each.id: {each.id} for each in known if each.cls == "Post"}
    for edge in session.read(POSTS_HELD_BY, OfIds(ids=people)) if people else ():
        posts.setdefault(edge.id, set()).add(edge.subject)
    places = session.read(BODIES_OF_POSTS, OfIds(ids=tuple(sorted(posts)))) if posts else []
    bodies = session.read(GOVERNMENTS_OF, OfIds(ids=tuple(sorted({edge.id for edge in places})))) if places else []
    our_bodies = {body.id for body in bodies if _is_ours(body)}
    found = {one for edge in places if edge.id in our_bodies for one in posts[edge.subject]}
    return frozenset(ours | (found & {each.id for each in known}))


def _is_ours(entity: Entity) -> bool:
    return entity.id == OURS or entity.values.get("government") == OURS


def _our_side(session: Session) -> frozenset[str]:
    us = OfIds(ids=(OURS,))
    return frozenset({OURS, *(id_ for query in _OF_OURS for row in session.read(query, us) for id_ in row.ids)})


_OF_OURS = (BODIES_NAMED_BY, POSTS_OF_BODIES_OF, PEOPLE_OF_BODIES_OF, POSTS_BY_ID, PEOPLE_BY_ID)
