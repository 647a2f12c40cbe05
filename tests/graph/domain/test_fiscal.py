import pytest

from iga.graph.domain.fiscal import fiscal_year_days, fiscal_year_of


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2031-09-30", 2031),
        ("2026-01-01", 2026),
        ("2031-10-01", 2032),
        ("2031-10", 2032),
        ("2031-03", 2031),
        ("2031", None),
        ("1975-07-01", 1976),
        ("1976-06-30", 1976),
        ("1976-08-15", None),
        ("1976-10-01", 1977),
    ],
)
def test_a_day_lies_in_the_fiscal_year_that_ends_after_it(day: str, year: int | None) -> None:
    assert fiscal_year_of(day) == year


@pytest.mark.parametrize("year", [1950, 1976, 1977, 2031])
def test_the_days_of_a_fiscal_year_lie_in_it(year: int) -> None:
    first, last = fiscal_year_days(year)
    assert (fiscal_year_of(first), fiscal_year_of(last)) == (year, year)


def test_the_fiscal_year_began_in_july_until_1976() -> None:
    assert fiscal_year_days(1976) == ("1975-07-01", "1976-06-30")
    assert fiscal_year_days(1977) == ("1976-10-01", "1977-09-30")
