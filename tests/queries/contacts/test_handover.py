"""What an officer hands over."""

from tests.queries.contacts.conftest import Ask


def told(answer: object, part: str) -> list[tuple[object, ...]]:
    rows = getattr(answer, "rows", ())
    return [(row.when, row.party_name, row.what_name) for row in rows if row.part == part]


def test_the_sentence_counts_everything_that_is_handed_over(asked: Ask) -> None:
    answer = asked("handover", party="Uma Example")
    assert {clause.id: clause.text for clause in answer.clauses} == {
        "headline": "Uma Example (Officer A) hands over 2 relationships: ESO and Ghana.",
        "alone": "We have no other owner for Ghana on file.",
        "promises": "Open promises: 1 owed to us and 1 owed by us, 1 overdue.",
        "ahead": "Within 90 days: 1 engagement and 1 duty.",
        "check": "To check: 3 channels that bounced or were not looked at for a half-life.",
    }
    assert [doubt.text for doubt in answer.caveats if doubt.clause == "alone"] == [
        "We have no second owner for Ghana on file: name one before the handover."
    ]


def test_of_a_post_who_holds_it_is_said(asked: Ask) -> None:
    holder = asked("handover", party="Officer A").clauses[1]
    assert (holder.id, holder.text) == ("holder", "Uma Example is in office, last seen there on 2025-01-01.")


def test_a_relationship_has_its_scope_and_second_owner(asked: Ask) -> None:
    first, second = [row for row in asked("handover", party="Officer A").rows if row.part == "relationship"]
    assert (first.scope, first.backup_name) == (("child-trafficking",), "Officer B")
    assert second.told == "first owner; scope not stated; no second owner on file"


def test_promises_go_both_ways_and_those_between_others_or_kept_are_left_out(asked: Ask) -> None:
    rows = [row for row in asked("handover", party="Officer A").rows if row.part == "promise"]
    assert [(row.what_name, row.direction, row.is_overdue, row.party_name) for row in rows] == [
        ("A draft", "they owe us", True, "Example Security Organization"),
        ("A list", "we owe them", False, "Example Security Organization"),
    ]


def test_the_next_90_days_and_no_further(asked: Ask) -> None:
    answer = asked("handover", party="Officer A")
    assert told(answer, "engagement") == [("2026-06-20", "Example Security Organization", "Next call")]
    assert told(answer, "duty") == [("2026-07-15", None, "Study")]


def test_last_touches_are_given_for_each_party_also_where_none_is_recorded(asked: Ask) -> None:
    answer = asked("handover", party="Officer A")
    assert told(answer, "last touch") == [
        ("2026-05-10", "Example Security Organization", "Call with the focal point"),
        (None, "Ghana", None),
    ]
    nothing = [row for row in answer.rows if row.part == "last touch"][1]
    assert (nothing.held, nothing.told) == ("unknown", "no meeting or call on file; there may have been some")


def test_channels_past_their_half_life_are_listed_and_fresh_ones_are_not(asked: Ask) -> None:
    values = [what for _, _, what in told(asked("handover", party="Officer A"), "channel to check")]
    assert values == ["https://eso.example", "unit@eso.example", "ann@eso.example"]


def test_a_second_owner_is_told_who_the_first_is(asked: Ask) -> None:
    answer = asked("handover", party="Vic Example")
    assert "ESO as second owner" in answer.answer
    assert "first owner: Officer A" in next(row.told for row in answer.rows if row.part == "relationship")


def test_of_somebody_without_a_post_nothing_is_known(asked: Ask) -> None:
    assert asked("handover", party="Sue Example").headline.startswith(
        "Not confirmed: no post of Sue Example on that day is on file"
    )


def test_a_promise_made_later_is_none_on_an_earlier_day(asked: Ask) -> None:
    then = [row.what_name for row in asked("handover", party="Officer A", as_of="2026-04-01").rows]
    assert "A draft" not in then
    assert "A list" in then


def test_a_post_that_owns_nothing_itself_hands_over_what_its_office_owns(asked: Ask) -> None:
    answer = asked("handover", party="Officer C")
    assert answer.headline == "The office of Officer C hands over 1 relationship: Quiet Organization."
    assert answer.rows[0].told == "first owner, by the office; scope not stated; no second owner on file"
