"""What the tests of ingest share: a ledger, a small mapping, rows read from texts, the shared data files."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Content
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping import Mapping
from iga.ingest.mapping_file import mapping_from
from iga.ingest.reports import LoadReport
from iga.ingest.row_reader import row_reader

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)

CARD = 'card: {source: "test:partners", title: Partners of a test}\n'


def clock() -> datetime:
    return NOW


def a_mapping(body: str, *, card: str = CARD) -> Mapping:
    """Return the mapping with a body under a card."""
    return mapping_from(card + body, name="test.yaml")


PARTNERS = a_mapping(
    """
row_key: [id]
nodes:
  partner:
    class: Ngo
    id: {template: "ngo:{id|slug}"}
    fields: {name: name, country: {column: country, read: government}}
edges:
  - {type: MEMBER_OF, source: {block: partner}, target: {const: "org:osce"}, fields: {period: {start: since}}}
"""
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite", clock=clock) as opened:
        yield opened


@pytest.fixture
def loads(ledger: Ledger, tmp_path: Path) -> Callable[..., LoadReport]:
    """Give a function that writes texts to files and loads them as one load."""

    def loaded(
        *texts: str, mapping: Mapping = PARTNERS, options: LoadOptions | None = None, name: str = "partners"
    ) -> LoadReport:
        paths = []
        for place, text in enumerate(texts):
            path = tmp_path / f"{name}{place or ''}.csv"
            path.write_text(text, encoding="utf-8", newline="")
            paths.append(path)
        return load(
            ledger, mapped_reader(mapping), paths, surroundings=Surroundings(clock), options=options or LoadOptions()
        )

    return loaded


def content_of(mapping: Mapping, **cells: str) -> Content:
    """Return what a mapping makes of one row, whose columns that are not given are blank."""
    from iga.ingest.mapped_reader import known_columns

    found = row_reader(mapping)(dict.fromkeys(known_columns(mapping), "") | cells)
    assert found is not None
    return found[1]
