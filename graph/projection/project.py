"""Keeping a store's projection up with its ledger: a step where that is enough, a rebuild where it is not."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from msgspec.structs import replace as replace_meta

from iga.graph.errors import StoreBusy, StoreRefused
from iga.graph.fold.full import full
from iga.graph.fold.history import History
from iga.graph.fold.live import sortable
from iga.graph.fold.shapes import Change, DropItem, FoldedEdge, View, key_of
from iga.graph.fold.step import step
from iga.graph.grouping import batches, by_key
from iga.graph.ledger.people_register import ERASED
from iga.graph.projection.filling import Progress, fill
from iga.graph.projection.meta import (
    LedgerState,
    Meta,
    check_held,
    check_ours,
    keep_meta_beside,
    meta,
    meta_of,
    meta_of_replaced,
    meta_properties,
)
from iga.graph.projection.properties import PLACES, NodePlace, labels_of, tie_of
from iga.graph.projection.recent import with_step
from iga.graph.projection.tally import Tally, digest_sum
from iga.graph.query import Record
from iga.graph.stores.door import META_READ, Run, Store, Tie, create_nodes, create_ties

BATCH = 2000
"""Rows to a statement; both engines are within a tenth of their best from 1,000 to 5,000."""

T = TypeVar("T")


def apply(run: Run, changes: Iterable[Change]) -> Tally:
    """Write changes in the order in which the fold gives them and return what they add to the tally.

    Raises:
        StoreRefused: Something that is to go is not there: somebody else wrote to the store.
    """
    tally = Tally()
    for (way, sort), group in groupby(changes, lambda change: (type(change), type(change.item))):
        items: Iterator[Any] = (change.item for change in group)
        for batch in batches(items, BATCH):
            if sort is FoldedEdge:
                tally += (_drop_edges if way is DropItem else _put_edges)(run, batch)
            else:
                tally += (_drop if way is DropItem else _put)(run, PLACES[sort], batch)
    return tally


def _drop(run: Run, place: NodePlace, items: Sequence[Any]) -> Tally:
    match = f"UNWIND $ids AS id MATCH (x:{place.label} {{id: id}})"
    gone = _dropped(run, match, "DETACH DELETE x", [key_of(item) for item in items])
    return _tally_of(place, -gone, -len(items))


def _drop_edges(run: Run, edges: Sequence[FoldedEdge]) -> Tally:
    gone = 0
    for kind, group in by_key(edges, attrgetter("type")).items():
        match = f"MATCH ()-[x:`{kind}`]->() WHERE x.key IN $ids"
        gone += _dropped(run, match, "DELETE x", [edge.key for edge in group])
    return Tally(hash=-gone, edges=-len(edges))


def _dropped(run: Run, match: str, delete: str, ids: list[str]) -> int:
    """Delete what matches and return the sum of its digests."""
    held = run(f"{match} RETURN x.digest AS digest", ids=ids)
    if len(held) != len(ids):
        raise StoreRefused(
            f"{len(ids) - len(held)} of {len(ids)} items to delete, such as {ids[0]}, are not in the store: "
            "something else wrote to it; run `iga rebuild`"
        )
    run(f"{match} {delete}", ids=ids)
    return digest_sum(row["digest"] for row in held)


def _put(run: Run, place: NodePlace, items: Sequence[Any]) -> Tally:
    rows = [place.properties(item) for item in items]
    lookup = f"UNWIND $ids AS id MATCH (x:{place.label} {{id: id}}) RETURN x.id AS id, x.digest AS digest"
    held = {row["id"]: row["digest"] for row in run(lookup, ids=[row["id"] for row in rows])}
    new = [row for row in rows if row["id"] not in held]
    for labels, group in by_key(new, lambda row: labels_of(place, row)).items():
        create_nodes(run, labels, group)
    if changed := [row for row in rows if row["id"] in held and _differs(row, held[row["id"]])]:
        run(f"UNWIND $rows AS row MATCH (x:{place.label} {{id: row.id}}) SET x = row", rows=changed)
    now = digest_sum(row.get("digest") for row in rows)
    return _tally_of(place, now - digest_sum(held.values()), len(new))


def _put_edges(run: Run, edges: Sequence[FoldedEdge]) -> Tally:
    tally = Tally()
    for kind, group in by_key(edges, attrgetter("type")).items():
        tally += _put_ties(run, kind, {edge.key: tie_of(edge) for edge in group})
    return tally


def _put_ties(run: Run, kind: str, ties: dict[str, Tie]) -> Tally:
    match = f"MATCH ()-[x:`{kind}`]->() WHERE x.key IN $keys"  # the ends are part of the key: they never move
    rows = run(f"{match} RETURN x.key AS key, x.digest AS digest", keys=list(ties))
    held = {row["key"]: row["digest"] for row in rows}
    if new := [tie for key, tie in ties.items() if key not in held]:
        create_ties(run, kind, new)
    if changed := {key: ties[key].properties for key in held if _differs(ties[key].properties, held[key])}:
        run(f"{match} SET x = $rows[x.key]", keys=list(changed), rows=changed)
    now = digest_sum(tie.properties["digest"] for tie in ties.values())
    return Tally(hash=now - digest_sum(held.values()), edges=len(new))


def _differs(row: Record, digest: str | None) -> bool:
    return digest is None or row["digest"] != digest


def _tally_of(place: NodePlace, hash_change: int, count: int) -> Tally:
    return Tally(hash=hash_change, **({place.tallied: count} if place.tallied else {}))


AT_ONCE = 20_000
"""Most changes that are written in one transaction; more of them would fill the engine's memory."""

_META_WRITE = "MATCH (n:Meta {id: 'meta'}) SET n = $meta"
_CLASSES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id AS id, n.cls AS cls"


@dataclass(frozen=True, slots=True)
class StoreProjected:
    """What a step asks of the projection it starts from, answered by a store."""

    store: Store

    def classes(self, ids: Collection[str]) -> dict[str, str]:
        """Return the class of each node that is present, by canonical id."""
        return {row["id"]: row["cls"] for row in self.store.look(_CLASSES, ids=sorted(ids))} if ids else {}


@dataclass(frozen=True)
class Projection:
    """What projecting did.

    Attributes:
        change_count: Items and aliases that were put or dropped.
        behind: Why views beside the graph are not up to it: a reason for each.
    """

    meta: Meta
    change_count: int = 0
    rebuilt: bool = False
    behind: tuple[str, ...] = ()


def project(
    ledger: LedgerState, store: Store, *, view: View | None = None, now: str, progress: Progress | None = None
) -> Projection:
    """Bring a store up to the last load of its ledger; write nothing when it is there already.

    An empty store, a projection that was cut off and one of an older version of the program are rebuilt. The
    caller holds the ledger's writer lock, so that no load is committed meanwhile.

    Args:
        ledger: What to project.
        store: Where to; open for writing.
        view: What the projection shows: its ceiling, and the last load where it shows the past. None shows
            everything.
        now: Instant (UTC) to read embargoes at.
        progress: Is told how many items were written since it was last told.

    Raises:
        StoreRefused: The store is another ledger's, a newer program's, of another view, or not ours.
        LedgerDamaged: The ledger lacks loads from which the store was projected.
        StoreBusy: Another process projected meanwhile.
    """
    view = replace(view or View(), now=now)
    held = meta(store)
    if held is None:
        return rebuild(ledger, store, view=view, now=now, progress=progress)
    check_held(held, ledger, store)
    if not held.shows(view):
        raise StoreRefused(f"{store.name} holds another view of the ledger; rebuild it for this one, or name another")
    if not _can_go_on(held, ledger, now=now):
        return rebuild(ledger, store, view=view, now=now, progress=progress)
    if _is_up(held, ledger, view):
        keep_meta_beside(store, held)
        return Projection(held)
    if _was_erased(held, ledger):  # what a step would compare with is gone
        return rebuild(ledger, store, view=view, now=now, progress=progress)
    if view.upto is not None:  # later loads change such a view only by what they reclassify
        return rebuild(ledger, store, view=view, now=now, progress=progress)
    return _stepped(ledger, store, held=held, view=view, progress=progress or _silent)


def rebuild(
    ledger: LedgerState, store: Store, *, view: View | None = None, now: str, progress: Progress | None = None
) -> Projection:
    """Empty a store and project the whole ledger into it; parameters and errors are those of `project`.

    It may change the view that the store shows. When it is cut off, the store holds what it held before, or says
    that it is not whole and is rebuilt again.
    """
    view = replace(view or View(), now=now)
    if (held := meta_of_replaced(store)) is not None:
        check_ours(held, ledger=ledger.id, store=store.name)
    through = ledger.through()
    goal = Meta(
        ledger=ledger.id,
        through=through,
        through_at=ledger.instant_of(through),
        ceiling=int(view.ceiling),
        upto=-1 if view.upto is None else view.upto,
        projected_at=now,
        next_embargo=next_embargo(ledger, now=now),
    )
    keep_meta_beside(store, goal)
    if held is not None and not store.fills_beside:  # whoever reads meanwhile is told
        store.write(partial(_begin, held=held, begun=replace_meta(held, projecting=True)))
    with store.filling() as filling:
        filling.nodes(("Meta",), [meta_properties(replace_meta(goal, projecting=True))])
        tally = fill(filling, full(ledger, view=view), progress=progress or _silent)
    final = _counted(goal, tally)
    store.write(lambda run: run(_META_WRITE, meta=meta_properties(final)))
    return Projection(final, tally.nodes + tally.edges + tally.waiting + tally.contradictions, rebuilt=True)


def is_current(held: Meta | None, ledger: LedgerState, *, now: str) -> bool:
    """True if a store's projection is whole, of this version, and up to the last load at an instant."""
    if held is None or not _can_go_on(held, ledger, now=now):
        return False
    return _is_up(held, ledger, View(now=now))


def next_embargo(history: History, *, now: str) -> str:
    """Return the earliest instant after `now` at which an embargo ends; blank when none is pending."""
    instants = {header.card.public_from for header in history.headers()}
    instants |= {version.content.public_from for row in history.rows_embargoed() for version in row}
    return min((instant for instant in instants if _is_after(instant, now)), key=sortable, default="")


def _stepped(ledger: LedgerState, store: Store, *, held: Meta, view: View, progress: Progress) -> Projection:
    now = max(view.now, held.projected_at, key=sortable)
    view = replace(view, now=now)
    through = ledger.through()
    taken = step(ledger, StoreProjected(store), view=view, since=held.through, embargo_since=held.projected_at)
    if taken.rebuild:
        return rebuild(ledger, store, view=view, now=now, progress=progress)
    goal = replace_meta(
        held,
        through=through,
        through_at=ledger.instant_of(through),
        projected_at=now,
        next_embargo=next_embargo(ledger, now=now),
        recent=with_step(held.recent, held.hash, taken.changes),
    )
    keep_meta_beside(store, goal)
    if len(taken.changes) <= AT_ONCE:
        final = store.write(lambda run: _in_one(run, held, goal, taken.changes))
        progress(len(taken.changes))
    else:
        final = _in_batches(store, held, goal, taken.changes, progress)
    return Projection(final, len(taken.changes))


def _in_one(run: Run, held: Meta, goal: Meta, changes: Sequence[Change]) -> Meta:
    _check_unmoved(run, held)
    final = _counted(goal, _tally(held) + apply(run, changes))
    run(_META_WRITE, meta=meta_properties(final))
    return final


def _in_batches(store: Store, held: Meta, goal: Meta, changes: Sequence[Change], progress: Progress) -> Meta:
    store.write(partial(_begin, held=held, begun=replace_meta(held, projecting=True)))
    tally = _tally(held)
    for batch in batches(changes, BATCH):
        tally += store.write(partial(apply, changes=batch))
        progress(len(batch))
    final = _counted(goal, tally)
    store.write(lambda run: run(_META_WRITE, meta=meta_properties(final)))
    return final


def _begin(run: Run, *, held: Meta, begun: Meta) -> None:
    _check_unmoved(run, held)
    run(_META_WRITE, meta=meta_properties(begun))


def _check_unmoved(run: Run, held: Meta) -> None:
    rows = run(META_READ)
    if not rows or meta_of(rows[0], "the store") != held:
        raise StoreBusy("another process projected into the store meanwhile; run the command again")


def _can_go_on(held: Meta, ledger: LedgerState, *, now: str) -> bool:
    """True if a step from what a store holds can bring it up; else everything is projected anew."""
    is_ours = held.ledger == ledger.id and not held.is_older
    return is_ours and not held.projecting and not opened_early(held, ledger, now=now)


def opened_early(held: Meta, ledger: LedgerState, *, now: str) -> bool:
    """True if the projection shows what is under an embargo still: it was made while the clock stood ahead."""
    if not _is_after(held.projected_at, now):
        return False
    pending = next_embargo(ledger, now=now)
    return bool(pending) and not _is_after(pending, held.projected_at)


def _was_erased(held: Meta, ledger: LedgerState) -> bool:
    """True if somebody was erased from the ledger since the projection."""
    return any(header.source == ERASED and header.no > held.through for header in ledger.headers())


def _is_up(held: Meta, ledger: LedgerState, view: View) -> bool:
    return held.through == ledger.through() and not (held.next_embargo and not _is_after(held.next_embargo, view.now))


def _is_after(instant: str, now: str) -> bool:
    return bool(instant) and sortable(instant) > sortable(now)


def _tally(held: Meta) -> Tally:
    return Tally(int(held.hash, 16), held.node_count, held.edge_count, held.waiting_count, held.contradiction_count)


def _counted(goal: Meta, tally: Tally) -> Meta:
    return replace_meta(
        goal,
        hash=tally.hex,
        node_count=tally.nodes,
        edge_count=tally.edges,
        waiting_count=tally.waiting,
        contradiction_count=tally.contradictions,
    )


def _silent(count: int) -> None:
    pass
