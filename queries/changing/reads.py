"""The reads of this room, by name; each has its text in ``queries/changing/cypher``."""

from graph.query import Params, Query
from queries.reading import Entity, FullTie


class BetweenDays(Params):
    """Two full days, both inside, and the most that may come back."""

    first: str
    last: str
    limit: int


class TypedTie(FullTie):
    """A relationship with its type, seen from its source."""

    type: str


THINGS_DATED_BETWEEN = Query("queries.changing", "things_dated_between", BetweenDays, Entity)
TIES_DATED_BETWEEN = Query("queries.changing", "ties_dated_between", BetweenDays, TypedTie)
