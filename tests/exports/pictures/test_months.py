"""A calendar as months: each thing on its days, what has no day beside them, and nothing lost."""

import pytest

from iga.exports.pictures.months import MOST_MONTHS, Months, months_of
from iga.queries.core.answer import Answer, Total
from iga.queries.multilateral.calendar import CalendarRow


def row(name: str, on: str | None, until: str | None = None) -> CalendarRow:
    known = {None: "not set", 4: "year only", 7: "month only", 10: "day"}[len(on) if on else None]
    what = {"what": f"meeting:{name}", "what_name": name}
    return CalendarRow.model_validate({"on": on, "until": until, "day_known": known, "sort": "engagement", **what})


def calendar(*rows: CalendarRow, question: str = "calendar") -> Answer:
    return Answer(
        question=question, parameters={}, as_of="2026-01-01", answer="", rows=rows, total=Total(value=len(rows)),
        data_version="",
    )  # fmt: skip  # what every answer has


def fallen(months: Months) -> dict[str, list[str]]:
    """Return by month and day what falls there."""
    return {
        f"{month.title} {day.number}": [it.row["what_name"] + " goes on" * it.goes_on for it in day.entries]
        for month in months.months
        for week in month.weeks
        for day in week
        if day.entries
    }


def test_a_thing_stands_on_each_of_its_days_over_the_end_of_a_month() -> None:
    months = months_of(calendar(row("Council", "2026-03-31", "2026-04-01"), row("Bilat", "2026-03-31")))
    assert months
    assert fallen(months) == {"March 2026 31": ["Council", "Bilat"], "April 2026 1": ["Council goes on"]}
    assert all(len(week) == 7 for month in months.months for week in month.weeks)


def test_a_week_begins_on_sunday() -> None:
    months = months_of(calendar(row("Council", "2026-03-01")))
    assert months
    assert months.months[0].weeks[0][0].number == 1


def test_what_has_no_day_stands_beside_its_month_or_apart() -> None:
    months = months_of(calendar(row("Forum", "2026-05"), row("Review", "2026"), row("Visit", None)))
    assert months
    [may] = months.months
    assert (may.title, [it["what_name"] for it in may.loose]) == ("May 2026", ["Forum"])
    assert [it["what_name"] for it in months.loose] == ["Review", "Visit"]


def test_what_falls_after_the_last_month_is_counted() -> None:
    rows = [row(f"M{at}", f"{2026 + at // 12}-{at % 12 + 1:02}-05") for at in range(MOST_MONTHS + 3)]
    months = months_of(calendar(*rows))
    assert months
    assert (len(months.months), months.later) == (MOST_MONTHS, 3)


@pytest.mark.parametrize("answer", [calendar(), calendar(row("A", "2026-03-01"), question="members")])
def test_what_is_no_calendar_has_no_months(answer: Answer) -> None:
    assert months_of(answer) is None
