from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from fastapi import FastAPI

from iga.api.app import create_app
from iga.graph.statements import Card
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.api.signed_in import Browser, office_in
from tests.app_client import AppClient
from tests.queries.world import edge, since


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    ghana = listed.node("Government", "gov:gha", "Ghana", iso3="GHA", name_fr="Ghana")
    body = listed.node("InternationalOrganization", "org:example", "Example Organization", acronym="EXO")
    joined = edge("MEMBER_OF", "gov:gha", "org:example", category="member", period=since("1990"))
    gaps = ("Only one member is held.",)
    members = Card("test:members", "Members of an example", as_of="2026-01-01", rank=20, gaps=gaps)
    with listed.opened(tmp_path_factory.mktemp("api")) as workspace:
        listed.put(workspace, members, (ghana, joined), body, url="https://example.org/members")
        yield workspace


@pytest.fixture(scope="session")
def client(workspace: Workspace) -> Iterator[AppClient]:
    with AppClient(create_app(workspace), raise_server_exceptions=False) as entered:
        yield entered  # one loop answers all; a client that was not entered starts one for each request


@pytest.fixture(scope="session")
def listed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the small graph that lists of names are matched against; nothing is written to it."""
    return listed.made_in(tmp_path_factory.mktemp("listed"))


@pytest.fixture
def opened(listed_in: Path, tmp_path: Path) -> Iterator[tuple[Workspace, Browser]]:
    """Give an office over a copy of that graph, to be written to, and browsers in which somebody is signed in there."""
    with office_in(copytree(listed_in, tmp_path / "home")) as office:
        yield office


@pytest.fixture
def office(opened: tuple[Workspace, Browser]) -> Workspace:
    return opened[0]


@pytest.fixture
def browser(opened: tuple[Workspace, Browser]) -> Browser:
    return opened[1]


@pytest.fixture(scope="session")
def matching(listed_in: Path) -> Iterator[FastAPI]:
    """Give the service over that graph, as the office sees it."""
    with listed.opened(listed_in) as workspace:
        yield create_app(workspace, origins=("https://reconcile.example.org",))


@pytest.fixture(scope="session")
def service(matching: FastAPI) -> AppClient:
    return AppClient(matching, raise_server_exceptions=False)


@pytest.fixture
def public_service(listed_in: Path) -> Iterator[AppClient]:
    """Give the service over that graph, as the public sees it."""
    with listed.opened(listed_in, IGA_CEILING="public") as workspace:
        yield AppClient(create_app(workspace), raise_server_exceptions=False)
