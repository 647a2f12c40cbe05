"""Who held which office in a body on a day or over a period; years that nobody is held for are said."""

from tests.queries.conftest import Ask
from tests.reading import some


def test_the_offices_of_a_day_come_chair_first(answer_to: Ask) -> None:
    answer = answer_to("chairs", party="Nordic Assembly")
    assert [(row.office, row.name, row.held) for row in answer.rows] == [
        ("chair", "Sweden", "yes"),
        ("vice-chair", "Norway", "yes"),
        ("president", "Head of the Nordic Assembly", "unknown"),
    ]
    assert answer.rows[2].holding == "holder not held"


def test_a_period_lists_all_terms_latest_first_and_names_the_years_without_one(answer_to: Ask) -> None:
    answer = answer_to("chairs", party="Nordic Assembly", since="2022", role="chair")
    terms = [(row.name, row.start) for row in answer.rows if row.office == "chair"]
    assert terms == [("Sweden", "2026-01-01"), ("Norway", "2024"), ("Norway", "2022")]
    assert answer.caveats[0].text == "No office in Nordic Assembly is held for 2023 and 2025."


def test_a_day_on_which_nobody_is_held_tells_the_last_year_that_is(answer_to: Ask) -> None:
    answer = answer_to("chairs", party="Nordic Assembly", as_of="2025-06-01")
    assert not [row for row in some(answer.rows) if row.way == "office"]
    assert answer.caveats[0].text == (
        "Nobody is known to have held an office in Nordic Assembly on that day; the last year held is 2024."
    )


def test_the_osce_is_chaired_by_switzerland_in_2026(bundled_answer: Ask) -> None:
    [row] = bundled_answer("chairs", party="OSCE", as_of="2026-11-25").rows
    assert (row.name, row.office, row.start, row.end) == ("Switzerland", "chair", "2026-01-01", "2026-12-31")


def test_who_tabled_the_last_text_is_told_where_no_penholder_is(bundled_answer: Ask) -> None:
    rows = bundled_answer("chairs", party="Human Rights Council").rows
    assert [(row.name, row.held) for row in rows if row.way == "text"] == [("Philippines", "unknown")]
