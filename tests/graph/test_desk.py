"""The desk keeps ledger and graph in step, for one command or for the threads of a server."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.desk import Desk
from graph.domain.marking import Marking
from graph.errors import LedgerRefused, StoreRefused, StoreUnavailable
from graph.projection.audit import graph_hash
from graph.statements import Card
from queries.ask import ask
from queries.asking import Asking
from tests.acceptance.homes import Row, forums, load_and_project, ngo, noon, settled

PARTNERS = 20
COUNT = "MATCH (n:Ngo) RETURN count(n) AS count"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with settled(home) as desk:
        load_and_project(desk, [*forums(), *(ngo(at) for at in range(PARTNERS))])
    return home


@pytest.fixture
def home(tmp_path: Path, template: Path) -> Path:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    with settled(home) as opened:
        yield opened


def commit(desk: Desk, rows: list[Row]) -> None:
    """Make a load and project nothing."""
    with desk.changing("iga load rows.csv") as ledger, ledger.open_load(Card("ref:more", "More")) as load:
        load.put(rows)
        load.commit({"read": len(rows)})


def count(desk: Desk) -> int:
    """Return how many partners a reader sees."""
    with desk.reading() as reading:
        return int(reading.store.look(COUNT)[0]["count"])


def in_threads(work: Callable[[], None], number: int) -> tuple[list[threading.Thread], list[BaseException]]:
    """Start work in threads; return them, and the list that their errors go to."""
    failed: list[BaseException] = []

    def told() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=told) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads, failed


def test_reading_needs_a_ledger_and_makes_nothing(tmp_path: Path) -> None:
    with settled(tmp_path) as desk, pytest.raises(LedgerRefused, match="there is no ledger"), desk.reading():
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_state_is_told_without_changing_it(desk: Desk, home: Path) -> None:
    assert desk.state().is_current
    commit(desk, [ngo(50)])
    state = desk.state()
    assert (state.is_current, state.projecting, state.through, state.ledger_through) == (False, False, 1, 2)
    shutil.rmtree(home / "graph")
    assert (desk.state().through, desk.state().data_version) == (0, "")
    assert not (home / "graph").exists()


def test_a_reader_projects_what_is_missing(desk: Desk) -> None:
    commit(desk, [ngo(50)])
    assert count(desk) == PARTNERS + 1
    assert desk.state().is_current


@pytest.mark.parametrize("left", [False, True])
def test_a_graph_that_was_removed_is_made_anew(desk: Desk, home: Path, left: bool) -> None:
    before = desk.state().data_version
    shutil.rmtree(home / "graph")
    if left:
        (home / "graph").mkdir()
    with desk.reading() as reading:
        assert graph_hash(reading.store) == before


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_graph_of_loads_that_a_ledger_put_back_has_no_more_is_made_anew(
    home: Path, template: Path, goes_on: bool
) -> None:
    with settled(home) as desk:
        load_and_project(desk, [ngo(50)])
    for path in home.glob("ledger.sqlite*"):
        path.unlink()
    shutil.copy(template / "ledger.sqlite", home)
    with settled(home, clock=lambda: noon() + timedelta(hours=1)) as desk:
        if goes_on:
            commit(desk, [ngo(51)])
        with desk.reading() as reading:
            later = "MATCH (n:Ngo) WHERE n.id IN ['ngo:n50', 'ngo:n51'] RETURN n.id AS id"
            assert reading.store.look(later) == ([{"id": "ngo:n51"}] if goes_on else [])


def test_a_graph_of_another_ledger_is_refused_and_left_alone(desk: Desk, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with settled(other) as stranger:
        load_and_project(stranger, forums())
    shutil.rmtree(home / "graph")
    shutil.copytree(other / "graph", home / "graph")
    with pytest.raises(StoreRefused, match="was projected from ledger"), desk.reading():
        pass
    with pytest.raises(StoreRefused, match="was projected from ledger"), desk.changing("iga load rows.csv"):
        desk.project()


def test_whoever_reads_within_an_open_load_sees_what_is_committed_and_projects_nothing(home: Path) -> None:
    with settled(home, wait_s=0) as desk, desk.changing("iga load rows.csv") as ledger:
        with ledger.open_load(Card("ref:more", "More")) as load:
            load.put([ngo(50)])
            assert count(desk) == PARTNERS
        with ledger.open_load(Card("ref:more", "More")) as load:
            load.put([ngo(50)])
            load.commit({"read": 1})
        with desk.reading() as reading:
            assert not reading.is_whole
        desk.project()
        assert count(desk) == PARTNERS + 1


def test_a_load_in_batches_says_so_in_every_answer_until_it_is_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.projection.project.AT_ONCE", 4)
    monkeypatch.setattr("graph.projection.project.BATCH", 2)
    told: list[tuple[bool, ...]] = []
    with settled(home, wait_s=0) as desk, desk.kept_open():
        client = TestClient(create_app(desk), base_url="http://localhost")

        def look(_: int = 0) -> None:
            with desk.reading() as reading:
                asking = Asking.of(reading.store, reading.ledger, today="2026-06-01")
                caveats = ask(asking, "members", {"party": "forum:f1"}).caveats
                ready = client.get("/readyz")
                told.append(
                    (
                        desk.state().projecting,
                        not reading.is_whole,
                        "projecting" in {caveat.kind for caveat in caveats},
                        ready.status_code == 503 and ready.json()["projecting"],
                    )
                )

        commit(desk, [ngo(at) for at in range(50, 55)])
        with desk.changing("iga load rows.csv"):
            assert not desk.project(look).rebuilt
        assert len(told) > 2
        assert set(told) == {(True, True, True, True)}
        look()
        assert told[-1] == (False, False, False, False)


def test_a_server_answers_from_the_graph_before_while_it_is_made_anew(desk: Desk) -> None:
    is_over, seen = threading.Event(), set[int]()

    def read() -> None:
        while not is_over.is_set():
            seen.add(count(desk))

    with desk.kept_open():
        threads, failed = in_threads(read, 3)
        for _ in range(2):
            with desk.changing("iga rebuild"):
                desk.rebuild()
        is_over.set()
        for thread in threads:
            thread.join()
    assert not failed
    assert seen == {PARTNERS}


def test_a_rebuild_that_answers_meanwhile_says_that_a_load_is_missing(home: Path) -> None:
    told: list[tuple[int, bool, bool]] = []
    with settled(home, wait_s=0) as desk, desk.kept_open():

        def look(_: int) -> None:
            with desk.reading() as reading:
                asking = Asking.of(reading.store, reading.ledger, today="2026-06-01")
                told.append((reading.store.look(COUNT)[0]["count"], reading.is_whole, asking.standing.projecting))

        commit(desk, [ngo(at) for at in range(50, 90)])
        with desk.changing("iga load rows.csv"):
            assert desk.project(look).rebuilt
        assert set(told) == {(PARTNERS, False, True)}
        look(0)
        assert told[-1] == (PARTNERS + 40, True, False)


def test_threads_that_ask_for_a_view_at_once_all_get_it_whole(desk: Desk) -> None:
    at_once, seen = threading.Barrier(3), list[tuple[bool, int]]()

    def read() -> None:
        at_once.wait()
        with desk.reading(ceiling=Marking.PUBLIC) as reading:
            seen.append((reading.is_whole, reading.store.look(COUNT)[0]["count"]))

    with desk.kept_open():
        threads, failed = in_threads(read, 3)
        for thread in threads:
            thread.join()
    assert not failed
    assert seen == [(True, PARTNERS)] * 3


def test_a_server_lets_go_of_the_graph_when_it_ends(desk: Desk, home: Path) -> None:
    with desk.kept_open():
        assert count(desk) == PARTNERS
        with settled(home, wait_s=0) as other, pytest.raises(StoreUnavailable, match="held by process"):
            count(other)
    with settled(home, wait_s=0) as other:
        assert count(other) == PARTNERS


def test_a_server_begins_with_an_empty_ledger(tmp_path: Path) -> None:
    with settled(tmp_path) as desk, desk.kept_open():
        desk.catch_up()
        assert desk.state().is_current
        assert count(desk) == 0
