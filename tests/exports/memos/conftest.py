"""The reference data and the fictional sample, loaded once for all papers."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from graph.desk import Desk
from graph.settings import read_settings
from ingest.committing import load_bundled, load_sample
from queries.asking import Asking


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Give the reference data and the fictional sample, as the demo store of `make quickstart` holds them."""
    home = tmp_path_factory.mktemp("demo")
    settings = read_settings({}, store=f"embedded:{home / 'graph'}", ledger=str(home / "ledger.sqlite"))
    with Desk(settings, clock=lambda: datetime(2026, 11, 25, 12, tzinfo=UTC)) as desk:
        load_bundled(desk, by="A. Officer")
        load_sample(desk, by="A. Officer")
        with desk.reading() as reading:
            yield Asking.of(reading.store, reading.ledger, today="2026-11-25")
