"""The rebuild: the stream of a whole graph fills an emptied store, folding and writing at the same time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from iga.graph.fold.shapes import FoldedAlias, FoldedEdge, Item, PutItem
from iga.graph.garbage_collection import seldom_collected
from iga.graph.projection.properties import PLACES, labels_of, tie_of
from iga.graph.projection.tally import Tally, digest_sum
from iga.graph.stores.door import Filling

BATCH = 2000
"""Rows handed to the engine at once."""

AHEAD = 2
"""Batches that may wait for the engine; more would only take memory."""

GATHERED = 20_000
"""Rows that may wait for their batches to fill up, over all labels and types."""

Progress = Callable[[int], None]
"""Is told how many items were written since it was last told."""


class Batch(NamedTuple):
    """Rows of one kind: nodes of one set of labels, or relationships of one type."""

    kind: tuple[str, ...] | str
    tallied: str
    rows: list[Any]

    def tally(self) -> Tally:
        """Return what its rows add to the tally."""
        if not self.tallied:
            return Tally()
        properties = self.rows if isinstance(self.kind, tuple) else (row.properties for row in self.rows)
        return Tally(hash=digest_sum(row["digest"] for row in properties), **{self.tallied: len(self.rows)})

    def write(self, filling: Filling) -> None:
        """Write its rows."""
        if isinstance(self.kind, tuple):
            filling.nodes(self.kind, self.rows)
        else:
            filling.ties(self.kind, self.rows)


def fill(filling: Filling, changes: Iterable[PutItem], *, progress: Progress) -> Tally:
    """Write a stream of puts, in which all nodes come before the first edge, and return its tally.

    The engine works in a thread of its own and needs no Python meanwhile, so the fold goes on beside it.
    """
    tally = Tally()
    written: deque[Future[None]] = deque()
    with seldom_collected(), ThreadPoolExecutor(1) as engine:
        for batch in _batches(changes):
            tally += batch.tally()
            if len(written) == AHEAD:
                written.popleft().result()
            written.append(engine.submit(batch.write, filling))
            progress(len(batch.rows))
        for future in written:
            future.result()
    return tally


def _batches(changes: Iterable[PutItem]) -> Iterator[Batch]:
    """Give the rows of puts in batches; no edge before the last node."""
    open_batches: dict[tuple[str, ...] | str, Batch] = {}
    gathered, ties_begun = 0, False
    for change in changes:
        if isinstance(change.item, FoldedEdge) and not ties_begun:
            ties_begun = True
            yield from open_batches.values()
            open_batches, gathered = {}, 0
        kind, tallied, row = _placed(change.item)
        batch = open_batches.setdefault(kind, Batch(kind, tallied, []))
        batch.rows.append(row)
        gathered += 1
        if len(batch.rows) == BATCH:
            gathered -= BATCH
            yield open_batches.pop(kind)
        elif gathered == GATHERED:
            yield from open_batches.values()
            open_batches, gathered = {}, 0
    yield from open_batches.values()


def _placed(item: Item | FoldedAlias) -> tuple[tuple[str, ...] | str, str, Any]:
    if isinstance(item, FoldedEdge):
        return item.type, "edges", tie_of(item)
    place = PLACES[type(item)]
    row = place.properties(item)
    return labels_of(place, row), place.tallied, row
