"""The office in spring, loaded on its days, as we and as the public see it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests import engines
from tests.queries.changing.office_in_spring import loads
from tests.queries.world import NOW, Row, ledger_with

Ask: TypeAlias = Callable[..., Any]


def ledger_of_spring(folder: Path) -> Ledger:
    """Return a ledger with the loads of spring, each made on its day."""
    today = ["2026-01-01"]

    def on_its_day() -> Iterator[tuple[Card, list[Row]]]:
        for today[0], card, rows in loads():
            yield card, rows

    return ledger_with(folder, on_its_day(), clock=lambda: datetime.fromisoformat(f"{today[0]}T12:00:00+00:00"))


@pytest.fixture(scope="module")
def spring_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with closing(ledger_of_spring(tmp_path_factory.mktemp("spring"))) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def in_spring(spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office to ask about."""
    with engines.asked(spring_ledger, tmp_path_factory.mktemp("in-spring"), now=NOW) as session:
        yield session


@pytest.fixture(scope="module")
def in_spring_as_the_public(spring_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office as the public sees it before the release."""
    public = View(ceiling=Marking.PUBLIC)
    with engines.asked(spring_ledger, tmp_path_factory.mktemp("spring-public"), now=NOW, view=public) as session:
        yield session


@pytest.fixture
def asked(in_spring: Session) -> Ask:
    """Ask a question of the office by name."""

    def answer(question: str, **parameters: str) -> Answer:
        return ask(in_spring, question, parameters)

    return answer
