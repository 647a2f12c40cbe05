"""The graph to export, as everybody of ours and as the public sees it, and who makes files of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from iga.exports.files.manifest import Origin, origin_in
from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.project import rebuild
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.core.session import Session
from tests.exports.exported_world import exported_loads
from tests.queries.world import ledger_with

NOW = "2026-06-01T12:00:00.000000Z"
TODAY = "2026-11-25"


def made(session: Session, what: str = "A test", **how: Any) -> Origin:
    """Return who makes a file in a test."""
    return origin_in(
        session, by="J. Example", at="2026-11-25T10:00:00Z", what=what, **{"parameters": {}, "as_of": None, **how}
    )


@pytest.fixture(scope="session")
def exported_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("exported")
    with closing(ledger_with(folder, exported_loads(), by="J. Example", because="first")) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def world(exported_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with closing(EmbeddedStore(tmp_path_factory.mktemp("whole") / "store")) as store:
        yield _projected(exported_ledger, store, View())


@pytest.fixture(scope="session")
def public_world(exported_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with closing(EmbeddedStore(tmp_path_factory.mktemp("open") / "store")) as store:
        yield _projected(exported_ledger, store, View(ceiling=Marking.PUBLIC))


@pytest.fixture
def at(tmp_path: Path) -> Callable[[str], Path]:
    return lambda name: tmp_path / name


def _projected(ledger: Ledger, store: EmbeddedStore, view: View) -> Session:
    rebuild(ledger, store, view=view, now=NOW)
    return Session.of(store, ledger, today=TODAY)
