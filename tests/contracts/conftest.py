"""One store of each engine for the whole suite, empty for each test."""

from collections.abc import Iterator

import pytest

from iga.graph.stores.door import Store
from iga.graph.stores.folder import forget_beside
from tests.engines import ENGINES, store_of

TIMEOUT_S = 3.0


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store_of(request, tmp_path_factory.mktemp("graph"), timeout_s=TIMEOUT_S) as store:
        yield store


@pytest.fixture
def store(engine: Store) -> Store:
    emptied(engine)
    return engine


def emptied(store: Store) -> None:
    """Delete what a test has put into a store; for the few nodes of a test this is the fastest way."""
    with store.transaction() as run:
        run("MATCH (n) DETACH DELETE n")
    if store.folder:
        forget_beside(store.folder)
