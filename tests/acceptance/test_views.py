"""Views of past days are what was known then, are few, and leave nothing behind."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from iga.graph.projection.audit import audit
from iga.graph.statements import PERSON_JUDGE, Card, Verdict
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.graph.views import _compare_once
from iga.graph.workspace import Workspace
from tests.acceptance.homes import Row, forums, load_and_project, ngo, row, settled


@dataclass
class Clock:
    at: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


LOADS: list[tuple[Card, list[Row]]] = [
    (Card("ref:partners", "Partners"), [*forums(), *(ngo(at) for at in range(6))]),
    (Card("ref:other", "Others", rank=20), [ngo(2, "Partner two"), ngo(6)]),
    (Card(PERSON_JUDGE, "Judgements"), [row("j", Verdict("ngo:n0", "ngo:n1", "same", by="tester", because="one"))]),
    (Card("ref:partners", "Partners", rank=10), [ngo(3, "Partner three")]),
]
DAYS = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (1, 2, 2, 4)]


@dataclass(frozen=True)
class Loaded:
    """A home in which all loads were made, each on its day, and the graph hash before the first and after each."""

    home: Path
    hashes: list[str]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    clock, home = Clock(), tmp_path_factory.mktemp("home")
    found = []
    with settled(home, clock=clock) as workspace:
        with workspace.changing("nothing yet"):
            found.append(workspace.project().meta.hash)
        for clock.at, (card, rows) in zip(DAYS, LOADS, strict=True):
            load_and_project(workspace, rows, card=card)
            with workspace.reading() as reading:
                found.append(audit(reading.store).tally.hex)
    assert len(set(found)) == len(LOADS) + 1
    return Loaded(home, found)


@pytest.fixture
def hashes(loaded: Loaded) -> list[str]:
    return loaded.hashes


@pytest.fixture
def workspace(tmp_path: Path, loaded: Loaded) -> Iterator[Workspace]:
    shutil.copytree(loaded.home, tmp_path, dirs_exist_ok=True)
    with settled(tmp_path, clock=Clock(DAYS[-1])) as opened:
        yield opened


def known(workspace: Workspace, known_on: str, ceiling: Marking | None = None) -> str:
    """Return the graph hash of a view."""
    with workspace.reading(known_on=known_on, ceiling=ceiling) as reading:
        assert reading.is_whole
        assert reading.meta
        assert reading.meta.hash == audit(reading.store).tally.hex
        return reading.meta.hash


def past_views(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "graph.views").iterdir() if path.is_dir() and "-load-" in path.name)


@pytest.mark.parametrize(
    ("known_on", "count"),
    [
        ("load:0", 0), ("load:1", 1), ("load:2", 2), ("load:3", 3), ("load:4", 4), ("load:9", 4),
        ("2026-02", 0), ("2026-03-01", 1), ("2026-03-02", 3), ("2026-03-03", 3), ("2026-03", 4), ("2026", 4),
        ("2026-03-02T11:59Z", 1), ("2026-03-02T12:00:00.000000Z", 2), ("2026-03-04T12:00Z", 4),
    ],
)  # fmt: skip
def test_a_view_of_a_day_is_the_graph_of_the_loads_until_then(
    workspace: Workspace, hashes: list[str], known_on: str, count: int
) -> None:
    assert known(workspace, known_on) == hashes[count]


def test_a_view_is_still_right_after_later_loads(workspace: Workspace, hashes: list[str]) -> None:
    assert known(workspace, "load:2") == hashes[2]
    load_and_project(workspace, [ngo(2, "Partner II")])
    assert known(workspace, "load:2") == hashes[2]
    assert known(workspace, "load:4") == hashes[4]


def test_a_view_hides_what_a_later_load_reclassifies(workspace: Workspace) -> None:
    before = known(workspace, "load:2", Marking.PUBLIC)
    load_and_project(workspace, [ngo(4, "Partner 4", marking=Marking.SENSITIVE)])
    with workspace.reading(known_on="load:2", ceiling=Marking.PUBLIC) as reading:
        assert reading.store.look("MATCH (n:Ngo {id: 'ngo:n4'}) RETURN n.name AS name") == []
    assert known(workspace, "load:2", Marking.PUBLIC) != before
    with workspace.reading(known_on="load:2") as reading:
        assert reading.store.look("MATCH (n:Ngo {id: 'ngo:n4'}) RETURN n.marking AS marking") == [{"marking": 2}]


def test_a_view_hides_what_the_newest_card_of_its_source_reclassifies(workspace: Workspace) -> None:
    card = Card("ref:partners", "Partners", marking=int(Marking.INTERNAL))
    assert known(workspace, "2026-03-01", Marking.PUBLIC)
    load_and_project(workspace, [ngo(5)], card=card)
    with workspace.reading(known_on="2026-03-01", ceiling=Marking.PUBLIC) as reading:
        assert reading.store.look("MATCH (n:Ngo) RETURN count(n) AS count") == [{"count": 0}]


def test_what_is_no_day_is_refused_before_anything_is_made(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no day"), workspace.reading(known_on="yesterday"):
        pass
    assert not (tmp_path / "graph.views").exists()


def test_only_so_many_past_views_are_kept(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.graph.views.KEPT_VIEWS", 2)
    with workspace.reading(ceiling=Marking.PUBLIC):
        pass
    for number in (1, 2, 3, 4):  # the last is the present state
        known(workspace, f"load:{number}")
        assert len(past_views(tmp_path)) <= 2
    assert past_views(tmp_path) == ["sensitive-load-2", "sensitive-load-3"]
    assert (tmp_path / "graph.views" / "public-now").is_dir()  # those under a ceiling are not counted


def test_a_view_of_a_server_may_be_removed_and_made_again(
    workspace: Workspace, hashes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.graph.views.KEPT_VIEWS", 1)
    with workspace.kept_open():
        for number in (1, 2, 1, 3, 2):
            assert known(workspace, f"load:{number}") == hashes[number]


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_rebuild_drops_past_views_and_leaves_no_stray_folder(
    workspace: Workspace, tmp_path: Path, is_kept: bool
) -> None:
    public = Marking.PUBLIC

    def through() -> None:
        for known_on in ("load:1", "2026-03-02"):
            known(workspace, known_on, public)
        for name in ("public-load-1.names.sqlite", "pairs.sqlite"):
            (tmp_path / "graph.views" / name).touch()
        with workspace.reading(ceiling=public) as reading:
            before = audit(reading.store).tally.hex
        with workspace.changing("iga rebuild"):
            workspace.rebuild()
        assert past_views(tmp_path) == []
        with workspace.reading(ceiling=public) as reading:
            assert reading.is_whole
            assert audit(reading.store).tally.hex == before
        known(workspace, "load:1", public)

    if is_kept:
        with workspace.kept_open():
            through()
    else:
        through()
    folders = {path.name for path in tmp_path.rglob("*") if path.is_dir()}
    assert {name for name in folders if not name.endswith(".log")} == {
        "graph", "graph.views", "public-now", "public-load-1"
    }  # fmt: skip


def test_a_graph_that_was_never_filled_is_vouched_for_as_it_stands(tmp_path: Path) -> None:
    with closing(EmbeddedStore(tmp_path / "graph")) as store:
        store.is_vouched = False
        _compare_once(store)
        assert store.is_vouched
