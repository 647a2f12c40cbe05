"""Each card: parameters called the same everywhere, rows that name both ends, and answers without a fault."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from docs.making.reference_workspace import DAY
from iga.graph.errors import Denied, NotFound, UsageError
from iga.queries.ask import ask
from iga.queries.core.answer import AnswerRow
from iga.queries.core.clauses import clause, worded
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from iga.queries.watches import rows_seen, telling
from tests.queries.faults_of_answers import PRACTICE, faults_of

ID = re.compile(r"\b(gov|org|forum|body|post|ngo|named|person):[a-z]")
OTHER_NAMES = {"id": "name", "channel": "channel_value", "value_id": "value"}
"""The channel of a contact is printed by its value, a value of a compact's fact by the value itself."""
PARTIES = ("United States", "Tuvalu", "OSCE", "GRETA", "Free the Slaves")


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
    if not {*card.names, *(card.yes_or_no or ())} <= set(card.parameters()):
        yield "that names something, or makes it a question of yes or no, is none of the card"


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


def _of_the_example(demo: Session, card: Question) -> Iterator[str]:
    answer = ask(demo, card.name, card.example)
    yield from faults_of(answer, demo)
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


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_card_has_no_fault_nor_has_the_answer_to_its_example(demo: Session, name: str) -> None:
    card = QUESTIONS[name]
    assert [*faults(name, card), *_of_the_example(demo, card)] == []


@pytest.mark.slow
@pytest.mark.parametrize("party", PARTIES)
def test_no_answer_on_a_party_great_or_small_has_a_fault(demo: Session, party: str) -> None:
    found = []
    for card in QUESTIONS.values():
        # Not every question is on every party, and some ask for what only their example has.
        with suppress(UsageError, NotFound, Denied):
            found.append(ask(demo, card.name, {**card.example, "party": party}))
    assert len(found) > len(PARTIES)
    assert [*chain.from_iterable(faults_of(answer, demo) for answer in found)] == []


# Hubs and much-told things; a sentence that grows with what is held grows here first.
MUCH: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("resolution", {"resolution": "A/RES/64/293"}),
    ("resolutions", {"party": "UNGA"}),
    ("co-sponsors", {"party": "United States"}),
    ("members", {"party": "Bali Process"}),
    ("memberships", {"party": "United States"}),
    ("chairs", {"party": "OSCE", "since": "2000"}),
    (
        "delegation",
        {"party": "United States", "engagement": "High-level meeting on trafficking in persons (fictional)"},
    ),
    ("engagements", {"party": "United States"}),
    ("commitments", {"party": "United States"}),
    ("calendar", {}),
    ("funding", {"party": "Ghana"}),
    ("funding", {"party": "Example Grants Office (fictional)"}),
    ("funding-summary", {"party": "TIP Office"}),
    ("top-partners", {}),
    ("award", {"award": "Shelters on the Coast (fictional)"}),
    ("neighbourhood", {"party": "United States"}),
    ("what-changed", {"party": "Ghana", "since": "2020"}),
    ("conflicts", {}),
    ("contradictions", {}),
)


@pytest.mark.parametrize(("question", "given"), MUCH, ids=lambda it: it if isinstance(it, str) else "")
def test_an_answer_can_be_read_aloud_however_much_is_held(
    demo: Session, question: str, given: Mapping[str, Any]
) -> None:
    answer = ask(demo, question, given)
    assert len(answer.answer.removeprefix(PRACTICE).split()) <= 95, answer.answer


def test_a_value_that_a_sentence_needs_and_does_not_get_is_an_error() -> None:
    made = clause("headline", body="OSCE")
    with pytest.raises(Exception, match="members"):
        worded("iga.queries.multilateral", "members", made.id, made.values)


def test_the_bali_process_has_its_ministerial_conferences(bundled: Session) -> None:
    rows: Any = ask(bundled, "engagements", {"party": "Bali Process"}).rows
    assert sum("Ministerial Conference" in row.engagement_name for row in rows) == 8


def test_one_state_of_which_nothing_is_known_is_not_counted_as_party_or_as_outside(bundled: Session) -> None:
    answer = ask(bundled, "gaps", {"agreement": "Palermo Protocol", "party": "OSCE"})
    assert (answer.clauses[0].values["governments"], answer.clauses[0].values["outside"]) == (57, 0)
    assert "except possibly the Holy See" in answer.headline
