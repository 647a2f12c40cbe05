"""Four full dates from an interval and attested days, held against every pair of days they allow."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product

import pytest

from iga.graph.domain.values import FIRST_DAY, LAST_DAY, first_day, last_day
from iga.graph.fold.nodes import ANY_DAYS, days_of
from iga.graph.fold.shapes import Days
from iga.queries.core.days import Passed
from iga.queries.core.days import held_on as held

# First and last days, days beside them, and the rims: small enough to enumerate, with every kind of boundary.
CALENDAR = [
    FIRST_DAY,
    *("2019-01-01", "2019-12-01", "2019-12-28", "2019-12-31"),
    *("2020-01-01", "2020-01-02", "2020-01-03", "2020-01-31"),
    *("2020-02-01", "2020-02-02", "2020-02-28", "2020-02-29", "2020-12-31"),
    LAST_DAY,
]
STARTS = ["", "2019", "2020", "2020-01", "2020-01-02", "2020-02-28"]
ENDS = [
    ("unknown", ""), ("open", ""), ("dated", "2020"), ("dated", "2020-02"), ("dated", "2020-02-01"),
    ("dated", "2019-12"),
]  # fmt: skip  # read across, like the rows of a table
ATTESTED = ["2019-12-28", "2020-01", "2020-01-02", "2020-02-02", "2020"]


def held_on(days: Days, day: str) -> Passed:
    return held(dict(zip(("start_min", "start_max", "end_min", "end_max"), days, strict=True)), day=day)


def _possible(text: str) -> list[str]:
    if not text:
        return CALENDAR
    return [day for day in CALENDAR if first_day(text) <= day <= last_day(text)]


def _pairs(start: str, kind: str, end: str, attested: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every start and end that the words allow; attested days have no say beside a dated end."""
    ends = [LAST_DAY] if kind == "open" else _possible(end)
    pairs = [(first, last) for first, last in product(_possible(start), ends) if first <= last]
    if kind == "dated":
        return pairs
    return [
        (first, last)
        for first, last in pairs
        if all(any(first <= day <= last for day in _possible(sighting)) for sighting in attested)
    ]


def _cases() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    sightings = [(), *((one,) for one in ATTESTED), *combinations(ATTESTED, 2)]
    for start, (kind, end), attested in product(STARTS, ENDS, sightings):
        if _pairs(start, kind, end, attested):
            yield start, kind, end, attested


def test_held_on_is_what_all_possible_pairs_of_days_say() -> None:
    cases = list(_cases())
    assert len(cases) > 300
    for start, kind, end, attested in cases:
        days = days_of({"start": start, "end_kind": kind, "end": end}, attested)
        pairs = _pairs(start, kind, end, attested)
        for day in CALENDAR:
            held = {first <= day <= last for first, last in pairs}
            answer = "unknown" if len(held) == 2 else "yes" if held == {True} else "no"
            assert held_on(days, day) == answer, (start, kind, end, attested, day)


def test_nothing_stated_is_unknown_on_every_day() -> None:
    assert days_of(None) == ANY_DAYS
    assert {held_on(ANY_DAYS, day) for day in CALENDAR} == {"unknown"}


def test_attested_days_alone_say_yes_on_those_days_only() -> None:
    days = days_of(None, ["2018-06-01"])
    assert held_on(days, "2018-06-01") == "yes"
    assert held_on(days, "2018-06-02") == "unknown"


def test_two_attested_days_span_what_lies_between() -> None:
    days = days_of(None, ["2018-06", "2020"])
    assert days == (FIRST_DAY, "2018-06-30", "2020-01-01", LAST_DAY)
    assert held_on(days, "2019-03-01") == "yes"


def test_an_attested_day_has_no_say_beside_a_dated_end() -> None:
    stated = {"start": "", "end_kind": "dated", "end": "2017"}
    assert days_of(stated, ["2018-06-01"]) == days_of(stated)


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
def test_a_month_ends_on_its_last_day(year: int) -> None:
    end = days_of({"start": "", "end_kind": "dated", "end": f"{year}-02"})[3]
    assert end == f"{year}-02-{monthrange(year, 2)[1]}"
    assert (date.fromisoformat(end) + timedelta(days=1)).month == 3
