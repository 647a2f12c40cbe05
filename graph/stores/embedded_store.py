"""ArcadeDB in this process: one process writes the folder, one thread writes at a time."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from iga.graph.errors import QueryFailed, StoreRefused, StoreUnavailable
from iga.graph.private import FOLDER, make_folder
from iga.graph.query import Record, in_order, without_order
from iga.graph.rollback import undone_by
from iga.graph.stores.checksums import Marks, seal, sealed, unseal
from iga.graph.stores.door import Filling, Run, Store, T, damaged, schema
from iga.graph.stores.embedded_engine import engine, plain
from iga.graph.stores.embedded_errors import NeedsRecovery, translated
from iga.graph.stores.embedded_filling import EmbeddedFilling
from iga.graph.stores.folder import (
    being_made,
    forget_beside,
    is_graph,
    is_vacant,
    put_in_place,
    sweep_made,
    sweep_removed,
)
from iga.graph.stores.graph_lock import Holding
from iga.graph.stores.open_stores import graphs_that_fit

PAGE_BYTES = 16_384
"""Bytes of a page of nodes or relationships. Relationships come in no order of their ends, so each that is written
touches a page of its own: of the engine's own 64 kB, two thousand of them filled a heap of 128 MB."""

INDEX_PAGE_BYTES = 65_536
"""Bytes of a page of an index. Things of fifteen classes have some 190 indexes, most of them all but empty: of the
engine's own 256 kB, such a graph took 92 MB of disk (23), 350 ms of processor to make (150) and 61 to open (27)."""

PAGES_WAITING = 4
"""Batches of pages that may wait to be written. The engine's own 512 filled its heap when the disk was slow."""

COMPACTION_MB = 32
"""Memory for putting an index in order; the engine's own 300 MB alone is more than its heap."""

SERIES_KEPT = 1000
"""Series of an index before they are all made into one. At the engine's own ten, that fills a heap of 128 MB when the
index holds half a million nodes; a look-up passes a series by its filter."""

SETTINGS: tuple[tuple[str, int | str], ...] = (
    ("bucketDefaultPageSize", PAGE_BYTES),
    ("indexDefaultPageSize", INDEX_PAGE_BYTES),
    ("pageFlushQueue", PAGES_WAITING),
    ("indexCompactionRAM", COMPACTION_MB),
    ("indexCompactionFullSeriesThreshold", SERIES_KEPT),
    ("opencypher.loadCsv.allowFileUrls", "false"),  # a read must not read files or addresses
    ("opencypher.loadCsv.allowRemoteUrls", "false"),
)
"""Names and values, for every graph that is opened."""


class Gate:
    """Lets any number of readers through at once, or one thread that replaces what they read, alone.

    A thread that is inside may pass again, even while another waits to close the gate.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: dict[int, int] = {}
        self._is_closing = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Read within the block; wait for whoever replaces what is read."""
        me = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closing or me in self._inside)
            self._inside[me] = self._inside.get(me, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._inside[me] -= 1
                if not self._inside[me]:
                    del self._inside[me]
                    self._changed.notify_all()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Be alone within the block: those inside end first, those who come later wait."""
        me = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closing)
            self._is_closing = True
            self._changed.wait_for(lambda: not self._inside.keys() - {me})
        try:
            yield
        finally:
            with self._changed:
                self._is_closing = False
                self._changed.notify_all()


TIMEOUT_S = 30.0
"""Longest a statement may run."""

DELETED_SINGLY = 5000
"""Most nodes and relationships that are deleted one by one; that many at one node take 0.06 s."""

_COUNTS = "MATCH (n) WITH count(n) AS nodes OPTIONAL MATCH ()-[x]->() RETURN nodes, count(x) AS ties"


class EmbeddedStore(Store):
    """A graph in a folder of this machine."""

    folder: Path
    fills_beside = True

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        replaces: bool = False,
        wait_s: float = 10.0,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Open the folder; for writing, make it when missing and recover it when its last writer was killed.

        Args:
            folder: Where the graph is. Beside it stand its lock and the engine's log.
            read_only: Open it beside other readers. A writer keeps everyone else out.
            replaces: Look at nothing that is there: a graph is made in its place. Until then nothing can be read.
            wait_s: Seconds to wait for whoever holds it.
            timeout_s: Longest a statement may run, in seconds.

        Raises:
            StoreUnavailable: Somebody else holds it, or it is to be read and is not there.
            StoreRefused: The folder holds something else.
        """
        self.name = f"embedded:{folder}"
        self.folder = folder
        self._read_only, self.is_replaced = read_only, replaces
        self._timeout_ms = int(timeout_s * 1000)
        self._writing = threading.RLock()
        self._gate = Gate()
        self._db: Any = None
        self._write_count = 0
        self._marks: Marks = {}
        self._engine = engine(folder)
        self._plain = getattr(self._engine, "plain", plain)
        self._check_folder()
        try:
            self._hold(wait_s)
        except NeedsRecovery:
            EmbeddedStore(folder, wait_s=wait_s, timeout_s=timeout_s).close()  # opening for writing recovers it
            self._hold(wait_s)

    def mark(self) -> Hashable:
        """Return what changes with whatever is written: nobody else can write."""
        return self._write_count

    def look(self, cypher: str, /, **params: Any) -> list[Record]:
        """Return the rows of a read; it waits while a graph made anew takes its place."""
        with self._gate.passing():
            return self._rows(self._held().query, cypher, params)

    def _records(self, text: str, params: Record) -> list[Record]:
        # The engine takes longer to put rows in order than to find them: three times as long for 25,000.
        unordered, columns = without_order(text)
        records = self.look(unordered, **params)
        return in_order(records, columns) if columns else records

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """Open a write transaction; other threads wait for it, readers see what was before."""
        with self._writing:
            if self._held().is_transaction_active():  # a nested one would commit on its own
                raise QueryFailed("a transaction is already open in this thread; write through that one")
            self._call(self._db.begin)
            with undone_by(self._roll_back):
                yield self._run
                self._call(self._db.commit)
                self._write_count += 1

    def _roll_back(self) -> None:
        if self._db.is_transaction_active():
            self._call(self._db.rollback)

    def each(self, cypher: str, /, **params: Any) -> Iterator[Record]:
        """Give the rows of a read one by one."""
        with self._gate.passing(), self._translating():
            yield from map(self._plain, self._held().query("opencypher", cypher, params).iter_dicts())

    def write(self, work: Callable[[Run], T]) -> T:
        """Run `work` in one write transaction. Nobody else can write, so it never has to run again."""
        with self.transaction() as run:
            return work(run)

    @contextmanager
    def filling(self) -> Iterator[Filling]:
        """Make a new graph beside the old one, through the engine's bulk door: twice as fast as Cypher.

        The old one is read meanwhile, and stays if the block raises or the process is killed. Where this account may
        not have files for two, it is closed meanwhile.
        """
        with self._writing:
            if graphs_that_fit() < 2:
                self._let_go()
            made = self._created()
            with undone_by(partial(self._go_on_without, made)), self._translating():
                self._define(made)
                filling = EmbeddedFilling(made)
                try:
                    yield filling
                finally:
                    filling.finish()
            self._call(made.close)
            self._replace()

    def _go_on_without(self, made: Any) -> None:
        self._call(made.close)
        self._go_on()

    def _go_on(self) -> None:
        if not self.is_replaced:  # else nothing is known of it
            self._db = self._db or self._opened()

    def define(self) -> None:
        """Make constraints and indexes, where they are missing."""
        with self._writing:
            self._define(self._held())

    def clear(self) -> None:
        """Delete everything: node by node what is small; where hubs take seconds, by an empty graph in its place."""
        with self._writing:
            forget_beside(self.folder)
            counts = self.look(_COUNTS)[0]
            if counts["nodes"] + counts["ties"] <= DELETED_SINGLY:
                self.write(lambda run: run("MATCH (n) DETACH DELETE n"))
                self.define()
            else:
                with self.filling():
                    pass

    def plan(self, cypher: str, /, **params: Any) -> str:
        """Return the engine's plan for a read."""
        return str(self.look(f"EXPLAIN {cypher}", **params)[0]["executionPlanAsString"])

    def close(self) -> None:
        """Let go of the folder, once those who read have ended; whoever reads later is told to ask again."""
        if self._db is not None:
            self.rest()
        self._holding.release()

    def rest(self) -> None:
        """Let go of the engine's files, once those who read have ended, and keep the folder."""
        with self._writing, self._gate.closed():
            self._held()
            self._let_go()
            if self.is_vouched and not self._read_only:
                seal(self.folder, self._marks)

    def wake(self) -> None:
        """Open again what rests."""
        with self._writing:
            if not self._read_only:
                unseal(self.folder)
            self._db = self._opened()

    def vouch(self) -> None:
        """Note that it was compared, and is what was written."""
        self.is_vouched = True
        if self._read_only:
            seal(self.folder, self._marks)

    def _check_folder(self) -> None:
        if is_vacant(self.folder):
            if self._read_only:
                raise StoreUnavailable(f"there is no graph at {self.folder}; make it with `iga rebuild`")
            make_folder(self.folder.parent)
        elif not is_graph(self.folder):
            raise StoreRefused(f"the folder {self.folder} holds something else than a graph; choose another one")

    def _hold(self, wait_s: float) -> None:
        self._holding = Holding(self.folder, shared=self._read_only, wait_s=wait_s)
        with undone_by(self._holding.release):
            if is_new := is_vacant(self.folder):
                forget_beside(self.folder)
            marks = {} if is_new or self.is_replaced else sealed(self.folder)
            self.is_vouched, self._marks = marks is not None, marks or {}
            if not self._read_only:  # what a killed process left is cleared away
                unseal(self.folder)
                sweep_made(self.folder)
                sweep_removed(self.folder)
                if is_new and not self.is_replaced:
                    self._call(self._created().close)
                    put_in_place(self.folder)
            self._go_on()

    def _created(self) -> Any:
        """Return a new, empty database, open, beside the folder."""
        sweep_made(self.folder)
        factory = self._engine.DatabaseFactory(str(being_made(self.folder)))
        made = self._call(factory.create)
        being_made(self.folder).chmod(FOLDER)
        return self._set_up(made)

    def _opened(self) -> Any:
        factory = self._engine.DatabaseFactory(str(self.folder))
        try:
            return self._call(factory.open, True) if self._read_only else self._set_up(self._call(factory.open))
        except QueryFailed as error:  # what the engine makes of a file that it cannot read
            raise damaged(self.name) from error

    def _set_up(self, db: Any) -> Any:
        db.set_wal_flush("yes_full")  # for this session; the engine's default never syncs
        for setting, value in (("command.timeout", self._timeout_ms), *SETTINGS):
            self._call(db.command, "sql", f"ALTER DATABASE `arcadedb.{setting}` {value}")
        return db

    def _replace(self) -> None:
        """Let the graph that was made take the place of the old one, between two reads."""
        with self._gate.closed():
            self._let_go()
            try:
                put_in_place(self.folder)
                self.is_vouched, self.is_replaced = True, False
            except OSError as error:
                raise StoreUnavailable(
                    f"the new graph cannot take its place at {self.folder} ({error.strerror}): "
                    "close what has files of it open, then run `iga rebuild`"
                ) from error
            finally:
                self._go_on()

    def _let_go(self) -> None:
        """Close the engine's files, if they are open; another graph may take their place."""
        self._write_count += 1
        if self._db is not None:
            self._call(self._db.close)
            self._db = None

    def _held(self) -> Any:
        if self._db is None:
            raise StoreUnavailable(f"{self.name} was closed while it was used; ask again")
        return self._db

    def _define(self, db: Any) -> None:
        self._call(db.begin)  # one by one, each writes all of the schema anew
        with undone_by(partial(self._call, db.rollback)):
            for statement in schema():
                self._rows(db.command, statement, {})
            self._call(db.commit)

    def _run(self, cypher: str, /, **params: Any) -> list[Record]:
        return self._rows(self._db.command, cypher, params)

    def _rows(self, ask: Callable[..., Any], cypher: str, params: Record) -> list[Record]:
        return [self._plain(row) for row in self._call(lambda: ask("opencypher", cypher, params).to_list())]

    def _call(self, call: Callable[..., Any], *arguments: Any) -> Any:
        try:
            with self._translating():
                return call(*arguments)
        except OSError as error:  # the engine's library is loaded with the first call
            raise translated(error, self.name) from error
        except (TypeError, UnicodeError) as error:
            raise QueryFailed(f"a parameter cannot be sent to {self.name}: {error}") from error

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except self._engine.ArcadeDBError as error:
            raise translated(error, self.name) from error
