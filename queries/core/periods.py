"""The period that a question looks ahead at, and whether a possibly partial day falls in it."""

from datetime import date, timedelta

from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.errors import UsageError
from iga.queries.core.days import Passed, first_of, the_day


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
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


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
