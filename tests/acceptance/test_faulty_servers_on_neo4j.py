"""Neo4j and PostgreSQL that stop, hang, crawl or come and go: it is said, goes on by itself, and nothing is half."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

import pytest

from iga.api import limits
from iga.api.app import create_app
from iga.graph.errors import LedgerError
from iga.graph.ledger.verifying import damages
from iga.graph.settings import read_settings
from iga.graph.statements import Card
from iga.graph.workspace import Workspace
from iga.ingest.following import bring_up
from tests.acceptance.homes import forums, load_and_project, ngo, noon
from tests.app_client import AppClient
from tests.conftest import Neo4jAddress
from tests.faulty_proxy import FaultyProxy, faulty_proxy
from tests.postgresql_server import PostgresqlAddress

pytestmark = [pytest.mark.neo4j, pytest.mark.postgresql]
CARD = Card("ref:more", "More partners")
GIVEN_UP_S = limits.PATIENCE_S + limits.PULSE_S
SOON = 20
"""How often one asks again at most, until what was cut is noticed and made anew."""


@dataclass
class Place:
    """A service over servers that can be made to fail.

    Attributes:
        ways: The ways to them, by name.
        direct: The ledger and the graph, past these ways.
    """

    ways: dict[str, FaultyProxy]
    behind: Workspace
    direct: Workspace
    client: AppClient
    _asked: Iterator[int]

    def status(self) -> tuple[int, bool]:
        """Ask something that nobody asked before; return the status and whether it is said when to ask again."""
        reply = self.client.get("/v1/find", params={"q": f"Partner 1 {next(self._asked)}"})
        return reply.status_code, "retry-after" in reply.headers

    def recovers(self) -> bool:
        """True if the service answers again, by itself."""
        return any(self.status()[0] == 200 for _ in range(SOON))


def _through(stack: ExitStack, address: str) -> tuple[FaultyProxy, str]:
    """Return a way to an address, and the address by that way."""
    parts = urlsplit(address)
    way = stack.enter_context(faulty_proxy(parts.hostname or "", parts.port or 0))
    return way, address.replace(f":{parts.port}", f":{way.port}")


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, neo4j_address: Neo4jAddress, postgresql: PostgresqlAddress
) -> Iterator[Place]:
    home, ledger = tmp_path_factory.mktemp("faulty"), postgresql.fresh("faulty")
    store = neo4j_address.store()
    store.clear()
    store.close()

    def at(store: str, ledger: str, name: str) -> Workspace:
        environ = {"IGA_STORE": store, "IGA_LEDGER": ledger, "IGA_HOME": str(home / name)}
        environ |= {"IGA_NEO4J_PASSWORD": neo4j_address.password or "none"}
        return Workspace(read_settings(environ), clock=noon)

    with ExitStack() as stack:
        graph_way, graph = _through(stack, neo4j_address.uri)
        ledger_way, rows = _through(stack, ledger)
        direct = stack.enter_context(at(neo4j_address.uri, ledger, "direct"))
        load_and_project(direct, [*forums(), *(ngo(number) for number in range(1, 4))])
        behind = stack.enter_context(at(graph, rows, "behind"))
        stack.enter_context(behind.kept_open())
        client = AppClient(create_app(behind), raise_server_exceptions=False)
        stack.enter_context(client)
        yield Place({"neo4j": graph_way, "postgresql": ledger_way}, behind, direct, client, count())


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, place: Place) -> Iterator[None]:
    monkeypatch.setattr(limits, "PATIENCE_S", 0.5)
    monkeypatch.setattr(limits, "PULSE_S", 0.5)
    assert place.recovers()
    yield
    for way in place.ways.values():
        way.go_on()


def test_what_does_not_answer_is_given_up_within_five_seconds() -> None:
    assert GIVEN_UP_S <= 5


@pytest.mark.parametrize("server", ["neo4j", "postgresql"])
@pytest.mark.parametrize("fault", [FaultyProxy.stop, FaultyProxy.hang], ids=["stopped", "hung"])
def test_a_server_that_is_away_is_told_of_and_is_back_by_itself(
    place: Place, server: str, fault: Callable[[FaultyProxy], None]
) -> None:
    fault(place.ways[server])
    assert [place.status() for _ in range(3)] == [(503, True)] * 3
    assert place.client.get("/healthz").status_code == 200
    place.ways[server].go_on()
    assert place.recovers()


@pytest.mark.parametrize("server", ["neo4j", "postgresql"])
def test_a_server_that_comes_and_goes_is_asked_again(place: Place, server: str) -> None:
    for _ in range(5):
        place.ways[server].cut()
        assert place.status() in ((200, False), (503, True))
    assert place.recovers()


@pytest.mark.parametrize("server", ["neo4j", "postgresql"])
def test_a_server_that_crawls_is_waited_for_or_told_of(place: Place, server: str) -> None:
    place.ways[server].at_once = 1
    assert place.status() in ((200, False), (503, True))
    place.ways[server].go_on()
    assert place.recovers()


@pytest.mark.parametrize(
    ("field", "word", "told", "is_kept"),
    [
        ("cuts_at", b"INSERT INTO row_version", "failed|cannot be reached", False),
        ("cuts_at", b"COMMIT", "it may be there or not", False),
        ("cuts_after", b"COMMIT", "it may be there or not", True),
    ],
)
def test_a_load_that_is_cut_is_whole_or_was_never(
    place: Place, field: str, word: bytes, told: str, is_kept: bool
) -> None:
    ledger = place.direct.everything()
    before = ledger.through()

    def cut_short() -> None:
        with place.behind.changing("iga load rows.csv") as behind, behind.open_load(CARD) as load:
            setattr(place.ways["postgresql"], field, word)
            load.put([ngo(100 + before)])
            load.commit({"read": 1})

    with pytest.raises(LedgerError, match=told):
        cut_short()
    place.ways["postgresql"].go_on()
    assert ledger.through() == before + is_kept
    assert damages(ledger) == []
    assert load_and_project(place.behind, [ngo(200 + before)], card=CARD).no == before + is_kept + 1


@pytest.mark.parametrize("field", ["cuts_at", "cuts_after"])
def test_a_projection_that_is_cut_is_made_by_whoever_is_next(place: Place, field: str) -> None:
    before = place.direct.everything().through()
    with place.behind.changing("iga load rows.csv") as ledger:
        with ledger.open_load(CARD) as load:
            load.put([ngo(300 + before)])
            load.commit({"read": 1})
        setattr(place.ways["neo4j"], field, b"SET n = $meta")
        left: list[str] = []
        assert bring_up(place.behind, left) is None
        assert left[0].startswith("All is kept in the ledger, but the graph is not up to it yet")
    place.ways["neo4j"].go_on()
    with place.direct.reading() as reading:
        assert reading.is_whole
        assert reading.meta
        assert reading.meta.through == before + 1
        held = reading.meta.hash
    with place.direct.changing("iga rebuild"):
        assert place.direct.rebuild().meta.hash == held
