"""How the projection that answers stands to the ledger, and what was read of it before."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.meta import Meta, meta
from iga.graph.query import P, Query, R, ReadParams
from iga.graph.stores.door import ReadableStore, Store

# A row is some 2 kB, so at most about 50 MB; a read without rows weighs as much as a quarter of one.
_MOST_ROWS = 25_000
# Look-ups in the index of names, each of some things.
_MOST_VALUES = 5_000

T = TypeVar("T")


class KeptReads:
    """What was read before, and what of it may be shown. Threads may share it."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ReadParams], tuple[Any, ...]] = {}
        self._shown: dict[Hashable, Any] = {}
        self._weight = 0
        self._keeping = Lock()

    def of(self, store: ReadableStore, query: Query[P, R], params: P) -> list[R]:
        """Return the rows of a read as kept, else from the store; where too many are kept, the others are forgotten."""
        kept = self._rows.get((query.name, params))
        if kept is not None:
            return list(kept)
        rows = store.read(query, params)
        with self._keeping:
            if self._weight + len(rows) + 1 > _MOST_ROWS:
                self._rows.clear()
                self._shown.clear()
                self._weight = 0
            self._rows[query.name, params] = tuple(rows)
            self._weight += len(rows) + 1
        return rows

    def shown(self, query: Query[P, R], params: P, shows: Hashable, decide: Callable[[], T]) -> T:
        """Return what of a read may be shown, decided once for whom it is shown; it is forgotten with the read."""
        key = query.name, params, shows
        if (kept := self._shown.get(key)) is None:
            kept = decide()
            if (query.name, params) in self._rows:
                self._shown[key] = kept
        return cast(T, kept)


class KeptValues:
    """What was made of one state of the graph and its names before, by what it was asked by. Threads may share it."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, made if it is not; it is never changed."""
        if (kept := self._made.get(key)) is None:
            kept = make()
            if len(self._made) >= _MOST_VALUES:
                self._made.clear()
            self._made[key] = kept
        return cast(T, kept)


@dataclass(frozen=True)
class Status:
    """How the projection that answers stands to the ledger.

    Attributes:
        data_version: What the graph is known by: its hash, keyed; blank when nothing was ever projected.
        through: Number of the last load projected; evidence is read as of it. None reads everything.
        projecting: Whether the ledger has a load that is not, or not wholly, projected: answers may be incomplete.
        view: What the projection shows: ceiling, last load, instant of embargoes.
        known_on: Day or load that the view was built for; None is everything loaded.
        recent: What the last steps of the projection touched, in lines (`iga.graph.projection.recent`).
        mark: What changes with every projection into the store, as it was then; None where that is not known.
        graph_hash: Its hash, which is shown to nobody.
    """

    data_version: str = ""
    through: int | None = None
    projecting: bool = False
    view: View = field(default_factory=View)
    known_on: str | None = None
    recent: tuple[str, ...] = field(default=(), repr=False, compare=False)
    edge_count: int = field(default=0, repr=False, compare=False)
    mark: object = field(default=None, repr=False, compare=False)
    graph_hash: str = field(default="", repr=False, compare=False)

    @classmethod
    def of(cls, held: Meta | None, ledger: Ledger, *, known_on: str | None = None, mark: object = None) -> "Status":
        """Return the status of what a store holds, in the numbers of its reader's ledger."""
        last = ledger.through()
        if held is None:
            return cls(projecting=last > 0, known_on=known_on)
        upto = None if held.upto < 0 else held.upto
        return cls(
            data_version=ledger.version_of(held.hash),
            through=upto or held.through,
            projecting=held.projecting or held.through < last,
            view=View(Marking(held.ceiling), upto, held.projected_at),
            known_on=known_on,
            recent=held.recent,
            edge_count=held.edge_count,
            mark=mark,
            graph_hash=held.hash,
        )

    def has_moved(self, store: ReadableStore) -> bool:
        """True if a load was projected into a store since, so that what was read may be of two states."""
        if not isinstance(store, Store) or (self.mark is not None and self.mark == store.mark()):
            return False
        held = meta(store)
        return held is not None and (held.hash, held.projecting) != (self.graph_hash, False)
