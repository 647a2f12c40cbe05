"""A saved question shows what came, went and changed since it was last looked at, and nothing else."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound, UsageError
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.graph.ledger.watches import add_watch, keep_seen, remove_watch, watch_named, watches
from iga.graph.projection.project import rebuild
from iga.graph.statements import Statement
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.core.session import Session
from iga.queries.watches import news, seen_now, watched
from tests.conftest import EACH_LEDGER
from tests.queries.world import card, edge, node, rows, since

AT = "2026-06-01T09:00:00.000000Z"
MEMBERS = card("ref:members", "Members", complete=True)
pytestmark = pytest.mark.parametrize("ledger_address", EACH_LEDGER, indirect=True)  # watches stand in a ledger


class Place:
    """A ledger and a graph that can be loaded anew."""

    def __init__(self, folder: Path, ledger: str) -> None:
        self.ledger = Ledger.open(ledger, clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC))
        self.store = EmbeddedStore(folder / "store")

    def load(self, *said: Statement) -> Session:
        """Load the members of a body, in place of those before."""
        with self.ledger.open_load(MEMBERS) as load:
            load.put([(f"{line}", f"members.csv:{line}", content) for line, (_, _, content) in
                      enumerate(rows("members.csv", *said), start=2)])  # fmt: skip
            load.withdraw_unseen(allow_shrink=True)
            load.commit({"read": len(said)})
        return self.session()

    def session(self) -> Session:
        rebuild(self.ledger, self.store, now="2026-06-01T12:00:00Z")
        return Session.of(self.store, self.ledger, today="2026-06-01")


@pytest.fixture
def place(tmp_path: Path, ledger_address: str) -> Iterator[Place]:
    made = Place(tmp_path, ledger_address)
    with closing(made.ledger), closing(made.store):
        yield made


def world(*members: tuple[str, str]) -> list[Statement]:
    """Return a body with members of a category."""
    said: list[Statement] = [node("InternationalOrganization", "org:eso", name="Example Organization", acronym="ESO")]
    for code in ("gha", "ken", "mng"):
        said.append(node("Government", f"gov:{code}", name=code.title(), iso3=code.upper()))
    said += [edge("MEMBER_OF", f"gov:{code}", "org:eso", category=word, period=since("2001")) for code, word in members]
    return said


def test_only_what_is_new_gone_or_changed_is_shown(place: Place) -> None:
    before = place.load(*world(("gha", "member"), ("ken", "observer")))
    watch = watched(before, "eso", "members", {"party": "ESO"}, by="A", at=AT)
    now = place.load(*world(("gha", "observer"), ("mng", "member")))
    found, answer = news(now, watch)
    new: Any = found.new
    assert [row.id for row in new] == ["gov:mng"]
    assert [was["id"] for was in found.gone] == ["gov:ken"]
    [changed] = found.changed
    assert changed.fields == {"category": ("member", "observer")}
    assert found.sentence == "eso, since 2026-06-01: 1 new, 1 gone, 1 changed, of 2 rows now"
    again, _ = news(now, seen_now(now, watch, answer, at=AT))
    assert (again.new, again.gone, again.changed, again.unchanged_count) == ((), (), (), 2)


def test_a_row_whose_evidence_alone_moved_is_not_news(place: Place) -> None:
    before = place.load(*world(("gha", "member"), ("ken", "observer")))
    watch = watched(before, "eso", "members", {"party": "ESO"}, by="A", at=AT)
    now = place.load(node("Forum", "forum:x", name="X"), *world(("ken", "observer"), ("gha", "member")))
    found, _ = news(now, watch)
    assert (found.new, found.gone, found.changed) == ((), (), ())


def test_a_watch_is_asked_for_today_unless_a_day_was_named(place: Place) -> None:
    session = place.load(*world(("gha", "member")))
    assert watched(session, "eso", "members", {"party": "ESO"}, by="A", at=AT).parameters == {"party": "org:eso"}
    dated = watched(session, "eso", "members", {"party": "ESO", "as_of": "2020"}, by="A", at=AT)
    assert dated.parameters == {"party": "org:eso", "as_of": "2020-12-31"}


def test_each_officer_has_watches_of_his_own(place: Place) -> None:
    session = place.load(*world(("gha", "member")))
    for by in ("A", "B"):
        add_watch(place.ledger, watched(session, "eso", "members", {"party": "ESO"}, by=by, at=AT))
    assert [(each.by, each.name) for each in watches(place.ledger)] == [("A", "eso"), ("B", "eso")]
    remove_watch(place.ledger, "eso", by="A")
    assert [each.by for each in watches(place.ledger)] == ["B"]
    with pytest.raises(NotFound, match="there is no saved question 'eso'"):
        watch_named(place.ledger, "eso", by="A")
    with pytest.raises(NotFound, match="did you mean eso"):
        watch_named(place.ledger, "esso", by="B")
    with pytest.raises(UsageError, match="already"):
        add_watch(place.ledger, watch_named(place.ledger, "eso", by="B"))


def test_what_was_seen_is_kept_whole_and_one_that_was_removed_is_not_brought_back(place: Place) -> None:
    session = place.load(*world(("gha", "member")))
    watch = watched(session, "eso", "members", {"party": "ESO"}, by="A", at=AT)
    add_watch(place.ledger, watch)
    assert watch_named(place.ledger, "eso", by="A") == watch
    remove_watch(place.ledger, "eso", by="A")
    with pytest.raises(NotFound, match="any more"):
        keep_seen(place.ledger, watch)


def test_who_may_see_less_does_not_see_what_was_seen(place: Place) -> None:
    session = place.load(*world(("gha", "member")))
    add_watch(place.ledger, watched(session, "eso", "members", {"party": "ESO"}, by="A", at=AT))
    seen = SeenLedger(place.ledger, View(ceiling=Marking.PUBLIC), horizon=place.ledger.through())
    assert watches(seen, by="A") == []
    with pytest.raises(NotFound):
        watch_named(seen, "eso", by="A")


def test_a_ledger_without_the_table_has_no_watches_and_takes_one(place: Place) -> None:
    session = place.load(*world(("gha", "member")))
    with place.ledger.transaction("a test") as connection:
        connection.exec_driver_sql("DROP TABLE watch")
        connection.commit()
    assert watches(place.ledger) == []
    add_watch(place.ledger, watched(session, "eso", "members", {"party": "ESO"}, by="A", at=AT))
    assert [each.name for each in watches(place.ledger)] == ["eso"]
