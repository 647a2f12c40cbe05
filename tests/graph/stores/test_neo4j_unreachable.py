"""What stands at an address that is no Neo4j, or one that has stopped to answer, is told in a bounded time."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial

import pytest

from iga.graph.errors import StoreUnavailable
from iga.graph.stores.neo4j_store import Neo4jStore
from tests.graph.stores import silent_servers
from tests.graph.stores.silent_servers import neo4j_that_freezes, serving, silent, web

opened = partial(Neo4jStore, timeout_s=0.1, connect_s=0.3, silence_s=0.1)


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iga.graph.stores.neo4j_store.PROBE_S", 0.1)
    monkeypatch.setattr("iga.graph.stores.neo4j_store.RETRY_S", 0.0)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (silent, "something takes connections at {}, but says nothing; restart Neo4j if it hangs"),
        (web, "a web server answers at {}, but it is no Neo4j; check host and port"),
        (silent_servers.closing, "something answers at {}, but it is no Neo4j; check host and port"),
    ],
)
def test_what_answers_is_said(scheme: str, answers: Callable[[socket.socket], None], message: str) -> None:
    with serving(answers) as place, pytest.raises(StoreUnavailable) as caught:
        opened(f"{scheme}://{place}")
    assert caught.value.message.startswith(message.format(f"{scheme}://{place}"))


def test_silence_is_told_behind_encryption_too() -> None:
    with serving(silent) as place, pytest.raises(StoreUnavailable, match="but says nothing"):
        opened(f"bolt+ssc://{place}")


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s"])
def test_that_there_is_no_tls_is_said(scheme: str) -> None:
    plain = scheme.partition("+")[0]
    refused = pytest.raises(StoreUnavailable, match=f"its server speaks none; turn it on there, or write {plain}://")
    with serving(silent_servers.closing) as place, refused:
        opened(f"{scheme}://{place}")


def test_that_a_certificate_is_not_trusted_is_said(certificate: tuple[str, str]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def encrypted(connection: socket.socket) -> None:
        context.wrap_socket(connection, server_side=True).close()

    with serving(encrypted) as place, pytest.raises(StoreUnavailable, match=r"self-signed certificate; .*bolt\+ssc://"):
        opened(f"bolt+s://{place}")


@pytest.mark.parametrize("host", ["127.0.0.1:1", "nowhere.invalid"])
def test_that_nothing_answers_is_said(host: str) -> None:
    with pytest.raises(StoreUnavailable, match=f"^nothing answers at bolt://{host}; start Neo4j"):
        opened(f"bolt://{host}")


@contextmanager
def frozen() -> Iterator[Neo4jStore]:
    with serving(neo4j_that_freezes()) as place, closing(opened(f"bolt://{place}")) as store:
        yield store


def in_transaction(store: Neo4jStore) -> None:
    with store.transaction() as run:
        run("RETURN 1 AS x")


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.look("RETURN 1 AS x"),
        lambda store: store.write(lambda run: run("RETURN 1 AS x")),
        in_transaction,
        lambda store: list(store.each("RETURN 1 AS x")),
        lambda store: store.plan("RETURN 1 AS x"),
    ],
    ids=["read", "write", "transaction", "rows one by one", "plan"],
)
def test_a_server_that_freezes_is_not_waited_for(use: Callable[[Neo4jStore], object]) -> None:
    with frozen() as store, pytest.raises(StoreUnavailable, match="says nothing; restart Neo4j if it hangs"):
        use(store)
