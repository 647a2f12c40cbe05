"""Both engines say the same: of small worlds every question, of the practice data every example and golden question."""

from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from iga.exports.editable_workbook import rows_of_members, rows_of_parties
from iga.exports.graphs.subgraph import around, everything
from iga.graph.errors import IgaError
from iga.graph.ledger.ledger import Ledger
from iga.queries.ask import ask
from iga.queries.core.answer import Subject
from iga.queries.core.names.find import find
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS
from iga.queries.whole.entity import entity
from iga.queries.whole.why import why
from tests.conftest import Neo4jAddress
from tests.engines import asked, projected
from tests.golden.pairs import pairs
from tests.queries.asking import ledger_of
from tests.queries.changing.conftest import ledger_of_spring
from tests.queries.conftest import ledger_of_the_world
from tests.queries.contacts import test_congress_touch, test_turnover, test_who_knows
from tests.queries.contacts.conftest import ledger_of_the_office
from tests.queries.contacts.listed_world import listed, on_record
from tests.queries.contacts.test_contact import ledger_of_contacts
from tests.queries.funding.conftest import ledger_of_the_sample
from tests.queries.funding.test_funding import ledger_of_money
from tests.queries.linked import test_introductions
from tests.queries.multilateral import test_answered
from tests.queries.world import NOW

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

WORLDS: Mapping[str, Callable[[Path], Ledger]] = {
    "small": ledger_of_the_world,
    "office": ledger_of_the_office,
    "spring": ledger_of_spring,
    "sample": ledger_of_the_sample,
    "funding": ledger_of_money,
    "contact": ledger_of_contacts,
    "answered": lambda folder: ledger_of(folder, test_answered.world()),
    "congress-touch": lambda folder: ledger_of(folder, test_congress_touch.world()),
    "introductions": lambda folder: ledger_of(folder, test_introductions.world()),
    "turnover": lambda folder: ledger_of(folder, test_turnover.world()),
    "who-knows": lambda folder: ledger_of(folder, test_who_knows.world()),
    "world-watch": lambda folder: ledger_of(folder, [*on_record(), *listed()]),
}
"""The worlds that are asked elsewhere on the embedded engine alone; one named after a question is asked it only."""
DAYS = ("", "2018-06-15")


class Both(NamedTuple):
    """One ledger, asked in each engine."""

    embedded: Session
    neo4j: Session


@pytest.fixture(scope="module", params=WORLDS)
def both(
    request: pytest.FixtureRequest, neo4j_address: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("both")
    with (
        closing(WORLDS[request.param](folder)) as ledger,
        asked(ledger, folder, now=NOW) as embedded,
        closing(neo4j_address.store()) as store,
    ):
        store.clear()
        yield Both(embedded, projected(ledger, store, now=NOW))


def ids_by_label(session: Session) -> dict[str, list[str]]:
    """Return the ids of the things of each label, in the order of the ids."""
    found: dict[str, list[str]] = {}
    held: Any = session.store
    for row in held.look("MATCH (n:Entity) RETURN n.id AS id, labels(n) AS labels ORDER BY n.id"):
        for label in row["labels"]:
            found.setdefault(label, []).append(row["id"])
    return found


def ways_to_ask(card: Question, things: Mapping[str, list[str]], *, most: int) -> Iterator[dict[str, str]]:
    """Give what a question is asked with in a world: about so many things, now and on a day before.

    It is asked with what it needs alone, with one more thing, and with all: what is named besides may leave no row.
    """
    named = {name: [id_ for label in labels for id_ in things.get(label, ())] for name, labels in card.names.items()}
    needed = {name: str(card.example[name]) for name in card.summary()["required"] if name in card.example}
    more = [{name} for name, ids in named.items() if ids and name not in needed]
    ways: list[Set[str]] = [set(), *more, named.keys()]
    for number in range(most):
        wanted = ways[number % len(ways)] | needed.keys()
        about = {
            name: ids[(number * len(ids) // most + place) % len(ids)]
            for place, (name, ids) in enumerate(named.items())
            if ids and name in wanted
        }
        day = DAYS[number // len(ways) % len(DAYS)]
        yield needed | about | ({"as_of": day} if day else {})


def said(session: Session, question: str, given: Mapping[str, Any]) -> Any:
    """Return the answer, or what is said where there is none."""
    try:
        return ask(session, question, given)
    except IgaError as refused:
        return str(refused)


def test_every_question_has_the_same_answer(both: Both, request: pytest.FixtureRequest) -> None:
    things, world = ids_by_label(both.embedded), request.node.callspec.params["both"]
    cards, most = ([QUESTIONS[world]], 48) if world in QUESTIONS else (QUESTIONS.values(), 3)
    every = [(card.name, given) for card in cards for given in ways_to_ask(card, things, most=most)]
    answers = [(question, given, [said(session, question, given) for session in both]) for question, given in every]
    assert [(question, given) for question, given, (one, other) in answers if one != other] == []
    assert sum(not isinstance(one, str) and bool(one.rows) for _, _, (one, _) in answers) > 1


def test_every_thing_is_shown_and_found_and_exported_the_same(both: Both) -> None:
    ids = [id_ for of_label in ids_by_label(both.embedded).values() for id_ in of_label[:2]]
    shown = [[(said_of(session, id_)) for id_ in ids] for session in both]
    assert shown[0] == shown[1]
    typed = ("example", "congo", "mongol", "Mongolja", "conference", "ÉTATS", "Ghana")
    assert [find(both.embedded, text) for text in typed] == [find(both.neo4j, text) for text in typed]
    for rows in (rows_of_parties, rows_of_members):
        assert rows(both.embedded, ids[:4]) == rows(both.neo4j, ids[:4])


def said_of(session: Session, id_: str) -> Any:
    return entity(session, id_), why(session, id_)


def test_every_part_has_the_same_things_in_the_same_order(both: Both) -> None:
    [first, *_] = ids_by_label(both.embedded)["Party"]
    subject = [Subject(id=first, cls="Party", name=first)]
    for part in (
        everything,
        lambda session: everything(session, classes=("Government", "Agreement"), day="2026-01-01"),
        lambda session: around(session, subject, depth=2, limit=50, day="2026-01-01"),
    ):
        ours, theirs = (part(session) for session in both)
        assert [(node.id, dict(node.values)) for node in ours.nodes()] == [
            (node.id, dict(node.values)) for node in theirs.nodes()
        ]
        assert list(ours.edges()) == list(theirs.edges())
        assert ours.notes == theirs.notes


def test_examples_and_golden_questions_have_the_same_answer(demo: Session, demo_in_neo4j: Session) -> None:
    day = {"as_of": "2026-11-25"}  # the two sessions have another today
    examples = [(card.name, card.example) for card in QUESTIONS.values()]
    golden = [(pair.question, pair.asked) for pair in pairs()]
    asked_too = [(question, {**day, **given}) for question, given in (*MUCH_LOOKED_THROUGH, *examples, *golden)]
    differing = [
        (question, given)
        for question, given in asked_too
        if _told(said(demo, question, given)) != _told(said(demo_in_neo4j, question, given))
    ]
    assert differing == []


def _told(answer: Any) -> Any:
    """Return what does not hang on which ledger it is asked of."""
    return answer if isinstance(answer, str) else (answer.rows, answer.clauses, answer.caveats)


MUCH_LOOKED_THROUGH = (
    ("brokers", {"party": "OSCE", "other": "ILO"}),
    ("communities", {}),
    ("congress-touch", {"party": "Example Committee on Made-up Affairs"}),
    ("congress-touch", {"party": "Pia Placeholder"}),
    *(("what-if", {"party": party}) for party in ("IOM", "UNODC", "OSCE")),
)
