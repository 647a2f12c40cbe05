"""Both engines find the same ten in the same order: the index is filled from either by the same rules."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from queries.core.names.find import find
from queries.core.session import Session
from tests.conftest import Neo4jAddress
from tests.engines import projected
from tests.queries.gold_names import gold_names
from tests.queries.test_officer_names import TYPED
from tests.queries.world import NOW

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def in_neo4j(bundled: Session, neo4j_address: Neo4jAddress) -> Iterator[Session]:
    """Give the bundled reference data in Neo4j, folded from the same ledger."""
    with closing(neo4j_address.store()) as store:
        store.clear()
        yield projected(bundled.ledger, store, now=NOW)


def test_the_same_ten_are_found_for_every_gold_name(bundled: Session, in_neo4j: Session) -> None:
    typed = [*(gold.name for gold in gold_names()), *(text for text, _ in TYPED)]
    assert [text for text in typed if _ten(bundled, text) != _ten(in_neo4j, text)] == []


def _ten(session: Session, text: str) -> list[tuple[str, str, str, float]]:
    return [(hit.id, hit.how, hit.matched, hit.score) for hit in find(session, text, limit=10).hits]


def test_both_indexes_hold_the_same(bundled: Session, in_neo4j: Session) -> None:
    for table in ("name", "word", "vocabulary", "link"):
        sql = f"SELECT * FROM {table}"
        assert sorted(bundled.names._read(sql)) == sorted(in_neo4j.names._read(sql))
