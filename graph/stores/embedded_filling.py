"""The engine's bulk door: nodes and relationships by record id, without Cypher."""

from collections.abc import Sequence
from typing import Any

from graph.query import Record
from graph.stores.door import Tie, lacking

COMMIT_EVERY = 2000
"""Nodes to one of the engine's own transactions; 500 to 2,000 measured the same, 5,000 a fifth slower."""

EDGES_AT_ONCE = 5000
"""Edges that are gathered before the engine writes them. Its own 100,000 put most of that work off until the end,
when nobody folds beside it."""


class EmbeddedFilling:
    """Fills an empty database, until `finish`; it holds the record id of each entity, some 200 bytes a node."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._batch: Any = None
        self._types: set[str] = set()
        self._places: dict[str, str] = {}

    def nodes(self, labels: tuple[str, ...], rows: Sequence[Record]) -> None:
        """Create nodes of one set of labels."""
        kind = self._type_of(labels)
        places = self._opened().create_vertices(kind, rows)
        if "Entity" in labels:
            self._places.update(zip((row["id"] for row in rows), places, strict=True))

    def ties(self, kind: str, rows: Sequence[Tie]) -> None:
        """Create relationships of one type."""
        held = self._places
        if absent := sum(1 for row in rows if row.source not in held or row.target not in held):
            raise lacking(kind, absent)
        self._opened().new_edges(
            [held[row.source] for row in rows],
            kind,
            [held[row.target] for row in rows],
            [row.properties for row in rows],
        )

    def finish(self) -> None:
        """Write what is still gathered."""
        if self._batch is not None:
            self._batch.close()
            self._batch = None

    def _opened(self) -> Any:
        if self._batch is None:
            # with a parallel flush the engine's threads would wait for a minute when a type is made afterwards
            self._batch = self._db.graph_batch(
                batch_size=EDGES_AT_ONCE, commit_every=COMMIT_EVERY, parallel_flush=False
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
