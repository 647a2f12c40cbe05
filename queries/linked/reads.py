"""The reads of this room, by name; each has its text in ``queries/linked/cypher``."""

from typing import Any

from iga.graph.query import Query, Row
from iga.queries.core.reading import FullEdgeRow, OfIds
from iga.queries.core.reads import AroundIds, EdgeAround


class MetUs(OfIds):
    """Which parties and posts, and our government."""

    us: str


class TwoGroups(OfIds):
    """Two groups of entities."""

    others: tuple[str, ...]


class EndsAndKeys(OfIds):
    """Relationships by their keys, and entities among their ends."""

    keys: tuple[str, ...]


class EdgeWithEnds(EdgeAround):
    """A relationship, with what dates it of the end that it was read from too."""

    own: dict[str, Any]


class NextTo(Row):
    """Whom an entity has relationships with: one id for each relationship, up to the number asked for."""

    id: str
    others: tuple[str, ...]


EDGES_BY_KEY = Query("iga.queries.linked", "edges_by_key", EndsAndKeys, EdgeWithEnds)
NEIGHBOURS_OF = Query("iga.queries.linked", "neighbours_of", AroundIds, EdgeAround)
NEXT_TO = Query("iga.queries.linked", "next_to", AroundIds, NextTo)
EDGES_BETWEEN = Query("iga.queries.linked", "edges_between", TwoGroups, EdgeAround)
MET_BY = Query("iga.queries.linked", "met_by", MetUs, FullEdgeRow)
