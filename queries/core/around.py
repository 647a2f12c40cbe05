"""What stands around things: edges of chosen types in either direction, as they stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass

from queries.core.days import Passed, passed
from queries.core.happened import since_when, stands
from queries.core.reading import FullEdgeRow, by_name
from queries.core.reads import EDGES_IN, EDGES_OUT, OfType
from queries.core.session import Session

# More relationships of one type than a thing of the office has; beyond it a number is a lower bound.
MOST_READ = 2_000


@dataclass(frozen=True)
class Way:
    """Relationships of one type in one direction.

    Attributes:
        kind: Type of the relationship.
        is_outward: Whether it leads from the things that are looked around.
        classes: Classes that the other end may have; empty is any.
    """

    kind: str
    is_outward: bool
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Around:
    """What was found by one way, those that began last first.

    Attributes:
        edges: Each with whether it stood on the day; what did not is left out.
        is_whole: Whether all there are were read.
    """

    edges: tuple[tuple[FullEdgeRow, Passed], ...]
    is_whole: bool = True


def around(session: Session, ids: Sequence[str], way: Way, *, day: str) -> Around:
    """Return what stands around some things by one way on a day, or had happened by it."""
    if not ids:
        return Around(())
    read = session.read(
        EDGES_OUT if way.is_outward else EDGES_IN, OfType(ids=tuple(ids), type=way.kind, limit=MOST_READ)
    )
    asked = [edge for edge in by_name(read) if not way.classes or edge.cls in way.classes]
    held = [(edge, state) for edge in asked if (state := _stood(way.kind, edge, day)) != "no"]
    held.sort(key=lambda pair: since_when(pair[0]), reverse=True)
    return Around(tuple(held), len(read) < MOST_READ)


# What belongs to what: without days of its own such a relationship holds as soon as both are there.
_STRUCTURE = ("UNDER", "PART_OF", "SUCCEEDED_BY")
_OWN_DAYS = ("period_start", "period_end", "attested_on")
_DATED_BY = (
    *("period_start", "adopted_on", "signed_on", "published_on"),
    *("said_on", "money_value_date", "existence_start"),
)
_SET_BEFOREHAND = ("planned", "confirmed", "postponed")


def _stood(kind: str, edge: FullEdgeRow, day: str) -> Passed:
    if edge.cls == "Engagement" and edge.values.get("status") in _SET_BEFOREHAND:
        return "unknown"
    if kind not in _STRUCTURE or any(map(edge.properties.get, _OWN_DAYS)):
        return stands(kind, edge, day=day)
    begun = next((edge.values[name] for name in _DATED_BY if edge.values.get(name)), None)
    return passed(begun, on=day) if begun else "yes"
