"""The time that money is asked for: US fiscal years, calendar periods, and a day."""

from typing import Any

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY
from queries.core.days import first_of, the_day
from queries.core.question import Params, Request
from queries.funding.amounts import Amount

WHOLE_LIFE = "a figure of the whole life of an award, so of no limited time"


class TimeParams(Params):
    """What questions on money of a time are asked with."""

    fiscal_year: int | None = Field(
        default=None, description="Only this US fiscal year, from October to September.", examples=["2018"]
    )
    since: str | None = Field(default=None, description="First day of the period, possibly partial.", examples=["2015"])
    until: str | None = Field(default=None, description="Last day of the period, possibly partial.", examples=["2026"])


def is_limited(given: TimeParams) -> bool:
    """Say whether a limited time is asked for."""
    return bool(given.fiscal_year or given.since or given.until)


def is_asked(request: Request[Any], each: Amount) -> bool:
    """Say whether an amount is, or may be, of the time asked for; one without any day is not of a limited time."""
    given, days = request.params, each.days
    if each.left_out == WHOLE_LIFE:
        return True  # said to be left out
    if given.fiscal_year is not None and each.fiscal_year != given.fiscal_year:
        return False
    if days is None:
        return not is_limited(given)
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    by = request.day if given.as_of else LAST_DAY  # without a day asked for, what is planned belongs to the answer
    return days[1] >= since and days[0] <= min(until, by)


def period_of(given: TimeParams) -> str:
    """Return the time asked for in words; blank if it is not limited."""
    told = [f"US fiscal year {given.fiscal_year}"] if given.fiscal_year else []
    told += [f"since {given.since}"] if given.since else []
    told += [f"until {given.until}"] if given.until else []
    return f" ({', '.join(told)})" if told else ""
