"""The reads of this room that no hop says, by name; each has its text in ``queries/contacts/cypher``."""

from graph.query import Query, Row
from queries.core.compiled import Everything
from queries.core.reading import FullEdgeRow, OfIds


class CameFor(OfIds):
    """Which engagements, and one party on whose behalf somebody may have come."""

    party: str


class Came(Row):
    """Who came to an engagement, by id, and which of them came on behalf of the party."""

    id: str
    came: tuple[str, ...]
    for_it: tuple[str, ...]


WHO_CAME = Query("queries.contacts", "who_came", CameFor, Came)
CHANNELS_HELD = Query("queries.contacts", "channels_held", Everything, FullEdgeRow)
