"""How one government moves from edition to edition, with the editions between that are not held for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from iga.queries.core.answer import Subject

Move = Literal["up", "down", "same", "to or from no tier", "unknown"]

# Best first; the Watch List is a tier of its own in print. A special case has no tier, so it is neither up nor down.
_RANK: Mapping[str, int] = {"Tier 1": 1, "Tier 2": 2, "Tier 2 Watch List": 3, "Tier 3": 4}


@dataclass(frozen=True)
class TierStep:
    """How a government stood in two editions.

    Attributes:
        government: The government.
        start, end: Years of the two editions.
        before, after: Properties of the placements; None where an edition lacks the government.
        missing: Editions between the two that were published and lack it.
        last_before: The last placement held before the first of the two, where that edition lacks it.
    """

    government: Subject
    start: int
    end: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    missing: tuple[int, ...] = ()
    last_before: Mapping[str, Any] | None = None

    @property
    def move(self) -> Move:
        """Which way it moved; *unknown* where one of the editions lacks it."""
        if self.before is None or self.after is None:
            return "unknown"
        old, new = (str(placement.get("tier") or "") for placement in (self.before, self.after))
        if old == new:
            return "same"
        if old not in _RANK or new not in _RANK:
            return "to or from no tier"
        return "up" if _RANK[new] < _RANK[old] else "down"

    @property
    def is_sure(self) -> bool:
        """Whether both placements are held and no edition between them is missing."""
        return self.move != "unknown" and not self.missing

    @property
    def values(self) -> dict[str, Any]:
        """What a sentence on it needs."""
        placements = {"before": self.before, "after": self.after, "last_before": self.last_before}
        return {
            "move": self.move,
            "start": self.start,
            "end": self.end,
            "missing": list(self.missing),
            **{
                name: None if placement is None else {key: placement.get(key) for key in ("tier", "year")}
                for name, placement in placements.items()
            },
        }


def step_between(
    government: Subject, placements: Mapping[int, Mapping[str, Any]], published: Sequence[int], start: int, end: int
) -> TierStep:
    """Return how a government stood in two editions, whatever lies between them.

    Args:
        government: The government.
        placements: Its placements by edition.
        published: Years of all editions known on the day, rising.
        start: Year of the earlier edition.
        end: Year of the later edition.
    """
    missing = tuple(year for year in published if start < year < end and year not in placements)
    earlier = max((year for year in placements if year < start), default=0)
    last_before = placements.get(earlier) if start not in placements else None
    return TierStep(government, start, end, placements.get(start), placements.get(end), missing, last_before)


def steps_over(
    government: Subject, placements: Mapping[int, Mapping[str, Any]], published: Sequence[int], since: int, until: int
) -> list[TierStep]:
    """Return the steps of a government from each edition that has it to the next that has it, in a period of editions.

    Editions that lack it lie between two that have it; or, at the ends of the period, nothing is computed.
    """
    held = [year for year in published if since <= year <= until and year in placements]
    return [step_between(government, placements, published, start, end) for start, end in pairwise(held)]
