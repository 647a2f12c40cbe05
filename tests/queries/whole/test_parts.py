"""A part of the graph is the same on both engines: the same things, relationships and order."""

import pytest

from iga.exports.graphs.subgraph import HUB, Subgraph, around, everything
from iga.queries.core.answer import Subject
from iga.queries.core.session import Session
from tests.reading import some

GHANA = [Subject(id="gov:gha", cls="Government", name="Ghana")]


def parts(session: Session) -> list[Subgraph]:
    return [
        everything(session),
        everything(session, classes=("Government", "Agreement"), day="2026-01-01"),
        around(session, GHANA, depth=2, limit=50, day="2026-01-01"),
    ]


def test_both_engines_give_the_same_parts_in_the_same_order(session: Session, embedded: Session) -> None:
    for ours, theirs in some(zip(parts(session), parts(embedded), strict=True)):
        assert [(node.id, dict(node.values)) for node in some(ours.nodes())] == [
            (node.id, dict(node.values)) for node in theirs.nodes()
        ]
        assert list(ours.edges()) == list(theirs.edges())
        assert ours.notes == theirs.notes
        ours.check_unchanged()


def test_no_step_leads_through_a_hub_that_was_not_asked_for(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = around(session, GHANA, depth=2, limit=10_000)
    monkeypatch.setattr("iga.exports.graphs.subgraph.HUB", 2)
    narrow = around(session, GHANA, depth=2, limit=10_000)
    assert HUB > 2
    assert len(narrow.names) < len(wide.names)
    assert any("no step leads through" in note for note in narrow.notes)
