"""A text in plain words is answered, offered choices, or refused; what it is understood as can be asked again."""

import csv
import shlex
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.words import judged, sample
from graph.errors import Ambiguous, IgaError, NotFound, UsageError
from queries.ask import ask
from queries.core.session import Session
from queries.plain.answering import ask_in_words, understanding
from queries.plain.phrases import phrases

OWN = list(csv.DictReader((Path(__file__).parent / "own_texts.csv").read_text(encoding="utf-8").splitlines()))
LEAST_RIGHT, MOST_WRONGLY_SURE = 0.88, 0.03


def test_what_is_understood_is_said_with_the_command_that_asks_it(officer: Session) -> None:
    answer = ask_in_words(officer, "which osce countries are outside palermo")
    assert answer.understood.question == answer.question == "gaps"
    assert answer.understood.parameters == {"party": "org:osce", "agreement": "treaty:palermo"}
    assert answer.understood.command == "iga ask gaps --party OSCE --agreement Palermo"
    assert len(answer.understood.others) <= 3
    plain = ask(officer, "gaps", {"party": "OSCE", "agreement": "Palermo Protocol"})
    assert answer.model_dump(exclude={"understood"}) == plain.model_dump()


def test_what_no_question_answers_is_refused_and_not_asked(officer: Session) -> None:
    for text in ("good morning", "population of Ghana", "asdf qwerty", "delete the record of Ghana"):
        with pytest.raises(NotFound, match="none was asked"):
            ask_in_words(officer, text)


def test_a_blank_or_endless_text_is_refused_in_words(officer: Session) -> None:
    for text in ("?!", "tier " * 200):
        with pytest.raises(UsageError, match="nothing can be asked"):
            understanding(officer, text)


def test_texts_of_ours_are_understood(officer: Session) -> None:
    right = wrong = 0
    for row in OWN:
        try:
            card = understanding(officer, row["text"]).question
        except (NotFound, Ambiguous):
            card = "none"
        right += card == row["card"]
        wrong += card not in (row["card"], "none")
    assert right >= LEAST_RIGHT * len(OWN)
    assert wrong <= MOST_WRONGLY_SURE * len(OWN)


@pytest.mark.parametrize("row", OWN[::9], ids=lambda row: row["text"])
def test_the_command_gives_the_same_answer(officer: Session, row: dict[str, str]) -> None:
    try:
        answer = ask_in_words(officer, row["text"])
    except IgaError:
        return
    name, *options = shlex.split(answer.understood.command)[2:]
    parameters: dict[str, list[str]] = {}
    for option, value in zip(options[::2], options[1::2], strict=True):
        parameters.setdefault(option.removeprefix("--").replace("-", "_"), []).append(value)
    again = ask(officer, name, parameters)
    assert again.model_dump() == answer.model_dump(exclude={"understood"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(sorted(phrases().known | {"Ghana", "OSCE", "FY27", "since", "2019", "∅", "Кения"})), max_size=9
    )
)
def test_any_text_is_understood_or_refused(officer: Session, words: list[str]) -> None:
    try:
        command = understanding(officer, " ".join(words)).command
    except (NotFound, UsageError):
        return
    assert command.startswith("iga ask ")


@pytest.mark.shared
def test_the_labelled_sample_is_understood_also_where_nobody_looked(officer: Session, shared: Path) -> None:
    texts = sample(shared.parent / "reference" / "plain_words.csv")
    for is_held_back, least, most in ((False, 0.95, 0.02), (True, 0.75, 0.05)):
        half = [judged(officer, text) for text in texts if text.is_held_back == is_held_back]
        assert sum(one.is_right for one in half) >= least * len(half)
        assert sum(one.is_wrongly_sure for one in half) <= most * len(half)
