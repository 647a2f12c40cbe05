"""The reads of this room, by name; each has its text in ``queries/changing/cypher``."""

from typing import Any

from graph.query import Params, Query
from queries.answer import Subject
from queries.reading import Entity, FullTie, OfIds
from queries.reads import Everything, Relationship


class BetweenDays(Params):
    """Two full days, both inside, and the most that may come back."""

    first: str
    last: str
    limit: int


class OfIdsBetweenDays(OfIds):
    """Which things, and two full days, both inside."""

    first: str
    last: str


class TypedTie(FullTie):
    """A relationship with its type, seen from its source."""

    type: str


class BeforeDay(Params):
    """A full day."""

    day: str


class OfIdsBeforeDay(OfIds):
    """Whose relationships, and a full day."""

    day: str


class Joined(TypedTie):
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
TIES_DATED_BETWEEN = Query("queries.changing", "ties_dated_between", BetweenDays, TypedTie)
THINGS_DISPUTED = Query("queries.changing", "things_disputed", Everything, Entity)
TIES_DISPUTED = Query("queries.changing", "ties_disputed", Everything, Relationship)
TIES_DISPUTED_OF = Query("queries.changing", "ties_disputed_of", OfIds, Relationship)
POSTS_WITH_HOLDERS = Query("queries.changing", "posts_with_holders", Everything, Joined)
POSTS_WITH_HOLDERS_OF = Query("queries.changing", "posts_with_holders_of", OfIds, Joined)
TIES_TO_ENDED = Query("queries.changing", "ties_to_ended", BeforeDay, Joined)
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
AWARDS_PAST_END = Query("queries.changing", "awards_past_end", BeforeDay, Entity)
COMPACTS_EXTENDED = Query("queries.changing", "compacts_extended", BeforeDay, Entity)
ENGAGEMENTS_PAST_DAY = Query("queries.changing", "engagements_past_day", BeforeDay, Entity)
AGREEMENTS_DATED = Query("queries.changing", "agreements_dated", Everything, Entity)
