"""What the tests of formats share: a text is written to a file and loaded as its user would."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Content, EdgeStatement, NodeStatement
from iga.ingest.formats.format_registry import CardWords, format_of
from iga.ingest.loading import Surroundings, load
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock


@dataclass(frozen=True)
class Loaded:
    """What became of a load, and all that the ledger now holds of its source."""

    report: LoadReport
    rows: dict[str, Content]
    card_marking: int

    @property
    def counts(self) -> dict[str, int]:
        words = ("read", "new", "changed", "unchanged", "repeated", "skipped", "rejected")
        found = {word: getattr(self.report, word) for word in words}
        assert found["read"] == sum(found[word] for word in words[1:])
        return {word: count for word, count in found.items() if count}

    @property
    def nodes(self) -> list[NodeStatement]:
        return [one for row in self.rows.values() for one in row.statements if isinstance(one, NodeStatement)]

    @property
    def edges(self) -> list[EdgeStatement]:
        return [one for row in self.rows.values() for one in row.statements if isinstance(one, EdgeStatement)]

    def node(self, cls: str) -> NodeStatement:
        """Return the only thing that is said of a class."""
        [found] = {one.id: one for one in self.nodes if one.cls == cls}.values()
        return found

    def types(self) -> list[str]:
        return sorted(one.type for one in self.edges)

    @property
    def told(self) -> str:
        return "\n".join(self.report.notes)


def _place(locator: str) -> tuple[str, int]:
    file, _, line = locator.replace("#", ":").replace("!", ":").rpartition(":")
    return file, int(line)


SILENT = CardWords()

Loads = Callable[..., Loaded]


@pytest.fixture
def loads(ledger: Ledger, tmp_path: Path) -> Loads:
    """Give a function that loads texts or bytes, recognizing their format unless it is named."""

    def loaded(*given: str | bytes, name: str = "file.txt", format_: str = "", words: CardWords = SILENT) -> Loaded:
        paths = []
        for place, text in enumerate(given):
            path = tmp_path / (f"{place}-{name}" if place else name)
            path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
            paths.append(path)
        found, _ = format_of(paths, name=format_)
        feed = found.feed(paths, words)
        report = load(ledger, feed, paths, surroundings=Surroundings(clock))
        versions = sorted((row[-1] for row in ledger.rows_of(feed.card.source)), key=lambda one: _place(one.locator))
        rows = {version.row_key: version.content for version in versions}
        return Loaded(report, rows, feed.card.marking)

    return loaded
