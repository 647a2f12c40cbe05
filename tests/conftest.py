"""What tests of several folders share, made when it is first asked for: a Neo4j, the real data, the stores."""

import gc
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from docs.making.reference_workspace import DAY, noon
from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from iga.graph.stores.embedded_engine import use_usual_memory
from iga.graph.stores.neo4j_store import TIMEOUT_S, Neo4jStore
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session
from tests.maven import BRIEFLY
from tests.neo4j_server import missing, neo4j_server
from tests.postgresql_server import PostgresqlAddress, postgresql_server
from tests.postgresql_server import missing as missing_postgresql

BUNDLED_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
DEMO_AT = noon()
# The loads of `make quickstart`.
LOADS_BUNDLED = ("load", "--bundled")
LOADS_SAMPLE = ("--practice", "load", "--sample")
IN_MEMORY, ROOM = Path("/dev/shm"), 8 * 1024**3
"""Where tests make their files, if they fit: nothing that is tried outlives the machine, and a graph is 180 syncs."""
CEILING_BY_CEILING = ("tests/acceptance/test_consent_sweep.py", "tests/acceptance/test_non_interference.py")
UNDER_A_CEILING = re.compile(r"\b(public|internal|sensitive)]$")


class Neo4jAddress(NamedTuple):
    """Where the server of the tests is, and its password; None where it asks for none."""

    uri: str
    password: str | None

    def store(self, *, timeout_s: float = TIMEOUT_S) -> Neo4jStore:
        """Return the store there."""
        auth = None if self.password is None else ("neo4j", self.password)
        return Neo4jStore(self.uri, auth=auth, timeout_s=timeout_s)


class OneFileOneWorker(LoadScopeScheduling):
    """Lets one worker run a file, so that it is set up once, and one all of Neo4j, so that one server starts.

    Of long files whose tests under one ceiling share what is shown under it, the ceilings are given out one by one.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        ceiling = UNDER_A_CEILING.search(test) if file in CEILING_BY_CEILING else None
        return "neo4j" if "neo4j" in nodeid else f"{file}{ceiling[0] if ceiling else ''}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneFileOneWorker:
    """Give out the files in the order of their names: those of few tests that take long stand first."""
    config.option.loadscopereorder = False
    return OneFileOneWorker(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hold that the id of a test says whether it needs Neo4j; the workers are given no more than ids.

    The bundled data is loaded for the first file of those that need it; meanwhile other workers have what needs none.
    """
    for item in items:
        needs = item.get_closest_marker("neo4j") or "neo4j_address" in getattr(item, "fixturenames", ())
        assert not needs or "neo4j" in item.nodeid, item.nodeid
    needing = dict.fromkeys(item.path for item in items if "bundled_home" in getattr(item, "fixturenames", ()))
    first = next(iter(needing), None)
    items.sort(key=lambda item: 0 if item.path == first else 2 if item.path in needing else 1)


def pytest_configure(config: pytest.Config) -> None:
    """Look for garbage seldom: Python's own thresholds took a seventh of the time of a run; leave no standby behind."""
    os.environ.setdefault("IGA_STANDBY", "off")
    if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)
    if "PYTEST_XDIST_WORKER" in os.environ or not config.getoption("numprocesses", None):
        use_usual_memory()  # one engine serves all tests: else the first command says how much it has
    gc.set_threshold(50_000, 20, 50)
    # What is promised holds on a slow machine too; a fixture of the test is one of all its examples.
    unhurried = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    examples = int(os.environ.get("IGA_TEST_LAWS", "10"))
    settings.register_profile("unhurried", deadline=None, max_examples=examples, suppress_health_check=unhurried)
    settings.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """Leave out of every later look what was imported and collected, which stays."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jAddress]:
    """Give the server named by IGA_TEST_NEO4J_URI, else one of our own; everything in it is deleted."""
    if uri := os.environ.get("IGA_TEST_NEO4J_URI"):
        yield Neo4jAddress(uri, os.environ.get("IGA_TEST_NEO4J_PASSWORD"))
        return
    if lacking := missing():
        if os.environ.get("IGA_REQUIRE_NEO4J") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    with neo4j_server(tmp_path_factory.mktemp("neo4j"), options=BRIEFLY) as uri:
        yield Neo4jAddress(uri, None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlAddress]:
    """Give the server named by IGA_TEST_POSTGRES_URI, else one of our own; schemas and databases are made in it."""
    if uri := os.environ.get("IGA_TEST_POSTGRES_URI"):
        yield PostgresqlAddress(uri)
        return
    if lacking := missing_postgresql():
        if os.environ.get("IGA_REQUIRE_POSTGRESQL") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    with postgresql_server() as address:
        yield address


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Files of a certificate for localhost that signs itself, and of its key."""
    folder = tmp_path_factory.mktemp("tls")
    files = str(folder / "certificate.pem"), str(folder / "key.pem")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run([*command.split(), "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    return files


ON_POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)
ON_FILES_ALONE = pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
"""Of a test about the file of a ledger."""
ON_SERVERS_ALONE = pytest.mark.parametrize("ledger_address", [ON_POSTGRESQL], indirect=True)
"""Of a test about what only a server has."""


EACH_LEDGER = ("sqlite", ON_POSTGRESQL)


def new_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a new ledger: a SQLite file, or a schema of its own on PostgreSQL."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    server: PostgresqlAddress = request.getfixturevalue("postgresql")
    return server.fresh()


@pytest.fixture
def ledger_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a new ledger; in tests/graph/ledger of one of each kind."""
    return new_ledger(request, tmp_path)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of the real data files beside the checkout, or say aloud that they are not there."""
    folder = Path(os.environ.get("IGA_SHARED") or Path(__file__).parents[2] / "shared") / "data"
    if not folder.is_dir():
        lacking = f"the real data files are not at {folder}; name the folder above data/ in IGA_SHARED"
        if os.environ.get("IGA_REQUIRE_SHARED") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    return folder


@pytest.fixture(scope="session")
def bundled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with the reference data that comes with the program; copy it to write to it."""

    def fill(home: Path) -> None:
        _load(home, BUNDLED_AT, LOADS_BUNDLED)

    return made_once(tmp_path_factory, "bundled", fill)


@pytest.fixture(scope="session")
def demo_home(bundled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a practice store as `make quickstart` makes it; to write, make a copy of the same name."""

    def fill(home: Path) -> None:
        shutil.copytree(bundled_home, home / "practice")
        _load(home / "practice", DEMO_AT, LOADS_SAMPLE)

    return made_once(tmp_path_factory, "demo", fill) / "practice"


@pytest.fixture(scope="session")
def bundled(bundled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the reference data to ask about."""
    yield from _asked(bundled_home, tmp_path_factory, BUNDLED_AT)


@pytest.fixture(scope="session")
def demo(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give the reference data and the fictional sample to ask about."""
    yield from _asked(demo_home, tmp_path_factory, DEMO_AT)


def workspace_at(home: Path, now: datetime) -> Workspace:
    """Return the desk of a home at an instant."""
    return Workspace(read_settings({"IGA_HOME": str(home)}), clock=lambda: now)


def made_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """Return a folder of the run, which the first worker that asks for it makes and fills.

    It stands in the folder that IGA_TEST_STORES names, where several runs over the same code share what they made.
    """
    of_the_worker = factory.getbasetemp()
    of_the_run = of_the_worker.parent if "PYTEST_XDIST_WORKER" in os.environ else of_the_worker
    made = Path(os.environ.get("IGA_TEST_STORES") or of_the_run) / f"{name}-made"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            filling = made.with_name(f"{name}-filling")
            fill(filling)
            filling.rename(made)
    return made


def _load(home: Path, now: datetime, words: tuple[str, ...]) -> None:
    """Run a load on a home as `iga` does; make the index of names too, so that a copy need not."""
    kept = Captured()
    with workspace_at(home, now) as workspace:
        call = Call(
            console=kept.console(100), workspaces=lambda *_: workspace, folder=home, reader=Reader("A. Officer")
        )
        assert run(words, call) == 0, kept.err.getvalue()
    with workspace_at(home, now) as workspace, workspace.reading() as reading:
        assert Session.of(reading.store, reading.ledger, today=DAY, names_at=reading.names_at).names.version


def _asked(made: Path, factory: pytest.TempPathFactory, now: datetime) -> Iterator[Session]:
    home = factory.mktemp("home") / made.name
    shutil.copytree(made, home)
    with workspace_at(home, now) as workspace, workspace.reading() as reading:
        yield Session.at(workspace, reading)
