"""Questions that look through much of the graph say the same of the practice data from both engines."""

import pytest

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.world import NOW

pytestmark = pytest.mark.neo4j


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("brokers", {"party": "OSCE", "other": "ILO"}),
        ("communities", {}),
        ("congress-touch", {}),
        ("congress-touch", {"party": "Example Committee on Made-up Affairs"}),
        ("congress-touch", {"party": "Pia Placeholder"}),
        *(("what-if", {"party": party}) for party in ("IOM", "UNODC", "OSCE")),
    ],
)
def test_both_engines_say_the_same(demo: Session, demo_in_neo4j: Session, question: str, asked: dict[str, str]) -> None:
    day = "2026-11-25" if question == "congress-touch" else NOW[:10]
    embedded, neo4j = (ask(session, question, asked | {"as_of": day}) for session in (demo, demo_in_neo4j))
    assert (embedded.rows, embedded.clauses) == (neo4j.rows, neo4j.clauses)
    assert embedded.rows
