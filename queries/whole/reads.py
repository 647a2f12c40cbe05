"""The reads of this room, by name; each has its text in ``queries/whole/cypher``."""

from typing import Any

from iga.graph.query import Query, Row
from iga.queries.core.compiled import Everything
from iga.queries.core.reading import OfIds


class Count(Row):
    """Number of nodes of one class, or of relationships of one type."""

    type: str
    count: int


class NamedEntity(Row):
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


class AroundEntity(Row):
    """A relationship in either direction, with its days as the fold gave them."""

    id: str
    other: str
    key: str
    start_min: str | None
    start_max: str | None
    end_min: str | None
    end_max: str | None


COUNTS_OF_NODES = Query("iga.queries.whole", "counts_of_nodes", Everything, Count)
COUNTS_OF_EDGES = Query("iga.queries.whole", "counts_of_edges", Everything, Count)
EVERYTHING_NAMED = Query("iga.queries.whole", "everything_named", Everything, NamedEntity)
EDGES_LEAVING = Query("iga.queries.whole", "edges_leaving", OfIds, Leaving)
DAYS_OF_EDGES = Query("iga.queries.whole", "days_of_edges", OfIds, AroundEntity)
