"""Whether something held on a day, and how a stretch of time is said."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from iga.graph.domain.values import DAY_PATTERN, FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.errors import UsageError

_DAY = re.compile(DAY_PATTERN)

Passed = Literal["yes", "no", "unknown"]


def the_day(written: str | None, *, today: str, parameter: str = "as_of") -> str:
    """Return the full day that a question is asked for.

    A partial date stands for its last day: ``2018`` asks how things stood at the end of 2018.

    Raises:
        UsageError: It is no date.
    """
    if not written:
        return today
    try:
        return last_day(_dated(written.strip()))
    except ValueError:
        raise UsageError(
            f"{parameter}: {written!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD, such as {today}"
        ) from None


def first_of(written: str, *, parameter: str) -> str:
    """Return the first full day that a possibly partial date may mean.

    Raises:
        UsageError: It is no date.
    """
    the_day(written, today=LAST_DAY, parameter=parameter)
    return first_day(written.strip())


def _dated(text: str) -> str:
    if not _DAY.match(text):
        raise ValueError(text)
    return text


def passed(date: str | None, *, on: str) -> Passed:
    """Say whether a possibly partial date had come by a day: unknown while the day lies inside it.

    A blank date is *unknown*: that something has no date does not say that it never happened.
    """
    if not date:
        return "unknown"
    if last_day(date) <= on:
        return "yes"
    return "no" if first_day(date) > on else "unknown"


def is_over(date: str | None, *, on: str) -> bool:
    """Return True if a possibly partial date is surely before a day; that has no date is not known to be over."""
    return bool(date) and last_day(str(date)) < on


def held_on(properties: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether a node or relationship held on a day, from the four days that the fold gave it.

    A day that is not there is one of which nothing is known: it may be any; an end is never before its start.
    """
    start_min, start_max = properties.get("start_min") or FIRST_DAY, properties.get("start_max") or LAST_DAY
    end_min, end_max = properties.get("end_min") or start_min, properties.get("end_max") or LAST_DAY
    if day < start_min or day > end_max:
        return "no"
    return "yes" if start_max <= day <= end_min else "unknown"


def ever_held(properties: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether a node or relationship held on a day or on one before it."""
    if day < (properties.get("start_min") or FIRST_DAY):
        return "no"
    return "yes" if (properties.get("start_max") or LAST_DAY) <= day else "unknown"


def had_ended(properties: Mapping[str, Any], *, day: str) -> bool:
    """True if a node or relationship is known to have ended before a day."""
    return (properties.get("end_max") or LAST_DAY) < day


def latest(days: Iterable[str] | None, *, on: str) -> str | None:
    """Return the latest of several possibly partial dates that had come by a day, None if there is none."""
    seen = [day for day in days or () if first_day(day) <= on]
    return max(seen, default=None)


def stretch(properties: Mapping[str, Any], *, field: str = "period") -> str:
    """Return a stretch of time in words: ``2004-05-13 to 2006-05``, ``since 2023``; blank if unsaid."""
    start, end = properties.get(f"{field}_start"), properties.get(f"{field}_end")
    if start and end:
        return start if start == end else f"{start} to {end}"
    if end:
        return f"until {end}"
    if start:
        return f"since {start}" if properties.get(f"{field}_end_kind") == "open" else f"from {start}"
    return ""
