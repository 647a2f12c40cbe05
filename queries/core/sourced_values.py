"""What sources say of a subject, side by side, as far as the view of a question lets it be seen."""

from collections.abc import Collection
from itertools import product

from iga.graph.fold.live import Said, edge_said
from iga.graph.fold.pools import node_pools
from iga.graph.fold.shapes import Triple
from iga.graph.fold.value_folds import in_order
from iga.queries.core.session import Session


def said_of_nodes(session: Session, ids: Collection[str]) -> dict[str, list[Said]]:
    """Return what sources say of nodes with these ids as written, most trusted first, by id."""
    wanted = frozenset(ids)
    pools = node_pools(session.ledger.rows_naming(wanted), session.lens, {written: written for written in wanted})
    return {it: [said._replace(values=session.masked(said.values, it)) for said in pool] for it, pool in pools.items()}


def said_of_edges(session: Session, kind: str, sources: Collection[str], targets: Collection[str]) -> list[Said]:
    """Return what sources say of edges of a type between any of these ids as written, most trusted first."""
    triples: frozenset[Triple] = frozenset((kind, source, target) for source, target in product(sources, targets))
    rows = session.ledger.rows_joining(triples)
    said = in_order([stated for row in rows for _, stated in edge_said(row, session.lens, triples)])
    return [stated._replace(values=session.masked(stated.values, *sources, *targets)) for stated in said]
