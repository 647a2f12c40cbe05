"""The office in spring, loaded on its days, in a graph of each engine, as we and as the public see it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any, TypeAlias

import pytest

from graph.domain.marking import Marking
from graph.fold.shapes import View
from graph.ledger.ledger import Ledger
from graph.projection.project import rebuild
from graph.stores.door import Store
from graph.stores.embedded_store import EmbeddedStore
from graph.stores.neo4j_store import Neo4jStore
from queries.ask import ask
from queries.core.answer import Answer
from queries.core.session import Session
from tests.conftest import Neo4jAddress
from tests.queries.changing.office_in_spring import loads
from tests.queries.world import NOW, TODAY

Ask: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="module")
def spring_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    today = [""]
    path = tmp_path_factory.mktemp("spring") / "ledger.sqlite"
    with Ledger.open(
        path, clock=lambda: datetime.fromisoformat(f"{today[0] or '2026-01-01'}T12:00:00+00:00")
    ) as ledger:
        for today[0], card, rows in loads():
            with ledger.open_load(card) as load:
                load.put(rows)
                load.commit({"read": len(rows)})
        yield ledger


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def in_spring(
    request: pytest.FixtureRequest, spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """Give the office to ask about, in a graph of one engine after the other."""
    store: Store
    if request.param == "embedded":
        store = EmbeddedStore(tmp_path_factory.mktemp("in-spring") / "store")
    else:
        address: Neo4jAddress = request.getfixturevalue("neo4j_address")
        store = Neo4jStore(address.uri, auth=None if address.password is None else ("neo4j", address.password))
    with closing(store):
        store.clear()
        rebuild(spring_ledger, store, now=NOW)
        yield Session.of(store, spring_ledger, today=TODAY)


@pytest.fixture(scope="module")
def in_spring_as_the_public(spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office as the public sees it before the release."""
    with closing(EmbeddedStore(tmp_path_factory.mktemp("spring-public") / "store")) as store:
        rebuild(spring_ledger, store, view=View(ceiling=Marking.PUBLIC), now=NOW)
        yield Session.of(store, spring_ledger, today=TODAY)


@pytest.fixture(scope="module")
def in_the_other_engine(spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office once more in an embedded graph, to compare with."""
    with closing(EmbeddedStore(tmp_path_factory.mktemp("spring-other") / "store")) as store:
        rebuild(spring_ledger, store, now=NOW)
        yield Session.of(store, spring_ledger, today=TODAY)


@pytest.fixture
def asked(in_spring: Session) -> Ask:
    """Ask a question of the office by name."""

    def answer(question: str, **parameters: str) -> Answer:
        return ask(in_spring, question, parameters)

    return answer
