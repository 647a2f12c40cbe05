"""A Neo4j that does not let one in, or is too old, says so in one sentence."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from iga.graph.errors import StoreError, StoreRefused, StoreUnavailable
from iga.graph.stores import neo4j_store
from iga.graph.stores.neo4j_store import Neo4jStore
from tests.conftest import Neo4jAddress
from tests.maven import BRIEFLY
from tests.neo4j_server import neo4j_server

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def guarded(neo4j_address: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that asks for passwords: that of the tests, if it does."""
    if neo4j_address.password:
        yield neo4j_address.uri
        return
    with neo4j_server(tmp_path_factory.mktemp("guarded"), options=BRIEFLY, asks_for_passwords=True) as uri:
        yield uri


@pytest.mark.parametrize("auth", [("neo4j", "wrong"), ("nobody", "neo4j"), None])
def test_a_wrong_password_is_told(guarded: str, auth: tuple[str, str] | None) -> None:
    with pytest.raises(StoreUnavailable, match="refuses the user or the password; check both"):
        Neo4jStore(guarded, auth=auth)


def test_a_server_that_is_too_old_is_refused(neo4j_address: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_store, "OLDEST", (99, 0))
    with pytest.raises(StoreRefused, match=r"is 5\.\S+; this program needs Neo4j 99\.0 or later"):
        neo4j_address.store()


def test_a_database_that_is_not_there_is_told(neo4j_address: Neo4jAddress) -> None:
    auth = None if neo4j_address.password is None else ("neo4j", neo4j_address.password)
    with (
        pytest.raises(StoreError, match="no such database"),
        closing(Neo4jStore(neo4j_address.uri, auth=auth, database="nowhere")),
    ):
        pass
