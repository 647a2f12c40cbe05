"""Whether something held on a day, and which day is meant."""

import pytest

from iga.graph.errors import UsageError
from iga.queries.core.days import first_of, held_on, latest, passed, stretch, the_day

TERM = {"start_min": "2021-01-01", "start_max": "2021-12-31", "end_min": "2023-05-01", "end_max": "2023-05-31"}


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2020-12-31", "no"), ("2021-06-01", "unknown"), ("2021-12-31", "yes"), ("2023-05-01", "yes"),
        ("2023-05-02", "unknown"), ("2023-06-01", "no"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_term_with_partial_dates_holds_for_certain_only_inside(day: str, held: str) -> None:
    assert held_on(TERM, day=day) == held


def test_what_has_no_days_is_unknown_and_not_current() -> None:
    assert held_on({}, day="2026-06-01") == "unknown"


@pytest.mark.parametrize(
    ("written", "day"),
    [(None, "2026-06-01"), ("2018", "2018-12-31"), ("2020-02", "2020-02-29"), (" 2019-01-03 ", "2019-01-03")],
)
def test_a_partial_day_stands_for_its_last_day(written: str | None, day: str) -> None:
    assert the_day(written, today="2026-06-01") == day


@pytest.mark.parametrize("written", ["yesterday", "2018-13", "01/02/2018", "2018-02-30"])
def test_what_is_no_date_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UsageError, match=f"as_of: '{written}' is not a date; write YYYY"):
        the_day(written, today="2026-06-01")


def test_a_period_begins_with_the_first_day_of_a_partial_date() -> None:
    assert first_of("2020", parameter="since") == "2020-01-01"


def test_a_partial_date_has_passed_only_at_its_end() -> None:
    assert [passed("2021", on=day) for day in ("2020-12-31", "2021-06-01", "2021-12-31")] == ["no", "unknown", "yes"]
    assert passed(None, on="2026-06-01") == "unknown"


def test_days_to_come_are_not_the_latest() -> None:
    assert latest(["2018", "2024-05", "2027"], on="2026-06-01") == "2024-05"
    assert latest([], on="2026-06-01") is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"period_start": "2004", "period_end": "2006-05"}, "2004 to 2006-05"),
        ({"period_start": "2023", "period_end_kind": "open"}, "since 2023"),
        ({"period_start": "2023"}, "from 2023"),
        ({"period_end": "2009"}, "until 2009"),
        ({"period_start": "2025-04-15", "period_end": "2025-04-15"}, "2025-04-15"),
        ({}, ""),
    ],
)
def test_a_stretch_says_no_more_than_its_source(said: dict[str, str], words: str) -> None:
    assert stretch(said) == words
