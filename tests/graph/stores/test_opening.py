"""Addresses of stores."""

from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import SettingsError, StoreUnavailable
from graph.stores.embedded_store import EmbeddedStore
from graph.stores.opening import open_store


def test_a_path_opens_an_embedded_store(tmp_path: Path) -> None:
    with closing(open_store(f"embedded:{tmp_path / 'graph'}")) as store:
        assert isinstance(store, EmbeddedStore)
        assert store.name == f"embedded:{tmp_path / 'graph'}"


@pytest.mark.parametrize("address", ["", "embedded:", "graph", "http://localhost", "neo4j://", "bolt:7687"])
def test_other_addresses_are_refused_with_those_that_can_be_written(address: str) -> None:
    with pytest.raises(SettingsError, match="write embedded:PATH, or neo4j://"):
        open_store(address)


def test_a_password_in_an_address_is_refused_and_not_echoed() -> None:
    with pytest.raises(SettingsError) as caught:
        open_store("neo4j://someone:secret@127.0.0.1:9")
    assert "secret" not in caught.value.message


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_down_is_named_with_what_to_do(scheme: str) -> None:
    with pytest.raises(StoreUnavailable, match=rf"nothing answers at {scheme}://127\.0\.0\.1:9; start Neo4j"):
        open_store(f"{scheme}://127.0.0.1:9", password=lambda: "x")
