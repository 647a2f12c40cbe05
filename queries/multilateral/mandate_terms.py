"""What decisions set up or renew, with the decisions known by a day and the term that the last of them states."""

from dataclasses import dataclass

from queries.contacts.reads import MANDATES_OF
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.happened import since_when
from queries.core.reading import Entity, FullEdgeRow, OfIds, grouped
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.multilateral.reads import MANDATES_HELD, POSTS_WITH_A_MANDATE


@dataclass(frozen=True)
class Mandate:
    """What was set up, with the decisions on it known by the day, oldest first."""

    thing: Entity
    decisions: tuple[FullEdgeRow, ...]

    @property
    def end(self) -> str:
        """Last day of the last term that states one, or day a duty is due; blank is not held."""
        own = self.thing.values.get("due_on") or self.thing.values.get("mandate_period_end")
        latest = self.decisions[-1].properties.get("period_end") if self.decisions else None
        return latest or (own if self.thing.cls == "Obligation" or not self.decisions else "") or ""

    @property
    def start(self) -> str | None:
        """First day of that term."""
        said = self.decisions[-1].properties if self.decisions else {}
        return said.get("period_start") or self.thing.values.get("mandate_period_start")


def mandates_known(session: Session, *, day: str, of: tuple[str, ...] | None = None) -> list[Mandate]:
    """Return what is mandated, with the decisions on it that were known by the day.

    Args:
        session: The graph.
        day: Full day.
        of: Only of these, by id; None is all there are.
    """
    if of is None:
        edges, posts = session.read(MANDATES_HELD, Everything()), session.read(POSTS_WITH_A_MANDATE, Everything())
    else:
        edges, own = session.read(MANDATES_OF, OfIds(ids=of)), session.read(ENTITIES_BY_ID, OfIds(ids=of))
        posts = [each for each in own if each.cls == "Post" and each.values.get("mandate_period_end")]
    known = [edge for edge in edges if passed(since_when(edge) or edge.values.get("adopted_on"), on=day) != "no"]
    by_thing = grouped(known)
    things = {each.id: each for each in posts}
    things |= {each.id: each for each in session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(by_thing))))}
    # A meeting that was convened is no mandate that ends.
    standing = [thing for thing in things.values() if thing.cls != "Engagement"]
    return [Mandate(thing, tuple(sorted(by_thing.get(thing.id, ()), key=_order))) for thing in standing]


def _order(edge: FullEdgeRow) -> tuple[str, str]:
    return since_when(edge) or edge.values.get("adopted_on") or "", edge.key
