"""Reviews of a government or by a body: rounds, stages up to a day, what is due, the last report."""

from typing import Any

import pytest

from iga.queries.core.agenda import stages_of
from tests.queries.conftest import Ask


def test_a_government_has_its_rounds_with_stages_in_order(answer_to: Ask) -> None:
    answer = answer_to("reviews", party="Kenya")
    [row] = answer.rows
    assert (row.mechanism, row.round) == ("EXP", "1")
    assert row.stages == ("visit 2013-02", "report published 2014-06-01 (after the 5th meeting)")
    assert (row.last_stage, row.last_on) == ("report published", "2014-06-01")
    assert (row.report_name, row.report_on) == ("EXP report on Kenya", "2014-06-01")
    doubts = [doubt.text for doubt in answer.caveats]
    assert "We have no entry on Kenya in Round 2 on file; it may have been reviewed." in doubts
    assert "Two of many reports are held." in doubts


def test_what_is_due_is_ahead_until_its_day_and_then_overdue(answer_to: Ask) -> None:
    second = answer_to("reviews", party="Mongolia").rows[1]
    assert (second.next, second.overdue) == (("reply due 2026-08-01",), ())
    late = answer_to("reviews", party="Mongolia", as_of="2026-09-01").rows[1]
    assert (late.next, late.overdue) == ((), ("reply due 2026-08-01",))
    assert (late.next_stage, late.next_on) == ("reply due", "2026-08-01")
    assert late.next_step == "reply due 2026-08-01; what came of it is not on file"


def test_what_happens_after_the_day_is_left_out(answer_to: Ask) -> None:
    second = answer_to("reviews", party="Mongolia").rows[1]
    assert "report published 2027" not in second.stages
    assert (second.last_stage, second.held) == ("questionnaire sent", "yes")


def test_a_body_has_the_reviews_of_all_governments(answer_to: Ask) -> None:
    answer = answer_to("reviews", party="Example Process")
    assert [(row.name, row.round) for row in answer.rows] == [
        ("Kenya", "1"), ("Mongolia", "1"), ("Mongolia", "2"), ("New Zealand", "2"),
    ]  # fmt: skip
    assert answer_to("reviews", party="EXP", other="Kenya").rows == answer_to("reviews", party="Kenya").rows


def test_nothing_on_record_is_not_never_reviewed(answer_to: Ask) -> None:
    answer = answer_to("reviews", party="Ghana")
    assert answer.rows == ()
    assert answer.headline == "We have no review of Ghana on file; some may have taken place."


def test_clauses_name_the_last_stage_what_is_ahead_reports_and_focal_points(answer_to: Ask) -> None:
    assert [(clause.id, clause.text) for clause in answer_to("reviews", party="Mongolia").clauses] == [
        (
            "headline",
            "Round 2 on mng, last reached on 2025-03-01: questionnaire sent; next, Mongolia, reply due 2026-08-01.",
        ),
        ("in-all", "2 reviews in all."),
        ("reports", "We have no published report of them on file."),
        ("focal-points", "We have no focal point of Mongolia on file."),
    ]


@pytest.mark.parametrize(
    ("said", "what", "on", "remark"),
    [
        ("report published 2014-06-01", "report published", "2014-06-01", ""),
        ("final report adopted 2023-03-31 (last day of the 47th meeting)", "final report adopted", "2023-03-31",
         "last day of the 47th meeting"),
        ("report planned (day not seen)", "report planned", "", "day not seen"),
        ("visit 2024-13", "visit", "", ""),
        ("visit", "visit", "", ""),
        (" (day not seen)", " (day not seen)", "", ""),
    ],
)  # fmt: skip
def test_a_stage_is_read_from_its_words(said: str, what: str, on: str, remark: str) -> None:
    [stage] = stages_of([said])
    assert (stage.what, stage.on, stage.remark) == (what, on, remark)


def test_greta_reviews_say_how_few_are_held(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("reviews", party="GRETA")
    assert answer.total.value == 87
    assert len({row.id for row in answer.rows}) == 45
    assert "17 of them have a published report." in answer.answer
    assert any("17 publications" in doubt.text and "over 130" in doubt.text for doubt in answer.caveats)


def test_the_untoc_review_is_known_to_have_begun(bundled_answer: Ask) -> None:
    answer = bundled_answer("reviews", party="UNTOC Review Mechanism")
    assert answer.rows == ()
    assert any("UNTOC review, cluster 1" in doubt.text for doubt in answer.caveats)
