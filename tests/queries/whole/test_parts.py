"""A part of the graph: what is left out of it, and what it says of that."""

import pytest

from iga.exports.graphs.subgraph import HUB, around
from iga.queries.core.answer import Subject
from iga.queries.core.session import Session

GHANA = [Subject(id="gov:gha", cls="Government", name="Ghana")]


def test_no_step_leads_through_a_hub_that_was_not_asked_for(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = around(session, GHANA, depth=2, limit=10_000)
    monkeypatch.setattr("iga.exports.graphs.subgraph.HUB", 2)
    narrow = around(session, GHANA, depth=2, limit=10_000)
    assert HUB > 2
    assert len(narrow.names) < len(wide.names)
    assert any("no step leads through" in note for note in narrow.notes)
