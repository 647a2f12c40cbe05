"""What is asked of a whole state of the graph is made once, and whom it shows is noted each time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.api.app import create_app
from iga.graph.workspace import Workspace
from iga.queries.core.accounting import answered_once, shown
from iga.queries.core.session import Session
from iga.queries.core.state import _MOST_VALUES, KeptValues
from iga.queries.whole.entity import entity
from tests.api.listed import opened
from tests.app_client import AppClient
from tests.queries.world import card, node

CALLS: list[str] = []


def look(session: Session) -> str:
    CALLS.append("called")
    return entity(session, "person:sue").name


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    sue = node("Person", "person:sue", name="Sue Example", is_protected=True)
    with opened(tmp_path, (card("list:council", "Council"), [sue])) as workspace:
        yield workspace


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


def test_a_kept_value_is_made_once_until_too_many_are_kept() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    kept = KeptValues()
    assert [kept.get("first", make), kept.get("first", make)] == [0, 0]
    for key in range(_MOST_VALUES):
        kept.get(key, make)
    assert kept.get("first", make) == _MOST_VALUES + 1
