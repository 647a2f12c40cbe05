"""Both engines find the same ten in the same order: the index is filled from either by the same rules."""

import pytest

from iga.queries.core.names.find import find
from iga.queries.core.session import Session
from tests.queries.gold_names import gold_names
from tests.queries.test_gold_names import TYPED

pytestmark = pytest.mark.neo4j


def test_the_same_ten_are_found_for_a_name(demo: Session, demo_in_neo4j: Session) -> None:
    # The indexes are compared whole below, so that some names are enough here.
    typed = [*(gold.name for gold in gold_names()[::16]), *(text for text, _ in TYPED)]
    assert [text for text in typed if _ten(demo, text) != _ten(demo_in_neo4j, text)] == []


def _ten(session: Session, text: str) -> list[tuple[str, str, str, float]]:
    return [(hit.id, hit.how, hit.matched, hit.score) for hit in find(session, text, limit=10).hits]


def test_both_indexes_hold_the_same(demo: Session, demo_in_neo4j: Session) -> None:
    for table in ("name", "word", "vocabulary", "link"):
        sql = f"SELECT * FROM {table}"
        assert sorted(demo.names._read(sql)) == sorted(demo_in_neo4j.names._read(sql))
