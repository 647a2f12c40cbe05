"""The reads of this room, by name; each has its text in ``queries/instruments/cypher``."""

from graph.query import Params, Query, Row
from queries.reading import Entity, FullTie, OfIds, Tie
from queries.reads import Everything, OfClasses


class OfPeriod(Params):
    """The first and last full day of a period."""

    since: str
    until: str


class OfIdsInPeriod(OfPeriod, OfIds):
    """Whose, and the first and last full day of a period."""


class OfIdsAndClasses(OfClasses, OfIds):
    """Whose, and classes that may come back."""


class Number(Row):
    """How many there are of one class."""

    type: str
    count: int


PARTIES_TO = Query("queries.instruments", "parties_to", OfIds, Tie)
OWED_TO = Query("queries.instruments", "owed_to", OfIds, Tie)
COVERED_BY_TOPIC = Query("queries.instruments", "covered_by_topic", OfIds, FullTie)
PLANS_OF_GOVERNMENTS = Query("queries.instruments", "plans_of_governments", OfIds, Entity)
OBLIGATIONS = Query("queries.instruments", "obligations", Everything, Entity)
COMMITMENTS_DUE = Query("queries.instruments", "commitments_due", Everything, Entity)
REPLIES_DUE = Query("queries.instruments", "replies_due", Everything, Entity)
INSTRUMENTS_WITH_AN_END = Query("queries.instruments", "instruments_with_an_end", OfClasses, Entity)
AWARDS_ENDING = Query("queries.instruments", "awards_ending", OfPeriod, Entity)
AWARDS_WITHOUT_END = Query("queries.instruments", "awards_without_end", Everything, Number)
MEMBERSHIPS_ENDING = Query("queries.instruments", "memberships_ending", OfPeriod, Tie)
POST_TERMS_ENDING = Query("queries.instruments", "post_terms_ending", OfPeriod, Tie)
COUNCILS = Query("queries.instruments", "councils", Everything, Entity)
BONDS_WITHDRAWN = Query("queries.instruments", "bonds_withdrawn", Everything, Tie)
OPEN_COMMITMENTS = Query("queries.instruments", "open_commitments", Everything, Entity)
REVIEWS_WITH_STAGES = Query("queries.instruments", "reviews_with_stages", Everything, Entity)
COMPACTS = Query("queries.instruments", "compacts", Everything, Entity)
DUTIES_OF = Query("queries.instruments", "duties_of", OfIds, Entity)
OBLIGATIONS_OWNED_BY = Query("queries.instruments", "obligations_owned_by", OfIds, Entity)
AWARDS_ENDING_OF = Query("queries.instruments", "awards_ending_of", OfIdsInPeriod, Entity)
INSTRUMENTS_OF_GOVERNMENTS = Query("queries.instruments", "instruments_of_governments", OfIdsAndClasses, Entity)
MEMBERSHIPS_ENDING_OF = Query("queries.instruments", "memberships_ending_of", OfIdsInPeriod, Tie)
POST_TERMS_ENDING_OF = Query("queries.instruments", "post_terms_ending_of", OfIdsInPeriod, Tie)
