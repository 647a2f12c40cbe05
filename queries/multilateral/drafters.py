"""Who drafts for a body: the main sponsors of the last text it is known to have adopted."""

from queries.core.answer import Subject
from queries.core.days import passed
from queries.core.reading import EdgeRow, Entity, OfIds, by_name
from queries.core.session import Session
from queries.multilateral.reads import RESOLUTIONS_OF, SPONSORS_OF


def last_text(session: Session, body: Subject, *, day: str) -> Entity | None:
    """Return the last text that a body is known to have adopted by a day and whose main sponsors are held."""
    texts = [
        one
        for one in session.read(RESOLUTIONS_OF, OfIds(ids=(body.id,)))
        if passed(one.values.get("adopted_on"), on=day) == "yes"
    ]
    texts.sort(key=lambda one: (one.values["adopted_on"], one.id), reverse=True)
    ids = OfIds(ids=tuple(one.id for one in texts))
    with_mains = {edge.subject for edge in session.read(SPONSORS_OF, ids) if edge.properties.get("role") == "main"}
    return next((one for one in texts if one.id in with_mains), None)


def mains_of(session: Session, text: Entity) -> list[EdgeRow]:
    """Return the main sponsors of a text, by name."""
    edges = session.read(SPONSORS_OF, OfIds(ids=(text.id,)))
    return by_name(edge for edge in edges if edge.properties.get("role") == "main")
