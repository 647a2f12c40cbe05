"""Mandates that end within a period: by which decision created and renewed, until when, who tables the renewal."""

from typing import Any

from tests.queries.conftest import Ask


def test_a_mandate_ends_with_its_last_renewal(answer_to: Ask) -> None:
    [row, report] = answer_to("mandates", since="2026-06", until="2027").rows
    assert (row.mandated_name, row.last_day, row.start) == ("Example Rapporteur", "2026-09", "2020-12-01")
    assert (row.created_by_name, row.renewed_by_name) == ("Coordination (X/RES/1)", "Renewal (X/RES/2)")
    assert row.main_sponsors == ("Kenya",)
    assert (report.mandated_name, report.last_day) == ("Report on coordination", "2027-02-01")


def test_a_year_from_the_day_is_the_period_if_none_is_given(answer_to: Ask) -> None:
    answer = answer_to("mandates")
    assert answer.headline == (
        "The mandate of Example Rapporteur ends in 2026-09; 1 more mandate or report by 2027-06-01."
    )
    assert answer_to("mandates", since="2028-02-29").rows == ()


def test_without_a_period_what_ran_out_of_late_comes_first(answer_to: Ask) -> None:
    answer = answer_to("mandates", as_of="2026-12-01")
    assert [row.last_day for row in answer.rows] == ["2026-09", "2027-02-01"]
    assert [clause.text for clause in answer.clauses] == [
        "The mandate of Example Rapporteur ended in 2026-09; we have no renewal on file.",
        "Next, Report on coordination is due 2027-02-01.",
    ]
    assert answer_to("mandates", as_of="2030-12-01").rows == ()


def test_what_was_decided_later_is_not_known_on_an_earlier_day(answer_to: Ask) -> None:
    [row] = answer_to("mandates", as_of="2020-01-01", until="2020").rows
    assert (row.last_day, row.created_by_name, row.renewed_by_name) == ("2020-11-30", "Coordination (X/RES/1)", None)
    assert answer_to("mandates", since="2020", until="2020").rows == ()


def test_a_partial_day_across_the_edge_of_the_period_is_unknown(answer_to: Ask) -> None:
    [row] = answer_to("mandates", since="2026-09-15", until="2026-10-15").rows
    assert row.held == "unknown"


def test_a_mandate_without_a_last_day_is_named(answer_to: Ask) -> None:
    doubts = [doubt.text for doubt in answer_to("mandates").caveats]
    assert "We have no last day for the 1 mandate of Example Process on file." in doubts


def test_topic_and_post_narrow_the_list(answer_to: Ask) -> None:
    def names(**params: str) -> list[Any]:
        return [row.mandated_name for row in answer_to("mandates", until="2028", **params).rows]

    assert names(topic="THB") == ["Example Rapporteur"]
    assert names(party="Example Rapporteur") == ["Example Rapporteur"]
    decided_by = names(party="Example Process")
    assert "Example Rapporteur" in decided_by
    assert names(party="Norway") == []


def test_a_body_is_asked_about_for_what_it_mandated(bundled_answer: Ask) -> None:
    [row] = bundled_answer("mandates", party="Human Rights Council", since="2026", until="2027").rows
    assert row.mandated_name.startswith("UN Special Rapporteur on trafficking")


def test_the_special_rapporteur_ends_in_2026(bundled_answer: Ask) -> None:
    [row] = bundled_answer("mandates", since="2026", until="2026").rows
    assert row.mandated_name.startswith("UN Special Rapporteur on trafficking")
    assert (row.last_day, row.confidence, row.main_sponsors) == ("2026-07", "derived", ("Philippines",))
    assert len(row.renewals) == 6
