"""The reads of this room, by name; each has its text in ``queries/whole/cypher``."""

from graph.query import Query, Row
from queries.reading import OfIds
from queries.reads import Everything


class TieCount(Row):
    """Number of relationships of one type."""

    subject: str
    type: str
    count: int


class Count(Row):
    """Number of nodes of one class, or of relationships of one type."""

    type: str
    count: int


TIE_COUNTS_OUT = Query("queries.whole", "tie_counts_out", OfIds, TieCount)
TIE_COUNTS_IN = Query("queries.whole", "tie_counts_in", OfIds, TieCount)
COUNTS_OF_NODES = Query("queries.whole", "counts_of_nodes", Everything, Count)
COUNTS_OF_TIES = Query("queries.whole", "counts_of_ties", Everything, Count)
