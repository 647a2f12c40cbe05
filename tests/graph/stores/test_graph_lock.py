"""The lock of a graph and what stands beside it: what is only derived mends itself, the rest is a sentence."""

import os
from pathlib import Path

import pytest

from iga.graph.errors import StoreUnavailable, SystemRefused
from iga.graph.stores.folder import being_made, sweep_made
from iga.graph.stores.graph_lock import Holding, writer_of


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
