"""The reads of this room, by name; each has its text in ``queries/changing/cypher``."""

from typing import Any

from graph.domain.funding import Award
from graph.domain.instruments import ChildProtectionCompact
from graph.domain.work import Engagement
from graph.query import Params, Query
from queries.core.answer import Subject
from queries.core.compiled import Everything, all_of
from queries.core.reading import Entity, FullEdgeRow, OfIds
from queries.core.reads import Relationship


class BetweenDays(Params):
    """Two full days, both inside, and the most that may come back."""

    first: str
    last: str
    limit: int


class OfIdsBetweenDays(OfIds):
    """Which things, and two full days, both inside."""

    first: str
    last: str


class TypedEdge(FullEdgeRow):
    """A relationship with its type, seen from its source."""

    type: str


class BeforeDay(Params):
    """A full day."""

    day: str


class OfIdsBeforeDay(OfIds):
    """Whose relationships, and a full day."""

    day: str


class Joined(TypedEdge):
    """A relationship with all properties of both its ends."""

    subject_cls: str
    subject_name: str
    subject_values: dict[str, Any]

    @property
    def nearer(self) -> Subject:
        """The end that is not the other one."""
        iso3 = self.subject_values.get("iso3")
        return Subject(id=self.subject, cls=self.subject_cls, name=self.subject_name, iso3=iso3)


THINGS_DATED_BETWEEN = Query("queries.changing", "things_dated_between", BetweenDays, Entity)
THINGS_DATED_OF = Query("queries.changing", "things_dated_of", OfIdsBetweenDays, Entity)
EDGES_DATED_BETWEEN = Query("queries.changing", "edges_dated_between", BetweenDays, TypedEdge)
THINGS_DISPUTED = Query("queries.changing", "things_disputed", Everything, Entity)
EDGES_DISPUTED = Query("queries.changing", "edges_disputed", Everything, Relationship)
EDGES_DISPUTED_OF = Query("queries.changing", "edges_disputed_of", OfIds, Relationship)
POSTS_WITH_HOLDERS = Query("queries.changing", "posts_with_holders", Everything, Joined)
POSTS_WITH_HOLDERS_OF = Query("queries.changing", "posts_with_holders_of", OfIds, Joined)
EDGES_TO_ENDED = Query("queries.changing", "edges_to_ended", BeforeDay, Joined)
PAID_WITHOUT_CONTACT = Query("queries.changing", "paid_without_contact", Everything, Joined)
PAID_WITHOUT_CONTACT_OF = Query("queries.changing", "paid_without_contact_of", OfIds, Joined)
BONDS_LEFT = Query("queries.changing", "bonds_left", Everything, Joined)
BONDS_LEFT_OF = Query("queries.changing", "bonds_left_of", OfIds, Joined)
SEEN_AND_ENDED = Query("queries.changing", "seen_and_ended", Everything, Joined)
SEEN_AND_ENDED_OF = Query("queries.changing", "seen_and_ended_of", OfIds, Joined)
UNDER_ENDED_COMPACTS = Query("queries.changing", "under_ended_compacts", BeforeDay, Joined)
UNDER_ENDED_COMPACTS_OF = Query("queries.changing", "under_ended_compacts_of", OfIdsBeforeDay, Joined)
SUCCESSIONS = Query("queries.changing", "successions", Everything, Joined)
SUCCESSIONS_OF = Query("queries.changing", "successions_of", OfIds, Joined)
AWARDS_PAST_END = all_of(
    Award,
    "toLower(it.status) IN ['active', 'ongoing', 'open'] AND it.period_end IS NOT NULL AND it.end_max < $day",
    BeforeDay,
)
COMPACTS_EXTENDED = all_of(
    ChildProtectionCompact, "it.extension IS NOT NULL AND it.period_end IS NOT NULL AND it.end_max < $day", BeforeDay
)
ENGAGEMENTS_PAST_DAY = all_of(
    Engagement,
    "it.status IN ['planned', 'confirmed'] AND it.period_start IS NOT NULL AND it.start_max < $day",
    BeforeDay,
)
AGREEMENTS_DATED = all_of("Agreement", "it.signed_on IS NOT NULL AND it.in_force_on IS NOT NULL")
