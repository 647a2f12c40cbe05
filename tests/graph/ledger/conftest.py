"""A ledger to write to, a clock that stands still, and short ways to say rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import Outcome
from iga.graph.statements import Card, Content, EdgeStatement, LoadHeader, NodeStatement
from tests.conftest import EACH_LEDGER, new_ledger


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime(2026, 6, 1, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Sayings:
    """Short ways to make rows, load them and look at them."""

    ledger: Ledger

    @staticmethod
    def node(id_: str, name: str = "", **values: str) -> Content:
        return Content((NodeStatement("Ngo", id_, {"name": name or id_, **values}),))

    @staticmethod
    def edge(source: str, target: str, type_: str = "PARTICIPATED", **values: str) -> Content:
        return Content((EdgeStatement(type_, source, target, dict(values)),))

    @staticmethod
    def lines(said: dict[str, Content]) -> list[tuple[str, str, Content]]:
        return [(key, f"a.csv:{line}", content) for line, (key, content) in enumerate(said.items(), start=2)]

    def load(
        self, said: dict[str, Content], *, source: str = "ref:a", complete: bool = False, allow_shrink: bool = False
    ) -> LoadHeader:
        with self.ledger.open_load(Card(source, source, complete=complete)) as load:
            load.put(self.lines(said))
            load.withdraw_unseen(allow_shrink=allow_shrink)
            return load.commit({"read": len(said)})

    def outcomes(self, rows: Sequence[tuple[str, str, Content]], *, source: str = "ref:a") -> list[Outcome]:
        with self.ledger.open_load(Card(source, source)) as load:
            found = load.put(rows)
            load.commit({})
            return found

    def live(self, source: str = "ref:a") -> dict[str, Content]:
        newest = (history[-1] for history in self.ledger.rows_of(source))
        return {version.row_key: version.content for version in newest if version.content != Content()}

    def versions(self, row_key: str, source: str = "ref:a") -> list[tuple[int, Content]]:
        return [(v.load, v.content) for h in self.ledger.rows_of(source) for v in h if v.row_key == row_key]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=EACH_LEDGER)
def ledger_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a new ledger: what is promised of one holds wherever it is."""
    return new_ledger(request, tmp_path)


@pytest.fixture
def ledger(ledger_address: str, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(ledger_address, clock=clock) as opened:
        yield opened


@pytest.fixture
def say(ledger: Ledger) -> Sayings:
    return Sayings(ledger)


@pytest.fixture
def reopened(ledger_address: str, clock: Clock) -> Iterator[Callable[[], Ledger]]:
    """Opens the same ledger once more, as another process would."""
    opened: list[Ledger] = []

    def again() -> Ledger:
        opened.append(Ledger.open(ledger_address, clock=clock))
        return opened[-1]

    yield again
    for one in opened:
        one.close()
