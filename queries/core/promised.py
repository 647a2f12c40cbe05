"""How a promise stands on a day: one rule for every question, page and paper that speaks of it."""

from collections.abc import Mapping
from typing import Any, Literal

from iga.graph.domain.values import last_day
from iga.graph.text import folded
from iga.queries.core.days import passed

Standing = Literal["open", "overdue", "fulfilled", "dropped", "not known"]

UNSETTLED: tuple[Standing, ...] = ("overdue", "open", "not known")
_FULFILLED = frozenset({"fulfilled", "done", "delivered", "met", "kept", "closed"})
_DROPPED = frozenset({"dropped", "withdrawn", "cancelled"})
# "not met" and "partly delivered" still ask for something.
_STILL_OPEN = frozenset({"not", "never", "partly", "partially"})


def standing(promise: Mapping[str, Any], *, day: str) -> Standing:
    """Return how a promise stood on a day.

    It is overdue where its day had passed and nothing says that it was kept or dropped; *not known* where it has
    neither a status nor a day by which it is due. What was kept or dropped only later was still open; a status without
    a day counts for every day.
    """
    became = _became_of(promise, day=day)
    if became:
        return became
    due = promise.get("due_on")
    if due and last_day(due) < day:
        return "overdue"
    return "open" if due or promise.get("status") else "not known"


def is_unsettled(promise: Mapping[str, Any], *, day: str) -> bool:
    """Return True if a promise was made by a day, as far as known, and nothing says that it was kept or dropped."""
    return was_made(promise, day=day) and standing(promise, day=day) in UNSETTLED


def was_made(promise: Mapping[str, Any], *, day: str) -> bool:
    """Return True unless a promise is known to have been made only after a day."""
    return passed(promise.get("said_on"), on=day) != "no"


def status_by(promise: Mapping[str, Any], *, day: str) -> str | None:
    """Return the words of its status, None if there are none, or none yet on the day."""
    status: str | None = promise.get("status")
    return None if passed(promise.get("status_on"), on=day) == "no" else status


def _became_of(promise: Mapping[str, Any], *, day: str) -> Literal["fulfilled", "dropped"] | None:
    words = set(folded(status_by(promise, day=day) or "").split())
    if words & _STILL_OPEN:
        return None
    return "fulfilled" if words & _FULFILLED else "dropped" if words & _DROPPED else None
