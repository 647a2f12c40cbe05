"""The office in spring, loaded on its days, in a graph of each engine, as we and as the public see it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any, TypeAlias

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests.engines import ENGINES, projected, store_of
from tests.queries.changing.office_in_spring import loads
from tests.queries.world import NOW

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


@pytest.fixture(scope="module", params=ENGINES)
def in_spring(
    request: pytest.FixtureRequest, spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """Give the office to ask about, in a graph of one engine after the other."""
    with store_of(request, tmp_path_factory.mktemp("in-spring")) as store:
        yield projected(spring_ledger, store, now=NOW)


@pytest.fixture(scope="module")
def in_spring_as_the_public(spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office as the public sees it before the release."""
    with closing(EmbeddedStore(tmp_path_factory.mktemp("spring-public") / "store")) as store:
        yield projected(spring_ledger, store, now=NOW, view=View(ceiling=Marking.PUBLIC))


@pytest.fixture(scope="module")
def in_the_other_engine(spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office once more in an embedded graph, to compare with."""
    with closing(EmbeddedStore(tmp_path_factory.mktemp("spring-other") / "store")) as store:
        yield projected(spring_ledger, store, now=NOW)


@pytest.fixture
def asked(in_spring: Session) -> Ask:
    """Ask a question of the office by name."""

    def answer(question: str, **parameters: str) -> Answer:
        return ask(in_spring, question, parameters)

    return answer
