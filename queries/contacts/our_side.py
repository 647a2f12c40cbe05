"""Who belongs to our side: our government, its bodies, their posts and the people in them."""

from collections.abc import Iterable

from queries.asking import Asking
from queries.contacts.reads import GOVERNMENTS_OF, POSTS_HELD_BY
from queries.reading import Entity, OfIds
from queries.reads import BODIES_OF_POSTS

OURS = "gov:usa"
"""The government whose office asks."""


def ours_among(asking: Asking, ids: Iterable[str]) -> frozenset[str]:
    """Return which of these ids belong to our side; a person does by any post held there, whenever that was."""
    known = asking.read(GOVERNMENTS_OF, OfIds(ids=tuple(sorted(set(ids)))))
    ours = {each.id for each in known if _is_ours(each)}
    people = tuple(each.id for each in known if each.cls == "Person")
    posts = {each.id: {each.id} for each in known if each.cls == "Post"}
    for tie in asking.read(POSTS_HELD_BY, OfIds(ids=people)) if people else ():
        posts.setdefault(tie.id, set()).add(tie.subject)
    places = asking.read(BODIES_OF_POSTS, OfIds(ids=tuple(sorted(posts)))) if posts else []
    bodies = asking.read(GOVERNMENTS_OF, OfIds(ids=tuple(sorted({tie.id for tie in places})))) if places else []
    our_bodies = {body.id for body in bodies if _is_ours(body)}
    found = {one for tie in places if tie.id in our_bodies for one in posts[tie.subject]}
    return frozenset(ours | (found & {each.id for each in known}))


def _is_ours(entity: Entity) -> bool:
    return entity.id == OURS or entity.values.get("government") == OURS
