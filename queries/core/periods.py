"""The period that a question looks ahead at, and whether a possibly partial day falls in it."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.errors import UsageError
from iga.queries.core.days import Passed, first_of, the_day

# Periods are asked for in years; a rule that names no end must not run for ever.
_MOST = 1_000
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
_READ = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "UNTIL", "COUNT"})


def occurrences(rule: str, *, start: str | None, since: str, until: str) -> tuple[str, ...] | None:
    """Return the days in a period on which a rule comes back, rising; as precise as they can be.

    Of RFC 5545 it reads yearly and monthly rules with INTERVAL, BYMONTH, BYMONTHDAY, UNTIL and COUNT.

    Args:
        rule: Such as ``FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30``.
        start: First day, possibly partial: nothing comes before it. None is unknown; then an interval or a count
            cannot be told and the rule is not read.
        since: First full day of the period.
        until: Last full day of the period.

    Returns:
        None when the rule is in words, or is one that is not read here.
    """
    parts = _parts(rule)
    if parts is None or (start is None and parts.keys() & {"INTERVAL", "COUNT"}):
        return None
    days: list[str] = []
    end = min(until, _day_of(parts["UNTIL"])) if "UNTIL" in parts else until
    for number, day in enumerate(_days(parts, start, since[:4])):
        if number == int(parts.get("COUNT", _MOST)) or first_day(day) > end:
            break
        if last_day(day) >= since:
            days.append(day)
    return tuple(days)


def _parts(rule: str) -> dict[str, str] | None:
    pieces = [_PART.fullmatch(piece) for piece in rule.removeprefix("RRULE:").split(";")]
    parts = {piece[1]: piece[2] for piece in pieces if piece}
    wrong = not all(pieces) or not parts.keys() <= _READ or parts.get("FREQ") not in ("YEARLY", "MONTHLY")
    whole = all(parts[name].isdigit() for name in ("INTERVAL", "COUNT") if name in parts)
    numbers = [*_numbers(parts, "BYMONTH"), *(abs(day) for day in _numbers(parts, "BYMONTHDAY"))]
    return None if wrong or not whole or 0 in numbers or int(parts.get("INTERVAL", 1)) == 0 else parts


def _numbers(parts: dict[str, str], name: str) -> list[int]:
    return [int(text) for text in parts[name].split(",")] if name in parts else []


def _day_of(written: str) -> str:
    """Return ``20200601`` and ``20200601T000000Z`` as ``2020-06-01``."""
    return f"{written[:4]}-{written[4:6]}-{written[6:8]}"


def _days(parts: dict[str, str], start: str | None, from_year: str) -> Iterator[str]:
    """Yield the days of the rule from its start on; from the year before the period where it has none."""
    step, began = int(parts.get("INTERVAL", 1)), start or from_year
    year, month = int(began[:4]), int(began[5:7] or 1) if start else 1
    for _ in range(_MOST):
        months = [month] if parts["FREQ"] == "MONTHLY" else _months(parts, start)
        days = (day for number in months for day in _in_month(parts, start, year, number))
        yield from (day for day in days if not start or last_day(day) >= start)
        month += step if parts["FREQ"] == "MONTHLY" else 0
        year += (month - 1) // 12 if parts["FREQ"] == "MONTHLY" else step
        month = (month - 1) % 12 + 1


def _months(parts: dict[str, str], start: str | None) -> list[int]:
    """Return the months of a yearly rule; none where only the year is known."""
    return sorted(_numbers(parts, "BYMONTH")) or ([int(start[5:7])] if start and len(start) > 4 else [0])


def _in_month(parts: dict[str, str], start: str | None, year: int, month: int) -> list[str]:
    if month == 0:
        return [f"{year:04d}"]
    if parts["FREQ"] == "MONTHLY" and "BYMONTH" in parts and month not in _numbers(parts, "BYMONTH"):
        return []
    days = _numbers(parts, "BYMONTHDAY") or ([int(start[8:])] if start and len(start) == 10 else [])
    if not days:
        return [f"{year:04d}-{month:02d}"]
    last = monthrange(year, month)[1]
    real = sorted(day if day > 0 else last + 1 + day for day in days)
    return [f"{year:04d}-{month:02d}-{day:02d}" for day in real if 1 <= day <= last]


def period(since: str | None, until: str | None, *, today: str, days: int | None = None) -> tuple[str, str]:
    """Return the first and last full day of a period.

    Args:
        since: First day as typed, possibly partial; today if left out.
        until: Last day as typed, possibly partial; so many days after the first if left out.
        today: Full day.
        days: Length of the period where its end is left out; None is a year.

    Raises:
        UsageError: One of them is no date, or the last day is before the first.
    """
    first = first_of(since, parameter="since") if since else today
    end = years_after(first, 1) if days is None else days_after(first, days)
    last = the_day(until, today=end, parameter="until")
    if last < first:
        raise UsageError(f"until: {until!r} is before the first day of the period, {first}")
    return first, last


def stretch_asked(since: str | None, until: str | None) -> tuple[str, str]:
    """Return the first and last full day of a stretch of time, however long where an end is left out.

    Raises:
        UsageError: One of them is no date.
    """
    first = first_of(since, parameter="since") if since else FIRST_DAY
    return first, the_day(until, today=LAST_DAY, parameter="until")


def days_after(day: str, days: int) -> str:
    """Return the full day so many days after a full day."""
    begin = date.fromisoformat(day)
    return (begin + min(timedelta(days=days), date.max - begin)).isoformat()


def falls(day: str, *, since: str, until: str) -> Passed:
    """Say whether a possibly partial day falls in a period; *unknown* where it may lie inside or outside."""
    first, last = first_day(day), last_day(day)
    if last < since or first > until:
        return "no"
    return "yes" if first >= since and last <= until else "unknown"


def overlaps(start: str | None, end: str | None, *, since: str, until: str) -> Passed:
    """Say whether what has a first and a last day took place in a period; what has no last day has only the first.

    Days may be partial: where they may lie outside the period as well, and where there are none, that is *unknown*.
    """
    first, last = start or end, end or start
    if not first or not last:
        return "unknown"
    if last_day(last) < since or first_day(first) > until:
        return "no"
    return "yes" if last_day(first) <= until and first_day(last) >= since else "unknown"


def years_after(day: str, years: int) -> str:
    """Return the same day, as precise as it is, so many years later; the last of February for a leap day."""
    later = f"{int(day[:4]) + years:04}{day[4:]}"
    return later if day[5:] != "02-29" or int(later[:4]) % 4 == 0 else f"{later[:7]}-28"
