"""Rows of reads kept in memory, up to a number: for one state of a projection, under which they never change."""

from threading import Lock
from typing import Any

from graph.query import Query, ReadParams

# A row is some 2 kB, so at most about 100 MB; a read without rows weighs as much as a quarter of one.
_MOST_ROWS = 50_000


class KeptReads:
    """What was read before. Threads may share it."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._rows: dict[tuple[str, ReadParams], tuple[Any, ...]] = {}
        self._weight = 0
        self._keeping = Lock()

    def rows(self, query: Query[Any, Any], params: ReadParams) -> tuple[Any, ...] | None:
        """Return the rows of a read as kept; None if it was not kept."""
        return self._rows.get((query.name, params))

    def keep(self, query: Query[Any, Any], params: ReadParams, rows: list[Any]) -> None:
        """Keep the rows of a read; where they would be too many, forget the others first."""
        with self._keeping:
            if self._weight + len(rows) + 1 > _MOST_ROWS:
                self._rows.clear()
                self._weight = 0
            self._rows[query.name, params] = tuple(rows)
            self._weight += len(rows) + 1
