"""What was recommended, by several issuers side by side."""

from typing import Any

import pytest

from iga.graph.errors import UsageError
from tests.queries.conftest import Ask

AFTER = "2026-12-31"


def asked(answer: Any) -> list[tuple[str | None, str | None, str | None]]:
    return [(row.pillar, row.issuer_name, row.wording) for row in answer.rows]


def test_issuers_stand_side_by_side_by_p(answer_to: Ask) -> None:
    assert asked(answer_to("recommendations", party="Fiji", as_of=AFTER)) == [
        ("prosecution", "Group of Experts", "Train judges"),
        ("prosecution", "Report Office", "Try cases"),
        ("protection", "Report Office", "Open shelters"),
        (None, "Report Office", "Ratify"),
    ]


def test_the_clauses_count_by_issuer_and_by_p(answer_to: Ask) -> None:
    answer = answer_to("recommendations", party="Fiji", as_of=AFTER)
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "Fiji was given 4 recommendations: 1 by the Group of Experts (2026) and 3 by the Report Office (2024).",
        ),
        ("pillars", "By P: 2 on prosecution, 1 on protection and 1 not sorted."),
        ("shared", "Several ask about prosecution."),
        ("alone", "Only the Report Office asks about protection."),
        ("answered", "1 recommendation is answered by Shelters Act; our verdict differs from theirs on 1."),
        ("replies", "We have no day of a reply on file."),
    ]
    assert answer.clauses[1].values["by_pillar"] == {"prosecution": 2, "protection": 1, "": 1}


def test_a_recommendation_is_known_from_the_publication_of_its_report(answer_to: Ask) -> None:
    before = answer_to("recommendations", party="Fiji")
    assert {row.issuer_name for row in before.rows} == {"Report Office"}
    experts = answer_to("recommendations", party="Fiji", as_of=AFTER).rows[0]
    assert (experts.report_name, experts.published_on) == ("Second report on Fiji", "2026-08-01")
    assert experts.place == "para. 74"


def test_only_the_issuers_asked_for_are_listed_and_one_without_any_is_said(answer_to: Ask) -> None:
    answer = answer_to("recommendations", party="Fiji", issuer=["RO", "ESO"])
    assert {row.issuer_name for row in answer.rows} == {"Report Office"}
    expected = "We have no recommendation by ESO to Fiji on file; it may have made some."
    assert expected in [doubt.text for doubt in answer.caveats]


def test_what_an_issuer_asks_of_everybody_is_found_without_a_party(answer_to: Ask) -> None:
    answer = answer_to("recommendations", issuer="RO", year="2024")
    assert [(row.name, row.iso3) for row in answer.rows] == [("Fiji", "FJI")] * 3
    assert answer.parameters["issuer"] == ("body:tip",)


def test_one_p_leaves_out_what_is_not_sorted_and_says_so(answer_to: Ask) -> None:
    answer = answer_to("recommendations", party="Fiji", pillar="protection")
    assert asked(answer) == [("protection", "Report Office", "Open shelters")]
    texts = [doubt.text for doubt in answer.caveats]
    assert "The sorting by P is ours, not the issuer's, for 1 recommendation." in texts
    assert any(text.startswith("1 recommendation without a P") for text in texts)


def test_neither_a_party_nor_an_issuer_is_refused(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="recommendations needs party, to whom they are addressed, or issuer"):
        answer_to("recommendations")


def test_a_party_without_any_is_told_so(answer_to: Ask) -> None:
    headline = answer_to("recommendations", party="Haiti").headline
    assert headline == "Not confirmed: no recommendation to Haiti is on file for what was asked."


def test_a_year_without_any_names_the_years_with_some(answer_to: Ask) -> None:
    answer = answer_to("recommendations", party="Fiji", year="2019")
    assert (
        answer.headline
        == "Not confirmed: no recommendation to Fiji is on file for what was asked; there are some of 2024."
    )
    assert answer.caveats[0].text == (
        "We have no recommendation for 2019 on file; there may be some. Recommendations to Fiji are on file for 2024."
    )


def test_what_answers_a_recommendation_is_told_with_both_verdicts(answer_to: Ask) -> None:
    answer = answer_to("recommendations", party="gov:fji", issuer="body:tip")
    [row] = [row for row in answer.rows if row.answered_by]
    assert (row.wording, row.answered_by) == ("Open shelters", ("Shelters Act",))
    assert (row.their_verdict, row.their_verdict_on) == ("implemented", "2025-02-01")
    assert (row.our_verdict, row.our_verdict_on) == ("partly met", "2025-06-01")
    assert "1 recommendation is answered by Shelters Act; our verdict differs from theirs on 1." in answer.answer
