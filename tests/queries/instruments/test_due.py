"""What falls due in a period, and who must do it."""

from typing import Any

import pytest

from iga.graph.domain.values import last_day
from iga.graph.errors import UsageError
from tests.queries.conftest import Ask


def days(answer: Any) -> list[tuple[str | None, str]]:
    return [(row.due_on, row.what_name) for row in answer.rows]


def test_the_next_90_days_and_what_is_overdue_are_listed_when_no_period_is_given(answer_to: Ask) -> None:
    answer = answer_to("due")
    assert days(answer) == [
        ("2024-12-31", "Promise late"), ("2026-03", "A shelter"), ("2026-06-30", "Yearly report"),
        ("2026-07-15", "Study"), ("2026-08-20", "Second round on Fiji"), (None, "Notice"), (None, "Promise vague"),
    ]  # fmt: skip  # read across, like the rows of a table
    assert [row.is_overdue for row in answer.rows] == [True, True, False, False, False, False, False]
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        ("headline", "Next due: Yearly report (2026-06-30), Study (2026-07-15) and Second round on Fiji (2026-08-20)."),
        ("overdue", "2 are overdue: Promise late (2024-12-31) and A shelter (2026-03)."),
        ("without-day", "2 more are without a fixed day."),
    ]
    [loose] = [doubt for doubt in answer.caveats if doubt.clause == "without-day"]
    assert loose.rows == (6, 7)


def test_a_duty_comes_back_once_for_each_year_of_the_period_with_its_owner_and_basis(answer_to: Ask) -> None:
    answer = answer_to("due", party="RO", since="2022", until="2024")
    assert days(answer) == [(f"{year}-06-30", "Yearly report") for year in (2022, 2023, 2024)]
    assert {(row.owner_name, row.legal_basis) for row in answer.rows} == {("Report Office", "22 USC 7107(b)(1)")}
    assert any("Whether 1 duty of past days was fulfilled is not on file" in doubt.text for doubt in answer.caveats)


def test_nothing_is_due_before_the_first_day_of_a_duty(answer_to: Ask) -> None:
    answer = answer_to("due", party="RO", since="2019", until="2020")
    assert answer.rows == ()
    assert answer.headline == (
        "Not confirmed: nothing of the Report Office on file falls due from 2019-01-01 to 2020-12-31; "
        "the next is Yearly report (2021-06-30)."
    )


def test_what_has_no_fixed_day_is_unknown_and_its_words_are_given(answer_to: Ask) -> None:
    answer = answer_to("due", party="USA", since="2026-06", until="2026-06")
    notice = next(row for row in answer.rows if row.what_name == "Notice")
    assert (notice.due_on, notice.held, notice.recurrence) == (None, "unknown", "45 days after the report")
    assert any("Notice: 45 days after the report" in doubt.text for doubt in answer.caveats)


def test_a_party_owes_what_its_offices_owe_and_a_person_does_not(answer_to: Ask) -> None:
    of_us = answer_to("due", party="USA", since="2022", until="2024")
    assert {row.owner_name for row in of_us.rows if row.what_name == "Yearly report"} == {"Report Office"}


def test_many_things_are_counted_and_three_named(answer_to: Ask) -> None:
    answer = answer_to("due", since="2022", until="2030")
    due = answer.clauses[0].values["next"]
    assert f"and {len(due) - 3} more by 2030-12-31." in answer.headline


def test_a_period_that_ends_before_it_begins_is_refused(answer_to: Ask) -> None:
    for question in ("due", "expiring", "mandates"):
        with pytest.raises(UsageError, match="until: '2026' is before the first day of the period, 2027-01-01"):
            answer_to(question, since="2027", until="2026")


def test_a_promise_is_found_by_who_made_it_and_by_whom_it_is_owed(answer_to: Ask) -> None:
    for party in ("Fiji", "USA"):
        answer = answer_to("due", party=party, since="2026-02", until="2026-03")
        named = {row.what_name: (row.owner_name, row.owed_to_name, row.iso3) for row in answer.rows if row.due_on}
        assert named == dict.fromkeys(("A hotline", "A shelter"), ("Fiji", "United States", "FJI"))


def test_a_promise_that_was_kept_is_not_overdue(answer_to: Ask) -> None:
    rows = answer_to("due", party="Fiji", since="2026-02", until="2026-03").rows
    assert {row.what_name: row.is_overdue for row in rows} == {"A hotline": False, "A shelter": True}


def test_a_period_that_is_none_is_refused(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="since: 'soon' is not a date"):
        answer_to("due", since="soon")


def kinds(answer: Any) -> dict[str, str]:
    return {row.what_name: row.kind for row in answer.rows}


def test_each_duty_is_of_a_kind(answer_to: Ask) -> None:
    found = kinds(answer_to("due", since="2026", until="2030"))
    assert found["Yearly report"] == "statutory"
    assert found["Promise of register"] == "promise to us"
    assert found["Promise of trainers"] == "promise by us"
    assert found["Progress report in Peru"] == "award"
    assert found["Second round on Fiji"] == "reply to a review"
    assert found["Study"] == "ours"


def test_final_reports_of_an_award_are_worked_out_from_its_end(answer_to: Ask) -> None:
    [row] = answer_to("due", kind="award", since="2027", until="2027").rows
    assert (row.what_name, row.due_on, row.owner_name, row.held) == (
        "Award in Peru",
        "2027-04-30",
        "Peru Relief",
        "unknown",
    )
    assert "2 CFR 200.344" in row.reason


def test_the_next_dialogue_of_a_compact_is_due_as_planned(answer_to: Ask) -> None:
    [row] = answer_to("due", kind="dialogue", since="2027", until="2027").rows
    assert (row.what_name, row.due_on, row.owner_name) == ("Dialogue d2", "2027-02", "Peru")


def test_promises_overdue_are_said_apart_from_what_lies_ahead(answer_to: Ask) -> None:
    answer = answer_to("due", kind="promise to us", as_of="2030-05-15")
    assert "2 are overdue: A shelter (2026-03) and Promise of register (2030-04-30)." in answer.answer
    assert {row.what_name for row in answer.rows if row.is_overdue} == {"A shelter", "Promise of register"}


def test_a_duty_long_past_is_named_but_not_listed_as_due(answer_to: Ask) -> None:
    answer = answer_to("due", as_of="2029-01-01")
    assert "Study" not in kinds(answer)
    assert any("Study (2026-07-15)" in doubt.text for doubt in answer.caveats)


def test_a_duty_of_past_days_without_a_record_is_counted(answer_to: Ask) -> None:
    answer = answer_to("due", as_of="2020-06-01")
    assert "Round 2 on nzl" in {row.what_name for row in answer.rows}
    assert "Whether 1 thing of the year before was done is not on file." in answer.answer


def test_an_exact_day_goes_before_a_month_or_year_that_it_is_in(bundled_answer: Ask) -> None:
    ends = [last_day(on) for on, _ in days(bundled_answer("due", since="2026-12", until="2030")) if on]
    assert ends == sorted(ends)
    assert "the next is Interim" in bundled_answer("due", since="2026-12", until="2026-12").headline
