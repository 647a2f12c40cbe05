"""Whether a promise is still open."""

from collections.abc import Mapping
from typing import Any

_CLOSED = ("fulfilled", "done", "delivered", "dropped", "withdrawn", "closed", "met")


def is_open(promise: Mapping[str, Any]) -> bool:
    """Say whether nothing states that a promise was kept or dropped; one without a status is open."""
    return not any(word in str(promise.get("status") or "").casefold().split() for word in _CLOSED)
