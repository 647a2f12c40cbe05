from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from cli.opening import clock
from graph.desk import Desk
from graph.settings import read_settings
from graph.statements import Card, Content, EdgeStatement, NodeStatement


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
    with Desk(read_settings({}, store=str(folder / "graph")), clock=clock).kept_open() as desk, desk:
        with desk.changing("a test") as ledger, ledger.open_load(card) as load:
            load.put(_said())
            load.commit({"read": 2})
        desk.catch_up()
        yield desk


@pytest.fixture(scope="session")
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk, today=lambda: "2026-11-25"), raise_server_exceptions=False)
