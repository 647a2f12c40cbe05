"""The small office in a graph of each engine, as everybody of ours and as those below sensitive see it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.engines import ENGINES, projected, store_of
from tests.queries.contacts.office import office
from tests.queries.world import NOW

Ask: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="module")
def office_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("office") / "ledger.sqlite"
    with Ledger.open(path, clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC)) as ledger:
        for card, rows in office():
            with ledger.open_load(card) as load:
                load.put(rows)
                load.commit({"read": len(rows)})
        yield ledger


@pytest.fixture(scope="module", params=ENGINES)
def in_office(
    request: pytest.FixtureRequest, office_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """Give the office to ask about, in a graph of one engine after the other."""
    with store_of(request, tmp_path_factory.mktemp("in-office")) as store:
        yield projected(office_ledger, store, now=NOW)


@pytest.fixture
def asked(in_office: Session) -> Ask:
    """Ask a question of the office by name."""
    return lambda question, **parameters: ask(in_office, question, parameters)


@pytest.fixture(scope="module")
def below_sensitive(office_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office as those see it who see what is internal, and nothing above."""
    with closing(EmbeddedStore(tmp_path_factory.mktemp("below") / "store")) as store:
        yield projected(office_ledger, store, now=NOW, view=View(ceiling=Marking.INTERNAL))


@pytest.fixture(scope="module")
def in_the_other_engine(office_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the office once more in an embedded graph, to compare with."""
    with closing(EmbeddedStore(tmp_path_factory.mktemp("other") / "store")) as store:
        yield projected(office_ledger, store, now=NOW)
