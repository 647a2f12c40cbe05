"""Pools: all that is said, live and visible, of each node or pair that is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias, TypeVar

from iga.graph.fold.history import History, RowHistory
from iga.graph.fold.live import Lens, Said, edge_said, node_said
from iga.graph.fold.nodes import in_order
from iga.graph.fold.shapes import Triple
from iga.graph.grouping import batches

Key = TypeVar("Key")

NodePools: TypeAlias = dict[str, list[Said]]
PairPools: TypeAlias = dict[Triple, list[Said]]

BATCH = 2_000
"""Subjects whose rows are held at once: a few MB, and few enough questions to a ledger."""


def node_pools(rows: Iterable[RowHistory], lens: Lens, owners: Mapping[str, str]) -> NodePools:
    """Return the pools in the order of trust, by canonical id; empty ones are left out."""
    stated = chain.from_iterable(node_said(row, lens, owners) for row in rows)
    return {canonical: in_order(pool) for canonical, pool in _pooled(stated, owners).items()}


def pair_pools(rows: Iterable[RowHistory], lens: Lens, owners: Mapping[Triple, Triple]) -> PairPools:
    """Return the pools by canonical triple; empty ones are left out. Arguments as for `node_pools`."""
    return _pooled(chain.from_iterable(edge_said(row, lens, owners) for row in rows), owners)


def _pooled(stated: Iterable[tuple[Key, Said]], owners: Mapping[Key, Key]) -> dict[Key, list[Said]]:
    pools: dict[Key, list[Said]] = {}
    for written, statement in stated:
        pools.setdefault(owners[written], []).append(statement)
    return pools


def fetched_nodes(
    history: History, lens: Lens, members: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[Said]]]:
    """Give the pool of each canonical id that has one, in batches."""
    for batch in batches(members, BATCH):
        owners = {written: canonical for canonical in batch for written in members[canonical]}
        yield from node_pools(history.rows_naming(owners.keys()), lens, owners).items()


def fetched_pairs(
    history: History, lens: Lens, written: Mapping[Triple, Sequence[Triple]]
) -> Iterator[tuple[Triple, list[Said]]]:
    """Give the pool of each canonical triple that has one, in batches; arguments as for `fetched_nodes`."""
    for batch in batches(written, BATCH):
        owners = {raw: triple for triple in batch for raw in written[triple]}
        yield from pair_pools(history.rows_joining(owners.keys()), lens, owners).items()
