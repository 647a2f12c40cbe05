"""Whether a promise is open on a day."""

from collections.abc import Mapping
from typing import Any

from queries.days import passed

_CLOSED = ("fulfilled", "done", "delivered", "dropped", "withdrawn", "closed", "met")


def is_open(promise: Mapping[str, Any], *, day: str) -> bool:
    """Say whether a promise was made by a day, as far as known, and nothing states that it was kept or dropped.

    One without a status is open. No source says on which day a status changed, so today's counts for every day.
    """
    said_on = promise.get("said_on")
    is_closed = any(word in str(promise.get("status") or "").casefold().split() for word in _CLOSED)
    return not is_closed and not (said_on and passed(said_on, on=day) == "no")
