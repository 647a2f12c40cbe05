"""What is asked of a whole graph is made once, and whom it shows is noted each time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.api.app import create_app
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.queries.core.accounting import answered_once, shown
from iga.queries.core.session import Session
from iga.queries.whole.entity import entity
from tests.app_client import AppClient
from tests.clock import clock
from tests.queries.world import card, node, rows

CALLS: list[str] = []


def look(session: Session) -> str:
    CALLS.append("called")
    return entity(session, "person:sue").name


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(read_settings({}, store=str(tmp_path / "graph")), clock=clock).kept_open() as opened, opened:
        with opened.changing("a test") as ledger, ledger.open_load(card("list:council", "Council")) as load:
            load.put(rows("council.csv", node("Person", "person:sue", name="Sue Example", is_protected=True)))
            load.commit({"read": 1})
        opened.catch_up()
        yield opened


def test_whom_it_shows_is_read_by_each_session_and_it_is_made_once(office: Workspace) -> None:
    CALLS.clear()
    with office.reading() as reading:
        whole = Session.at(office, reading)
        for _ in range(2):
            session = whole.for_request()
            assert answered_once(session, look) == "Sue Example"
            assert list(shown(session)) == ["person:sue"]
    assert CALLS == ["called"]


def test_the_page_on_quality_says_the_same_twice(office: Workspace) -> None:
    client = AppClient(create_app(office), headers={"Accept": "text/html"})
    first, second = client.get("/quality"), client.get("/quality")
    assert (first.status_code, first.text) == (200, second.text)
