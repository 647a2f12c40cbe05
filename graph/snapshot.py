"""The graph and the ledger as they are open for reading, and where they stand."""

from dataclasses import dataclass
from pathlib import Path

from graph.ledger.ledger import Ledger
from graph.projection.meta import Meta
from graph.reader import Reader
from graph.stores.door import Store


@dataclass(frozen=True)
class Snapshot:
    """The graph and the ledger, open for reading.

    Attributes:
        reader: Who reads.
        store: The graph as the view shows it.
        ledger: The ledger behind it, as far as the reader sees it; see `SeenLedger`.
        meta: How far the graph is, in the numbers of that ledger; None when nothing was ever projected.
        is_whole: Whether it holds all that the ledger has; answers say so when it does not.
        known_on: The day, instant or load asked for; None is everything.
        names_at: File of the index of the names that this view shows; what else is made of the view lies beside it.
    """

    reader: Reader
    store: Store
    ledger: Ledger
    meta: Meta | None
    is_whole: bool
    known_on: str | None = None
    names_at: Path | None = None


@dataclass(frozen=True)
class WorkspaceStatus:
    """Where the ledger and the graph stand."""

    is_current: bool
    projecting: bool
    through: int
    ledger_through: int
    source_count: int
    data_version: str
