"""The example on each card is answered by the data that come with the program, the fictional sample among them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from docs.making.reference_workspace import DAY
from iga.graph.settings import PRACTICE
from iga.queries.ask import ask
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from iga.queries.watches import rows_seen, telling

ID = re.compile(r"\b(gov|org|forum|body|post|ngo|named|person):[a-z]")


def faults(demo: Session, card: Question) -> Iterator[str]:
    """Give what is wrong with the answer to the example of a card."""
    answer = ask(demo, card.name, card.example)
    if not answer.rows or not all(type(row) is card.row for row in answer.rows):
        yield "it has no rows, or rows of another kind"
    keys = [row.key for row in rows_seen(answer)]
    if not telling(card) or len(keys) != len(set(keys)):
        yield "its rows are not told apart, so that they cannot be watched"
    shown = [answer.answer, *(str(getattr(row, name)) for row in answer.rows for name in card.columns)]
    yield from (f"it shows an id: {text}" for text in shown if ID.search(text))
    fields = card.params.model_fields
    given = {name: str((fields[name].examples or [""])[0]) for name in card.parameters()}
    if ask(demo, card.name, given).parameters.keys() != given.keys():
        yield "the example of a parameter is not understood"
    for day in ("2025-12-31", DAY):
        asked = {**card.example, "as_of": day}
        now, later = (ask(session, card.name, asked) for session in (demo, replace(demo, today="2031-11-25")))
        if later != now.model_copy(update={"answer": later.answer}):
            yield f"for {day} it is another one when it is asked later"
        if not later.answer.endswith(now.answer.removeprefix(PRACTICE)):  # a day that is not today is said before it
            yield f"for {day} it is worded in another way when it is asked later"


@pytest.mark.parametrize("card", QUESTIONS.values(), ids=lambda card: card.name)
def test_an_example_is_answered_without_a_fault(demo: Session, card: Question) -> None:
    assert list(faults(demo, card)) == []


def test_the_bali_process_has_its_ministerial_conferences(bundled: Session) -> None:
    rows: Any = ask(bundled, "engagements", {"party": "Bali Process"}).rows
    assert sum("Ministerial Conference" in row.engagement_name for row in rows) == 8


def test_one_state_of_which_nothing_is_known_is_not_counted_as_party_or_as_outside(bundled: Session) -> None:
    answer = ask(bundled, "gaps", {"agreement": "Palermo Protocol", "party": "OSCE"})
    assert (answer.clauses[0].values["governments"], answer.clauses[0].values["outside"]) == (57, 0)
    assert "except possibly the Holy See" in answer.headline
