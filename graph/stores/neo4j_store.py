"""Neo4j through its own driver: one server, or a cluster behind ``neo4j://``."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from socket import create_connection, socket
from ssl import CERT_NONE, SSLCertVerificationError, create_default_context
from typing import Any
from urllib.parse import SplitResult, urlsplit

from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Query, Result, Session, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError
from neo4j.graph import Node, Path, Relationship

from iga.graph.errors import (
    ConstraintViolated,
    QueryFailed,
    ReadOnly,
    StoreBusy,
    StoreError,
    StoreRefused,
    StoreUnavailable,
    TimedOut,
)
from iga.graph.query import Record
from iga.graph.rollback import undone_by
from iga.graph.stores.door import Filling, Run, Store, T, Tie, create_nodes, create_ties, schema

PROBE_S = 1.0
"""Longest to look what is at an address that could not be used."""

_BOLT_PORT = 7687
# The greeting of Bolt, then the versions that are understood: 4.4, which every server since 2021 speaks, and no other.
_GREETING = bytes.fromhex("6060B017 00000404 00000000 00000000 00000000")

_KINDS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("ConstraintValidationFailed", ConstraintViolated, "{name} holds such a key already: {text}"),
    (
        "TransactionTimedOut",
        TimedOut,
        "a statement ran longer than {name} allows and was stopped; ask for less, or again if the server stood still",
    ),
    ("Statement.AccessMode", ReadOnly, "{name} is only to be read here: {text}"),
    ("DatabaseUnavailable", StoreUnavailable, "{name} is starting or stopping; try again in a minute: {text}"),
    ("Neo.TransientError", StoreBusy, "another writer got in the way in {name}; try again: {text}"),
    (".Security.", StoreUnavailable, "{name} refuses the user or the password; check both: {text}"),
    (".Database.DatabaseNotFound", StoreUnavailable, "{name} has no such database; name another one: {text}"),
)


def translated(error: Neo4jError, name: str) -> StoreError:
    """Return our error for one that the server sent."""
    code, text = error.code or "", error.message or str(error)
    for part, kind, sentence in _KINDS:
        if part in code:
            return kind(sentence.format(name=name, text=text))
    return QueryFailed(f"{name} refused a statement: {text}")


def is_silence(error: BaseException | None) -> bool:
    """True if an error comes of waiting in vain."""
    return error is not None and (isinstance(error, TimeoutError) or is_silence(error.__cause__))


def unreachable(error: DriverError, name: str) -> StoreUnavailable:
    """Return our error for a connection that could not be made or used, by what answers there now."""
    parts = urlsplit(name)
    try:
        with create_connection((parts.hostname or "", parts.port or _BOLT_PORT), timeout=PROBE_S) as probe:
            if "+" in parts.scheme and not is_silence(error) and (refused := _why_no_tls(probe, parts)):
                return StoreUnavailable(f"TLS with {name} failed: {refused}")
            # What is encrypted is not looked into.
            reply = _reply(probe) if "+" not in parts.scheme else None if is_silence(error) else b"\0\0"
    except OSError:
        return StoreUnavailable(f"nothing answers at {name}; start Neo4j, or check the address")
    if reply is None:
        return StoreUnavailable(
            f"something takes connections at {name}, but says nothing; restart Neo4j if it hangs, or check the address"
        )
    if reply.startswith(b"\0\0"):
        reason = str(error).splitlines()[-1]
        return StoreUnavailable(f"the connection to {name} cannot be used; run the command again: {reason}")
    what = "a web server" if reply == b"HTTP" else "something"
    return StoreUnavailable(
        f"{what} answers at {name}, but it is no Neo4j; check host and port, which is {_BOLT_PORT} for most, and"
        " whether it wants +s"
    )


def _why_no_tls(probe: socket, parts: SplitResult) -> str:
    """Return why a server is not spoken to in TLS, and what to do; blank where it is."""
    context = create_default_context()
    if parts.scheme.endswith("+ssc"):
        context.check_hostname, context.verify_mode = False, CERT_NONE
    try:
        context.wrap_socket(probe, server_hostname=parts.hostname).close()
    except SSLCertVerificationError as error:
        own = parts.scheme.replace("+s", "+ssc")
        return (
            f"{error.verify_message}; have its certificate signed by an authority that this machine trusts"
            f" (SSL_CERT_FILE names others), or write {own}:// to take any on a network of your own"
        )
    except OSError:
        plain = parts.scheme.partition("+")[0]
        return f"its server speaks none; turn it on there, or write {plain}:// on a network of your own"
    return ""


def _reply(probe: socket) -> bytes | None:
    """Return how a greeting is answered; blank where the connection is closed, None where nothing comes."""
    try:
        probe.sendall(_GREETING)
        return probe.recv(4)
    except TimeoutError:
        return None
    except OSError:
        return b""


OLDEST = (5, 26)
"""The oldest server whose Cypher is that of this program."""

TIMEOUT_S = 30.0
"""Longest a statement may run."""

RETRY_S = 10.0
"""Longest to go on trying when another writer or a change of leader is in the way."""

CONNECT_S = 5.0
"""Longest for a server to take a connection and to say that it is a Neo4j."""

SILENCE_S = 5.0
"""Longest for a server to say nothing after the time that a statement may run."""

IDLE_S = 1.0
"""A connection that was not used for so long is tried first, which tells of a server that stands still."""

CLEARED_AT_ONCE = 5000

_SCALARS = frozenset({str, int, float, bool})


class Neo4jStore(Store):
    """A graph in one database of a Neo4j server or cluster."""

    reads_by_pages = True

    def __init__(
        self,
        uri: str,
        *,
        auth: tuple[str, str] | None = None,
        database: str | None = None,
        timeout_s: float = TIMEOUT_S,
        connect_s: float = CONNECT_S,
        silence_s: float = SILENCE_S,
    ) -> None:
        """Connect, and look whether the server is one that this program can use.

        Args:
            uri: ``neo4j://host:port`` (routed) or ``bolt://host:port``, with ``+s`` for TLS.
            auth: User and password; None where the server asks for none.
            database: Name of the database; None is the user's own.
            timeout_s: Longest a statement may run, in seconds.
            connect_s: Longest the server may take to take a connection and to say that it is a Neo4j, in seconds.
            silence_s: Longest it may say nothing after the time that a statement may run, in seconds.

        Raises:
            StoreUnavailable: No Neo4j answers there, or the password is wrong.
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
                telemetry_disabled=True,  # a server may be set to tell its maker how it is used
                max_transaction_retry_time=RETRY_S,
                connection_timeout=connect_s,
                connection_acquisition_timeout=connect_s,
                liveness_check_timeout=IDLE_S,
            )
            _limit_silence(self._driver, timeout_s + silence_s)
        with undone_by(self._driver.close):
            self._check_version()

    def look(self, cypher: str, /, **params: Any) -> list[Record]:
        """Return the rows of a read; a read may run again on another server of a cluster.

        The server opens and ends a transaction for it by itself, which saves two ways there and back of three.
        """

        @unit_of_work(timeout=self._timeout_s)
        def work(tx: ManagedTransaction) -> list[Record]:
            return self._rows(tx, cypher, **params)

        with self._translating(), self._session(default_access_mode=READ_ACCESS) as session:
            try:
                return self._rows(session, Query(cypher, timeout=self._timeout_s), **params)
            except (Neo4jError, DriverError) as error:
                if not error.is_retryable():
                    raise
            return session.execute_read(work)

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """Open a write transaction that is never run again by itself."""
        with self._translating(), self._session() as session, session.begin_transaction(timeout=self._timeout_s) as tx:
            yield partial(self._rows, tx)
            tx.commit()

    def each(self, cypher: str, /, **params: Any) -> Iterator[Record]:
        """Give the rows of a read one by one, as the server sends them; without a limit of time."""
        with self._translating(), self._session(default_access_mode=READ_ACCESS) as session:
            yield from _records(session.run(cypher, params))

    def write(self, work: Callable[[Run], T]) -> T:
        """Run `work` in one write transaction, again after a deadlock or a change of leader."""

        def in_transaction(tx: ManagedTransaction) -> T:
            return work(partial(self._rows, tx))

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
            for statement in (*schema(), f"CALL db.awaitIndexes({TIMEOUT_S:.0f})"):
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
            # not a managed transaction, which would go on trying for long
            rows = self._rows(session, asked, name="Neo4j Kernel")
        version = rows[0]["version"] if rows else "not Neo4j"
        if not rows or tuple(map(int, re.findall(r"\d+", version)[:2])) < OLDEST:
            raise StoreRefused(
                f"{self.name} is {version}; this program needs Neo4j {'.'.join(map(str, OLDEST))} or later"
            )

    def _rows(self, runner: Any, query: str | Query, /, **params: Any) -> list[Record]:
        try:
            return list(_records(runner.run(query, params)))
        except (ValueError, OverflowError, UnicodeError) as error:
            raise QueryFailed(f"a parameter cannot be sent to Neo4j: {error}") from error
        except DriverError as error:
            if is_silence(error):  # tried again, it would be waited for as long once more
                raise unreachable(error, self.name) from error
            raise

    def _session(self, **options: Any) -> Session:
        return self._driver.session(database=self._database, **options)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except Neo4jError as error:
            raise translated(error, self.name) from error
        except DriverError as error:
            raise unreachable(error, self.name) from error


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


def _records(result: Result) -> Iterator[Record]:
    """Give the rows of a result."""
    names = result.keys()
    for row in result:
        yield dict(zip(names, map(_plain, row), strict=True))


def _plain(value: Any) -> Any:
    """Return a value without the driver's own classes: a node is the dict of its properties."""
    if value is None or type(value) in _SCALARS:
        return value
    if isinstance(value, Path):
        raise QueryFailed("a query returns a path; let it return nodes(p) and relationships(p)")
    if isinstance(value, Node | Relationship | dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _limit_silence(driver: Driver, silence_s: float) -> None:
    """Let no connection wait longer for a word: the driver has no option for it, a server asks for two minutes."""
    opener = driver._pool.opener

    def limited(*place: Any) -> Any:
        connection = opener(*place)
        connection.socket.set_read_timeout(silence_s)
        return connection

    driver._pool.opener = limited
