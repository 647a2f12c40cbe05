"""The engine's bulk door: nodes and relationships by record id, without Cypher."""

from collections.abc import Sequence
from typing import Any

from iga.graph.compact import Numbers
from iga.graph.query import Record
from iga.graph.stores.door import Tie, lacking

COMMIT_EVERY = 500
"""Nodes to one of the engine's own transactions; 500 to 2,000 measured the same, 5,000 a fifth slower. Each edge that
is written touches a page of its own, so more of them fill the engine's memory."""

EDGES_AT_ONCE = 5000
"""Edges that are gathered before the engine writes them. Its own 100,000 put most of that work off until the end,
when nobody folds beside it."""

CHUNKS_KEPT = 50_000
"""Places of edge lists that the engine remembers in each direction. Its own million takes up to 300 MB at a million
nodes; a miss only reads the list from the disk."""

EDGES_TO_A_BATCH = 100_000
"""Edges to one of the engine's batches: it remembers each node that it touched until the batch is closed."""

INCOMING_DEFERRED = 100_000
"""Incoming edges that the engine puts off. Its own five million fill its memory, and are all written at the end."""

# record ids are #bucket:position; what is left of 40 bits numbers the buckets
_POSITION_BITS = 30
_POSITION = (1 << _POSITION_BITS) - 1


class EmbeddedFilling:
    """Fills an empty database, until `finish`; it holds the record id of each entity, some 30 bytes a node."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._batch: Any = None
        self._edges = 0
        self._types: set[str] = set()
        self._places = Numbers()
        self._buckets: list[str] = []

    def nodes(self, labels: tuple[str, ...], rows: Sequence[Record]) -> None:
        """Create nodes of one set of labels."""
        kind = self._type_of(labels)
        places = self._opened().create_vertices(kind, rows)
        if "Entity" in labels:
            for row, place in zip(rows, places, strict=True):
                self._places.put(row["id"], self._packed(place))

    def ties(self, kind: str, rows: Sequence[Tie]) -> None:
        """Create relationships of one type."""
        sources, targets = ([self._place(row.source) for row in rows], [self._place(row.target) for row in rows])
        if absent := sum(1 for ends in zip(sources, targets, strict=True) if "" in ends):
            raise lacking(kind, absent)
        self._opened().new_edges(sources, kind, targets, [row.properties for row in rows])
        self._edges += len(rows)
        if self._edges >= EDGES_TO_A_BATCH:
            self.finish()

    def finish(self) -> None:
        """Write what is still gathered."""
        if self._batch is not None:
            self._batch.close()
            self._batch = None
            self._edges = 0

    def _packed(self, place: str) -> int:
        bucket, _, position = place.partition(":")
        if bucket not in self._buckets:
            self._buckets.append(bucket)
        return self._buckets.index(bucket) << _POSITION_BITS | int(position)

    def _place(self, entity: str) -> str:
        """Return the record id of an entity; blank when there is none."""
        packed = self._places.get(entity)
        return "" if packed is None else f"{self._buckets[packed >> _POSITION_BITS]}:{packed & _POSITION}"

    def _opened(self) -> Any:
        if self._batch is None:
            # with a parallel flush the engine's threads would wait for a minute when a type is made afterwards
            self._batch = self._db.graph_batch(
                batch_size=EDGES_AT_ONCE,
                commit_every=COMMIT_EVERY,
                parallel_flush=False,
                chunk_cache_capacity=CHUNKS_KEPT,
                max_deferred_incoming_edges=INCOMING_DEFERRED,
            )
        return self._batch

    def _type_of(self, labels: tuple[str, ...]) -> str:
        """Return the engine's type for a set of labels, which it makes when Cypher first asks for it."""
        name = "~".join(sorted(labels))
        if name not in self._types:
            self.finish()  # no type can be made while a batch is open
            self._db.begin()
            self._db.command("opencypher", f"CREATE (n:{':'.join(sorted(labels))} {{id: ''}})").to_list()
            self._db.rollback()  # the type outlives the rollback, the node does not
            self._types.add(name)
        return name
