"""One store of each engine for the whole suite, empty for each test."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from graph.stores.door import Store
from graph.stores.embedded_store import EmbeddedStore
from graph.stores.neo4j_store import Neo4jStore
from tests.conftest import Neo4jAddress

TIMEOUT_S = 3.0


@pytest.fixture(scope="session", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store: Store
    if request.param == "embedded":
        store = EmbeddedStore(tmp_path_factory.mktemp("graph") / "store", timeout_s=TIMEOUT_S)
    else:
        address: Neo4jAddress = request.getfixturevalue("neo4j_address")
        auth = None if address.password is None else ("neo4j", address.password)
        store = Neo4jStore(address.uri, auth=auth, timeout_s=TIMEOUT_S)
    with closing(store):
        store.clear()
        yield store


@pytest.fixture
def store(engine: Store) -> Store:
    emptied(engine)
    return engine


def emptied(store: Store) -> None:
    """Delete what a test has put into a store; for the few nodes of a test this is the fastest way."""
    with store.transaction() as run:
        run("MATCH (n) DETACH DELETE n")
