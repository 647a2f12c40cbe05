"""What holds for all questions on the work with contacts: equal on both engines, each row with its source."""

from typing import Any

import pytest

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.contacts.conftest import Ask

QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("contact", {"party": ["ESO", "Ghana"], "role": "coordinator"}),
    ("contact", {"party": "ESO", "language": "French"}),
    ("stale-contacts", {}),
    ("stale-contacts", {"owner": "Officer A"}),
    ("vacancies", {}),
    ("vacancies", {"party": "ESO"}),
    ("handover", {"party": "Uma Example"}),
    ("last-touch", {"party": "ESO"}),
    ("clearers", {"party": ["Ghana", "ESO"], "topic": "forced labor", "purpose": "money"}),
    ("consent", {"party": "Sue Example"}),
)


@pytest.mark.parametrize(("question", "parameters"), QUESTIONS, ids=lambda value: str(value))
def test_both_engines_give_the_same_answer(
    in_office: Session, in_the_other_engine: Session, question: str, parameters: dict[str, Any]
) -> None:
    assert ask(in_office, question, parameters) == ask(in_the_other_engine, question, parameters)


@pytest.mark.parametrize(("question", "parameters"), QUESTIONS[2:], ids=lambda value: str(value))
def test_every_row_names_its_source(asked: Ask, question: str, parameters: dict[str, Any]) -> None:
    answer = asked(question, **parameters)
    assert answer.rows
    assert [row for row in answer.rows if not row.evidence] == []
