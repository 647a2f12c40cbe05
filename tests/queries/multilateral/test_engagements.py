"""Engagements of a party, of a body with its organs and series, and of a series."""

from typing import Any

import pytest

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def parts(answer: Any) -> list[tuple[str, str, str]]:
    return [(row.engagement_name, row.part, row.held) for row in answer.rows]


def test_a_body_has_the_engagements_of_its_series_their_parts_and_its_organs(answer_to: Ask) -> None:
    assert parts(answer_to("engagements", party="ESO")) == [
        ("Example Conference 3", "in its series", "unknown"),
        ("Meeting of the Committee", "organized", "yes"),
        ("Example Conference 2", "in its series", "yes"),
        ("Example Conference 1", "in its series", "yes"),
        ("Side event on data", "in its series", "yes"),
    ]


def test_what_an_organ_did_is_named_as_its_own(answer_to: Ask) -> None:
    [row] = [row for row in answer_to("engagements", party="ESO").rows if row.part == "organized"]
    assert (row.organ, row.organ_name) == ("forum:eso-committee", "Committee of the ESO")


def test_a_series_consists_of_its_sessions_and_their_parts(answer_to: Ask) -> None:
    answer = answer_to("engagements", party="Example Conferences")
    assert {row.part for row in answer.rows} == {"in the series"}
    assert len(answer.rows) == 4
    assert answer.rows[-1].series == "Example Conference 2"


def test_planned_past_and_undated_engagements_are_told_apart(answer_to: Ask) -> None:
    answer = answer_to("engagements", party="ESO")
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "The latest engagement of ESO was Meeting of the Committee (2024-02-02); next is Example Conference 3 "
            "(2027-03).",
        ),
        ("held", "5 engagements in all, 2018 to 2027."),
    ]
    undated = answer.caveats[0]
    assert undated.text == "We have no day for 1 engagement on file; listed last and not counted in a period."
    assert [answer.rows[number - 1].engagement_name for number in undated.rows] == ["Side event on data"]


def test_a_planned_engagement_whose_day_has_passed_is_not_taken_for_held(answer_to: Ask) -> None:
    answer = answer_to("engagements", party="ESO", as_of="2027-05-01")
    [planned] = [clause for clause in answer.clauses if clause.id == "planned"]
    assert planned.text == "1 is known only as planned, though the day has passed."
    assert parts(answer)[0] == ("Example Conference 3", "in its series", "unknown")


def test_registered_is_not_attended_and_who_stayed_away_is_left_out(answer_to: Ask) -> None:
    kenya = answer_to("engagements", party="Kenya", since="2020", until="2023")
    assert parts(kenya) == [("Example Conference 2", "registered", "unknown")]
    assert answer_to("engagements", party="New Zealand").rows == ()


def test_a_delegation_is_named(answer_to: Ask) -> None:
    [row] = answer_to("engagements", party="Ghana", role="head").rows
    assert (row.on_behalf_of, row.on_behalf_of_name) == ("org:eu", "European Union")


def test_period_topic_status_and_role_narrow_the_list(answer_to: Ask) -> None:
    def names(**params: str) -> list[str]:
        return [row.engagement_name for row in answer_to("engagements", party="ESO", **params).rows]

    undated = "Side event on data"
    assert names(since="2020", until="2023") == ["Example Conference 2", undated]
    assert names(topic="THB", until="2020") == ["Example Conference 1"]
    assert names(status="planned") == ["Example Conference 3"]
    assert names(role="secretariat") == []


def test_an_engagement_counts_once_in_the_sentence_whatever_was_done_in_it(answer_to: Ask) -> None:
    answer = answer_to("engagements", party="Ghana")
    assert answer.clauses[0].values["number"] == 3


def test_a_kind_is_found_without_a_party_and_without_accents(answer_to: Ask) -> None:
    answer = answer_to("engagements", kind="demarche")
    assert {row.part for row in answer.rows} == {"listed"}
    assert [clause.text for clause in answer.clauses[2:]] == [
        "2 of 3 démarches were delivered by 1 post between 2026-03-02 and 2026-03-03.",
        "Not delivered yet: to Albania.",
        "1 response is on file, but not from Portugal.",
    ]


def test_a_demarche_tells_who_delivered_it_to_whom_the_answer_and_the_cable_number_alone(answer_to: Ask) -> None:
    rows = {row.engagement_name: row for row in answer_to("engagements", kind="démarche").rows}
    sweden, albania = rows["Approach to swe"], rows["Approach to alb"]
    assert (sweden.delivered_on, sweden.delivered_by) == ("2026-03-02", ("Mission of Norway",))
    assert sweden.delivered_to == ("Sweden",)
    assert (sweden.response, sweden.documents) == ("will consult", ("26 SWE 1",))
    assert (albania.delivered_on, albania.response) == (None, None)


def test_two_parties_have_the_engagements_of_both(answer_to: Ask) -> None:
    rows = answer_to("engagements", party="Norway", other="Sweden").rows
    assert {row.engagement_name for row in rows} == {"Northern talks", "Northern summit", "Approach to swe"}


def test_a_person_has_the_engagements_of_the_posts_held_that_day(answer_to: Ask) -> None:
    assert [row.engagement_name for row in answer_to("engagements", party="Erik Made-Up").rows] == ["Northern summit"]
    assert [row.engagement_name for row in answer_to("engagements", party="Astrid Made-Up").rows] == ["Northern talks"]


def test_place_narrows_the_list(answer_to: Ask) -> None:
    assert {row.engagement_name for row in answer_to("engagements", place="Oslo").rows} == {
        "Northern talks",
        "Northern summit",
    }


def test_something_must_be_asked_for(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="needs party, kind, place"):
        answer_to("engagements")


def test_an_engagement_that_is_no_series_is_told_by_itself_and_its_parts(answer_to: Ask) -> None:
    assert parts(answer_to("engagements", party="Example Conference 2")) == [
        ("Example Conference 2", "itself", "yes"),
        ("Side event on data", "in the series", "yes"),
    ]


def test_a_side_event_names_its_sponsors_main_sponsors_first(demo: Session) -> None:
    name = "Side event on the advice of survivors (fictional)"
    [row] = ask(demo, "engagements", {"party": name}).rows
    assert row.model_dump()["sponsors"] == (
        "United States (main)",
        "Philippines (co)",
        "United Kingdom (co)",
        "United Nations Office on Drugs and Crime (co)",
    )


def test_of_a_day_what_took_place_on_it_counts_and_undated_ones_stand_apart(bundled_answer: Ask) -> None:
    answer = bundled_answer("engagements", since="2018-10-15", until="2018-10-15")
    assert answer.headline.startswith("The latest engagement was CTOC COP ninth session (2018-10-15)")
    surely = [row for row in answer.rows if row.held == "yes"]
    assert all(row.start <= "2018-10-15" <= (row.end or row.start) for row in surely)
    assert surely
    assert all(row.start is None or len(row.start) < 10 for row in answer.rows if row not in surely)


def test_whose_engagements_are_meant_has_to_be_said(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="engagements takes other beside party: whose engagements with it"):
        answer_to("engagements", other="Ghana")
    answer = answer_to("engagements", kind="conference", since="2030")
    assert answer.headline == "Not confirmed: nothing is on file under kind conference; 3 without that condition."
