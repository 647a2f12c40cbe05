"""Whether a relationship counts on a day, also where the day is that of what stands at its other end."""

from collections.abc import Mapping
from typing import Any

from iga.graph.fold.recipes import ATTESTED, recipe
from iga.queries.core.days import Passed, held_on, passed
from iga.queries.core.leaving import membership_on
from iga.queries.core.reading import FullEdgeRow
from iga.queries.core.treaty import Bond, bond_on

KNOWN_FROM: Mapping[str, str] = {
    "Assessment": "published_on",
    "Publication": "published_on",
    "Determination": "decided_on",
    "Resolution": "adopted_on",
    "Commitment": "said_on",
    "Document": "dated_on",
}
"""By class, the day of what is known from the day on which it was put on record."""

# What happens once: a relationship with it has the days of the event.
_EVENTS = ("Engagement",)
_OWN_DAYS = ("period_start", "period_end", "period_end_kind", ATTESTED)

EDGE_DATES = (
    *(*_OWN_DAYS, "start_min", "start_max", "end_min", "end_max"),
    *("status", "status_on", "signed_on", "withdrawn_on", "action_on", "in_force_on"),
    *("withdrawal_announced_on", "withdrawal_notified_on", "basis"),
)
"""Properties of a relationship that tell whether it stood on a day."""

NODE_DATES = (*dict.fromkeys(KNOWN_FROM.values()), "status", "start_min", "start_max")
"""Properties of what has a day of its own that tell whether a relationship with it stood."""


def stands(kind: str, edge: FullEdgeRow, *, day: str) -> Passed:
    """Say whether a relationship stood on a day, or had happened by it.

    A bond to an agreement and a membership go by their own dates, and end with a withdrawal. Another relationship
    without days of its own takes those of the event or the record at its other end; one that nothing dates is
    *unknown*, but for types that are never dated.

    Args:
        kind: Type of the relationship.
        edge: The relationship, with the properties of its other end.
        day: Full day.
    """
    return stood(kind, edge.properties, edge.cls, edge.values, day=day)


def stood(kind: str, edge: Mapping[str, Any], cls: str, values: Mapping[str, Any], *, day: str) -> Passed:
    """Say the same of a relationship by its properties, the class of its other end and the properties of that."""
    if kind == "PARTY_TO":
        bond = bond_on(edge, day=day)
        return "no" if bond == Bond("withdrawn", "yes") or bond.standing == "not party" else bond.held
    if kind == "MEMBER_OF":
        return membership_on(edge, day=day)
    if not recipe(kind).interval:
        return "yes"
    if any(edge.get(name) for name in _OWN_DAYS):
        return held_on(edge, day=day)
    if cls in KNOWN_FROM:
        return passed(values.get(KNOWN_FROM[cls]), on=day)
    if cls in _EVENTS:
        return _begun(values, day=day)
    return held_on(edge, day=day)


def is_dated(cls: str) -> bool:
    """Say whether things of a class have a day of their own that a relationship with them goes by."""
    return cls in KNOWN_FROM or cls in _EVENTS


def since_when(edge: FullEdgeRow) -> str:
    """Return the first day that a relationship, or the event or record at its other end, is dated by; else a blank."""
    known_from = edge.values.get(KNOWN_FROM.get(edge.cls, ""))
    begun = edge.values.get("period_start") if edge.cls in _EVENTS else None
    return edge.properties.get("period_start") or known_from or begun or ""


def _begun(event: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether an event had begun by a day, as far as it is known to have been held at all."""
    start_min, start_max = event.get("start_min"), event.get("start_max")
    if start_min and start_min > day:
        return "no"
    return "yes" if event.get("status") == "held" and start_max and start_max <= day else "unknown"
