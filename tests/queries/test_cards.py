"""The cards of the questions: parameters called the same everywhere, rows that name both ends, columns that exist."""

from collections.abc import Iterator

import pytest

from iga.queries.core.answer import AnswerRow
from iga.queries.core.question import Question
from iga.queries.registry import QUESTIONS

OTHER_NAMES = {"id": "name", "channel": "channel_value", "value_id": "value"}
"""The channel of a contact is printed by its value, a value of a compact's fact by the value itself."""


def faults(name: str, card: Question) -> Iterator[str]:
    """Give what is wrong with a card."""
    if card.name != name:
        yield f"{name} leads to the card {card.name}"
    yield from (f"parameter {fault}" for fault in _of_parameters(card))
    yield from (f"row: {fault}" for fault in _of_the_row(card))


def _of_parameters(card: Question) -> Iterator[str]:
    if card.parameters()[-1] != "as_of":
        yield "as_of is not the last"
    for name, field in card.params.model_fields.items():
        if not field.description or not field.examples:
            yield f"{name} lacks a description or an example"
    if not set(card.summary()["required"]) <= set(card.example) <= set(card.parameters()):
        yield "that is needed is not in the example, or one there is none of the card"
    if not set(card.names) <= set(card.parameters()):
        yield "that names something is none of the card"


def _of_the_row(card: Question) -> Iterator[str]:
    fields = {name: field.description or "" for name, field in card.row.model_fields.items()}
    ids = [name for name, description in fields.items() if description.startswith("Id of")]
    if not issubclass(card.row, AnswerRow) or not card.row.__doc__ or not ids:
        yield "it is no row of an answer, is not described, or has no ids"
    yield from (f"{name} is not described" for name, description in fields.items() if not description)
    yield from (f"{name} stands without a name" for name in ids if OTHER_NAMES.get(name, f"{name}_name") not in fields)
    if not set(card.columns) <= fields.keys() or (card.columns and card.columns[-1] != "evidence"):
        yield "its table shows what it does not have, or does not end in its evidence"
    yield from (f"its table shows the id {name}" for name in card.columns if name in ids)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_card_has_no_fault(name: str) -> None:
    assert list(faults(name, QUESTIONS[name])) == []
