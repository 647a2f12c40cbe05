"""The two engines, for fixtures that are made in one after the other."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.project import rebuild
from iga.graph.stores.door import Store
from iga.graph.stores.embedded_store import TIMEOUT_S, EmbeddedStore
from iga.queries.core.session import Session

ENGINES = ("embedded", pytest.param("neo4j", marks=pytest.mark.neo4j))
"""The parameters of such a fixture."""


@contextmanager
def asked(ledger: Ledger, folder: Path, *, now: str, view: View = View()) -> Iterator[Session]:  # noqa: B008  (frozen)
    """Give a session over a ledger as it is projected at an instant into an embedded store of the folder."""
    with closing(EmbeddedStore(folder / "store")) as store:
        yield projected(ledger, store, now=now, view=view)


@contextmanager
def store_of(request: pytest.FixtureRequest, folder: Path, *, timeout_s: float = TIMEOUT_S) -> Iterator[Store]:
    """Give an empty store of the engine that the fixture's parameter names; an embedded one stands in the folder."""
    store: Store
    if request.param == "embedded":
        store = EmbeddedStore(folder / "store", timeout_s=timeout_s)
    else:
        address = request.getfixturevalue("neo4j_address")
        with closing(address.store()) as patient:
            patient.clear()  # what a new server does first takes it long
        store = address.store(timeout_s=timeout_s)
    with closing(store):
        store.clear()
        yield store


def projected(ledger: Ledger, store: Store, *, now: str, view: View = View()) -> Session:  # noqa: B008  (frozen)
    """Return a session over a ledger as it is projected into a store at an instant."""
    rebuild(ledger, store, view=view, now=now)
    return Session.of(store, ledger, today=now[:10])
