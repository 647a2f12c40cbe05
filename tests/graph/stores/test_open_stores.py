"""Graphs that a server keeps awake, and the lock of each."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from iga.graph.errors import StoreUnavailable, SystemRefused
from iga.graph.stores import open_stores
from iga.graph.stores.embedded_engine import _log_folder
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.graph.stores.folder import being_made, sweep_made
from iga.graph.stores.graph_lock import Holding, writer_of
from iga.graph.stores.open_stores import OpenStores


class Sleeper:
    """A store of which only is known whether it is awake."""

    is_replaced = False

    def __init__(self) -> None:
        self.done: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return lambda: self.done.append(name)


def test_the_one_left_alone_longest_rests_and_wakes_when_it_is_used() -> None:
    one, two = Sleeper(), Sleeper()
    stores: Any = OpenStores(1)
    for place, store in (("one", one), ("two", two), ("two", two), ("one", one)):
        with stores.using(place, lambda store=store: store) as given:
            assert given is store
    stores.close()
    assert (one.done, two.done) == (["rest", "wake", "close"], ["rest", "close"])


def test_what_is_in_use_does_not_rest_and_nobody_waits_for_themselves() -> None:
    one = Sleeper()
    stores: Any = OpenStores(1)
    with stores.using("one", lambda: one), stores.using("one", lambda: one):  # noqa: SIM117
        with pytest.raises(StoreUnavailable, match="ulimit -n"), stores.using("two", Sleeper):
            pass
    assert one.done == []


def test_whoever_waits_too_long_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_stores, "_WAIT_S", 0.1)
    stores: Any = OpenStores(1)
    with stores.using("one", Sleeper), ThreadPoolExecutor(1) as other:
        waits = other.submit(using_both, stores, ["two"])
        with pytest.raises(StoreUnavailable, match="ulimit -n"):
            waits.result()


def using_both(stores: Any, places: list[str]) -> None:
    for place in places:
        with stores.using(place, Sleeper), stores.using(place, Sleeper):  # as a request that reads twice
            pass


@pytest.mark.parametrize("most", [1, 2])
def test_many_readers_of_more_graphs_than_may_be_open_are_all_served(most: int) -> None:
    stores: Any = OpenStores(most)
    with ThreadPoolExecutor(8) as readers:
        for done in [readers.submit(using_both, stores, [*"abc", *"cab"] * 20) for _ in range(8)]:
            done.result()
    assert len(stores._awake) <= most


def test_readers_of_a_graph_do_not_keep_the_reader_of_another_waiting_for_ever() -> None:
    stores: Any = OpenStores(1)
    order: list[str] = []

    def read(place: str) -> None:
        with stores.using(place, Sleeper):
            order.append(place)

    with ThreadPoolExecutor(2) as readers:
        with stores.using("one", Sleeper):
            turns = list[Any]()
            for place in ("two", "one"):  # the second of them asks for what is awake, after the first
                turns.append(readers.submit(read, place))
                while len(stores._waiting) < len(turns):
                    Event().wait(0.001)
        for turn in turns:
            turn.result()
    assert order == ["two", "one"]


def test_a_graph_that_rests_stays_ours_and_answers_when_it_wakes(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph")
    store.rest()
    assert writer_of(tmp_path / "graph") is not None
    store.wake()
    assert store.look("MATCH (n) RETURN count(n) AS count") == [{"count": 0}]
    store.rest()
    store.close()
    assert writer_of(tmp_path / "graph") is None


def test_the_bundled_data_take_no_more_files_than_a_graph_is_counted_for(bundled_home: Path) -> None:
    assert len(list((bundled_home / "graph").iterdir())) < open_stores.FILES_OF_A_GRAPH


@pytest.mark.parametrize("shared", [True, False])
def test_garbage_in_the_lock_keeps_nobody_out(tmp_path: Path, shared: bool) -> None:
    lock = tmp_path / "graph.lock"
    lock.write_bytes(b"no database at all" * 100)
    holding = Holding(tmp_path / "graph", shared=shared, wait_s=0)
    if not shared:
        with pytest.raises(StoreUnavailable):
            Holding(tmp_path / "graph", shared=True, wait_s=0)
    holding.release()
    assert not lock.stat().st_size


def test_a_folder_in_place_of_the_lock_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph.lock").mkdir()
    with pytest.raises(SystemRefused, match=r"graph\.lock cannot be used"):
        Holding(tmp_path / "graph", shared=True, wait_s=0)


@pytest.mark.parametrize("card", ["[]", "{}", "no JSON", "1"])
def test_a_card_that_says_nothing_is_no_obstacle(tmp_path: Path, card: str) -> None:
    held = Holding(tmp_path / "graph", shared=False, wait_s=0)
    (tmp_path / "graph.holder.json").write_text(card, encoding="utf-8")
    assert writer_of(tmp_path / "graph") is None
    with pytest.raises(StoreUnavailable, match="by another process"):
        Holding(tmp_path / "graph", shared=False, wait_s=0)
    held.release()


def test_a_folder_in_place_of_the_card_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "graph.holder.json").mkdir()
    Holding(tmp_path / "graph", shared=False, wait_s=0).release()


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_whatever_stands_where_a_graph_is_made_is_swept(tmp_path: Path, kind: str) -> None:
    place = being_made(tmp_path / "graph")
    if kind == "file":
        place.write_bytes(b"x")
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path)
    sweep_made(tmp_path / "graph")
    assert not os.path.lexists(place)
    assert tmp_path.is_dir()


def test_a_folder_of_logs_that_a_killed_process_left_is_removed_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, linked, kept = tmp_path / "iga-log-left", tmp_path / "iga-log-linked", tmp_path / "kept"
    for folder in (left, kept):
        folder.mkdir()
        (folder / "arcadedb.log.0").write_text("x", encoding="utf-8")
    linked.symlink_to(kept)
    nowhere = tmp_path / "nothing" / "graph.log"
    first, second = _log_folder(nowhere), _log_folder(nowhere)  # the first is in use when the second is made
    assert not left.exists()
    assert first.is_dir()
    assert second.is_dir()
    assert [path.name for path in kept.iterdir()] == ["arcadedb.log.0"]
