"""A delegation by capacity, registered and there; a body has its missions first; no list is an answer."""

from typing import Any

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def test_a_delegation_is_told_by_capacity_with_who_came_and_who_spoke(answer_to: Ask) -> None:
    answer = answer_to("delegation", party="Norway", engagement="Northern talks")
    assert [(row.capacity, row.name, row.presence) for row in answer.rows] == [
        ("head", "Envoy of Norway", "attended"),
        ("adviser", "Ministry of Norway", "did not come"),
        ("private-sector adviser", "Quiet Partner", "registered"),
    ]
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "Envoy of Norway (Astrid Made-Up) heads the delegation of Norway to Northern talks on 2024-06-10, with 2 "
            "others.",
        ),
        ("others", "Others: adviser Ministry of Norway and private-sector adviser Quiet Partner."),
        ("spoke", "Envoy of Norway (Astrid Made-Up) spoke."),
        ("presence", "1 attended; 1 registered, whether they came is not known; 1 registered and did not come."),
    ]


def test_a_body_has_its_missions_before_the_delegations_to_its_meetings(answer_to: Ask) -> None:
    answer = answer_to("delegation", party="Norway", engagement="Nordic Assembly")
    assert [row.name for row in answer.rows][:2] == ["Mission of Norway", "Envoy of Norway"]
    assert answer.clauses[-1].text == "Norway deals with the Nordic Assembly through Mission of Norway."
    assert "We have no list of participants for 2 engagements on file" in answer.caveats[0].text


def test_no_list_is_an_answer_and_a_list_without_the_government_is_another(answer_to: Ask) -> None:
    unlisted = answer_to("delegation", party="Norway", engagement="Silent talks")
    assert unlisted.headline == "Not known: we have no list of participants of Silent talks on file."
    absent = answer_to("delegation", party="Portugal", engagement="Northern talks")
    assert absent.headline == "Not confirmed: nobody of Portugal is on the lists of Northern talks on file."


def test_who_only_aligned_has_no_delegation(answer_to: Ask) -> None:
    answer = answer_to("delegation", party="Albania", engagement="Northern talks")
    assert answer.rows == ()
    assert any("Albania was aligned with the statement" in doubt.text for doubt in answer.caveats)


def test_the_place_in_the_list_of_speakers_is_told(answer_to: Ask) -> None:
    answer = answer_to("delegation", party="Norway", engagement="Northern summit")
    [place] = [clause for clause in answer.clauses if clause.id == "speaking"]
    assert place.text == "In the list of speakers Envoy of Norway has place 3."


def test_the_sample_delegation_has_a_vacant_head(demo: Session) -> None:
    meeting = "High-level meeting on trafficking in persons (fictional)"
    answer: Any = ask(demo, "delegation", {"party": "United States", "engagement": meeting})
    assert (answer.rows[0].capacity, answer.rows[0].holding) == ("head", "vacant")
    assert {row.capacity for row in answer.rows} >= {"alternate", "adviser", "private-sector adviser"}
