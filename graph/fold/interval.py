"""When something held: an interval and attested days as four full dates, and the answer for one day."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.fold.shapes import Days

Held = Literal["yes", "no", "unknown"]

ANY_DAYS: Days = (FIRST_DAY, LAST_DAY, FIRST_DAY, LAST_DAY)
"""The days of an interval of which nothing is known."""


@lru_cache(maxsize=100_000)  # the days of a few centuries, however many rows name them
def _bounds(day: str) -> tuple[str, str]:
    return (first_day(day), last_day(day)) if day else (FIRST_DAY, LAST_DAY)


def days_of(interval: Mapping[str, str] | None, attested: Sequence[str] = ()) -> Days:
    """Return the first and last possible day of the start, and of the end (still held on it).

    Args:
        interval: A folded interval; None when nobody states one.
        attested: Days, possibly partial, on which a source shows it holding. On an interval with a dated end
            they have no say.
    """
    if interval is None and not attested:
        return ANY_DAYS
    start, kind, end = ("", "unknown", "") if interval is None else _parts(interval)
    start_min, start_max = _bounds(start)
    end_min, end_max = (LAST_DAY, LAST_DAY) if kind == "open" else _bounds(end)
    if attested and kind != "dated":
        start_max = min(start_max, *(_bounds(day)[1] for day in attested))
        end_min = max(end_min, *(_bounds(day)[0] for day in attested))
    return start_min, min(start_max, end_max), max(end_min, start_min), end_max


def _parts(interval: Mapping[str, str]) -> tuple[str, str, str]:
    return interval.get("start", ""), interval.get("end_kind", "unknown"), interval.get("end", "")


def held_on(days: Days, day: str) -> Held:
    """Say whether it held on a full day: yes, no, or unknown."""
    start_min, start_max, end_min, end_max = days
    if day < start_min or day > end_max:
        return "no"
    return "yes" if start_max <= day <= end_min else "unknown"
