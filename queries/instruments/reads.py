"""The reads of this room, by name; each has its text in ``queries/instruments/cypher``."""

from graph.domain.edges import Covers, PartyTo
from graph.domain.funding import Award
from graph.domain.instruments import ChildProtectionCompact, Obligation
from graph.domain.parties import SurvivorCouncil
from graph.domain.records import Review
from graph.domain.work import Commitment
from graph.query import Params, Query, Row
from queries.core.compiled import Everything, all_of, hop
from queries.core.reading import EdgeRow, Entity, OfIds
from queries.core.reads import OfClasses


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


PARTIES_TO = hop(PartyTo, into=True, row=EdgeRow)
COVERED_BY_TOPIC = hop(Covers, into=True)
PLANS_OF_GOVERNMENTS = Query("queries.instruments", "plans_of_governments", OfIds, Entity)
OBLIGATIONS = all_of(Obligation, "it.due_on IS NOT NULL OR it.recurrence IS NOT NULL")
COMMITMENTS_DUE = all_of(Commitment, "it.due_on IS NOT NULL")
REPLIES_DUE = all_of(Review, "it.report_due_on IS NOT NULL")
INSTRUMENTS_WITH_AN_END = all_of("Instrument", "it.period_end IS NOT NULL OR it.cls IN $classes", OfClasses)
AWARDS_ENDING = all_of(Award, "it.period_end IS NOT NULL AND it.end_min <= $until AND it.end_max >= $since", OfPeriod)
AWARDS_WITHOUT_END = Query("queries.instruments", "awards_without_end", Everything, Number)
MEMBERSHIPS_ENDING = Query("queries.instruments", "memberships_ending", OfPeriod, EdgeRow)
POST_TERMS_ENDING = Query("queries.instruments", "post_terms_ending", OfPeriod, EdgeRow)
COUNCILS = all_of(SurvivorCouncil)
BONDS_WITHDRAWN = Query("queries.instruments", "bonds_withdrawn", Everything, EdgeRow)
OPEN_COMMITMENTS = all_of(Commitment, "it.due_on IS NULL")
REVIEWS_WITH_STAGES = all_of(Review, "it.report_due_on IS NULL AND it.stages IS NOT NULL")
COMPACTS = all_of(ChildProtectionCompact)
DUTIES_OF = Query("queries.instruments", "duties_of", OfIds, Entity)
OBLIGATIONS_OWNED_BY = Query("queries.instruments", "obligations_owned_by", OfIds, Entity)
AWARDS_ENDING_OF = Query("queries.instruments", "awards_ending_of", OfIdsInPeriod, Entity)
INSTRUMENTS_OF_GOVERNMENTS = Query("queries.instruments", "instruments_of_governments", OfIdsAndClasses, Entity)
MEMBERSHIPS_ENDING_OF = Query("queries.instruments", "memberships_ending_of", OfIdsInPeriod, EdgeRow)
POST_TERMS_ENDING_OF = Query("queries.instruments", "post_terms_ending_of", OfIdsInPeriod, EdgeRow)
