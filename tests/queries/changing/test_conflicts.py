"""Where sources differ: values side by side, the one the graph goes by, and why."""

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.changing.conftest import Ask


def test_values_stand_side_by_side_with_the_reason(asked: Ask) -> None:
    [row] = asked("conflicts", kind="Award").rows
    assert (row.about, row.field, row.value) == ("Shelter award", "award_number", "X-1")
    assert row.because == "the more trusted source says so: rank 20 before 60"
    assert row.says == (
        "X-1: Awards (official, rank 20, stated 2026-05-10)",
        "X-2: Press on awards (secondary, rank 60, stated 2026-05-01)",
    )
    assert len(row.evidence) == 2


def test_two_rows_of_one_list_are_told_apart_by_nothing(asked: Ask) -> None:
    [row] = asked("conflicts", kind="Person").rows
    assert (row.about, row.field, row.value) == ("Bo Example", "name", "Bo Example")
    assert row.because.startswith("the sources are equally trusted and of the same day")


def test_what_is_asked_for_narrows_it(asked: Ask) -> None:
    assert asked("conflicts", kind="Award", field="award number").total.value == 1
    assert asked("conflicts", kind="MEMBER_OF").total.value == 0
    answer = asked("conflicts", party="Ghana")
    assert answer.headline == "Not confirmed: no two sources on file differ on any field about Ghana."
    assert "What only one source states cannot be compared" in answer.answer


def test_counts_come_first_and_rows_are_cut(bundled: Session) -> None:
    answer = ask(bundled, "conflicts", {"limit": "3"})
    assert len(answer.rows) == 3
    assert answer.total.value > 3
    assert answer.headline.startswith(
        "Sources differ on “action on” of Afghanistan and Protocol to Prevent, Suppress and Punish"
    )
    assert answer.headline.endswith(f"; {answer.total.value - 1} more fields.")
