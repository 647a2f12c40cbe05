"""Which load was the last one on a day, at an instant, or by its number."""

import re
from collections.abc import Sequence
from datetime import datetime

from iga.graph.domain.values import DAY_PATTERN, last_day
from iga.graph.errors import UsageError
from iga.graph.statements import LoadHeader

_DAY = re.compile(DAY_PATTERN, re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z", re.ASCII)
_LOAD = re.compile(r"load:(\d{1,9})", re.ASCII)


def load_on(headers: Sequence[LoadHeader], text: str) -> int:
    """Return the number of the last load that was known; 0 is before the first.

    Args:
        headers: All loads, oldest first.
        text: A day (possibly partial: its last day counts whole, in UTC), an instant in UTC (a minute or second
            counts whole), or ``load:17``.

    Raises:
        UsageError: The text is none of these.
    """
    if named := _LOAD.fullmatch(text):
        return min(int(named[1]), headers[-1].no if headers else 0)
    until = _end_of(text)
    return max((header.no for header in headers if header.at[: len(until)] <= until), default=0)


def _end_of(text: str) -> str:
    """A load of the day or instant compares as not later than the text returned, one after it as later."""
    try:
        if _INSTANT.fullmatch(text):
            datetime.fromisoformat(text)
            return text.removesuffix("Z")
        if _DAY.fullmatch(text):
            return last_day(text)
    except ValueError as error:
        raise UsageError(f"known-on: {text!r} does not exist: {error}") from error
    raise UsageError(f"known-on: {text!r} is no day: write 2026-03-01, 2026-03, 2026-03-01T12:00Z or load:17")
