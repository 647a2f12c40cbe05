"""The Meta node: the ledger a store was projected from, how far, under which view, with which hash."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec

from iga.graph.domain.catalog import VERSION
from iga.graph.domain.marking import Marking
from iga.graph.errors import LedgerDamaged, StoreRefused
from iga.graph.fold.history import History
from iga.graph.fold.shapes import FOLD_VERSION, View
from iga.graph.ledger.head import lost_loads
from iga.graph.query import Record
from iga.graph.stores.door import META_READ, Store, damaged
from iga.graph.stores.folder import beside, keep_beside


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What a store holds.

    Attributes:
        ledger: Id of the ledger it was projected from.
        through: Number of the last load that the ledger had.
        through_at: Instant of that load. A ledger that was put back from a copy and went on has another there.
        projecting: Whether a projection is under way, or was cut off; the graph is then not whole.
        ceiling, upto: The view it was folded under; `upto` -1 counts every load.
        hash: The graph hash: the digests of all items added up modulo 2**256, as 64 hex digits.
        projected_at: Instant (UTC) that embargoes were read at.
        next_embargo: Earliest instant after it at which an embargo ends; blank when none is pending.
        recent: The last steps, oldest first, as `RecentlyTouched.line` writes them; none before a rebuild or big step.
    """

    ledger: str
    through: int = 0
    through_at: str = ""
    projecting: bool = False
    domain_version: int = VERSION
    fold_version: int = FOLD_VERSION
    ceiling: int = int(Marking.SENSITIVE)
    upto: int = -1
    hash: str = f"{0:064x}"
    node_count: int = 0
    edge_count: int = 0
    waiting_count: int = 0
    contradiction_count: int = 0
    projected_at: str = ""
    next_embargo: str = ""
    recent: tuple[str, ...] = ()

    @property
    def is_older(self) -> bool:
        """Whether an older program projected it: it is made anew before anybody reads it."""
        return self.domain_version < VERSION or self.fold_version < FOLD_VERSION

    def shows(self, view: View) -> bool:
        """True if this is a projection of a view, whatever its instant."""
        return (self.ceiling, self.upto) == (int(view.ceiling), -1 if view.upto is None else view.upto)


class LedgerState(History, Protocol):
    """A history with a name of its own.

    Attributes:
        name: Where it lies.
    """

    name: str

    @property
    def id(self) -> str:
        """The ledger's id, given when it was made."""
        ...

    def instant_of(self, load_no: int) -> str:
        """Return the instant of a load; blank when there is no such load."""
        ...


class SeenState(Protocol):
    """A ledger as its reader sees it: with numbers of its own for the loads where some are hidden."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is hidden."""
        ...

    def number_of(self, load: int) -> int:
        """Return the number under which a load is known to whoever sees it."""
        ...


def as_seen(held: Meta, ledger: SeenState) -> Meta:
    """Return what a store holds in the numbers of its reader's ledger; without embargoes to come if some is hidden."""
    if ledger.is_whole:
        return held
    upto = held.upto if held.upto < 0 else ledger.number_of(held.upto)
    return msgspec.structs.replace(held, through=ledger.number_of(held.through), upto=upto, next_embargo="")


_ANYTHING = "MATCH (n) RETURN count(n) AS count"


def meta(store: Store) -> Meta | None:
    """Return what the store holds; None when it is empty.

    Raises:
        StoreRefused: The store holds something that this program did not put there.
        StoreDamaged: So it seems, but what is kept beside it says that it is ours.
    """
    try:
        if rows := store.look(META_READ):
            return meta_of(rows[0], store.name)
        if store.look(_ANYTHING)[0]["count"]:
            raise StoreRefused(f"{store.name} holds a graph that is not ours; name another store, or empty it yourself")
    except StoreRefused as error:
        if meta_beside(store.folder) is None:
            raise
        raise damaged(store.name) from error
    return None


def meta_beside(folder: Path | None) -> Meta | None:
    """Return what is kept beside a graph of what it holds; None where nothing is that can be read, and for a server."""
    try:
        return msgspec.json.decode(beside(folder), type=Meta) if folder else None
    except msgspec.MsgspecError:
        return None


def keep_meta_beside(store: Store, held: Meta) -> None:
    """Keep beside a graph whose it is and through which load, so that this is known however damaged the graph is."""
    if store.folder:
        keep_beside(store.folder, msgspec.json.encode(msgspec.structs.replace(held, recent=())))


def meta_of_replaced(store: Store) -> Meta | None:
    """Return what a store says it holds that is to be made anew: beside it, so that what is damaged is not read.

    None where it is not known, or is empty. A graph of before that was kept is asked itself, if it can be opened.
    """
    held = meta_beside(store.folder)
    return held if held or store.is_replaced else meta(store)


def meta_of(row: Mapping[str, Any], name: str) -> Meta:
    """Return the meta of a row of `META_READ`.

    Raises:
        StoreRefused: It is not one that this program or an older one wrote.
    """
    try:
        return msgspec.convert({k: v for k, v in row["meta"].items() if k != "id"}, Meta)
    except msgspec.ValidationError as error:
        raise StoreRefused(f"{name} has a Meta node that cannot be read ({error}); name another store") from error


def meta_properties(meta: Meta) -> Record:
    """Return all properties of the Meta node."""
    return {"id": "meta", **msgspec.to_builtins(meta)}


def refuse_lost_loads(held: Meta, ledger: LedgerState) -> None:
    """Refuse a ledger that lacks loads from which its graph was made: it must not go on as if they never were.

    Raises:
        LedgerDamaged: It does: its log was lost, or an older copy was put in its place.
    """
    if held.through_at != ledger.instant_of(held.through):
        is_there = bool(ledger.instant_of(held.through))
        raise LedgerDamaged(lost_loads(held.through, ledger.name, is_there=is_there))


def check_held(held: Meta, ledger: LedgerState, store: Store) -> None:
    """Refuse to read a graph beside a ledger that it was not made from, or that lacks loads from which it was.

    Raises:
        StoreRefused: The graph is another ledger's, or a newer program's.
        LedgerDamaged: The ledger lacks loads.
        StoreDamaged: It seems to, but by what is kept beside the graph it lacks none.
    """
    check_ours(held, ledger=ledger.id, store=store.name)
    try:
        refuse_lost_loads(held, ledger)
    except LedgerDamaged as error:
        kept = meta_beside(store.folder)
        if kept is None or kept.ledger != ledger.id or kept.through_at != ledger.instant_of(kept.through):
            raise
        raise damaged(store.name) from error


def check_ours(held: Meta, *, ledger: str, store: str) -> None:
    """Refuse a store that this program must not write to; one that was made from no load is any ledger's.

    Raises:
        StoreRefused: It belongs to another ledger, or a newer program wrote it.
    """
    if held.ledger != ledger and held.through:
        raise StoreRefused(
            f"{store} was projected from ledger {held.ledger}, not from {ledger}; name the ledger it "
            "belongs to, or another store"
        )
    if held.domain_version > VERSION or held.fold_version > FOLD_VERSION:
        raise StoreRefused(
            f"{store} was projected by a newer version of this program (domain {held.domain_version}, fold "
            f"{held.fold_version}; this one has {VERSION} and {FOLD_VERSION}); install the newer version"
        )
