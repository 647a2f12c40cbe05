"""The small office as everybody of ours and as those below sensitive see it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests import engines
from tests.queries.contacts.office import office
from tests.queries.world import NOW, ledger_with

Ask: TypeAlias = Callable[..., Any]


def ledger_of_the_office(folder: Path) -> Ledger:
    """Return a ledger with the loads of the office."""
    return ledger_with(folder, office())


@pytest.fixture(scope="module")
def office_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with closing(ledger_of_the_office(tmp_path_factory.mktemp("office"))) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def in_office(office_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office to ask about."""
    with engines.asked(office_ledger, tmp_path_factory.mktemp("in-office"), now=NOW) as session:
        yield session


@pytest.fixture
def asked(in_office: Session) -> Ask:
    """Ask a question of the office by name."""
    return lambda question, **parameters: ask(in_office, question, parameters)


@pytest.fixture(scope="module")
def below_sensitive(office_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office as those see it who see what is internal, and nothing above."""
    internal = View(ceiling=Marking.INTERNAL)
    with engines.asked(office_ledger, tmp_path_factory.mktemp("below"), now=NOW, view=internal) as session:
        yield session
