"""One step of a projection: the changes that take it from the loads it holds to all that are there."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol

from graph.fold.affected import Kinship, Span, Subjects
from graph.fold.differences import (
    alias_changes,
    contradiction_changes,
    edge_changes,
    node_changes,
    reborn,
    waiting_changes,
)
from graph.fold.history import History
from graph.fold.live import Lens
from graph.fold.pools import batches
from graph.fold.shapes import Change, View
from graph.fold.sides import Side, fetch_nodes, fetch_pairs

REBUILD_SHARE = 3
"""A step that touches more than one subject in this many is dearer than a rebuild."""


class Projected(Protocol):
    """What a projection holds now, before the step."""

    def classes(self, ids: Collection[str]) -> dict[str, str]:
        """Return the class of each node that is present, by canonical id; other ids are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """What a projection must do.

    Attributes:
        rebuild: Whether so much is touched that a rebuild (`graph.fold.full.full`) is cheaper.
        changes: What differs, drops first: edges, waiting, aliases, contradictions, nodes; then puts: nodes,
            edges, aliases, waiting, contradictions. Applied in this order, no edge ever lacks an end. Every
            drop names something that is there. A node of another class is dropped and put anew, with its
            edges. Empty for a rebuild, and where nothing differs.
    """

    rebuild: bool = False
    changes: tuple[Change, ...] = ()


def step(history: History, projected: Projected, *, view: View, since: int, embargo_since: str) -> Step:
    """Return the changes from the projection of the first `since` loads to that of all loads.

    What was before is folded again from the ledger; the projection is only asked for the classes of nodes
    that the step does not touch. So it must be whole: after an interrupted step, after redaction, and with
    another domain or fold version it has to be rebuilt.

    Args:
        history: The ledger, or an open load.
        projected: The projection as it is.
        view: Ceiling and instant of the projection; its `upto` is None.
        since: Number of the last load it holds.
        embargo_since: The instant (`View.now`) it was last projected at.
    """
    limit = history.subject_count() // REBUILD_SHARE
    changes = changes_since(history, projected, view=view, since=(since, embargo_since), limit=limit)
    return Step(rebuild=True) if changes is None else Step(changes=changes)


def changes_since(
    history: History, projected: Projected, *, view: View, since: tuple[int, str], limit: int
) -> tuple[Change, ...] | None:
    """Return the changes of a step; None when it touches more than `limit` subjects."""
    headers = history.headers()
    before, now = Lens(headers, replace(view, now=since[1]), horizon=since[0]), Lens(headers, view)
    span = Span(before, now, since[0])
    kin = Kinship(history, span)
    sides = Side(before, kin.before), Side(now, kin.now)
    touched = Subjects()
    for row in span.touched_rows(history, headers):
        touched.add(row)
        if touched.count() > limit:
            return None
    kin.include(touched.ids | touched.judged)
    ids = touched.ids | kin.moved()
    fetch_nodes(history, sides, kin.canonicals(ids))
    touch_neighbours(history, touched, moved_ends(kin, sides))
    if touched.count() > limit:
        return None
    reach_neighbours(history, kin, sides, touched)
    _look_up_classes(projected, kin, sides)
    return _changes(sides)


def moved_ends(kin: Kinship, sides: tuple[Side, Side]) -> set[str]:
    """Return the ids, as written, whose edges must be folded again.

    Those that resolve to another id than before, and those whose node came, went or changed its class.
    """
    before, now = sides
    moved = {raw for raw in kin.moved() if kin.before.canonical(raw) != kin.now.canonical(raw)}
    nodes = before.classes.keys() | now.classes.keys()
    for node in (node for node in nodes if before.classes.get(node) != now.classes.get(node)):
        moved.update(before.clusters.members_of(node), now.clusters.members_of(node))
    return moved


def touch_neighbours(history: History, touched: Subjects, ends: set[str]) -> None:
    """Add the edges at these ends, and everything that names one of them in a ref."""
    for batch in batches(sorted(ends)):
        for row in history.rows_touching(batch):
            touched.add_touching(row, ends)


def reach_neighbours(history: History, kin: Kinship, sides: tuple[Side, Side], touched: Subjects) -> None:
    """Fill in the nodes that name a moved one, and all touched pairs."""
    kin.include(touched.ids.union(*(triple[1:] for triple in touched.triples)))
    naming = kin.canonicals(touched.ids) - sides[0].nodes.keys() - sides[1].nodes.keys()
    fetch_nodes(history, sides, naming)
    fetch_pairs(history, sides, touched.triples)


def _look_up_classes(projected: Projected, kin: Kinship, sides: tuple[Side, Side]) -> None:
    """Fill in the classes of nodes that are named but not touched: they are the same on both sides."""
    named = sides[0].named() | sides[1].named()
    kin.include(named)
    touched = sides[0].classes.keys() | sides[1].classes.keys()
    for node, cls in projected.classes(kin.canonicals(named) - touched).items():
        for side in sides:
            side.classes[node] = cls


def _changes(sides: tuple[Side, Side]) -> tuple[Change, ...]:
    nodes, nodes_now = (side.folded_nodes() for side in sides)
    edges, edges_now = (side.folded_edges() for side in sides)
    anew = reborn(nodes, nodes_now)
    drop_nodes, put_nodes = node_changes(nodes, nodes_now)
    drop_edges, put_edges = edge_changes(edges, edges_now, anew=anew)
    drop_waiting, put_waiting = waiting_changes(edges, edges_now)
    drop_aliases, put_aliases = alias_changes(nodes, nodes_now)
    drop_rings, put_rings = contradiction_changes(*(side.clusters.contradictions for side in sides))
    drops = [*drop_edges, *drop_waiting, *drop_aliases, *drop_rings, *drop_nodes]
    return (*drops, *put_nodes, *put_edges, *put_aliases, *put_waiting, *put_rings)
