"""Participants by post, resolved to who held it on the day of the meeting; statements made for others count once."""

from typing import Any

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def presence(answer: Any) -> list[tuple[str, str, str | None]]:
    return [(row.name, row.presence, row.holder_name) for row in answer.rows]


def test_a_post_is_resolved_to_who_held_it_on_the_day_of_the_meeting(answer_to: Ask) -> None:
    [then] = answer_to("participants", engagement="Northern talks", role="head").rows
    [ahead] = answer_to("participants", engagement="Northern summit", role="head").rows
    assert (then.holder_name, then.holding) == ("Astrid Made-Up", "in office")
    assert (ahead.holder_name, ahead.holding) == ("Erik Made-Up", "in office")


def test_attended_registered_stayed_away_and_covered_are_told_apart(answer_to: Ask) -> None:
    answer = answer_to("participants", engagement="Northern talks")
    assert presence(answer) == [
        ("Envoy of Norway", "attended", "Astrid Made-Up"),
        ("Ministry of Norway", "did not come", None),
        ("Quiet Partner", "registered", None),
        ("European Union", "attended", None),
        ("Sweden", "attended", None),
        ("Albania", "covered by a statement", None),
    ]
    assert [row.is_counted for row in answer.rows] == [True, False, True, True, True, False]
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        ("headline", "Envoy of Norway, the Ministry of Norway, Quiet Partner and 2 more took part in Northern talks."),
        ("presence", "3 attended; 1 registered, whether they came is not known; 1 registered and did not come."),
        ("heads", "Head of delegation: Envoy of Norway (Astrid Made-Up) for Norway."),
        ("covered", "1 party is covered by a statement and not counted."),
        ("hosts", "It is hosted or organized by the Nordic Assembly."),
    ]
    counts = {"attended": 3, "registered": 1, "did_not_come": 1, "listed": 0, "ahead": 0}
    assert answer.clauses[1].values == counts


def test_a_statement_of_the_union_covers_its_members_and_the_aligned_without_counting_them(answer_to: Ask) -> None:
    doubts = [doubt.text for doubt in answer_to("participants", engagement="Northern talks").caveats]
    assert (
        "The statement of the European Union in Northern talks covers its 1 member, and Albania, who aligned "
        "themselves with it; it counts once, and they count only where they are listed themselves."
    ) in doubts


def test_that_there_is_no_list_is_an_answer(answer_to: Ask) -> None:
    answer = answer_to("participants", engagement="Silent talks")
    assert answer.rows == ()
    assert answer.headline == "Not confirmed: no list of participants of Silent talks is on file."
    assert answer.caveats[0].text == "We have no list of participants on file: Silent talks."


def test_the_parts_of_a_meeting_without_a_list_are_named(answer_to: Ask) -> None:
    doubts = [doubt.text for doubt in answer_to("participants", engagement="Northern summit").caveats]
    assert "We have no list of participants for 1 of 2 meetings on file: Northern dinner." in doubts


def test_who_comes_for_a_government_is_told_by_the_delegation(answer_to: Ask) -> None:
    norway = answer_to("participants", engagement="Northern talks", party="Norway").rows
    assert {row.name for row in norway} == {"Envoy of Norway", "Ministry of Norway", "Quiet Partner"}
    [erik] = answer_to("participants", engagement="Northern summit", party="Erik Made-Up").rows
    assert erik.name == "Envoy of Norway"
    assert answer_to("participants", engagement="Northern talks", party="Erik Made-Up").rows == ()


def test_planned_participants_are_internal(answer_to: Ask) -> None:
    answer = answer_to("participants", engagement="Northern summit")
    assert {note.marking for note in answer.evidence.values()} >= {"internal"}
    assert answer.clauses[1].text == "2 registered for what is still to come."


def test_the_task_force_was_chaired_by_who_was_secretary_that_day(demo: Session) -> None:
    rows: Any = ask(demo, "participants", {"engagement": "Meetings of the President's Interagency Task Force"}).rows
    chaired = {row.start: row.holder_name for row in rows if row.capacity == "chair"}
    assert chaired["2019-10-29"] == "Michael R. Pompeo"
    assert chaired["2012-03-15"] == "Hillary Rodham Clinton"
