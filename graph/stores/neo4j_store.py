"""Neo4j through its own driver: one server, or a cluster behind ``neo4j://``."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from neo4j import READ_ACCESS, GraphDatabase, ManagedTransaction, Query, Session, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable
from neo4j.graph import Node, Path, Relationship

from graph.errors import (
    ConstraintViolated,
    QueryFailed,
    ReadOnly,
    StoreBusy,
    StoreError,
    StoreRefused,
    StoreUnavailable,
    TimedOut,
)
from graph.query import Record
from graph.stores.door import Filling, Run, Store, T, Tie, create_nodes, create_ties, schema

OLDEST = (5, 26)
"""The oldest server whose Cypher is that of this program."""

TIMEOUT_S = 30.0
"""Longest a statement may run."""

RETRY_S = 10.0
"""Longest to go on trying when another writer or a change of leader is in the way."""

CLEARED_AT_ONCE = 5000


class Neo4jStore(Store):
    """A graph in one database of a Neo4j server or cluster."""

    def __init__(
        self,
        uri: str,
        *,
        auth: tuple[str, str] | None = None,
        database: str | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Connect, and look whether the server is one that this program can use.

        Args:
            uri: ``neo4j://host:port`` (routed) or ``bolt://host:port``, with ``+s`` for TLS.
            auth: User and password; None where the server asks for none.
            database: Name of the database; None is the user's own.
            timeout_s: Longest a statement may run, in seconds.

        Raises:
            StoreUnavailable: Nothing answers there, or the password is wrong.
            StoreRefused: The server is too old.
        """
        self.name = uri
        self._database = database
        self._timeout_s = timeout_s
        with self._translating():
            self._driver = GraphDatabase.driver(
                uri,
                auth=auth,
                notifications_min_severity="OFF",
                max_transaction_retry_time=RETRY_S,
                connection_timeout=RETRY_S,
            )
        try:
            self._check_version()
        except BaseException:
            self._driver.close()
            raise

    def look(self, cypher: str, /, **params: Any) -> list[Record]:
        """Return the rows of a read; a read may run again on another server of a cluster.

        The server opens and ends a transaction for it by itself, which saves two ways there and back of three.
        """

        @unit_of_work(timeout=self._timeout_s)
        def work(tx: ManagedTransaction) -> list[Record]:
            return _rows(tx, cypher, **params)

        with self._translating(), self._session(default_access_mode=READ_ACCESS) as session:
            try:
                return _rows(session, Query(cypher, timeout=self._timeout_s), **params)
            except (Neo4jError, DriverError) as error:
                if not error.is_retryable():
                    raise
            return session.execute_read(work)

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """Open a write transaction that is never run again by itself."""
        with self._translating(), self._session() as session, session.begin_transaction(timeout=self._timeout_s) as tx:
            yield partial(_rows, tx)
            tx.commit()

    def each(self, cypher: str, /, **params: Any) -> Iterator[Record]:
        """Give the rows of a read one by one, as the server sends them; without a limit of time."""
        with self._translating(), self._session(default_access_mode=READ_ACCESS) as session:
            for record in session.run(cypher, params):
                yield _plain(dict(record))

    def write(self, work: Callable[[Run], T]) -> T:
        """Run `work` in one write transaction, again after a deadlock or a change of leader."""

        def in_transaction(tx: ManagedTransaction) -> T:
            return work(partial(_rows, tx))

        with self._translating(), self._session() as session:
            return session.execute_write(in_transaction)

    @contextmanager
    def filling(self) -> Iterator[Filling]:
        """Empty the store and fill it, a transaction to each call; the old Meta stays until the new one comes."""
        self._clear("WHERE NOT n:Meta")
        yield _Neo4jFilling(self)

    def define(self) -> None:
        """Make constraints and indexes where they are missing, and wait until they can be used."""
        with self._translating(), self._session() as session:
            for statement in (*schema(), "CALL db.awaitIndexes(60)"):
                session.run(statement).consume()

    def clear(self) -> None:
        """Delete everything, some nodes to a transaction."""
        self._clear()

    def _clear(self, where: str = "") -> None:
        batch = f"MATCH (n) {where} WITH n LIMIT {CLEARED_AT_ONCE} DETACH DELETE n RETURN count(*) AS gone"
        gone = CLEARED_AT_ONCE
        while gone:
            with self.transaction() as run:
                gone = run(batch)[0]["gone"]
        self.define()

    def plan(self, cypher: str, /, **params: Any) -> str:
        """Return the server's plan for a read."""
        with self._translating(), self._session() as session:
            return str(session.run(Query(f"EXPLAIN {cypher}"), params).consume().plan)

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def _check_version(self) -> None:
        asked = "CALL dbms.components() YIELD name, versions WHERE name = $name RETURN versions[0] AS version"
        with self._translating(), self._session(default_access_mode=READ_ACCESS) as session:
            rows = _rows(
                session, asked, name="Neo4j Kernel"
            )  # not a managed transaction, which would go on trying for long
        version = rows[0]["version"] if rows else "not Neo4j"
        if not rows or tuple(map(int, re.findall(r"\d+", version)[:2])) < OLDEST:
            raise StoreRefused(
                f"{self.name} is {version}; this program needs Neo4j {'.'.join(map(str, OLDEST))} or later"
            )

    def _session(self, **options: Any) -> Session:
        return self._driver.session(database=self._database, **options)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except Neo4jError as error:
            raise _translated(error, self.name) from error
        except DriverError as error:
            raise _unreachable(error, self.name) from error


class _Neo4jFilling:
    """Fills through Cypher; the server has no bulk door for a running database."""

    def __init__(self, store: Neo4jStore) -> None:
        self._store = store

    def nodes(self, labels: tuple[str, ...], rows: Sequence[Record]) -> None:
        """Create nodes of one set of labels."""
        with self._store.transaction() as run:
            if "Meta" in labels:
                run("MATCH (n:Meta) DELETE n")
            create_nodes(run, labels, rows)

    def ties(self, kind: str, rows: Sequence[Tie]) -> None:
        """Create relationships of one type."""
        with self._store.transaction() as run:
            create_ties(run, kind, rows)


def _rows(runner: Any, query: str | Query, /, **params: Any) -> list[Record]:
    try:
        return [_plain(dict(record)) for record in runner.run(query, params)]
    except (ValueError, OverflowError, UnicodeError) as error:
        raise QueryFailed(f"a parameter cannot be sent to Neo4j: {error}") from error


def _plain(value: Any) -> Any:
    """Return a value without the driver's own classes: a node is the dict of its properties."""
    if isinstance(value, Path):
        raise QueryFailed("a query returns a path; let it return nodes(p) and relationships(p)")
    if isinstance(value, Node | Relationship | dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


_KINDS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("ConstraintValidationFailed", ConstraintViolated, "{name} holds such a key already: {text}"),
    ("TransactionTimedOut", TimedOut, "a statement ran longer than {name} allows and was stopped; ask for less"),
    ("Statement.AccessMode", ReadOnly, "{name} is only to be read here: {text}"),
    ("Neo.TransientError", StoreBusy, "another writer got in the way in {name}; try again: {text}"),
    (".Security.", StoreUnavailable, "{name} refuses the user or the password; check both: {text}"),
    (".Database.DatabaseNotFound", StoreUnavailable, "{name} has no such database; name another one: {text}"),
)


def _translated(error: Neo4jError, name: str) -> StoreError:
    code, text = error.code or "", error.message or str(error)
    for part, kind, sentence in _KINDS:
        if part in code:
            return kind(sentence.format(name=name, text=text))
    return QueryFailed(f"{name} refused a statement: {text}")


def _unreachable(error: DriverError, name: str) -> StoreError:
    if isinstance(error, ServiceUnavailable):
        return StoreUnavailable(f"no Neo4j answers at {name}; start it, or check the address: {error}")
    return StoreUnavailable(f"the connection to {name} cannot be used: {error}")
