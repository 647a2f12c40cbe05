"""What differs between two moments, without whom no consent covers: it comes from the ledger, past what is read."""

from collections.abc import Iterator

from iga.graph.domain.edges import ReachedAt
from iga.graph.domain.parties import ContactPoint
from iga.graph.fold.between import Differing
from iga.graph.fold.shapes import FoldedNode
from iga.queries.core.session import Session


def without_left_out(session: Session, differing: Differing) -> Differing:
    """Return what differs without people who are left out, what is theirs, and the relationships of either.

    Whose a channel is that no source states any more is told by its address and by whom it reached.

    Raises:
        StoreError: The store did not answer.
        LedgerError: The ledger did not answer.
    """
    ends = {key: edge for key, (was, now) in differing.edges.items() if (edge := now or was)}
    nodes = {it: node for it, (was, now) in differing.nodes.items() if (node := now or was)}
    owners = {it: set(_owners(session, node)) for it, node in nodes.items()}
    for edge in ends.values():
        if edge.type == ReachedAt.type() and edge.target in owners:
            owners[edge.target].add(edge.source)
    hidden = session.hidden({*nodes, *(end for edge in ends.values() for end in (edge.source, edge.target))})
    refused = session.hidden(owner for theirs in owners.values() for owner in theirs)
    hidden |= {it for it, theirs in owners.items() if theirs & refused}
    return Differing(
        {it: both for it, both in differing.nodes.items() if it not in hidden},
        {key: both for key, both in differing.edges.items() if not {ends[key].source, ends[key].target} & hidden},
        {it: now for it, now in differing.merged.items() if not {it, now} & hidden},
    )


def _owners(session: Session, node: FoldedNode) -> Iterator[str]:
    channel = node.values.get("channel") if node.cls == ContactPoint.label() else None
    if isinstance(channel, dict):
        yield from session.owners_by_address(node.id, str(channel.get("value") or ""))
