"""Who drafts for a body: the main sponsors of the last text it is known to have adopted."""

from queries.answer import Subject
from queries.asking import Asking
from queries.days import passed
from queries.multilateral.reads import RESOLUTIONS_OF, SPONSORS_OF
from queries.reading import Entity, OfIds, Tie, by_name


def last_text(asking: Asking, body: Subject, *, day: str) -> Entity | None:
    """Return the last text that a body is known to have adopted by a day and whose main sponsors are held."""
    texts = [
        one
        for one in asking.read(RESOLUTIONS_OF, OfIds(ids=(body.id,)))
        if passed(one.values.get("adopted_on"), on=day) == "yes"
    ]
    texts.sort(key=lambda one: (one.values["adopted_on"], one.id), reverse=True)
    ids = OfIds(ids=tuple(one.id for one in texts))
    with_mains = {tie.subject for tie in asking.read(SPONSORS_OF, ids) if tie.tie.get("role") == "main"}
    return next((one for one in texts if one.id in with_mains), None)


def mains_of(asking: Asking, text: Entity) -> list[Tie]:
    """Return the main sponsors of a text, by name."""
    ties = asking.read(SPONSORS_OF, OfIds(ids=(text.id,)))
    return by_name(tie for tie in ties if tie.tie.get("role") == "main")
