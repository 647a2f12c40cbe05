"""What tests of several folders share: one Neo4j for the whole run, started when it is first asked for."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

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
