"""On which days a duty comes back within a period."""

import pytest

from iga.queries.core.periods import occurrences

JUNE = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30"


@pytest.mark.parametrize(
    ("rule", "start", "days"),
    [
        (JUNE, None, ("2025-06-30", "2026-06-30")),
        (JUNE, "2026-06-30", ("2026-06-30",)),
        (f"RRULE:{JUNE}", None, ("2025-06-30", "2026-06-30")),
        (f"{JUNE};UNTIL=20250701", "2021-06-30", ("2025-06-30",)),
        (f"{JUNE};UNTIL=20250701T000000Z", "2021-06-30", ("2025-06-30",)),
        ("FREQ=YEARLY", "2016-05-29", ("2025-05-29", "2026-05-29")),
        ("FREQ=YEARLY;INTERVAL=4", "2013", ("2025",)),
        ("FREQ=YEARLY;INTERVAL=2", "2013-10", ("2025-10",)),
        ("FREQ=YEARLY;COUNT=2", "2024-03-01", ("2025-03-01",)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", None, ("2025-02-28", "2026-02-28")),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None, ()),
        ("FREQ=YEARLY;BYMONTH=12", None, ("2025-12", "2026-12")),
        ("FREQ=MONTHLY;BYMONTH=3,9;BYMONTHDAY=15", "2026-01-15", ("2026-03-15", "2026-09-15")),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30", "2025-09-30",
            ("2025-09-30", "2025-12-30", "2026-03-30", "2026-06-30", "2026-09-30", "2026-12-30"),
        ),
    ],
)  # fmt: skip
def test_a_rule_comes_back_within_the_period_only(rule: str, start: str | None, days: tuple[str, ...]) -> None:
    assert occurrences(rule, start=start, since="2025-01-01", until="2026-12-31") == days


@pytest.mark.parametrize(
    "rule",
    ["45 days after the report", "yearly", "FREQ=WEEKLY", "FREQ=YEARLY;BYDAY=MO", "FREQ=YEARLY;INTERVAL=0",
     "FREQ=YEARLY;BYMONTH=0", "FREQ=YEARLY;INTERVAL=2"],
)  # fmt: skip
def test_a_rule_in_words_or_one_that_cannot_be_told_is_not_guessed(rule: str) -> None:
    assert occurrences(rule, start=None, since="2025-01-01", until="2026-12-31") is None


def test_a_rule_without_an_end_stops_at_the_end_of_a_long_period() -> None:
    found = occurrences(JUNE, start="0001-06-30", since="0001-01-01", until="9999-12-31")
    assert found is not None
    assert len(found) == 1_000
