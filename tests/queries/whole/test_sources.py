"""Sources, governments and parts of the graph, as far as the reader may know of them."""

from dataclasses import replace

import pytest

from iga.exports.graphs.subgraph import HUB, around
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.queries.core.answer import Subject
from iga.queries.core.session import Session
from iga.queries.whole.sources import sources
from tests.queries.conftest import Ask


def test_a_source_says_how_old_and_how_complete_it_is_and_what_it_lacks(session: Session) -> None:
    [members] = [card for card in sources(session) if card.source == "ref:members"]
    assert (members.as_of, members.complete, members.gaps, members.rank) == (
        "2026-05-01",
        False,
        ("One observer was not found.",),
        20,
    )
    assert members.live_row_count == 8


def test_what_is_made_up_is_said_to_be(session: Session) -> None:
    assert [card.source for card in sources(session) if card.fictional] == ["sample:partners"]


def test_sources_above_the_ceiling_and_under_embargo_are_hidden(session: Session, as_the_public: Session) -> None:
    view, ledger = as_the_public.status.view, session.ledger
    public = replace(as_the_public, ledger=SeenLedger(ledger, view, horizon=ledger.through()))
    hidden = {card.source for card in sources(session)} - {card.source for card in sources(public)}
    assert {"office:contacts", "ref:release"} <= hidden


def test_independent_states_are_counted(bundled_answer: Ask) -> None:
    answer = bundled_answer("governments", status="independent state")
    assert answer.headline == "197 governments have the status of an independent state."
    assert {row.status for row in answer.rows} == {"independent state"}
    assert all(row.evidence for row in answer.rows)


def test_what_belongs_to_a_state_is_named(bundled_answer: Ask) -> None:
    answer = bundled_answer("governments", party="New Zealand")
    assert answer.headline == "1 government of New Zealand has the status of a dependency: Tokelau."
    assert {row.sovereignty_name for row in answer.rows} == {"New Zealand"}


def test_a_bureau_without_dependencies_says_so(bundled_answer: Ask) -> None:
    answer = bundled_answer("governments", bureau="XYZ", status="dependency")
    assert (answer.headline, answer.rows) == (
        "Not confirmed: no government that is a dependency under XYZ is on file.",
        (),
    )


GHANA = [Subject(id="gov:gha", cls="Government", name="Ghana")]


def test_no_step_leads_through_a_hub_that_was_not_asked_for(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = around(session, GHANA, depth=2, limit=10_000)
    monkeypatch.setattr("iga.exports.graphs.subgraph.HUB", 2)
    narrow = around(session, GHANA, depth=2, limit=10_000)
    assert HUB > 2
    assert len(narrow.names) < len(wide.names)
    assert any("no step leads through" in note for note in narrow.notes)
