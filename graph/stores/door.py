"""The one door to a graph store: the same Cypher in, the same rows out, the same errors."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from graph.query import P, Query, R, Record

SEARCH_INDEX = "Entity[search]"
"""The name ArcadeDB gives the full-text index; Neo4j is told to use the same."""


class Run(Protocol):
    """Runs one statement in an open transaction."""

    def __call__(self, cypher: str, /, **params: Any) -> list[Record]:
        """Return the rows of the statement."""


class Reader(ABC):
    """Anything that can answer a `Query`."""

    @abstractmethod
    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read, in the order its text asks for.

        Raises:
            StoreError: The store did not answer.
        """


class Store(Reader):
    """A graph store that the projection is written to. It is closed by its opener."""

    name: str
    """How messages name the store: ``embedded:PATH`` or ``neo4j://host:port``."""

    @abstractmethod
    def look(self, cypher: str, /, **params: Any) -> list[Record]:
        """Return the rows of a read compiled by the program itself (never of a user's text)."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Run]:
        """Open a write transaction: committed when its block ends, rolled back if it raises."""

    @abstractmethod
    def write(self, work: Callable[[Run], None]) -> None:
        """Run `work` in one write transaction, again if another writer was in the way.

        `work` must be idempotent: it may run several times, and only the last run counts.
        """

    @abstractmethod
    def define(self) -> None:
        """Make constraints and indexes, where they are missing."""

    @abstractmethod
    def clear(self) -> None:
        """Delete everything in the store."""

    @abstractmethod
    def plan(self, cypher: str, /, **params: Any) -> str:
        """Return the engine's plan for a read, to assert that it uses an index."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""
