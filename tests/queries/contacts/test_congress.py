"""Who in Congress leads and sits on what bears on our work: by the list of a day, and on two bodies at once."""

from typing import Any

from tests.queries.conftest import Ask
from tests.reading import some


def test_without_a_body_the_leaders_of_what_bears_on_us_are_told(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("congress")
    assert answer.headline.startswith("57 bodies of Congress bear on our work, by our own sorting;")
    assert all(row.office and row.jurisdiction for row in some(answer.rows))
    assert "House Committee on Foreign Affairs: chair Brian J. Mast, ranking member Gregory W. Meeks." in answer.answer


def test_a_body_is_told_with_its_leaders_first_and_the_day_of_the_list(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("congress", party="House Foreign Affairs Committee")
    assert [row.office for row in answer.rows[:2]] == ["chair", "ranking member"]
    assert {row.listed_on for row in answer.rows} == {"2026-04-22"}


def test_who_sits_on_two_bodies_sits_on_both_of_them(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("congress", party="SFRC", other="Helsinki Commission")
    assert {row.name for row in answer.rows} == {"Jeanne Shaheen"}
    assert {row.body for row in answer.rows} == {"body:us-senate-foreign-relations", "body:us-csce"}


def test_who_sits_on_several_bodies_is_listed_by_how_many(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("congress", at_least="7")
    bodies = {row.id: {it.body for it in answer.rows if it.id == row.id} for row in some(answer.rows)}
    assert min(map(len, bodies.values())) >= 7


def test_a_member_is_told_with_state_and_party(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("congress", party="Jeanne Shaheen")
    assert answer.headline.startswith("Jeanne Shaheen, Senator from New Hampshire, Democrat,")


def test_leaders_of_an_earlier_congress_are_those_of_that_day(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("congress", party="SFRC", as_of="2016-06-01")
    assert {row.name for row in answer.rows if row.office == "chair"} == {"Bob Corker"}
    before: Any = bundled_answer("congress", party="SFRC", as_of="2005-06-01")
    assert (
        before.headline
        == "Not confirmed: no member of the Senate Committee on Foreign Relations is on file for that day."
    )
    assert before.rows == ()
