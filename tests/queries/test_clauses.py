"""What answers say: the first clause replies in at most 35 words, the others have at most 25, all from their values."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from queries.ask import ask
from queries.core.answer import Answer
from queries.core.clauses import clause, worded
from queries.core.session import Session
from queries.registry import QUESTIONS
from tests.golden.pairs import pairs

HEADLINE, CLAUSE, NAME = 35, 25, 6
TOLD_IN_LINKS = {("path", "best"), ("profile", "sections")}
"""Clauses that are as long as what they list: the links of one path, the parts of one profile."""

ASKED: list[tuple[str, Mapping[str, Any]]] = [
    *((pair.question, pair.asked) for pair in pairs()),
    *((card.name, card.example) for card in QUESTIONS.values()),
]


@pytest.fixture(scope="module")
def answers(demo: Session) -> list[Answer]:
    """Give every golden answer, and that to the example of every card."""
    return [ask(demo, question, asked) for question, asked in ASKED]


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in (*value.keys(), *value.values()):
            yield from texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part)


def length(text: str, values: Mapping[str, Any]) -> int:
    """Count words; an official name, however long, counts as the first words by which people call it."""
    for name in sorted(set(texts(dict(values))), key=len, reverse=True):
        if len(name.split()) > NAME:
            text = text.replace(name, " ".join(name.split()[:NAME]))
    return len(text.split())


def test_the_first_clause_replies_in_35_words(answers: list[Answer]) -> None:
    assert {answer.question for answer in answers} == set(QUESTIONS)
    long = [answer.headline for answer in answers if length(answer.headline, answer.clauses[0].values) > HEADLINE]
    assert long == []


def test_every_other_clause_has_25_words(answers: list[Answer]) -> None:
    said = [(answer.question, known) for answer in answers for known in answer.clauses[1:]]
    assert len(said) > 300
    long = [
        (question, known.text)
        for question, known in said
        if (question, known.id) not in TOLD_IN_LINKS
        # a question on several parties replies for each
        and length(known.text, known.values) > (HEADLINE if known.id == "headline" else CLAUSE)
    ]
    assert long == []


def test_every_clause_is_a_sentence_made_from_its_values(answers: list[Answer]) -> None:
    for answer in answers:
        package = QUESTIONS[answer.question].package
        assert answer.answer == f"As of {answer.as_of}: {' '.join(known.text for known in answer.clauses)}"
        for known in answer.clauses:
            assert known.text[0].isupper() or not known.text[0].isalpha() or known.text.startswith("iga "), known.text
            assert known.text.endswith((".", "?", "!")), known.text
            assert known.text == worded(package, answer.question, known.id, known.values)


def test_a_caveat_names_a_clause_and_rows_that_are_there(answers: list[Answer]) -> None:
    concerning = [(answer, caveat) for answer in answers for caveat in answer.caveats if caveat.clause or caveat.rows]
    assert concerning
    for answer, caveat in concerning:
        assert caveat.clause is None or caveat.clause in {known.id for known in answer.clauses}, (
            answer.question,
            caveat,
        )
        assert max(caveat.rows, default=0) <= len(answer.rows), (answer.question, caveat)


def test_a_value_that_a_sentence_needs_and_does_not_get_is_an_error() -> None:
    made = clause("headline", body="OSCE")
    with pytest.raises(Exception, match="members"):
        worded("queries.multilateral", "members", made.id, made.values)
