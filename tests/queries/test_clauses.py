"""What answers say: the first clause replies in at most 35 words, the others have at most 25, all from their values."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from iga.graph.errors import Denied, NotFound, UsageError
from iga.graph.text import unsuffixed
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.clauses import clause, worded
from iga.queries.core.session import Session
from iga.queries.core.short_names import short_names
from iga.queries.registry import QUESTIONS
from tests.golden.pairs import pairs
from tests.reading import some

HEADLINE, CLAUSE, NAME = 35, 25, 6
PRACTICE = "[practice] "
INVENTORY = re.compile(r"\b(on record|(facts|relationships|terms|rows) (are|is) )", re.IGNORECASE)
NOTHING = re.compile(r"\b(no|nothing|none|not|nobody|neither)\b[^.;]* on record", re.IGNORECASE)
"""A reply speaks of the record only to say that something is not on it."""
TOLD_IN_LINKS = {("path", "best"), ("profile", "sections")}
"""Clauses that are as long as what they list: the links of one path, the parts of one profile."""

PARTIES = ("United States", "Tuvalu", "OSCE", "GRETA", "Free the Slaves")

ASKED: list[tuple[str, Mapping[str, Any]]] = [
    *((pair.question, pair.asked) for pair in pairs()),
    *((card.name, card.example) for card in QUESTIONS.values()),
]


@pytest.fixture(scope="module")
def answers(demo: Session) -> list[Answer]:
    """Give every golden answer, and that to the example of every card, also with other parties, great and small."""
    others = [(card.name, {**card.example, "party": party}) for card in QUESTIONS.values() for party in PARTIES]
    found = [ask(demo, question, asked) for question, asked in ASKED]
    for question, asked in others:
        # Not every question is on every party, and some ask for what only their example has.
        with suppress(UsageError, NotFound, Denied):
            found.append(ask(demo, question, asked))
    return found


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in (*value.keys(), *value.values()):
            yield from texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part)


def spoken(text: str) -> str:
    return text.removeprefix(PRACTICE)


def length(text: str, values: Mapping[str, Any]) -> int:
    """Count words; an official name, however long, counts as the first words by which people call it."""
    for name in sorted({text.replace(" (fictional)", "") for text in texts(dict(values))}, key=len, reverse=True):
        if len(name.split()) > NAME:
            text = text.replace(name, " ".join(name.split()[:NAME]))
    return len(spoken(text).split())


def test_the_first_clause_replies_in_35_words(answers: list[Answer]) -> None:
    assert {answer.question for answer in answers} == set(QUESTIONS)
    long = [answer.headline for answer in answers if length(answer.headline, answer.clauses[0].values) > HEADLINE]
    assert long == [], "\n".join(map(str, long))


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
    assert long == [], "\n".join(map(str, long))


def test_the_first_clause_is_no_inventory(answers: list[Answer]) -> None:
    counting = [
        (answer.question, answer.headline)
        for answer in answers
        if INVENTORY.search(answer.headline) and QUESTIONS[answer.question].package != "iga.queries.contacts"
    ]
    told = sorted({counted for counted in counting if not NOTHING.search(counted[1])})
    assert told == [], "\n".join(map(str, told))


def test_a_yes_or_no_question_is_replied_to_with_yes_no_or_not_confirmed(answers: list[Answer]) -> None:
    asked = [answer for answer in answers if is_yes_or_no(answer)]
    assert len({answer.question for answer in asked}) > 1
    # A recorded vote, or a sponsorship without one, is itself the reply: whoever abstained did neither.
    wordy = [
        (answer.question, answer.headline)
        for answer in asked
        if not {"votes", "roles"} & {name for name, value in answer.clauses[0].values.items() if value}
    ]
    assert [reply for reply in wordy if not spoken(reply[1]).startswith(("Yes: ", "No: ", "Not confirmed: "))] == []


def is_yes_or_no(answer: Answer) -> bool:
    parameters = QUESTIONS[answer.question].yes_or_no
    return parameters is not None and set(parameters) <= answer.parameters.keys()


def test_a_parameter_that_makes_it_a_yes_or_no_question_is_one_of_the_question() -> None:
    assert all(set(card.yes_or_no or ()) <= set(card.parameters()) for card in QUESTIONS.values())


def test_every_clause_is_a_sentence_made_from_its_values(answers: list[Answer], demo: Session) -> None:
    names = short_names(demo)
    for answer in answers:
        package = QUESTIONS[answer.question].package
        ahead = f"Ahead, as of {answer.as_of}, by what is known on {demo.today}: "
        past = "" if answer.as_of == demo.today else f"As of {answer.as_of}: "
        lead = ahead if answer.as_of > demo.today else past
        assert answer.answer == f"{PRACTICE}{lead}{' '.join(known.text for known in answer.clauses)}"
        for known in answer.clauses:
            said = spoken(known.text)
            assert said[0].isupper() or not said[0].isalpha() or said.startswith("iga "), known.text
            assert said.endswith((".", "?", "!")), known.text
            text = worded(package, answer.question, known.id, known.values, names=names)
            assert known.text in (text, unsuffixed(text))


def test_every_answer_of_a_practice_store_begins_with_its_mark_and_says_so_once(answers: list[Answer]) -> None:
    for answer in answers:
        assert answer.headline.startswith(PRACTICE)
        assert answer.answer.startswith(PRACTICE)
        assert answer.answer.count(PRACTICE) == 1
        assert "(fictional)" not in answer.answer


def test_no_answer_of_the_bundled_data_is_practice(bundled: Session) -> None:
    replies = [ask(bundled, pair.question, pair.asked) for pair in pairs() if pair.question in ("gaps", "tier-history")]
    assert not [reply.answer for reply in some(replies) if PRACTICE in reply.answer or "fictional" in reply.answer]


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
        worded("iga.queries.multilateral", "members", made.id, made.values)
