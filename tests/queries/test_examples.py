"""The example on each card is answered by the data that come with the program, the fictional sample among them."""

import re
from dataclasses import replace
from typing import Any

import pytest

from docs.making.reference_workspace import DAY
from graph.settings import PRACTICE
from queries.ask import ask
from queries.core.question import Question
from queries.core.session import Session
from queries.registry import QUESTIONS


@pytest.mark.parametrize("card", QUESTIONS.values(), ids=lambda card: card.name)
def test_an_example_is_answered_with_at_least_one_row(demo: Session, card: Question) -> None:
    answer = ask(demo, card.name, card.example)
    assert answer.rows
    assert all(type(row) is card.row for row in answer.rows)


@pytest.mark.parametrize("card", QUESTIONS.values(), ids=lambda card: card.name)
def test_the_example_of_each_parameter_is_understood(demo: Session, card: Question) -> None:
    fields = card.params.model_fields
    given = {name: str((fields[name].examples or [""])[0]) for name in card.parameters()}
    assert ask(demo, card.name, given).parameters.keys() == given.keys()


@pytest.mark.parametrize("card", QUESTIONS.values(), ids=lambda card: card.name)
def test_no_sentence_or_table_shows_an_id(demo: Session, card: Question) -> None:
    answer = ask(demo, card.name, card.example)
    shown = [answer.answer, *(str(getattr(row, name)) for row in answer.rows for name in card.columns)]
    assert [text for text in shown if re.search(r"\b(gov|org|forum|body|post|ngo|named|person):[a-z]", text)] == []


@pytest.mark.parametrize("day", ["2025-12-31", DAY])
@pytest.mark.parametrize("card", QUESTIONS.values(), ids=lambda card: card.name)
def test_a_question_for_a_day_is_answered_the_same_whenever_it_is_asked(
    demo: Session, card: Question, day: str
) -> None:
    asked = {**card.example, "as_of": day}
    now, later = (ask(session, card.name, asked) for session in (demo, replace(demo, today="2031-11-25")))
    assert later == now.model_copy(update={"answer": later.answer})
    assert later.answer.endswith(now.answer.removeprefix(PRACTICE))  # a day that is not today is said before it


def test_the_bali_process_has_its_ministerial_conferences(bundled: Session) -> None:
    rows: Any = ask(bundled, "engagements", {"party": "Bali Process"}).rows
    assert sum("Ministerial Conference" in row.engagement_name for row in rows) == 8


def test_one_state_of_which_nothing_is_known_is_not_counted_as_party_or_as_outside(bundled: Session) -> None:
    answer = ask(bundled, "gaps", {"agreement": "Palermo Protocol", "party": "OSCE"})
    assert (answer.clauses[0].values["governments"], answer.clauses[0].values["outside"]) == (57, 0)
    assert "is known to be outside" in answer.headline
    assert "of the Holy See it is not known" in answer.headline
