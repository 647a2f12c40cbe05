"""An engagement with its parts at any depth: a series with its meetings, a trip with its stops and meetings."""

from graph.text import folded
from queries.answer import Subject
from queries.asking import Asking
from queries.reading import Entity, OfIds
from queries.reads import ENTITIES_BY_ID, PARTS_OF


def engagement_and_parts(asking: Asking, engagement: Subject) -> list[Entity]:
    """Return an engagement and its parts, each once: latest first, then the whole before its parts, then by name."""
    found = {one.id: one for one in asking.read(ENTITIES_BY_ID, OfIds(ids=(engagement.id,)))}
    depth = dict.fromkeys(found, 0)
    outermost = tuple(found)
    while outermost:
        new = {}
        for tie in asking.read(PARTS_OF, OfIds(ids=outermost)):
            if tie.cls == "Engagement" and tie.id not in found:
                new[tie.id] = Entity(id=tie.id, cls=tie.cls, name=tie.name, values=tie.values)
                depth[tie.id] = depth[tie.subject] + 1
        found |= new
        outermost = tuple(sorted(new))
    whole = sorted(found.values(), key=lambda one: (depth[one.id], folded(one.name), one.id))
    return sorted(whole, key=lambda one: one.values.get("period_start") or "", reverse=True)
