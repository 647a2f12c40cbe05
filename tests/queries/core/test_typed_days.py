"""Days as people type them for a parameter, from Friday, November 27, 2026."""

import pytest

from iga.graph.errors import UsageError
from iga.queries.core.typed_days import in_iso

TODAY = "2026-11-27"


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("yesterday", "2026-11-26", "2026-11-26"), ("last week", "2026-11-16", "2026-11-22"),
        ("March 2026", "2026-03", "2026-03"), ("FY26", "2025-10", "2026-09"), ("since 2020", "2020", "2020"),
        ("end of next month", "2026-12", "2026-12"), ("Q2 2026", "2026-04", "2026-06"),
        ("December", "2026-12", "2026-12"), ("3/16/2026", "2026-03-16", "2026-03-16"),
        ("16.3.2026", "2026-03-16", "2026-03-16"), ("3/6/2026 (day first)", "2026-06-03", "2026-06-03"),
        ("2026-3", "2026-03", "2026-03"), ("load:4", "load:4", "load:4"), ("31.13.2020", "31.13.2020", "31.13.2020"),
        ("some day", "some day", "some day"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_day_is_taken_as_it_is_typed(typed: str, since: str, until: str) -> None:
    assert in_iso(typed, parameter="since", today=TODAY) == since
    assert in_iso(typed, parameter="until", today=TODAY) == in_iso(typed, parameter="as_of", today=TODAY) == until


def test_a_year_is_one_year() -> None:
    assert in_iso("FY26", parameter="fiscal_year", today=TODAY) == "2026"
    assert in_iso("last year", parameter="year", today=TODAY) == "2025"
    with pytest.raises(UsageError, match="lies in 2025 and 2026"):
        in_iso("last 12 months", parameter="year", today=TODAY)


def test_a_day_that_may_be_two_is_refused_with_both() -> None:
    with pytest.raises(UsageError, match="'3/6/2026' may be 2026-03-06 or 2026-06-03"):
        in_iso("3/6/2026", parameter="since", today=TODAY)
