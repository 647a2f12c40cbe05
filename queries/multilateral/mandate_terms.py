"""What decisions set up or renew, with the decisions known by a day and the term that the last of them states."""

from dataclasses import dataclass

from queries.asking import Asking
from queries.contacts.reads import MANDATES_OF
from queries.days import passed
from queries.happened import since_when
from queries.multilateral.reads import MANDATES_HELD, POSTS_WITH_A_MANDATE
from queries.reading import Entity, FullTie, OfIds, grouped
from queries.reads import ENTITIES_BY_ID, Everything


@dataclass(frozen=True)
class Mandate:
    """What was set up, with the decisions on it known by the day, oldest first."""

    thing: Entity
    decisions: tuple[FullTie, ...]

    @property
    def end(self) -> str:
        """Last day of the last term that states one, or day a duty is due; blank is not held."""
        own = self.thing.values.get("due_on") or self.thing.values.get("mandate_period_end")
        latest = self.decisions[-1].tie.get("period_end") if self.decisions else None
        return latest or (own if self.thing.cls == "Obligation" or not self.decisions else "") or ""

    @property
    def start(self) -> str | None:
        """First day of that term."""
        said = self.decisions[-1].tie if self.decisions else {}
        return said.get("period_start") or self.thing.values.get("mandate_period_start")


def mandates_known(asking: Asking, *, day: str, of: tuple[str, ...] | None = None) -> list[Mandate]:
    """Return what is mandated, with the decisions on it that were known by the day.

    Args:
        asking: The graph.
        day: Full day.
        of: Only of these, by id; None is all there are.
    """
    if of is None:
        ties, posts = asking.read(MANDATES_HELD, Everything()), asking.read(POSTS_WITH_A_MANDATE, Everything())
    else:
        ties, own = asking.read(MANDATES_OF, OfIds(ids=of)), asking.read(ENTITIES_BY_ID, OfIds(ids=of))
        posts = [each for each in own if each.cls == "Post" and each.values.get("mandate_period_end")]
    known = [tie for tie in ties if passed(since_when(tie) or tie.values.get("adopted_on"), on=day) != "no"]
    by_thing = grouped(known)
    things = {each.id: each for each in posts}
    things |= {each.id: each for each in asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(by_thing))))}
    # A meeting that was convened is no mandate that ends.
    standing = [thing for thing in things.values() if thing.cls != "Engagement"]
    return [Mandate(thing, tuple(sorted(by_thing.get(thing.id, ()), key=_order))) for thing in standing]


def _order(tie: FullTie) -> tuple[str, str]:
    return since_when(tie) or tie.values.get("adopted_on") or "", tie.key
