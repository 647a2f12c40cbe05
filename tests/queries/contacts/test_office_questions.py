"""What holds for all questions on the work with contacts: equal on both engines, each row with its source."""

from typing import Any

import pytest

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


@pytest.mark.parametrize(("question", "parameters"), QUESTIONS[2:], ids=lambda value: str(value))
def test_every_row_names_its_source(asked: Ask, question: str, parameters: dict[str, Any]) -> None:
    answer = asked(question, **parameters)
    assert answer.rows
    assert [row for row in answer.rows if not row.evidence] == []
