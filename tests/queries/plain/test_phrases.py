"""Every question has phrasings, and what they name is real; the table of weights was learnt from what there is."""

from bench.learning_words import seal
from iga.graph.domain.catalog import NODES, fits
from iga.queries.plain.choosing import learnt_from
from iga.queries.plain.names_said import ASKED_ABOUT
from iga.queries.plain.phrases import REFUSED, SLOT, phrases, taught
from iga.queries.registry import QUESTIONS


def test_every_question_has_phrasings_and_nothing_else_has() -> None:
    known = phrases()
    assert known.cards.keys() == set(QUESTIONS)
    assert min(len(card.asks) for card in known.cards.values()) >= 10


def test_what_is_declared_for_a_question_names_its_parameters() -> None:
    for name, card in phrases().cards.items():
        slots = {slot for text in card.asks for slot in SLOT.findall(text)}
        named = {*slots, *card.values, *card.prefers, *card.after, *card.us, *card.unless, *card.only}
        assert named <= {*QUESTIONS[name].parameters(), "topic"}, name


def test_texts_name_what_parameters_of_questions_take() -> None:
    taken = {label for card in QUESTIONS.values() for labels in card.names.values() for label in labels}
    taken -= {"Entity", "Topic"}  # topics are read from a text as topics
    assert set(ASKED_ABOUT) <= taken
    assert [fits(node.label(), ASKED_ABOUT) for node in NODES] == [fits(node.label(), tuple(taken)) for node in NODES]


def test_every_question_is_taught_by_texts_and_no_other_is() -> None:
    names = {name for row in taught() for name in row["card"].split("|")}
    assert names == {*QUESTIONS, REFUSED}


def test_the_weights_were_learnt_from_what_there_is() -> None:
    assert learnt_from() == seal(), "run: make learn-words"


def test_a_value_is_one_that_its_parameter_takes() -> None:
    for name, card in phrases().cards.items():
        for parameter, values in card.values.items():
            for value in values:
                field = QUESTIONS[name].params.model_fields[parameter]
                taken = str(field.annotation)
                assert "Literal" not in taken or f"'{value}'" in taken, f"{name}: {parameter} is never {value!r}"
