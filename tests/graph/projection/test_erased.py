"""A graph, on either engine, is made anew after somebody was erased: a step would leave the person where it was."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iga.graph.ledger.erasure import erase
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.project import project
from iga.graph.stores.door import Store
from tests.engines import ENGINES, store_of
from tests.queries.world import card, edge, node, rows

NOW = "2026-06-01T12:00:00Z"


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with store_of(request, tmp_path) as opened:
        yield opened


def test_a_projection_of_before_is_made_anew(store: Store, ledger_address: str) -> None:
    with Ledger.open(ledger_address, clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC)) as ledger:
        with ledger.open_load(card("list:book", "Book")) as load:
            said = node("Person", "person:z", name="Zu Example"), edge("HOLDS", "person:z", "post:z")
            load.put(rows("book.csv", *said, node("Post", "post:z", name="Director")))
            load.commit({"read": 3})
        project(ledger, store, now=NOW)
        assert store.look("MATCH (n:Person) RETURN n.name AS name") == [{"name": "Zu Example"}]
        done = erase(ledger, ["person:z"], by="T. Tester", authority="Ref 1")
        assert (done.rows, done.destroyed, done.names) == (2, 2, {"name zu example"})
        assert project(ledger, store, now=NOW).rebuilt
        assert store.look("MATCH (n:Person) RETURN n.name AS name") == []
        assert store.look("MATCH (n:Post) RETURN n.name AS name") == [{"name": "Director"}]
