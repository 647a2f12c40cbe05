"""Addresses of stores, and the engine of an embedded one."""

import re
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from iga.graph.errors import ConstraintViolated, ReadOnly, SettingsError, StoreBusy, StoreError, StoreUnavailable
from iga.graph.stores.embedded_errors import translated
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.graph.stores.opening import open_store


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


def test_an_engine_that_is_none_is_refused_with_those_that_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IGA_ENGINE", "kuzu")
    with pytest.raises(SettingsError, match=r"IGA_ENGINE is 'kuzu', .* write arcadedb or arcadedb-embedded"):
        EmbeddedStore(tmp_path / "graph")


def test_an_engine_that_is_not_installed_is_told_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IGA_ENGINE", "arcadedb-embedded")
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    monkeypatch.delitem(sys.modules, "iga.graph.stores.released_engine", raising=False)
    with pytest.raises(SettingsError, match="not installed: pip install arcadedb-embedded"):
        EmbeddedStore(tmp_path / "graph")


@dataclass
class JavaError(Exception):
    """An exception of Java's, as the released engine gives it."""

    named: str
    said: str
    behind: "JavaError | None" = None

    def getClass(self) -> SimpleNamespace:  # noqa: N802 - Java's name
        return SimpleNamespace(getName=lambda: f"com.arcadedb.exception.{self.named}")

    def getMessage(self) -> str:  # noqa: N802 - Java's name
        return self.said

    def getCause(self) -> "JavaError | None":  # noqa: N802 - Java's name
        return self.behind


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (JavaError("TransactionException", "x", JavaError("DuplicatedKeyException", "twice")), ConstraintViolated),
        (JavaError("QueryNotIdempotentException", "not idempotent"), ReadOnly),
        (JavaError("ConcurrentModificationException", "page 3"), StoreBusy),
        (JavaError("LockException", "is locked"), StoreUnavailable),
        (JavaError("QueryFailed", "DeleteConnectedNode: it has edges"), ConstraintViolated),
    ],
)  # fmt: skip  # a table
def test_an_error_of_the_released_engine_means_the_same(cause: JavaError, kind: type[StoreError]) -> None:
    error = Exception("Query failed")
    error.__cause__ = cause
    told = translated(error, "embedded:graph")
    assert type(told) is kind
    assert (cause.behind or cause).said in told.message


def test_a_file_of_the_graph_that_may_not_be_read_is_told_with_what_to_do() -> None:
    error = Exception("Query failed")
    error.__cause__ = JavaError("AccessDeniedException", "/graph/schema.json")
    told = translated(error, "embedded:graph")
    assert told.message.endswith("cannot be used: /graph/schema.json: Permission denied. Ask for access to it")


@pytest.mark.parametrize(
    ("said", "to_do"),
    [
        ("libarcadedb.so: failed to map segment from shared object", "too little memory: end other programs"),
        ("libarcadedb.so: cannot open shared object file", "engine cannot be loaded: .* Install it again"),
    ],
)
def test_an_engine_that_the_system_does_not_load_is_told_with_what_to_do(said: str, to_do: str) -> None:
    told = translated(OSError(said), "embedded:graph")
    assert type(told) is StoreUnavailable
    assert re.search(to_do, told.message)
    assert said in told.message
