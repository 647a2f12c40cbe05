from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from cli.reference_desk import noon
from graph.desk import Desk
from graph.settings import read_settings
from graph.statements import Card, Content, EdgeStatement, NodeStatement
from tests.api import listed


def _said() -> list[tuple[str, str, Content]]:
    ghana = NodeStatement("Government", "gov:gha", {"name": "Ghana", "iso3": "GHA", "name_fr": "Ghana"})
    body = NodeStatement("InternationalOrganization", "org:example", {"name": "Example Organization", "acronym": "EXO"})
    period = {"start": "1990", "end_kind": "open", "end": ""}
    joined = EdgeStatement("MEMBER_OF", "gov:gha", "org:example", {"category": "member", "period": period})
    return [
        ("gha", "members.csv:2", Content((ghana, joined), url="https://example.org/members")),
        ("exo", "members.csv:3", Content((body,))),
    ]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("api")
    card = Card(
        "test:members", "Members of an example", as_of="2026-01-01", rank=20, gaps=("Only one member is held.",)
    )
    with Desk(read_settings({}, store=str(folder / "graph")), clock=noon).kept_open() as desk, desk:
        with desk.changing("a test") as ledger, ledger.open_load(card) as load:
            load.put(_said())
            load.commit({"read": 2})
        desk.catch_up()
        yield desk


@pytest.fixture(scope="session")
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def listed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the small graph that lists of names are matched against."""
    folder = tmp_path_factory.mktemp("listed")
    with Desk(read_settings(listed.settled(folder)), clock=noon) as desk:
        with desk.changing("a test") as ledger:
            for card, rows in listed.loads():
                with ledger.open_load(card) as load:
                    load.put(rows)
                    load.commit({"read": len(rows)})
        desk.catch_up()
    return folder


@pytest.fixture(scope="session")
def matching(listed_in: Path) -> Iterator[FastAPI]:
    """Give the service over that graph, as the office sees it."""
    with Desk(read_settings(listed.settled(listed_in)), clock=noon).kept_open() as desk, desk:
        yield create_app(desk, origins=("https://reconcile.example.org",))


@pytest.fixture(scope="session")
def service(matching: FastAPI) -> TestClient:
    return TestClient(matching, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture
def public_service(listed_in: Path) -> Iterator[TestClient]:
    """Give the service over that graph, as the public sees it."""
    environment = listed.settled(listed_in, ceiling="public")
    with Desk(read_settings(environment), clock=noon).kept_open() as desk, desk:
        yield TestClient(create_app(desk), base_url="http://localhost", raise_server_exceptions=False)
