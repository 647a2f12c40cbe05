"""The list of questions: each name leads to its own card, and only what is asked for is imported."""

import subprocess
import sys

import pytest

from queries.registry import QUESTIONS


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_name_leads_to_the_card_of_that_name(name: str) -> None:
    assert QUESTIONS[name].name == name


def test_a_name_of_no_question_is_not_in_the_list() -> None:
    assert "weather" not in QUESTIONS
    with pytest.raises(KeyError):
        QUESTIONS["weather"]


def test_no_other_question_is_imported_than_the_one_asked_for() -> None:
    script = """
import sys
from queries.registry import QUESTIONS
assert "treaty-status" in QUESTIONS and len(list(QUESTIONS)) > 20
QUESTIONS["treaty-status"]
print(*(name for name in sys.modules if name.startswith("queries.")))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    imported = done.stdout.split()
    assert "queries.instruments.agreements" in imported
    assert not [
        name for name in imported if name.startswith(("queries.contacts.", "queries.funding.", "queries.report."))
    ]
