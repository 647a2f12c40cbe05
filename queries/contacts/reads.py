"""The reads of this room, by name; each has its text in ``queries/contacts/cypher``."""

from graph.domain.edges import Made, OwedTo
from graph.domain.parties import Consent
from graph.domain.work import ClearanceRule, Commitment
from graph.query import Query, Row
from queries.core.compiled import Everything, all_of, hop
from queries.core.reading import FullEdgeRow, OfIds
from queries.core.reads import OurEdgeRow


class CameFor(OfIds):
    """Which engagements, and one party on whose behalf somebody may have come."""

    party: str


class Came(Row):
    """Who came to an engagement, by id, and which of them came on behalf of the party."""

    id: str
    came: tuple[str, ...]
    for_it: tuple[str, ...]


WHO_CAME = Query("queries.contacts", "who_came", CameFor, Came)
TAKING_PART = Query("queries.contacts", "taking_part", OfIds, OurEdgeRow)
CHANNELS_HELD = Query("queries.contacts", "channels_held", Everything, FullEdgeRow)
PROMISES_OF = hop(Made, OwedTo, either=True, other=Commitment, row=OurEdgeRow)
CONSENTS_OF = all_of(Consent, "it.person IN $ids", OfIds)
CLEARANCE_RULES = all_of(ClearanceRule)
