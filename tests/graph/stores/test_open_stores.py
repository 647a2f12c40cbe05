"""A server keeps as many graphs awake as it may have files for, and wakes those that it needs."""

from pathlib import Path
from typing import Any

import pytest

from iga.graph.errors import StoreUnavailable
from iga.graph.stores import open_stores
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.graph.stores.graph_lock import writer_of
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


def test_what_is_in_use_does_not_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_stores, "_WAIT_S", 0.1)
    one = Sleeper()
    stores: Any = OpenStores(1)
    with stores.using("one", lambda: one), stores.using("one", lambda: one):  # noqa: SIM117
        with pytest.raises(StoreUnavailable, match="ulimit -n"), stores.using("two", Sleeper):
            pass
    assert one.done == []


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
