"""The small world, as everybody of ours and as the public sees it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.meta import meta
from iga.graph.projection.project import rebuild
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.conftest import Neo4jAddress
from tests.engines import asked
from tests.queries.world import NOW, ledger_with, loads
from tests.queries.world_instruments import instrument_loads
from tests.queries.world_meetings import meeting_loads
from tests.queries.world_office import office_loads

Ask: TypeAlias = Callable[..., Any]
"""Asks a question by name with its parameters as typed; the answer's rows have the fields of the question."""


def ledger_of_the_world(folder: Path) -> Ledger:
    """Return a ledger with the loads of the world."""
    return ledger_with(folder, (*loads(), *office_loads(), *meeting_loads(), *instrument_loads()))


@pytest.fixture(scope="module")
def demo_in_neo4j(demo: Session, neo4j_address: Neo4jAddress) -> Iterator[Session]:
    """Give the reference data and the sample in Neo4j, folded from the same ledger; it is left for the next module."""
    with closing(neo4j_address.store()) as store:
        held = store.look("MATCH (n) WITH n LIMIT 1 RETURN 1") and meta(store)
        if not held or held.hash != demo.status.graph_hash:
            store.clear()
            rebuild(demo.ledger, store, view=View(), now=NOW)
        yield Session.of(store, demo.ledger, today=NOW[:10])


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with closing(ledger_of_the_world(tmp_path_factory.mktemp("world"))) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def session(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the world to ask about; `test_answers_in_neo4j.py` asks the same of Neo4j."""
    with asked(ledger, tmp_path_factory.mktemp("asked"), now=NOW) as session:
        yield session


@pytest.fixture(scope="session")
def as_the_public(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the world below the ceiling."""
    with asked(ledger, tmp_path_factory.mktemp("public"), now=NOW, view=View(ceiling=Marking.PUBLIC)) as session:
        yield session


@pytest.fixture
def answer_to(session: Session) -> Ask:
    def answer(question: str, **parameters: str | list[str]) -> Answer:
        return ask(session, question, parameters)

    return answer


@pytest.fixture
def bundled_answer(bundled: Session) -> Ask:
    def answer(question: str, **parameters: str | list[str]) -> Answer:
        return ask(bundled, question, parameters)

    return answer
