"""The reads of this room, by name; each has its text in ``queries/linked/cypher``."""

from graph.query import Query, Row
from queries.core.reading import FullEdgeRow, OfIds
from queries.core.reads import AroundIds, EdgeAround


class MetUs(OfIds):
    """Which parties and posts, and our government."""

    us: str


class TwoGroups(OfIds):
    """Two groups of entities."""

    others: tuple[str, ...]


class Degree(Row):
    """How many relationships an entity has, counted up to the number asked for."""

    id: str
    count: int


class NextTo(Row):
    """Whom an entity has relationships with: one id for each relationship, up to the number asked for."""

    id: str
    others: tuple[str, ...]


NEIGHBOURS_OF = Query("queries.linked", "neighbours_of", AroundIds, EdgeAround)
NEXT_TO = Query("queries.linked", "next_to", AroundIds, NextTo)
EDGES_BETWEEN = Query("queries.linked", "edges_between", TwoGroups, EdgeAround)
DEGREES = Query("queries.linked", "degrees", AroundIds, Degree)
MET_BY = Query("queries.linked", "met_by", MetUs, FullEdgeRow)
