"""The graph and the ledger as they are open for reading, and where they stand."""

from dataclasses import dataclass, replace
from pathlib import Path

from iga.graph.fold.live import sortable
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.meta import Meta, meta
from iga.graph.projection.project import is_current
from iga.graph.reader import Reader
from iga.graph.stores.door import Store


@dataclass(frozen=True)
class Snapshot:
    """The graph and the ledger, open for reading.

    Attributes:
        store: The graph as the view shows it.
        ledger: The ledger behind it, as far as the reader sees it; see `SeenLedger`.
        meta: How far the graph is, in the numbers of that ledger; None when nothing was ever projected.
        is_whole: Whether it holds all that the ledger has; answers say so when it does not.
        known_on: The day, instant or load asked for; None is everything.
        names_at: File of the index of the names that this view shows; what else is made of the view lies beside it.
        since, until: Instants (UTC) between which it is good as long as nothing changes; a blank end is none.
        ledger_mark, store_mark: What changes with every commit to the ledger and every projection, as it was before
            anything was read; None where it is not known to be good for longer.
    """

    reader: Reader
    store: Store
    ledger: Ledger
    meta: Meta | None
    is_whole: bool
    known_on: str | None = None
    names_at: Path | None = None
    since: str = ""
    until: str = ""
    ledger_mark: object = None
    store_mark: object = None

    @property
    def marks(self) -> tuple[Store, object, object]:
        """What is the same of two snapshots that are known to show the same; see whether there are marks first."""
        return self.store, self.ledger_mark, self.store_mark

    def marked(self, held: Meta | None, whole: Ledger, *, mark: object, since: str) -> "Snapshot":
        """Return it with its marks, if it is up to the ledger, and nothing was written while it was opened.

        Args:
            held: What the store holds, in the numbers of the whole ledger.
            whole: That ledger.
            mark: Its mark, before anything was read.
            since: The instant of that.
        """
        store_mark = self.store.mark()
        if held is None or not is_current(held, whole, now=since) or held != meta(self.store):
            return self
        return replace(self, since=since, until=held.next_embargo, ledger_mark=mark, store_mark=store_mark)

    def stands(self, now: str) -> bool:
        """True if what was read of it is good at an instant: nothing was committed or projected, no embargo ended.

        Raises:
            LedgerError, StoreError: One of them did not answer.
        """
        is_over = now < self.since or (self.until and sortable(self.until) <= sortable(now))
        if self.store_mark is None or is_over:
            return False
        return (self.ledger_mark, self.store_mark) == (self.ledger.mark(), self.store.mark())


@dataclass(frozen=True)
class WorkspaceStatus:
    """Where the ledger and the graph stand."""

    is_current: bool
    projecting: bool
    through: int
    ledger_through: int
    source_count: int
    data_version: str
