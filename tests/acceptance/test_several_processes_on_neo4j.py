"""Several processes beside one ledger and graph on servers: each has its own views, and nobody is in the way."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from tests.acceptance.homes import forums, load_and_project, ngo, noon
from tests.conftest import Neo4jAddress
from tests.postgresql_server import PostgresqlAddress

pytestmark = [pytest.mark.neo4j, pytest.mark.postgresql]
ROOT = Path(__file__).parents[2]
WRITERS = 5


@pytest.fixture
def environ(tmp_path: Path, neo4j_address: Neo4jAddress, postgresql: PostgresqlAddress) -> dict[str, str]:
    """Where ledger and graph are, with a few parties in them."""
    store = neo4j_address.store()
    store.clear()
    store.close()
    made = {"IGA_STORE": neo4j_address.uri, "IGA_LEDGER": postgresql.fresh(), "IGA_HOME": str(tmp_path / "home")}
    made |= {"IGA_NEO4J_PASSWORD": neo4j_address.password or "none", "IGA_WHO": "A. Officer"}
    with workspace_of(made) as workspace:
        load_and_project(workspace, [*forums(), ngo(1)])
    return made


def workspace_of(environ: dict[str, str]) -> Workspace:
    return Workspace(read_settings(environ), clock=noon, wait_s=5)


def partners(workspace: Workspace) -> set[str]:
    with workspace.reading(ceiling=Marking.PUBLIC) as reading:
        assert reading.is_whole
        return {row["id"] for row in reading.store.look("MATCH (n:Ngo) RETURN n.id AS id")}


def iga(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    everything = {**os.environ, **environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "iga", *words]
    return subprocess.run(command, env=everything, capture_output=True, text=True, check=False)


def test_each_process_brings_its_own_view_up_to_what_others_write(environ: dict[str, str]) -> None:
    with (
        workspace_of(environ) as one,
        workspace_of(environ) as other,
        workspace_of(environ) as writer,
        one.kept_open(),
        other.kept_open(),
    ):
        assert partners(one) == partners(other) == {"ngo:n1"}
        load_and_project(writer, [ngo(1), ngo(2)])
        assert partners(one) == partners(other) == {"ngo:n1", "ngo:n2"}
        assert one.views.door != other.views.door
        with writer.changing("iga rebuild"):
            assert not writer.rebuild().behind
        assert partners(one) == partners(other) == {"ngo:n1", "ngo:n2"}
        # The names of all are in one file, which the first who looks brings up for both.
        with one.reading() as here, other.reading() as there:
            assert here.names_at == there.names_at


def test_a_rebuild_leaves_nothing_in_the_views_of_processes_that_ended(environ: dict[str, str]) -> None:
    with workspace_of(environ) as first, first.kept_open():
        partners(first)
        with workspace_of(environ) as second:
            partners(second)
            left = Path(environ["IGA_HOME"], "views-2")
            assert (left / "public-now").is_dir()
    with workspace_of(environ) as third, third.changing("iga rebuild"):
        third.rebuild()
        assert not left.exists()
        assert partners(third) == {"ngo:n1"}


def test_five_writers_at_once_are_all_recorded_while_a_server_runs(environ: dict[str, str]) -> None:
    def entered(number: int) -> subprocess.CompletedProcess[str]:
        words = ("add", "contact", "--party", "ngo:n1", "--email", f"desk-{number}@example.org", "--because", "x")
        return iga(environ, *words)

    with workspace_of(environ) as server, server.kept_open(), ThreadPoolExecutor(WRITERS) as at_once:
        partners(server)
        ran = list(at_once.map(entered, range(WRITERS)))
        assert [(one.returncode, one.stderr) for one in ran] == [(0, "")] * WRITERS
        assert all("Entered: contact:" in one.stdout for one in ran)
        with server.reading() as reading:
            assert reading.is_whole
            found = reading.store.look("MATCH (n:ContactPoint) RETURN count(n) AS count")
            assert found == [{"count": WRITERS}]
