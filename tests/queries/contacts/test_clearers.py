"""Who clears a paper, and why."""

import pytest

from iga.graph.errors import NotFound
from tests.queries.contacts.conftest import Ask


def reasons(answer: object) -> dict[str, tuple[str, ...]]:
    return {row.acronym or row.office_name: row.about for row in getattr(answer, "rows", ())}


def test_the_office_answers_for_every_paper(asked: Ask) -> None:
    answer = asked("clearers")
    assert answer.answer == "By the rules on file, 1 office clears this paper: TO (every paper)."


def test_a_country_a_body_money_and_a_topic_bring_their_offices_each_with_its_reason(asked: Ask) -> None:
    answer = asked("clearers", party=["Ghana", "ESO"], topic="forced labor", purpose="grants")
    assert {clause.id: clause.text for clause in answer.clauses} == {
        "headline": "By the rules on file, 7 offices clear this paper, among them: AF (Ghana); IO (ESO); "
        "DRL (forced labor); F (grants); Officer A, Uma Example (Ghana and ESO); TO (every paper).",
        "also": "The other is USESO (ESO).",
        "informed": "U.S. Embassy to Ghana is to be informed.",
        "lacking": "Not on file: country desk for Ghana.",
    }
    desk = next(row for row in answer.rows if row.office is None)
    assert (desk.held, desk.office_name) == ("unknown", "country desk for Ghana: not on file")
    assert (desk.lacking, desk.lacking_for) == ("country desk", "Ghana")


def test_an_owner_who_is_a_post_is_named_with_its_holder_and_the_second_owner_is_not_asked(asked: Ask) -> None:
    row = next(row for row in asked("clearers", party="ESO").rows if row.office_name == "Officer A")
    assert (row.post_name, row.holder_name) == ("Officer A", "Uma Example")
    assert "Officer B" not in reasons(asked("clearers", party="ESO"))


def test_a_ministry_is_of_its_government_and_a_person_of_the_post(asked: Ask) -> None:
    assert {"AF", "U.S. Embassy to Ghana"} <= reasons(asked("clearers", party="body:ministry")).keys()
    assert {"IO", "TO"} <= reasons(asked("clearers", party="Eve Example")).keys()


def test_answers_are_uncertain_because_the_rules_are_no_official_list(asked: Ask) -> None:
    answer = asked("clearers", party="Ghana")
    assert "Rules of clearance are general knowledge: the office's own list counts." in [
        doubt.text for doubt in answer.caveats if doubt.kind == "uncertain"
    ]
    assert {row.confidence for row in answer.rows} == {"low"}


def test_a_purpose_that_no_rule_knows_is_refused_with_those_that_are(asked: Ask) -> None:
    with pytest.raises(NotFound, match="purposes are money"):
        asked("clearers", purpose="weather")


def test_where_no_post_of_an_office_stands_out_none_is_picked(asked: Ask) -> None:
    row = next(row for row in asked("clearers", party="Quiet Organization").rows if row.office_name == "The Team")
    assert (row.post, row.holder, row.told) == (None, None, "several posts there: Officer A and Officer B")
