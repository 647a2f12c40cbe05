"""Who is tied to our side through one thing alone: what is no longer reached from us when that thing is left out."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from iga.queries.core.ties import Ties
from iga.queries.linked.kept_near import StandingTies
from iga.queries.linked.web import HUB

TYPES = frozenset(
    (
        *("FUNDED", "AWARDED_TO", "SUBAWARDED_TO", "IMPLEMENTS", "UNDER"),
        *("HOLDS", "POST_IN", "PART_OF", "PARTICIPATED", "ORGANIZED", "MADE", "OWED_TO", "OWNS_RELATIONSHIP", "COVERS"),
        "MEMBER_OF",
    )
)
"""Relationships by which somebody is reached: money, contact and membership; not treaties, assessments and votes."""

# A country ties everybody in it to everybody else, and brings nobody nearer to us.
_NO_WAY_ON = ("Government",)

Neighbours: TypeAlias = Sequence[Sequence[int]]


def neighbours(standing: StandingTies) -> Neighbours:
    """Return whom each entity is tied to on the day by the types that count, by numbers; worked out once for a day."""
    known: Neighbours | None = standing.worked_out.get(neighbours)
    if known is None:
        numbers = {id_: number for number, id_ in enumerate(standing.ties.ids)}
        known = standing.worked_out[neighbours] = [
            sorted({numbers[other] for other, bond in standing.followed(number) if bond.type in TYPES})
            for number in range(len(numbers))
        ]
    return known


def lost_without(ties: Ties, near: Neighbours, ours: Iterable[int], gone: int) -> dict[int, int]:
    """Return who is reached from our side through one entity alone, each with whom it is reached from.

    What has more relationships than a hub, and each country, is reached and not followed on: it ties everybody to
    everybody. The entity that is left out is followed, however many it has.

    Args:
        ties: All relationships.
        near: The neighbours of each entity.
        ours: Numbers of our side.
        gone: Number of what is left out.
    """
    start = [number for number in ours if number != gone]
    whole = _reached(ties, near, start, followed=gone)
    without = _reached(ties, near, start, but=gone)
    return {number: via for number, via in whole.items() if number not in without and number != gone}


def _reached(
    ties: Ties, near: Neighbours, start: Sequence[int], *, but: int = -1, followed: int = -1
) -> dict[int, int]:
    """Return who is reached, each with whom it was reached from first: level by level, in the order of the numbers."""
    reached = dict.fromkeys(start, -1)
    level, is_ours = sorted(start), True
    while level:
        farther = []
        for number in level:
            is_closed = len(near[number]) > HUB or ties.subjects[number][0] in _NO_WAY_ON
            if is_closed and not is_ours and number != followed:
                continue
            for other in near[number]:
                if other not in reached and other != but:
                    reached[other] = number
                    farther.append(other)
        level, is_ours = sorted(farther), False
    return reached
