"""The reads of this room, by name; each has its text in ``queries/contacts/cypher``."""

from typing import Any

from graph.domain.parties import Consent
from graph.domain.work import ClearanceRule
from graph.query import Query, Row
from queries.core.answer import Subject
from queries.core.compiled import Everything, all_of
from queries.core.reading import FullEdgeRow, OfIds
from queries.core.reads import OurEdgeRow


class PostHeld(Row):
    """A post and one of the bodies it belongs to, null where nobody states one."""

    post: str
    post_name: str
    values: dict[str, Any]
    key: str | None
    properties: dict[str, Any] | None
    body: str | None
    body_cls: str | None
    body_name: str | None
    body_iso3: str | None

    @property
    def at(self) -> Subject | None:
        """The body."""
        if self.body is None:
            return None
        return Subject(id=self.body, cls=self.body_cls or "", name=self.body_name or "", iso3=self.body_iso3)


class CameFor(OfIds):
    """Which engagements, and one party on whose behalf somebody may have come."""

    party: str


class Came(Row):
    """Who came to an engagement, by id, and which of them came on behalf of the party."""

    id: str
    came: tuple[str, ...]
    for_it: tuple[str, ...]


POSTS_HELD = Query("queries.contacts", "posts_held", Everything, PostHeld)
WHO_CAME = Query("queries.contacts", "who_came", CameFor, Came)
TAKING_PART = Query("queries.contacts", "taking_part", OfIds, OurEdgeRow)
CHANNELS_HELD = Query("queries.contacts", "channels_held", Everything, FullEdgeRow)
CONSENTS_OF = all_of(Consent, "it.person IN $ids", OfIds)
CLEARANCE_RULES = all_of(ClearanceRule)
