"""The example on each card is answered by the data that come with the program, the fictional sample among them."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from docs.making.reference_workspace import DAY
from iga.graph.settings import PRACTICE
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from iga.queries.watches import rows_seen, telling

of_each_card = pytest.mark.parametrize("card", QUESTIONS.values(), ids=lambda card: card.name)


@pytest.fixture(scope="module")
def answer_of(demo: Session) -> Callable[[str], Answer]:
    """Give what answers the example of a card, by the name of its question; asked once."""
    return cache(lambda name: ask(demo, name, QUESTIONS[name].example))


@of_each_card
def test_an_example_is_answered_with_at_least_one_row(answer_of: Callable[[str], Answer], card: Question) -> None:
    answer = answer_of(card.name)
    assert answer.rows
    assert all(type(row) is card.row for row in answer.rows)


@of_each_card
def test_rows_that_are_watched_are_told_apart(answer_of: Callable[[str], Answer], card: Question) -> None:
    assert telling(card), "a row that nothing tells from others cannot be watched"
    keys = [row.key for row in rows_seen(answer_of(card.name))]
    assert len(keys) == len(set(keys))


@of_each_card
def test_the_example_of_each_parameter_is_understood(demo: Session, card: Question) -> None:
    fields = card.params.model_fields
    given = {name: str((fields[name].examples or [""])[0]) for name in card.parameters()}
    assert ask(demo, card.name, given).parameters.keys() == given.keys()


@of_each_card
def test_no_sentence_or_table_shows_an_id(answer_of: Callable[[str], Answer], card: Question) -> None:
    answer = answer_of(card.name)
    shown = [answer.answer, *(str(getattr(row, name)) for row in answer.rows for name in card.columns)]
    assert [text for text in shown if re.search(r"\b(gov|org|forum|body|post|ngo|named|person):[a-z]", text)] == []


@pytest.mark.parametrize("day", ["2025-12-31", DAY])
@of_each_card
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
    assert "except possibly the Holy See" in answer.headline
