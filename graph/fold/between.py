"""What differs in a graph between two moments of its ledger: things and relationships before and after."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from iga.graph.domain.marking import Marking
from iga.graph.fold.affected import Kinship, Span
from iga.graph.fold.history import History
from iga.graph.fold.live import Lens
from iga.graph.fold.pools import fetched_nodes
from iga.graph.fold.shapes import FoldedEdge, FoldedNode, Item, View
from iga.graph.fold.step import named_by, of_sort, reached

Sort = TypeVar("Sort", bound=Item)


@dataclass(frozen=True)
class Differing:
    """What is not the same at two loads, by canonical id or by key; None is what was not there.

    Attributes:
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
    span = Span(headers, before, now, since.load, until.load)
    kin = Kinship(history, span)
    sides = reached(history, span, kin, limit=limit, about=about)
    if sides is None:
        return None
    named = named_by(sides, kin)
    for side in sides:
        missing = {side.clusters.canonical(written) for written in named} - side.classes.keys()
        members = {node: side.clusters.members_of(node) for node in sorted(missing)}
        side.classes.update((node, pool[0].word) for node, pool in fetched_nodes(history, side.lens, members))
    nodes, nodes_now = (side.folded_nodes() for side in sides)
    edges, edges_now = (of_sort(side.folded_edges(), FoldedEdge) for side in sides)
    resolved = {key: kin.now.canonical(key) for key in nodes}
    return Differing(
        nodes=_unlike(nodes, nodes_now),
        edges=_unlike(edges, edges_now),
        merged={key: canonical for key, canonical in resolved.items() if canonical != key},
    )


def _unlike(before: Mapping[str, Sort], now: Mapping[str, Sort]) -> dict[str, tuple[Sort | None, Sort | None]]:
    pairs = {key: (before.get(key), now.get(key)) for key in sorted(before.keys() | now.keys())}
    return {key: (was, is_now) for key, (was, is_now) in pairs.items() if was != is_now}
