"""The circle of a party: what is about its posts, parts and public bodies is about it."""

from queries.core.answer import Subject
from queries.core.reading import OfIds
from queries.core.reads import BODIES_OF_GOVERNMENT, ENTITIES_BY_ID, PARTS_BELOW, POSTS_IN
from queries.core.session import Session


def circle_of(session: Session, party: Subject | None) -> frozenset[str] | None:
    """Return the ids of a party, its public bodies, its parts and their posts; None, which is everybody, of None."""
    if party is None:
        return None
    ids = {party.id}
    if party.cls == "Government":
        ids |= {body.id for body in session.read(BODIES_OF_GOVERNMENT, OfIds(ids=(party.id,)))}
    for query in (PARTS_BELOW, POSTS_IN):
        ids |= {edge.id for edge in session.read(query, OfIds(ids=tuple(sorted(ids))))}
    return frozenset(ids)


def written_ids(session: Session, ids: frozenset[str]) -> frozenset[str]:
    """Return every id that stands for one of these things, as sources write them."""
    entities = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(ids))))
    return ids | {written for entity in entities for written in entity.values.get("members") or ()}
