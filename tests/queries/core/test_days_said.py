"""Days as people say them, from Friday, November 27, 2026."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iga.graph.errors import UsageError
from iga.queries.core.days_said import RULES, DayRule, days_in, may_name_days

TODAY = "2026-11-27"


@pytest.mark.parametrize(
    ("text", "since", "until", "how"),
    [
        ("in 2019", "2019", "2019", "in"),
        ("as of june 2019", "2019-06", "2019-06", "as of"),
        ("since june", "2026-06", "", "since"),
        ("since december", "2025-12", "", "since"),
        ("by march", "", "2027-03", "until"),
        ("before 2028", "", "2027", "until"),
        ("before the end of next year", "", "2027", "until"),
        ("from 2006 to 2013", "2006", "2013", "between"),
        ("FY27", "2026-10", "2027-09", "fiscal"),
        ("since FY2015", "2014-10", "", "since"),
        ("10/29/2019", "2019-10-29", "2019-10-29", "in"),
        ("jan 1, 2026", "2026-01-01", "2026-01-01", "in"),
        ("in the last 30 days", "2026-10-28", "2026-11-27", "back"),
        ("over the next six months", "2026-11-27", "2027-05-27", "ahead"),
        ("next month", "2026-12", "2026-12", "in"),
        ("this fiscal year", "2026-10", "2027-09", "fiscal"),
        ("since monday", "2026-11-23", "", "since"),
        ("en mars 2025", "2025-03", "2025-03", "in"),
        ("el próximo mes", "2026-12", "2026-12", "in"),
        ("los últimos 30 días", "2026-10-28", "2026-11-27", "back"),
        ("depuis juin", "2026-06", "", "since"),
        ("in the last 2 years", "2024-11-27", "2026-11-27", "back"),
        ("in the third quarter of 2025", "2025-07", "2025-09", "in"),
        ("from september to march", "2026-09", "2027-03", "between"),
        ("from june 3 to july 15 2025", "2025-06-03", "2025-07-15", "between"),
        ("since december 10", "2025-12-10", "", "since"),
        ("before march 3", "", "2027-03-02", "until"),
        ("by december 10", "", "2026-12-10", "until"),
        ("on november 27", "2026-11-27", "2026-11-27", "in month"),
        ("by november 26", "", "2027-11-26", "until"),
        ("since last monday", "2026-11-23", "", "since"),
        ("last friday", "2026-11-20", "2026-11-20", "in"),
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, since: str, until: str, how: str) -> None:
    (said,) = days_in(f"something {text}", TODAY)
    assert (said.since, said.until, said.how) == (since, until, how)


def test_the_last_of_february_is_that_of_the_year_it_falls_in() -> None:
    assert [said.until for said in days_in("by february 29", "2027-11-27")] == ["2028-02-29"]
    assert [said.until for said in days_in("by february 29", "2028-11-27")] == ["2029-02-28"]


@pytest.mark.parametrize(
    "text", ["may we ask them", "the 1950 in a12019b", "second committee", "march on", "a sat phone"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert [said for said in days_in(text, TODAY) if said.how != "in"] == []


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=10)
@given(data=st.data())
def test_each_way_to_say_days_has_a_digit_or_a_word_of_time(rule: DayRule, data: st.DataObject) -> None:
    assert may_name_days(data.draw(st.from_regex(rule.pattern)))


@pytest.mark.parametrize("day", ["2026-02-31", "9999-99-99", "2025-13-45", "31 february 2026", "April 31, 2025"])
@pytest.mark.parametrize("before", ["", "as of ", "since ", "on ", "until ", "in "])
def test_a_day_that_no_calendar_has_is_refused_and_not_left_out(before: str, day: str) -> None:
    with pytest.raises(UsageError, match="there is no day"):
        days_in(f"members of osce {before}{day}", "2026-06-01")
