"""A calendar of all that has a day: sure days before unsure ones, what has none last, what is planned internal."""

from typing import Any

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def entries(answer: Any) -> list[tuple[str | None, str, str]]:
    return [(row.on, row.what_name, row.day_known) for row in answer.rows]


def test_sure_days_come_before_unsure_ones_and_before_what_has_none(answer_to: Ask) -> None:
    answer = answer_to("calendar", party="Norway", until="2026-12-31")
    assert entries(answer) == [
        ("2026-09-01", "Northern summit", "day"),
        ("2026-12-31", "vice-chair of Nordic Assembly: Norway", "day"),
        (None, "Approach to alb", "not set"),
    ]
    assert answer.rows[0].hours == "10:00-11:00"
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "Next for Norway: Northern summit (2026-09-01, 10:00-11:00); vice-chair of Nordic Assembly: Norway "
            "(2026-12-31).",
        ),
        ("sorts", "There is 1 engagement and 1 term that ends."),
        ("planned", "1 engagement is only planned, and internal until held."),
        ("without-day", "1 more is without a day."),
    ]


def test_the_next_ninety_days_are_told_if_no_period_is(answer_to: Ask) -> None:
    headline = answer_to("calendar", party="Ghana").headline
    assert headline == "Not confirmed: nothing for Ghana is on file from 2026-06-01 to 2026-08-30."


def test_a_planned_meeting_is_internal_until_it_is_held(answer_to: Ask) -> None:
    [row] = answer_to("calendar", party="Norway", until="2026-12-31", kind="summit").rows
    assert row.is_internal
    [held] = answer_to("calendar", party="Norway", since="2024-06", until="2024-06", kind="talks").rows
    assert not held.is_internal


def test_what_is_planned_is_not_there_for_the_public(as_the_public: Session) -> None:
    assert ask(as_the_public, "calendar", {"kind": "summit", "until": "2027"}).rows == ()
    assert ask(as_the_public, "commitments", {"party": "Norway"}).rows == ()


def test_what_has_no_day_comes_last_and_is_unknown(answer_to: Ask) -> None:
    answer = answer_to("calendar", kind="dinner")
    assert entries(answer) == [(None, "Northern dinner", "not set")]
    assert answer.rows[0].held == "unknown"
    assert answer.caveats[0].text == "Without a fixed day, so perhaps in this period: Northern dinner."
    assert answer.caveats[0].rows == (1,)


def test_a_postponed_day_is_said_not_to_stand(answer_to: Ask) -> None:
    answer = answer_to("calendar", kind="visit")
    assert (answer.rows[0].held, answer.rows[0].day_known) == ("unknown", "month only")
    assert any("Northern visit (postponed)" in doubt.text for doubt in answer.caveats)


def test_promises_due_that_are_open_are_told_and_kept_ones_are_not(answer_to: Ask) -> None:
    rows = answer_to("calendar", party="Norway", since="2024-08", until="2029-12", kind="promise").rows
    assert [row.what_name for row in rows] == ["Promise late", "Promise money"]


def test_an_owner_has_what_concerns_the_relationships_owned(answer_to: Ask) -> None:
    answer = answer_to("calendar", owner="Erik Made-Up", until="2026-12-31")
    assert "vice-chair of Nordic Assembly: Norway" in [row.what_name for row in answer.rows]
    assert {row.owner_name for row in answer.rows if row.owner_name} == {"Envoy of Norway"}
    assert {name for row in answer.rows for name in row.owner_names} == {"Envoy of Norway"}


def test_statutory_dates_come_back_each_year(bundled_answer: Ask) -> None:
    rows = bundled_answer("calendar", kind="statutory", since="2027", until="2028").rows
    assert [row.on for row in rows if row.what_name == "Trafficking in Persons Report to Congress"] == [
        "2027-06-30",
        "2028-06-30",
    ]


def test_the_sample_trip_has_all_day_items_hours_and_an_owner(demo: Session) -> None:
    rows: Any = ask(demo, "calendar", {"owner": "Uma Mockup"}).rows
    assert any(row.what_name.startswith("Ambassador-at-Large and OSCE") and row.hours == "10:00-10:45" for row in rows)
    everything: Any = ask(demo, "calendar", {}).rows
    assert any(row.is_all_day for row in everything)
