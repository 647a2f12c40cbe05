"""Governments are listed by status, region, bureau and the State that they belong to."""

from tests.queries.conftest import Ask


def test_independent_states_are_counted(bundled_answer: Ask) -> None:
    answer = bundled_answer("governments", status="independent state")
    assert answer.headline == "197 governments have the status of an independent state."
    assert {row.status for row in answer.rows} == {"independent state"}
    assert all(row.evidence for row in answer.rows)


def test_what_belongs_to_a_state_is_named(bundled_answer: Ask) -> None:
    answer = bundled_answer("governments", party="New Zealand")
    assert answer.headline == "1 government of New Zealand has the status of a dependency: Tokelau."
    assert {row.sovereignty_name for row in answer.rows} == {"New Zealand"}


def test_a_bureau_without_dependencies_says_so(bundled_answer: Ask) -> None:
    answer = bundled_answer("governments", bureau="XYZ", status="dependency")
    assert (answer.headline, answer.rows) == (
        "Not confirmed: no government that is a dependency under XYZ is on file.",
        (),
    )
