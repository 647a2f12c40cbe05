"""The relationships of one thing along the years: from when to when each is known to have stood, and to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iga.exports.graphs.subgraph import StoredEdge, Subgraph
from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.queries.core.relationships import KNOWN_FROM
from iga.queries.core.sections import SECTIONS

_NEVER = (None, "", FIRST_DAY, LAST_DAY)


@dataclass(frozen=True)
class DatedTie:
    """A relationship on the timeline.

    Attributes:
        other: Id and name of what it leads to.
        title: What that is to the thing, in words.
        first: The day from which it is drawn; blank is not known.
        last: The day up to which it is drawn; blank is not known, or not over.
        words: Both as stated, for people: a date that may be partial, or why there is none.
    """

    edge: StoredEdge
    other: tuple[str, str]
    title: str
    first: str
    last: str
    words: tuple[str, str]


@dataclass(frozen=True)
class Timeline:
    """Stretches along the years.

    Attributes:
        stretches: Those with a day, by kind as in a profile, then by when they began.
        undated: How many relationships have none.
        years: The years that are drawn, the first and the one after the last.
    """

    stretches: tuple[DatedTie, ...]
    undated: int
    years: tuple[int, int]

    def across(self, day: str) -> float:
        """Return where a day stands between the first year, 0, and the end of the last, 1."""
        first, end = self.years
        at = int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1) / 366
        return min(1.0, max(0.0, (at - first) / (end - first)))


def timeline_of(part: Subgraph, thing: str, *, today: str) -> Timeline:
    """Return the relationships of a thing along the years."""
    values = {node.id: node.values for node in part.nodes()}
    edges = [edge for edge in part.edges() if thing in (edge.source, edge.target)]
    found = [_stretch(part, thing, edge, values) for edge in edges]
    order = list(SECTIONS)
    dated = sorted(
        (it for it in found if it.first or it.last), key=lambda it: (order.index(it.edge.type), it.first, it.other[1])
    )
    days = [day for it in dated for day in (it.first, it.last) if day]
    years = (int(min(days, default=today)[:4]), int(max(*days, today, today)[:4]) + 1)
    return Timeline(tuple(dated), len(found) - len(dated), years)


def _stretch(part: Subgraph, thing: str, edge: StoredEdge, values: Mapping[str, Mapping[str, Any]]) -> DatedTie:
    leads_out = edge.source == thing
    other = edge.target if leads_out else edge.source
    title = SECTIONS[edge.type][not leads_out]
    ways = (
        _stated({**edge.values, **edge.left}),
        _bond(edge.values),
        _stated(values[other]),
        _recorded(part.classes[other], values[other]),
    )
    said = [next(filter(None, days), "") for days in zip(*ways, strict=True)]
    seen = edge.values.get("start_max")
    first = first_day(said[0]) if said[0] else "" if seen in _NEVER else str(seen)
    last = last_day(said[1]) if said[1] else ""
    words = said[0] or (f"{first} or before" if first else "not known"), said[1] or "not over, or not known"
    return DatedTie(edge, (other, part.names[other]), title, first, last, words)


def _stated(values: Mapping[str, Any]) -> tuple[str, str]:
    """Return when a stretch of time is stated to have begun and ended, each possibly partial or blank."""
    return str(values.get("period_start") or ""), str(values.get("period_end") or values.get("left_by") or "")


def _bond(values: Mapping[str, Any]) -> tuple[str, str]:
    """Return since when something binds, or was signed where that is all that is known, and until when."""
    days = (values.get(name) for name in ("in_force_on", "action_on", "signed_on"))
    return next((str(day) for day in days if day), ""), str(values.get("withdrawn_on") or "")


def _recorded(cls: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the day on which what stands at the other end was put on record, as first and as last."""
    day = str(values.get(KNOWN_FROM.get(cls, "")) or "")
    return day, day
