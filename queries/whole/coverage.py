"""What the graph holds: things by class, relationships by type, rows by source."""

from dataclasses import dataclass

from queries.core.compiled import Everything
from queries.core.session import Session
from queries.whole.reads import COUNTS_OF_EDGES, COUNTS_OF_NODES
from queries.whole.sources import SourceCard, sources


@dataclass(frozen=True)
class Coverage:
    """What a graph holds.

    Attributes:
        nodes: Number of things of each class that has any, by class.
        edges: Number of relationships of each type that has any, by type.
        sources: Every source with its rows, its age and its gaps, by name.
    """

    nodes: dict[str, int]
    edges: dict[str, int]
    sources: tuple[SourceCard, ...]


def coverage(session: Session) -> Coverage:
    """Return what the graph holds, as far as the reader may see it.

    Raises:
        StoreError: The store did not answer.
        LedgerError: The ledger did not answer.
    """
    nodes = {row.type: row.count for row in session.read(COUNTS_OF_NODES, Everything())}
    edges = {row.type: row.count for row in session.read(COUNTS_OF_EDGES, Everything())}
    return Coverage(nodes, edges, sources(session))
