"""What tests of several folders share, made when it is first asked for: a Neo4j, the real data, the demo store."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from cli.reference_desk import DAY, noon
from graph.desk import Desk
from graph.settings import read_settings
from ingest.committing import load_bundled, load_sample
from queries.asking import Asking
from tests.neo4j_server import missing, neo4j_server


class Neo4jAddress(NamedTuple):
    """Where the server of the tests is, and its password; None where it asks for none."""

    uri: str
    password: str | None


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
    with neo4j_server(tmp_path_factory.mktemp("neo4j")) as uri:
        yield Neo4jAddress(uri, None)


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
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Give the reference data and the fictional sample beside it, as the demo store of `make quickstart` holds them."""
    home = tmp_path_factory.mktemp("demo") / "home"
    of_the_run = tmp_path_factory.getbasetemp()
    made = (of_the_run.parent if "PYTEST_XDIST_WORKER" in os.environ else of_the_run) / "demo-made"
    with FileLock(f"{made}.lock"):  # the first of the workers makes it, the others copy
        if not made.exists():
            with _desk(home) as desk:
                load_bundled(desk, by="A. Officer")
                load_sample(desk, by="A. Officer")
            shutil.copytree(home, made)
        else:
            shutil.copytree(made, home)
    with _desk(home) as desk, desk.reading() as reading:
        yield Asking.of(reading.store, reading.ledger, today=DAY)


def _desk(home: Path) -> Desk:
    settings = read_settings({}, store=f"embedded:{home / 'graph'}", ledger=str(home / "ledger.sqlite"))
    return Desk(settings, clock=noon)
