"""Which relationships are overdue: the last real touch against what an owner set, or the usual interval."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from iga.queries.ask import ask
from iga.queries.contacts.cadence import _state
from iga.queries.core.session import Session
from tests.queries.contacts.conftest import Ask


def said(answer: object) -> dict[str, str]:
    return {clause.id: clause.text for clause in getattr(answer, "clauses", ())}


def test_an_interval_that_an_owner_set_counts_and_the_next_meeting_is_told(asked: Ask) -> None:
    answer = asked("cadence", party="Vic Example")
    assert said(answer) == {
        "headline": "The only relationship of Vic Example is overdue for a touch: ESO.",
        "longest": "Most overdue is ESO, by 2 days: last Call with the focal point (2026-05-10).",
        "planned": "A meeting is planned with ESO (2026-06-20).",
    }
    [row] = answer.rows
    assert (row.state, row.due_on, row.days_over, row.is_usual) == ("overdue", "2026-05-30", 2, False)
    assert (row.owner_name, row.ours, row.meeting_name) == ("Officer B", ("Uma Example, Officer A",), "Next call")


def test_none_on_record_is_not_overdue_and_the_usual_interval_is_said(asked: Ask) -> None:
    answer = asked("cadence", party="Uma Example")
    assert [(row.name, row.state, row.held, row.is_usual) for row in answer.rows] == [
        ("Example Security Organization", "overdue", "yes", False),
        ("Ghana", "no touch on record", "unknown", True),
    ]
    doubts = {doubt.kind: (doubt.text, doubt.rows) for doubt in answer.caveats if doubt.rows}
    assert doubts["derived"] == (
        "An interval was not set for 1 of 2 relationships: the usual 180 days are taken."
        " Set one with iga correct KEY every_days 90.",
        (2,),
    )
    assert doubts["unknown"][1] == (2,)


def test_one_party_is_told_alone_and_everybody_without_a_party(asked: Ask) -> None:
    assert asked("cadence", party="ESO").headline == (
        "We are overdue with ESO by 2 days: the last touch was on 2026-05-10, and one is due every 20 days."
    )
    assert asked("cadence", party="Quiet Organization").headline == (
        "Not confirmed: no touch with Quiet Organization is on file, so whether we are overdue is not known."
    )
    assert {row.name for row in asked("cadence").rows} == {
        "Example Security Organization",
        "Ghana",
        "Quiet Organization",
    }
    assert asked("cadence").rows == asked("cadence", party="United States").rows


def test_an_earlier_day_has_its_own_last_touch_and_a_conference_of_others_is_none(asked: Ask) -> None:
    [before] = asked("cadence", party="ESO", as_of="2026-05-09").rows
    assert (before.last_name, before.last_on) == ("Talks", "2024-03-01")
    [after] = asked("cadence", party="ESO", as_of="2026-05-31").rows
    assert after.last_name == "Call with the focal point"  # not the big conference of May 20


def test_who_holds_no_post_owns_nothing(asked: Ask) -> None:
    assert asked("cadence", party="The Team").rows[0].name == "Quiet Organization"
    assert asked("cadence", party="body:af").headline == (
        "Not confirmed: no relationship that the Bureau of African Affairs owns is on file."
    )


def test_the_sample_has_an_interval_that_an_owner_set(demo: Session) -> None:
    rows: Any = ask(demo, "cadence", {"party": "Uma Mockup"}).rows
    assert (rows[0].name, rows[0].every_days, rows[0].state) == ("Mockup Consulting (fictional)", 60, "overdue")


@given(over=st.integers(-4_000, 4_000), later=st.integers(0, 400))
def test_waiting_never_makes_a_relationship_less_overdue(over: int, later: int) -> None:
    order = ("in time", "due soon", "overdue")
    assert order.index(_state("2026-01-01", over)) <= order.index(_state("2026-01-01", over + later))
