"""Which load was the last one on a day, at an instant, or by its number."""

import re
from collections.abc import Sequence

from graph.domain.values import DAY_PATTERN, last_day
from graph.errors import UsageError
from graph.statements import LoadHeader

_DAY = re.compile(DAY_PATTERN)
_INSTANT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z$")
_LOAD = re.compile(r"^load:(\d+)$")


def load_on(headers: Sequence[LoadHeader], text: str) -> int:
    """Return the number of the last load that was known; 0 is before the first.

    Args:
        headers: All loads, oldest first.
        text: A day (possibly partial: its last day counts whole, in UTC), an instant in UTC, or ``load:17``.

    Raises:
        UsageError: The text is none of these.
    """
    if named := _LOAD.match(text):
        return min(int(named[1]), headers[-1].no if headers else 0)
    if _INSTANT.match(text):
        until = text.removesuffix("Z")
    elif _DAY.match(text):
        until = _end_of(text)
    else:
        raise UsageError(
            f"known-on: {text!r} is no day: write 2026-03-01, 2026-03, 2026-03-01T12:00Z or load:17"
        )
    return max((header.no for header in headers if header.at[: len(until)] <= until), default=0)


def _end_of(day: str) -> str:
    """A load of a day compares as not later than this text, a load of the next day as later."""
    try:
        return last_day(day)
    except ValueError as error:
        raise UsageError(f"known-on: {error}") from error
