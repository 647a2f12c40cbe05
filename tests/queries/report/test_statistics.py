"""What was counted is told as printed, by place and year; it is never added up, and a blank is no nought."""

from typing import Any

from tests.queries.conftest import Ask
from tests.reading import some


def test_the_newest_year_is_told_first_and_every_row_rests_on_a_source(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("statistics", party=["Ghana"])
    assert answer.headline == "Ghana in 2021 (UNODC): 821 detected victims."
    assert all(row.evidence for row in some(answer.rows))
    assert "Counts are on file for 2007 to 2010 and 2017 to 2021." in answer.answer
    assert any("do not add up, compare or rank" in doubt.text for doubt in answer.caveats)


def test_a_count_below_five_stays_as_it_is_printed(bundled_answer: Ask) -> None:
    [row] = bundled_answer("statistics", party=["Ghana"], year="2017").rows
    assert (row.victims, row.prosecuted, row.convicted) == ("558", "11", "<5")


def test_no_report_of_a_year_is_no_nought(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("statistics", party=["Ghana"], year="2022")
    assert answer.rows == ()
    assert answer.headline == "Not confirmed: no count for Ghana in 2022 is on file."


def test_several_places_stand_in_the_order_they_were_asked_for_not_by_number(bundled_answer: Ask) -> None:
    asked = ["Togo", "Ghana"]
    assert [row.name for row in bundled_answer("statistics", party=asked, year="2021").rows] == asked


def test_what_the_law_covers_is_told_apart_as_a_reading(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("statistics", party=["Germany"])
    assert "Its law covers all forms of trafficking that the Palermo Protocol names" in answer.answer
    assert any("no rating by the UN or by us" in doubt.text for doubt in answer.caveats)
