"""What the graph holds: things by class, relationships by type, rows by source."""

from dataclasses import dataclass

from queries.asking import Asking
from queries.reads import Everything
from queries.whole.reads import COUNTS_OF_NODES, COUNTS_OF_TIES
from queries.whole.sources import SourceCard, sources


@dataclass(frozen=True)
class Coverage:
    """What a graph holds.

    Attributes:
        nodes: Number of things of each class that has any, by class.
        ties: Number of relationships of each type that has any, by type.
        sources: Every source with its rows, its age and its gaps, by name.
    """

    nodes: dict[str, int]
    ties: dict[str, int]
    sources: tuple[SourceCard, ...]


def coverage(asking: Asking) -> Coverage:
    """Return what the graph holds, as far as the reader may see it.

    Raises:
        StoreError: The store did not answer.
        LedgerError: The ledger did not answer.
    """
    nodes = {row.type: row.count for row in asking.read(COUNTS_OF_NODES, Everything())}
    ties = {row.type: row.count for row in asking.read(COUNTS_OF_TIES, Everything())}
    return Coverage(nodes, ties, sources(asking))
