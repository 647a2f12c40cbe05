"""What is under embargo is nowhere to be seen below internal before its instant, and everywhere after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound
from iga.graph.projection.audit import audit
from iga.graph.projection.meta import meta
from iga.graph.statements import Card
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.graph.workspace import Workspace
from iga.queries.ask import ask
from iga.queries.core.names.find import find
from iga.queries.core.session import Session
from iga.queries.whole.entity import entity
from iga.queries.whole.sources import sources
from iga.queries.whole.why import why
from tests.acceptance.homes import forums, load_and_project, ngo, settled

INSTANT = "2026-06-02T08:00:00Z"
BEFORE = datetime(2026, 6, 2, 7, 59, 59, 999_999, tzinfo=UTC)
AT = datetime(2026, 6, 2, 8, tzinfo=UTC)
OPEN = [ngo(at) for at in range(10)]
EMBARGOED = Card("ref:announced", "Announced partners", public_from=INSTANT)
IN_LOAD, BY_ROW, ON_SHOW = 12, 14, 3
ANNOUNCED = [ngo(IN_LOAD), ngo(ON_SHOW, "Partner 3, renamed")]


@dataclass
class Clock:
    at: datetime = BEFORE - timedelta(days=1)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    with settled(tmp_path, clock=clock) as opened:
        load_and_project(opened, [*forums(), *OPEN, ngo(BY_ROW, public_from=INSTANT)])
        load_and_project(opened, ANNOUNCED, card=EMBARGOED)
        yield opened


def never_embargoed(folder: Path, *, announced: bool) -> Workspace:
    """Return the desk of another home: with the rows of an embargo that never was, or without them."""
    workspace = settled(folder)
    load_and_project(workspace, [*forums(), *OPEN, *([ngo(BY_ROW)] if announced else [])])
    if announced:
        load_and_project(workspace, ANNOUNCED, card=Card("ref:announced", "Announced partners"))
    return workspace


def public(workspace: Workspace, **asked: Any) -> dict[str, Any]:
    """Return what the public sees of the announced partners: counts, neighbours, suggestions, answers."""
    with workspace.reading(ceiling=Marking.PUBLIC, **asked) as reading:
        assert reading.is_whole
        session = Session.of(reading.store, reading.ledger, today="2026-06-02")
        found = find(session, f"Partner {IN_LOAD}")
        return {
            "count": reading.store.look("MATCH (n:Ngo) RETURN count(n) AS count")[0]["count"],
            "neighbours": [group.count for group in entity(session, f"forum:f{IN_LOAD}").neighbours],
            "hits": [hit.id for hit in found.hits if hit.name == f"Partner {IN_LOAD}"],
            "suggested": f"Partner {IN_LOAD}" in found.suggestions,
            "members": [
                row.model_dump()["name"]
                for at in (IN_LOAD, BY_ROW, ON_SHOW)
                for row in ask(session, "members", {"party": f"forum:f{at}"}).rows
            ],
            "stated": [said.value for said in why(session, f"ngo:n{ON_SHOW}", "name").fields[0].statements],
            "sources": [card.source for card in sources(session)],
            "hash": audit(reading.store).tally.hex,
        }


def test_before_its_instant_the_public_sees_a_graph_in_which_it_was_never_loaded(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    with never_embargoed(tmp_path / "other", announced=False) as other:
        without = public(other)
    for now in (clock.at, BEFORE):
        clock.at = now
        assert public(workspace) == without
        with workspace.reading(ceiling=Marking.PUBLIC) as reading, pytest.raises(NotFound):
            entity(Session.of(reading.store, reading.ledger, today="2026-06-02"), f"ngo:n{BY_ROW}")


def test_at_its_instant_the_public_sees_a_graph_that_was_never_embargoed(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    with never_embargoed(tmp_path / "other", announced=True) as other:
        announced = public(other)
    public(workspace)
    clock.at = AT
    assert public(workspace) == announced
    assert announced["hits"] == [f"ngo:n{IN_LOAD}"]
    assert announced["sources"] == ["ref:announced", "ref:partners"]
    assert announced["stated"] == ["Partner 3, renamed", "Partner 3"]
    assert announced["members"] == [f"Partner {IN_LOAD}", f"Partner {BY_ROW}", "Partner 3, renamed"]


def test_those_who_may_see_internal_things_see_it_before_and_its_marking_falls_at_the_instant(
    workspace: Workspace, clock: Clock
) -> None:
    announced = "MATCH (n:Ngo) WHERE n.id IN ['ngo:n12', 'ngo:n14'] RETURN coalesce(n.marking, 0) AS marking"
    seen = []
    for now in (BEFORE, AT):
        clock.at = now
        for ceiling in (Marking.INTERNAL, Marking.SENSITIVE):
            with workspace.reading(ceiling=ceiling) as reading:
                seen.append([row["marking"] for row in reading.store.look(announced)])
    assert seen == [[1, 1], [1, 1], [0, 0], [0, 0]]


@pytest.mark.parametrize("ceiling", [Marking.PUBLIC, Marking.SENSITIVE])
def test_stepping_over_the_instant_gives_the_hash_of_a_rebuild(
    workspace: Workspace, clock: Clock, ceiling: Marking
) -> None:
    public(workspace)
    clock.at = AT
    with workspace.reading(ceiling=ceiling) as reading:
        stepped = audit(reading.store).tally.hex
    with workspace.changing("iga rebuild"):
        workspace.rebuild()
    with workspace.reading(ceiling=ceiling) as reading:
        assert audit(reading.store).tally.hex == stepped


def test_the_past_does_not_let_it_out(workspace: Workspace, clock: Clock) -> None:
    clock.at = BEFORE
    for known_on in ("load:2", "2026-06-02"):
        assert public(workspace, known_on=known_on)["hits"] == []
    clock.at = AT
    assert public(workspace, known_on="load:2")["hits"] == [f"ngo:n{IN_LOAD}"]
    assert public(workspace, known_on="load:1")["hits"] == []


def test_the_public_view_is_kept_in_step_by_later_loads(workspace: Workspace, tmp_path: Path) -> None:
    public(workspace)
    load_and_project(workspace, [ngo(5, "Partner 5, renamed")])
    store = EmbeddedStore(tmp_path / "graph.views" / "public-now", read_only=True)
    held = meta(store)
    names = store.look("MATCH (n:Ngo {id: 'ngo:n5'}) RETURN n.name AS name")
    store.close()
    assert held
    assert held.through == 3
    assert names == [{"name": "Partner 5, renamed"}]


@pytest.mark.parametrize("marking", [Marking.INTERNAL, Marking.SENSITIVE])
def test_what_is_reclassified_leaves_the_public_view_and_its_past(
    workspace: Workspace, clock: Clock, marking: Marking
) -> None:
    clock.at = AT
    assert public(workspace)["hits"] == public(workspace, known_on="load:2")["hits"] == [f"ngo:n{IN_LOAD}"]
    load_and_project(workspace, [ngo(IN_LOAD, "A name to hide", marking=marking)], card=EMBARGOED)
    for asked in ({}, {"known_on": "load:2"}, {"known_on": "load:3"}):
        seen = public(workspace, **asked)
        assert seen["hits"] == []
        assert seen["count"] == 11
        assert f"Partner {IN_LOAD}" not in seen["members"]


@pytest.mark.usefixtures("workspace")
def test_a_ceiling_of_the_settings_is_never_exceeded(tmp_path: Path, clock: Clock) -> None:
    with settled(tmp_path, clock=clock, ceiling="public") as reader:
        for asked in (None, Marking.PUBLIC, Marking.SENSITIVE):
            with reader.reading(ceiling=asked) as reading:
                assert reading.meta
                assert reading.meta.ceiling == Marking.PUBLIC
                assert reading.store.look("MATCH (n:Ngo) RETURN count(n) AS count") == [{"count": 10}]
