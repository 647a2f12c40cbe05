"""The reads of this room, by name; each has its text in ``queries/whole/cypher``."""

from typing import Any

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


class Named(Row):
    """An entity by its name alone."""

    id: str
    cls: str
    name: str


class Leaving(Row):
    """A relationship with all its properties, seen from where it starts."""

    source: str
    type: str
    target: str
    key: str
    values: dict[str, Any]


class Around(Row):
    """A relationship in either direction, with its days as the fold gave them."""

    id: str
    other: str
    key: str
    start_min: str | None
    start_max: str | None
    end_min: str | None
    end_max: str | None


TIE_COUNTS_OUT = Query("queries.whole", "tie_counts_out", OfIds, TieCount)
TIE_COUNTS_IN = Query("queries.whole", "tie_counts_in", OfIds, TieCount)
COUNTS_OF_NODES = Query("queries.whole", "counts_of_nodes", Everything, Count)
COUNTS_OF_TIES = Query("queries.whole", "counts_of_ties", Everything, Count)
EVERYTHING_NAMED = Query("queries.whole", "everything_named", Everything, Named)
TIES_LEAVING = Query("queries.whole", "ties_leaving", OfIds, Leaving)
DAYS_OF_TIES = Query("queries.whole", "days_of_ties", OfIds, Around)
