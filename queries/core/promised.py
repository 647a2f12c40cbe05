"""What became of a promise, told by its status: the words that mean kept and dropped, the same for every question."""

from collections.abc import Mapping
from typing import Any, Literal

from graph.text import folded
from queries.core.days import passed

BecameOf = Literal["open", "fulfilled", "dropped"]

_FULFILLED = frozenset({"fulfilled", "done", "delivered", "met", "kept", "closed"})
_DROPPED = frozenset({"dropped", "withdrawn", "cancelled"})
# "not met" and "partly delivered" still ask for something.
_STILL_OPEN = frozenset({"not", "never", "partly", "partially"})


def became_of(promise: Mapping[str, Any], *, day: str) -> BecameOf:
    """Say what became of a promise by a day.

    One without a status is open. What was fulfilled or dropped only after the day was still open on it; a status
    without a day counts for every day.
    """
    words = set(folded(str(promise.get("status") or "")).split())
    if words & _STILL_OPEN or passed(promise.get("status_on"), on=day) == "no":
        return "open"
    if words & _FULFILLED:
        return "fulfilled"
    return "dropped" if words & _DROPPED else "open"


def is_open(promise: Mapping[str, Any], *, day: str) -> bool:
    """Say whether a promise was made by a day, as far as known, and nothing states that it was kept or dropped."""
    return passed(promise.get("said_on"), on=day) != "no" and became_of(promise, day=day) == "open"
