"""The one door to a graph store: the same Cypher in, the same rows out, the same errors."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from pydantic import ValidationError

from iga.graph.domain.catalog import EDGE
from iga.graph.errors import QueryFailed, StoreDamaged, StoreError
from iga.graph.query import P, Query, R, Record

T = TypeVar("T")

PLAIN_LABELS = ("Alias", "Contradiction", "Meta", "Waiting")
"""Labels of what a projection keeps beside the entities; none of these nodes has a relationship."""

POINTERS = ("government", "country", "body", "owner", "place", "provider", "receiver")
"""Fields of entities that name another one: looked up from there, as no relationship leads back."""

META_READ = "MATCH (n:Meta {id: 'meta'}) RETURN properties(n) AS meta"
"""What a store holds, as its last projection left it."""


class Run(Protocol):
    """Runs one statement in an open transaction."""

    def __call__(self, cypher: str, /, **params: Any) -> list[Record]:
        """Return the rows of the statement."""
        ...


class Tie(NamedTuple):
    """A relationship to create: the ids of its ends, its properties (``key`` among them)."""

    source: str
    target: str
    properties: Record


class Filling(Protocol):
    """Fills a store that was emptied for it: nodes before the relationships that join them."""

    def nodes(self, labels: tuple[str, ...], rows: Sequence[Record]) -> None:
        """Create nodes of one set of labels; each row holds all properties of one node, ``id`` among them."""

    def ties(self, kind: str, rows: Sequence[Tie]) -> None:
        """Create relationships of one type.

        Raises:
            QueryFailed: An end is not there.
        """


class ReadableStore(ABC):
    """Anything that can answer a `Query`."""

    reads_by_pages = False
    """Whether everything is read page by page: a statement may not take long, and an index gives its rows in order."""

    @abstractmethod
    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read, in the order its text asks for.

        Raises:
            StoreError: The store did not answer.
        """


class Store(ReadableStore):
    """A graph store that the projection is written to. It is closed by its opener."""

    name: str
    """How messages name the store: ``embedded:PATH`` or ``neo4j://host:port``."""

    folder: Path | None = None
    """Where it lies on this machine; None for a server."""

    fills_beside = False
    """Whether a graph is made anew beside the old one, which is whole until the new one takes its place."""

    is_replaced = False
    """Whether it was opened for a graph to be made anew in its place: what was there before is not looked at."""

    is_vouched = True
    """Whether what it holds is known to be what was written; if not, it has to be compared with its digests once."""

    def vouch(self) -> None:
        """Note that it was compared, and is what was written."""

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read, in the order its text asks for.

        Raises:
            StoreError: The store did not answer, or answered with other columns than the query promises.
        """
        if query.finds_nothing(params):
            return []
        records = self._records(query.text_for(params), params.model_dump(mode="json"))
        try:
            return [query.row.model_validate(record) for record in records]
        except ValidationError as error:
            raise QueryFailed(
                f"{query.package}/{query.name}.cypher does not return what {query.row.__name__} promises: "
                f"{error.errors()[0]['msg']} in {error.errors()[0]['loc']}; make its text and the model agree"
            ) from error

    def mark(self) -> Hashable:
        """Return what changes with every projection: while it stays, what was read is good.

        Raises:
            StoreError: The store did not answer.
        """
        return repr(self.look(META_READ))

    def _records(self, text: str, params: Record) -> list[Record]:
        return self.look(text, **params)

    @abstractmethod
    def look(self, cypher: str, /, **params: Any) -> list[Record]:
        """Return the rows of a read compiled by the program itself (never of a user's text)."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Run]:
        """Open a write transaction: committed when its block ends, rolled back if it raises."""

    @abstractmethod
    def each(self, cypher: str, /, **params: Any) -> Iterator[Record]:
        """Give the rows of a read one by one, in flat memory; for a store that nobody writes meanwhile."""

    @abstractmethod
    def write(self, work: Callable[[Run], T]) -> T:
        """Run `work` in one write transaction, again if another writer was in the way.

        `work` must be idempotent: it may run several times, and only the last run counts. What that returns
        is returned.
        """

    @abstractmethod
    def filling(self) -> AbstractContextManager[Filling]:
        """Define an empty store and take what is to be in it, as fast as the engine allows.

        It is not one transaction: what stands there after an error or a kill is what was before or what was
        filled in, as the engine can. So the caller marks the store as unfinished first thing and as finished
        last thing. Reads meanwhile see the one or the other.
        """

    @abstractmethod
    def define(self) -> None:
        """Make constraints and indexes, where they are missing."""

    @abstractmethod
    def clear(self) -> None:
        """Delete everything in the store; its constraints and indexes are there afterwards."""

    @abstractmethod
    def plan(self, cypher: str, /, **params: Any) -> str:
        """Return the engine's plan for a read, to assert that it uses an index."""

    def rest(self) -> None:
        """Let go of what the store takes of this process until `wake`, and keep others out; nobody uses it then."""

    def wake(self) -> None:
        """Be as before `rest`."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""


def schema() -> Iterator[str]:
    """Give the statements both engines share: unique ids, unique keys, the order of names, what a field points to."""
    for label in ("Entity", *PLAIN_LABELS):
        yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for field in ("sort_name", *POINTERS):
        yield f"CREATE INDEX entity_{field} IF NOT EXISTS FOR (n:Entity) ON (n.{field})"
    for kind in EDGE:
        name = f"{kind.lower()}_key"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[x:{kind}]-() REQUIRE x.key IS UNIQUE"
    yield "CREATE INDEX participated_for IF NOT EXISTS FOR ()-[x:PARTICIPATED]-() ON (x.on_behalf_of)"


def create_nodes(run: Run, labels: tuple[str, ...], rows: Sequence[Record]) -> None:
    """Create nodes of one set of labels, each with all properties of its row."""
    run(f"UNWIND $rows AS row CREATE (n{labelled(labels)}) SET n = row", rows=rows)


def create_ties(run: Run, kind: str, rows: Sequence[Tie]) -> None:
    """Create relationships of one type.

    Raises:
        QueryFailed: An end is not there; the engines would skip the row without a word.
    """
    [made] = run(
        "UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target}) "
        f"CREATE (a)-[x:`{kind}`]->(b) SET x = row.properties RETURN count(*) AS count",
        rows=[row._asdict() for row in rows],
    )
    if made["count"] != len(rows):
        raise lacking(kind, len(rows) - made["count"])


def lacking(kind: str, count: int) -> StoreError:
    """Return the error that some relationships lack an end."""
    return QueryFailed(f"{count} {kind} relationships lack an end in the store, so it is not whole; run `iga rebuild`")


def damaged(name: str) -> StoreDamaged:
    """Return the error that a store holds something else than was written."""
    return StoreDamaged(f"{name} is damaged: iga rebuild makes it anew from the ledger")


def labelled(labels: tuple[str, ...]) -> str:
    """Return labels as Cypher writes them after a variable. They come from the domain alone."""
    return "".join(f":`{label}`" for label in labels)
