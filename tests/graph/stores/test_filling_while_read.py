"""A graph is made anew beside the one that is read, and takes its place whole or not at all."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from iga.graph.errors import StoreUnavailable
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.graph.stores.folder import being_made
from iga.graph.stores.opening import remove_embedded

COUNT = "MATCH (n:Entity) RETURN count(n) AS count"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with closing(EmbeddedStore(tmp_path / "graph")) as opened:
        fill(opened, 1)
        yield opened


def fill(store: EmbeddedStore, count: int) -> None:
    with store.filling() as filling:
        filling.nodes(("Entity", "Ngo"), [{"id": f"ngo:{at}"} for at in range(count)])


def held(store: EmbeddedStore) -> int:
    return int(store.look(COUNT)[0]["count"])


def test_the_old_graph_is_read_until_the_new_one_is_whole(store: EmbeddedStore) -> None:
    with store.filling() as filling:
        filling.nodes(("Entity", "Ngo"), [{"id": "ngo:a"}, {"id": "ngo:b"}])
        assert held(store) == 1
    assert held(store) == 2


def test_readers_in_other_threads_are_never_refused_while_graphs_are_made_anew(store: EmbeddedStore) -> None:
    is_over, seen = threading.Event(), set[int]()

    def read() -> None:
        while not is_over.is_set():
            seen.add(held(store))

    with ThreadPoolExecutor(3) as threads:
        readers = [threads.submit(read) for _ in range(3)]
        try:
            for count in (2, 3, 4):
                fill(store, count)
        finally:
            is_over.set()
    assert [reader.result() for reader in readers] == [None] * 3
    assert seen <= {1, 2, 3, 4}  # never an empty graph, never a half


def fail_half_way(store: EmbeddedStore) -> None:
    with store.filling() as filling:
        filling.nodes(("Entity", "Ngo"), [{"id": "ngo:a"}, {"id": "ngo:b"}])
        raise ValueError("half way")


def test_a_filling_that_fails_leaves_the_old_graph(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half way"):
        fail_half_way(store)
    assert held(store) == 1
    fill(store, 3)
    assert held(store) == 3
    assert not being_made(tmp_path / "graph").exists()


def refuse(_: Path) -> None:
    raise PermissionError(13, "Access is denied")


def test_a_graph_that_cannot_take_its_place_leaves_the_old_one(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("iga.graph.stores.embedded_store.put_in_place", refuse)
        with pytest.raises(StoreUnavailable, match=r"cannot take its place .*Access is denied.*iga rebuild"):
            fill(store, 2)
    assert held(store) == 1


@pytest.mark.parametrize("left", ["graph.being-made", "graph.being-removed"])
def test_what_a_killed_process_left_is_cleared_away_by_the_next_writer(tmp_path: Path, left: str) -> None:
    (tmp_path / left / "deep").mkdir(parents=True)
    (tmp_path / left / "deep" / "Entity_0.bucket").write_bytes(b"half")
    EmbeddedStore(tmp_path / "graph").close()
    assert not (tmp_path / left).exists()


def test_a_store_that_is_read_is_not_removed(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    EmbeddedStore(folder).close()
    reader = EmbeddedStore(folder, read_only=True)
    with pytest.raises(StoreUnavailable, match="being read by another process"):
        remove_embedded(folder, wait_s=0)
    reader.close()
    remove_embedded(folder, wait_s=0)
    remove_embedded(folder, wait_s=0)
    assert not folder.exists()


@pytest.mark.parametrize("fails", [False, True])
def test_the_old_graph_is_closed_meanwhile_where_there_are_files_for_one(
    store: EmbeddedStore, fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.graph.stores.embedded_store.graphs_that_fit", lambda: 1)
    with suppress(KeyboardInterrupt), store.filling() as filling:
        filling.nodes(("Entity", "Ngo"), [{"id": "ngo:a"}, {"id": "ngo:b"}])
        with pytest.raises(StoreUnavailable, match="ask again"):
            held(store)
        if fails:
            raise KeyboardInterrupt
    assert held(store) == (1 if fails else 2)
