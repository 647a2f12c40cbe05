"""Every question has phrasings, and what they name is real; the table of weights was learnt from what there is."""

import pytest

from bench.learning_words import seal
from iga.graph.domain.catalog import NODES, fits
from iga.graph.errors import UsageError
from iga.queries.core.session import Session
from iga.queries.plain.choosing import learnt_from
from iga.queries.plain.phrases import ASKED_ABOUT, REFUSED, SLOT, phrases, taught
from iga.queries.plain.placing import placed
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


@pytest.mark.parametrize(
    ("question", "words", "parameters"),
    [
        ("members", "osce", {"party": "org:osce"}),
        ("gaps", "palermo osce", {"party": "org:osce", "agreement": "treaty:palermo"}),
        ("gaps", "osce palermo", {"party": "org:osce", "agreement": "treaty:palermo"}),
        ("contact", "unodc kids", {"party": ("org:unodc",), "topic": "child-trafficking"}),
        ("funding", "Ghana FY26", {"party": "gov:gha", "fiscal_year": "2026"}),
        ("calendar", "december", {"since": "2026-12", "until": "2026-12"}),
        ("contact", "party unodc topic kids", {"party": ("org:unodc",), "topic": "child-trafficking"}),
        ("project", "UNODC", {"project": "UNODC"}),
        ("tier-changes", "2018 and 2018", {"year": ("2018",)}),
    ],
)
def test_names_days_and_topics_find_their_places(
    officer: Session, question: str, words: str, parameters: dict[str, object]
) -> None:
    assert placed(officer, question, words) == (parameters, ())


def test_what_has_no_place_is_named(officer: Session) -> None:
    with pytest.raises(UsageError, match="gaps has no place for 'zebra'; it takes agreement, party"):
        placed(officer, "gaps", "palermo zebra")


@pytest.mark.parametrize(
    ("question", "words", "taken"),
    [("contact", "unodk kids", [("party", "unodk", "org:unodc")]), ("gaps", "palermo osce", [])],
)
def test_a_name_that_nothing_has_is_told_with_what_it_was_taken_for(
    officer: Session, question: str, words: str, taken: list[tuple[str, str, str]]
) -> None:
    assert [(one.parameter, one.typed, one.id) for one in placed(officer, question, words).taken] == taken
