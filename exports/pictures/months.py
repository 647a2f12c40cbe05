"""What lies ahead as months: each day with what falls on it, and beside them what has a month or a year alone."""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from iga.graph.domain.values import first_day, last_day
from iga.queries.core.answer import Answer

MOST_MONTHS = 24
"""Months that are drawn; what comes after them is in the list alone."""

_WEEKS = calendar.Calendar(calendar.SUNDAY)
_LONGEST = 31

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True)
class DayEntry:
    """Something that falls on a day: one row, and whether it began on an earlier one."""

    row: Mapping[str, Any]
    goes_on: bool


@dataclass(frozen=True)
class MonthDay:
    """A day of a month, and what falls on it; number 0 is a day of another month."""

    number: int
    entries: tuple[DayEntry, ...]


@dataclass(frozen=True)
class Month:
    """A month.

    Attributes:
        title: ``March 2026``.
        loose: Rows of which no more is known than this month.
    """

    title: str
    weeks: tuple[tuple[MonthDay, ...], ...]
    loose: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Months:
    """Rows of a calendar.

    Attributes:
        months: Those on which something falls, in order.
        loose: Rows of which a year alone is known, or no day.
        later: How many rows fall after the months that are drawn.
    """

    months: tuple[Month, ...]
    loose: tuple[Mapping[str, Any], ...]
    later: int


def months_of(answer: Answer) -> Months | None:
    """Return the rows of a calendar as months; None where the answer is no calendar, or has no rows."""
    if answer.question != "calendar" or not answer.rows:
        return None
    rows = [row.model_dump(mode="json", by_alias=True) for row in answer.rows]
    days: dict[date, list[DayEntry]] = {}
    for row in rows:
        for number, day in enumerate(_days(row)):
            days.setdefault(day, []).append(DayEntry(row, goes_on=number > 0))
    of_month = [row for row in rows if row["day_known"] == "month only"]
    known = sorted({(day.year, day.month) for day in days} | {_month(row) for row in of_month})
    shown = known[:MOST_MONTHS]
    return Months(
        months=tuple(_month_of(*month, days, of_month) for month in shown),
        loose=tuple(row for row in rows if row["day_known"] in ("year only", "not set")),
        later=sum(bool(row["on"]) and row["day_known"] != "year only" and _month(row) not in shown for row in rows),
    )


def _days(row: Mapping[str, Any]) -> Iterator[date]:
    """Give the days of a row whose first day is known, at most a month of them."""
    if row["day_known"] == "day":
        first = date.fromisoformat(first_day(row["on"]))
        last = date.fromisoformat(last_day(row["until"])) if row["until"] else first
        yield from (first + timedelta(it) for it in range(min((last - first).days + 1, _LONGEST)))


def _month(row: Mapping[str, Any]) -> tuple[int, int]:
    return int(row["on"][:4]), int(row["on"][5:7])


def _month_of(
    year: int, month: int, days: Mapping[date, Sequence[DayEntry]], of_month: Sequence[Mapping[str, Any]]
) -> Month:
    weeks = (
        tuple(MonthDay(day, tuple(days.get(date(year, month, day), ()) if day else ())) for day in week)
        for week in _WEEKS.monthdayscalendar(year, month)
    )
    loose = tuple(row for row in of_month if _month(row) == (year, month))
    return Month(f"{calendar.month_name[month]} {year}", tuple(weeks), loose)
