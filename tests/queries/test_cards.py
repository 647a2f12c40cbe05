"""The cards of the questions: parameters called the same everywhere, rows that name both ends, columns that exist."""

import pytest

from iga.queries.core.answer import AnswerRow
from iga.queries.core.question import Question
from iga.queries.registry import QUESTIONS
from tests.reading import some

CARDS = list(QUESTIONS.values())


def by_name(card: Question) -> str:
    return card.name


@pytest.mark.parametrize("card", CARDS, ids=by_name)
def test_a_parameter_is_described_with_an_example(card: Question) -> None:
    assert card.parameters()[-1] == "as_of"
    for name, field in card.params.model_fields.items():
        assert field.description, name
        assert field.examples, name


@pytest.mark.parametrize("card", CARDS, ids=by_name)
def test_a_row_describes_every_field(card: Question) -> None:
    assert issubclass(card.row, AnswerRow)
    assert card.row.__doc__
    assert all(field.description for field in card.row.model_fields.values())


@pytest.mark.parametrize("card", CARDS, ids=by_name)
def test_a_row_never_gives_an_id_without_a_name(card: Question) -> None:
    fields = card.row.model_fields
    ids = [name for name, field in fields.items() if (field.description or "").startswith("Id of")]
    # The channel of a contact is printed by its value, a value of a compact's fact by the value itself.
    other_names = {"id": "name", "channel": "channel_value", "value_id": "value"}
    assert [name for name in some(ids) if other_names.get(name, f"{name}_name") not in fields] == []


@pytest.mark.parametrize("card", CARDS, ids=by_name)
def test_a_table_shows_fields_that_a_row_has_and_ends_in_its_evidence(card: Question) -> None:
    assert set(card.columns) <= set(card.row.model_fields)
    assert not card.columns or card.columns[-1] == "evidence"
    assert not {name for name in card.columns if (card.row.model_fields[name].description or "").startswith("Id of")}


@pytest.mark.parametrize("card", CARDS, ids=by_name)
def test_an_example_gives_what_the_question_needs(card: Question) -> None:
    assert set(card.summary()["required"]) <= set(card.example) <= set(card.parameters())
    assert set(card.names) <= set(card.parameters())
