"""An engagement with its parts at any depth: a series with its meetings, a trip with its stops and meetings."""

from graph.text import folded
from queries.core.answer import Subject
from queries.core.reading import Entity, OfIds
from queries.core.reads import ENTITIES_BY_ID, PARTS_OF
from queries.core.session import Session


def engagement_and_parts(session: Session, engagement: Subject) -> list[Entity]:
    """Return an engagement and its parts, each once: latest first, then the whole before its parts, then by name."""
    found = {one.id: one for one in session.read(ENTITIES_BY_ID, OfIds(ids=(engagement.id,)))}
    depth = dict.fromkeys(found, 0)
    outermost = tuple(found)
    while outermost:
        new = {}
        for edge in session.read(PARTS_OF, OfIds(ids=outermost)):
            if edge.cls == "Engagement" and edge.id not in found:
                new[edge.id] = Entity(id=edge.id, cls=edge.cls, name=edge.name, values=edge.values)
                depth[edge.id] = depth[edge.subject] + 1
        found |= new
        outermost = tuple(sorted(new))
    whole = sorted(found.values(), key=lambda one: (depth[one.id], folded(one.name), one.id))
    return sorted(whole, key=lambda one: one.values.get("period_start") or "", reverse=True)
