"""What differs in a graph between two moments of its ledger: things and relationships before and after."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.domain.marking import Marking
from graph.fold.affected import Kinship, Span, Subjects
from graph.fold.history import History
from graph.fold.live import Lens
from graph.fold.pools import fetched_nodes
from graph.fold.shapes import FoldedEdge, FoldedNode, View, Waiting
from graph.fold.sides import Side, fetch_nodes
from graph.fold.step import moved_ends, reach_neighbours, touch_neighbours


@dataclass(frozen=True)
class Differing:
    """What is not the same at two loads, by canonical id or by key; None is what was not there.

    Attributes:
        nodes: Things before and after.
        edges: Relationships before and after; those that wait for an end are not there.
        merged: The id that now stands for one that stood for itself before.
    """

    nodes: Mapping[str, tuple[FoldedNode | None, FoldedNode | None]]
    edges: Mapping[str, tuple[FoldedEdge | None, FoldedEdge | None]]
    merged: Mapping[str, str]


@dataclass(frozen=True)
class Moment:
    """A state of the ledger: the last load that counts, and the instant that embargoes are read at."""

    load: int
    at: str


def between(
    history: History,
    *,
    ceiling: Marking,
    since: Moment,
    until: Moment,
    limit: int,
    about: Collection[str] | None = None,
) -> Differing | None:
    """Return what differs between two moments under a ceiling; None when more than `limit` subjects were touched.

    What a later load reclassified is read with its marking of today on both sides. Only rows with a version of a load
    in between are read, those that a changed card or an ended embargo touches, and what else is said of the same
    subjects.

    Args:
        history: The ledger.
        ceiling: Strictest marking that is seen.
        since: The earlier moment; its load is the last one that does not count as a change.
        until: The later moment.
        limit: Most subjects.
        about: Ids as written: only rows that name one of them are read, so that what differs elsewhere may be missing.
            None reads all.
    """
    headers = history.headers()
    before, now = (Lens(headers, View(ceiling, moment.load, moment.at)) for moment in (since, until))
    span = Span(before, now, since.load, until.load)
    kin = Kinship(history, span)
    sides = Side(before, kin.before), Side(now, kin.now)
    touched = Subjects()
    rows = span.touched_rows(history, headers)
    for row in rows if about is None else span.touched_rows_about(history, headers, about):
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
    _look_up_classes(history, kin, sides)
    return _differing(sides)


def _look_up_classes(history: History, kin: Kinship, sides: tuple[Side, Side]) -> None:
    """Fill in the classes of nodes that are named but not touched, each as its own side has it."""
    named = sides[0].named() | sides[1].named()
    kin.include(named)
    for side in sides:
        missing = {side.clusters.canonical(written) for written in named} - side.classes.keys()
        members = {node: side.clusters.members_of(node) for node in sorted(missing)}
        side.classes.update((node, pool[0].word) for node, pool in fetched_nodes(history, side.lens, members))


def _differing(sides: tuple[Side, Side]) -> Differing:
    nodes, nodes_now = (side.folded_nodes() for side in sides)
    edges, edges_now = (_standing(side.folded_edges()) for side in sides)
    return Differing(
        nodes={key: (nodes.get(key), nodes_now.get(key)) for key in _unlike(nodes, nodes_now)},
        edges={key: (edges.get(key), edges_now.get(key)) for key in _unlike(edges, edges_now)},
        merged={key: sides[1].clusters.canonical(key) for key in nodes if sides[1].clusters.canonical(key) != key},
    )


def _standing(edges: Mapping[str, FoldedEdge | Waiting]) -> dict[str, FoldedEdge]:
    return {key: edge for key, edge in edges.items() if isinstance(edge, FoldedEdge)}


def _unlike(before: Mapping[str, object], now: Mapping[str, object]) -> Collection[str]:
    return sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
