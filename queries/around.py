"""What stands around things: ties of chosen types in either direction, as they stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass

from queries.asking import Asking
from queries.days import Passed, passed
from queries.happened import since_when, stands
from queries.reading import FullTie, by_name
from queries.reads import TIES_IN, TIES_OUT, OfType

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
        ties: Each with whether it stood on the day; what did not is left out.
        is_whole: Whether all there are were read.
    """

    ties: tuple[tuple[FullTie, Passed], ...]
    is_whole: bool = True


def around(asking: Asking, ids: Sequence[str], way: Way, *, day: str) -> Around:
    """Return what stands around some things by one way on a day, or had happened by it."""
    if not ids:
        return Around(())
    read = asking.read(TIES_OUT if way.is_outward else TIES_IN, OfType(ids=tuple(ids), type=way.kind, limit=MOST_READ))
    asked = [tie for tie in by_name(read) if not way.classes or tie.cls in way.classes]
    held = [(tie, state) for tie in asked if (state := _stood(way.kind, tie, day)) != "no"]
    held.sort(key=lambda pair: since_when(pair[0]), reverse=True)
    return Around(tuple(held), len(read) < MOST_READ)


# What belongs to what: without days of its own such a relationship holds as soon as both are there.
_STRUCTURE = ("UNDER", "PART_OF", "SUCCEEDED_BY")
_DATED_BY = (
    "period_start",
    "adopted_on",
    "signed_on",
    "published_on",
    "said_on",
    "money_value_date",
    "existence_start",
)
_SET_BEFOREHAND = ("planned", "confirmed", "postponed")


def _stood(kind: str, tie: FullTie, day: str) -> Passed:
    if tie.cls == "Engagement" and tie.values.get("status") in _SET_BEFOREHAND:
        return "unknown"
    if kind not in _STRUCTURE or any(tie.tie.get(name) for name in ("period_start", "period_end", "attested_on")):
        return stands(kind, tie, day=day)
    begun = next((tie.values[name] for name in _DATED_BY if tie.values.get(name)), None)
    return passed(begun, on=day) if begun else "yes"
