"""The reads of this room, by name; each has its text in ``queries/linked/cypher``."""

from graph.query import Query, Row
from queries.core.reading import FullEdgeRow, OfIds


class MetUs(OfIds):
    """Which parties and posts, and our government."""

    us: str


class AroundIds(OfIds):
    """Whose relationships, and the most of them that come back for one of these."""

    most: int


class TwoGroups(OfIds):
    """Two groups of entities."""

    others: tuple[str, ...]


class Around(FullEdgeRow):
    """A relationship in either direction; of the other end only what dates the relationship is read."""

    type: str
    leads_out: bool


class Degree(Row):
    """How many relationships an entity has, counted up to the number asked for."""

    id: str
    count: int


class NextTo(Row):
    """Whom an entity has relationships with: one id for each relationship, up to the number asked for."""

    id: str
    others: tuple[str, ...]


NEIGHBOURS_OF = Query("queries.linked", "neighbours_of", AroundIds, Around)
NEXT_TO = Query("queries.linked", "next_to", AroundIds, NextTo)
EDGES_OF_ENDS = Query("queries.linked", "edges_of_ends", AroundIds, Around)
EDGES_BETWEEN = Query("queries.linked", "edges_between", TwoGroups, Around)
DEGREES = Query("queries.linked", "degrees", AroundIds, Degree)
MET_BY = Query("queries.linked", "met_by", MetUs, FullEdgeRow)
