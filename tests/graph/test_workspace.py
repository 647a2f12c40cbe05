"""The desk keeps ledger and graph in step, for one command or for the threads of a server."""

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from iga.api.app import create_app
from iga.graph.domain.marking import Marking
from iga.graph.errors import LedgerDamaged, LedgerRefused, StoreRefused, StoreUnavailable
from iga.graph.projection.audit import audit
from iga.graph.statements import Card
from iga.graph.workspace import Workspace
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.acceptance.homes import Row, forums, load_and_project, ngo, noon, settled
from tests.app_client import AppClient

PARTNERS = 20
COUNT = "MATCH (n:Ngo) RETURN count(n) AS count"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with settled(home) as workspace:
        load_and_project(workspace, [*forums(), *(ngo(at) for at in range(PARTNERS))])
    return home


@pytest.fixture
def home(tmp_path: Path, template: Path) -> Path:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with settled(home) as opened:
        yield opened


def commit(workspace: Workspace, rows: list[Row]) -> None:
    """Make a load and project nothing."""
    with workspace.changing("iga load rows.csv") as ledger, ledger.open_load(Card("ref:more", "More")) as load:
        load.put(rows)
        load.commit({"read": len(rows)})


def count(workspace: Workspace) -> int:
    """Return how many partners a reader sees."""
    with workspace.reading() as reading:
        return int(reading.store.look(COUNT)[0]["count"])


def test_reading_needs_a_ledger_and_makes_nothing(tmp_path: Path) -> None:
    with settled(tmp_path) as workspace, pytest.raises(LedgerRefused, match="there is no ledger"), workspace.reading():
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_state_is_told_without_changing_it(workspace: Workspace, home: Path) -> None:
    assert workspace.state().is_current
    commit(workspace, [ngo(50)])
    state = workspace.state()
    assert (state.is_current, state.projecting, state.through, state.ledger_through) == (False, False, 1, 2)
    shutil.rmtree(home / "graph")
    assert (workspace.state().through, workspace.state().data_version) == (0, "")
    assert not (home / "graph").exists()


def test_a_reader_projects_what_is_missing(workspace: Workspace) -> None:
    commit(workspace, [ngo(50)])
    assert count(workspace) == PARTNERS + 1
    assert workspace.state().is_current


@pytest.mark.parametrize("left", [False, True])
def test_a_graph_that_was_removed_is_made_anew(workspace: Workspace, home: Path, left: bool) -> None:
    before = workspace.state().data_version
    shutil.rmtree(home / "graph")
    if left:
        (home / "graph").mkdir()
    with workspace.reading() as reading:
        assert reading.ledger.version_of(audit(reading.store).tally.hex) == before


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_ledger_that_lost_loads_is_refused_until_the_loss_is_accepted(
    home: Path, template: Path, goes_on: bool
) -> None:
    with settled(home) as workspace:
        load_and_project(workspace, [ngo(50)])
    for path in home.glob("ledger.sqlite*"):  # the note of the last load as well: the graph tells
        path.unlink()
    shutil.copy(template / "ledger.sqlite", home)
    with settled(home, clock=lambda: noon() + timedelta(hours=1)) as workspace:
        if goes_on:  # as on another machine, to which nothing tells what was lost
            with (
                workspace.changing("test", goes_back=True) as ledger,
                ledger.open_load(Card("ref:more", "More")) as load,
            ):
                load.put([ngo(51)])
                load.commit({})
        with pytest.raises(LedgerDamaged, match="loads are missing"), workspace.reading():
            pass
        with workspace.changing("iga rebuild", goes_back=True) as ledger:
            ledger.keep_head()
            workspace.rebuild()
        with workspace.reading() as reading:
            later = "MATCH (n:Ngo) WHERE n.id IN ['ngo:n50', 'ngo:n51'] RETURN n.id AS id"
            assert reading.store.look(later) == ([{"id": "ngo:n51"}] if goes_on else [])


def test_nothing_is_loaded_into_a_ledger_that_lost_loads(home: Path, template: Path) -> None:
    with settled(home) as workspace:
        load_and_project(workspace, [ngo(50)])
    for path in home.glob("ledger.sqlite*"):
        if path.suffix != ".head":
            path.unlink()
    shutil.copy(template / "ledger.sqlite", home)
    with settled(home) as workspace, pytest.raises(LedgerDamaged, match="it had a load 2 once"):
        commit(workspace, [ngo(51)])


def test_a_graph_of_another_ledger_is_refused_and_left_alone(workspace: Workspace, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with settled(other) as stranger:
        load_and_project(stranger, forums())
    shutil.rmtree(home / "graph")
    shutil.copytree(other / "graph", home / "graph")
    (home / "graph.seal").unlink()
    with pytest.raises(StoreRefused, match="was projected from ledger"), workspace.reading():
        pass
    with pytest.raises(StoreRefused, match="was projected from ledger"), workspace.changing("iga load rows.csv"):
        workspace.project()


def test_whoever_reads_within_an_open_load_sees_what_is_committed_and_projects_nothing(home: Path) -> None:
    with settled(home, wait_s=0) as workspace, workspace.changing("iga load rows.csv") as ledger:
        with ledger.open_load(Card("ref:more", "More")) as load:
            load.put([ngo(50)])
            assert count(workspace) == PARTNERS
        with ledger.open_load(Card("ref:more", "More")) as load:
            load.put([ngo(50)])
            load.commit({"read": 1})
        with workspace.reading() as reading:
            assert not reading.is_whole
        workspace.project()
        assert count(workspace) == PARTNERS + 1


def test_a_load_in_batches_says_so_in_every_answer_until_it_is_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.graph.projection.project.AT_ONCE", 4)
    monkeypatch.setattr("iga.graph.projection.project.BATCH", 2)
    told: list[tuple[bool, ...]] = []
    with settled(home, wait_s=0) as workspace, workspace.kept_open():
        client = AppClient(create_app(workspace))

        def look(_: int = 0) -> None:
            with workspace.reading() as reading:
                session = Session.of(reading.store, reading.ledger, today="2026-06-01")
                caveats = ask(session, "members", {"party": "forum:f1"}).caveats
                ready = client.get("/readyz")
                told.append(
                    (
                        workspace.state().projecting,
                        not reading.is_whole,
                        "projecting" in {caveat.kind for caveat in caveats},
                        ready.status_code == 503 and ready.json()["projecting"],
                    )
                )

        commit(workspace, [ngo(at) for at in range(50, 55)])
        with workspace.changing("iga load rows.csv"):
            assert not workspace.project(look).rebuilt
        assert len(told) > 2
        assert set(told) == {(True, True, True, True)}
        look()
        assert told[-1] == (False, False, False, False)


def test_a_server_answers_from_the_graph_before_while_it_is_made_anew(workspace: Workspace) -> None:
    is_over, seen = threading.Event(), set[int]()

    def read() -> None:
        while not is_over.is_set():
            seen.add(count(workspace))

    with workspace.kept_open(), ThreadPoolExecutor(3) as threads:
        readers = [threads.submit(read) for _ in range(3)]
        try:
            for _ in range(2):
                with workspace.changing("iga rebuild"):
                    workspace.rebuild()
        finally:
            is_over.set()
    assert [reader.result() for reader in readers] == [None] * 3
    assert seen == {PARTNERS}


def test_a_rebuild_that_answers_meanwhile_says_that_a_load_is_missing(home: Path) -> None:
    told: list[tuple[int, bool, bool]] = []
    with settled(home, wait_s=0) as workspace, workspace.kept_open():

        def look(_: int) -> None:
            with workspace.reading() as reading:
                session = Session.of(reading.store, reading.ledger, today="2026-06-01")
                told.append((reading.store.look(COUNT)[0]["count"], reading.is_whole, session.status.projecting))

        commit(workspace, [ngo(at) for at in range(50, 90)])
        with workspace.changing("iga load rows.csv"):
            assert workspace.project(look).rebuilt
        assert set(told) == {(PARTNERS, False, True)}
        look(0)
        assert told[-1] == (PARTNERS + 40, True, False)


def test_threads_that_ask_for_a_view_at_once_all_get_it_whole(workspace: Workspace) -> None:
    at_once = threading.Barrier(3)

    def read(_: int) -> tuple[bool, int]:
        at_once.wait()
        with workspace.reading(ceiling=Marking.PUBLIC) as reading:
            return reading.is_whole, reading.store.look(COUNT)[0]["count"]

    with workspace.kept_open(), ThreadPoolExecutor(3) as threads:
        assert list(threads.map(read, range(3))) == [(True, PARTNERS)] * 3


def test_a_server_lets_go_of_the_graph_when_it_ends(workspace: Workspace, home: Path) -> None:
    with workspace.kept_open():
        assert count(workspace) == PARTNERS
        with settled(home, wait_s=0) as other, pytest.raises(StoreUnavailable, match="held by process"):
            count(other)
    with settled(home, wait_s=0) as other:
        assert count(other) == PARTNERS


def test_a_server_begins_with_an_empty_ledger(tmp_path: Path) -> None:
    with settled(tmp_path) as workspace, workspace.kept_open():
        workspace.catch_up()
        assert workspace.state().is_current
        assert count(workspace) == 0
