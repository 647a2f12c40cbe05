"""The stream of a rebuild, in batches."""

from collections.abc import Sequence
from itertools import groupby

import pytest

from iga.graph.errors import StoreUnavailable
from iga.graph.fold.shapes import FoldedAlias, FoldedEdge, FoldedNode, PutItem
from iga.graph.projection.filling import fill
from iga.graph.query import Record
from iga.graph.stores.door import Tie


class Recorder:
    """Remembers what it is filled with."""

    def __init__(self, *, fails: bool = False) -> None:
        self.calls: list[tuple[str, int]] = []
        self._fails = fails

    def nodes(self, labels: tuple[str, ...], rows: Sequence[Record]) -> None:
        if self._fails:
            raise StoreUnavailable("the disk is full")
        self.calls.append(("/".join(labels), len(rows)))

    def ties(self, kind: str, rows: Sequence[Tie]) -> None:
        self.calls.append((kind, len(rows)))


def node(number: int, cls: str = "Ngo") -> PutItem:
    return PutItem(FoldedNode(f"x:{number}", cls, {}, (), (f"x:{number}",), (), 0))


def edge(number: int) -> PutItem:
    return PutItem(FoldedEdge(f"rel:{number}", "UNDER", "x:1", "x:2", {}, (), (), 0))


def changes(count: int) -> list[PutItem]:
    nodes = [node(number, "Ngo" if number % 3 else "Post") for number in range(count)]
    return [*nodes, *map(edge, range(count)), PutItem(FoldedAlias("x:z", "x:1"))]


def test_no_edge_is_written_before_the_last_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iga.graph.projection.filling.BATCH", 4)
    monkeypatch.setattr("iga.graph.projection.filling.GATHERED", 6)
    recorder, told = Recorder(), list[int]()
    tally = fill(recorder, changes(25), progress=told.append)
    order = [kind for kind, _ in groupby(recorder.calls, lambda call: call[0] in ("UNDER", "Alias"))]
    assert order == [False, True]
    assert all(count <= 4 for _, count in recorder.calls)
    assert (tally.nodes, tally.edges) == (25, 25)
    assert sum(told) == sum(count for _, count in recorder.calls) == 51


def test_the_tally_does_not_depend_on_the_order() -> None:
    forth = fill(Recorder(), changes(9), progress=lambda _: None)
    nodes, edges = changes(9)[:9], changes(9)[9:]
    assert fill(Recorder(), [*reversed(nodes), *reversed(edges)], progress=lambda _: None) == forth
    assert fill(Recorder(), nodes, progress=lambda _: None) != forth


def test_an_error_of_the_engine_reaches_the_caller() -> None:
    with pytest.raises(StoreUnavailable, match="the disk is full"):
        fill(Recorder(fails=True), changes(3), progress=lambda _: None)
