"""The fictional chain of money, from an appropriation to sub-awards of sub-awards."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.ingest.bundled import sample_sources
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from tests import engines
from tests.queries.world import card, node, rows

SAMPLES = frozenset(
    {"sample:funding-partners", "sample:funding-lines", "sample:awards", "sample:funding-movements"}
)  # fmt: skip
PLACES = {"usa": "United States", "gha": "Ghana", "ken": "Kenya", "per": "Peru", "phl": "Philippines", "rou": "Romania"}
_NOW = "2026-11-25T12:00:00Z"

AskSample: TypeAlias = Callable[..., Any]
"""Asks the sample by the name of a question; ``party`` may leave out “(fictional)”."""


def _clock() -> datetime:
    return datetime(2026, 11, 25, 12, tzinfo=UTC)


def ledger_of_the_sample(folder: Path) -> Ledger:
    """Return a ledger with the loads of the sample that are about money."""
    ledger = Ledger.open(folder / "ledger.sqlite", clock=_clock)
    places = (
        node("Government", f"gov:{code}", name=name, iso3=code.upper(), iso2=code[:2].upper())
        for code, name in PLACES.items()
    )
    with ledger.open_load(card("ref:places", "Places")) as opened:
        opened.put(rows("places.csv", *places))
        opened.commit({})
    for source in sample_sources():
        if source.mapping.card.source in SAMPLES:
            report = load(ledger, mapped_reader(source.mapping), [source.file], surroundings=Surroundings(_clock))
            assert not report.rejections
    return ledger


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("funding")
    with closing(ledger_of_the_sample(folder)) as ledger, engines.asked(ledger, folder, now=_NOW) as session:
        yield replace(session, is_practice=True)


@pytest.fixture
def ask_sample(sample: Session) -> AskSample:
    def asked(question: str, **parameters: str) -> Answer:
        party = parameters.get("party", "")
        is_name = party and party not in PLACES.values() and not party.startswith("EXAMPLE-")
        return ask(sample, question, parameters | ({"party": f"{party} (fictional)"} if is_name else {}))

    return asked
