"""The reads of this room, by name; each has its text in ``queries/instruments/cypher``."""

from iga.graph.domain.edges import Covers
from iga.graph.domain.funding import Award
from iga.graph.domain.instruments import ChildProtectionCompact
from iga.graph.domain.parties import SurvivorCouncil
from iga.graph.query import Query, ReadParams, Row
from iga.queries.core.compiled import Everything, all_of, hop
from iga.queries.core.reading import EdgeRow, Entity, OfIds
from iga.queries.core.reads import OfClasses


class OfPeriod(ReadParams):
    """The first and last full day of a period."""

    since: str
    until: str


class OfIdsInPeriod(OfPeriod, OfIds):
    """Whose, and the first and last full day of a period."""


class OfTerms(OfPeriod):
    """The period, and the type of the terms."""

    type: str


class OfIdsTerms(OfTerms, OfIds):
    """Whose, or in what; the period, and the type of the terms."""


class OfIdsAndClasses(OfClasses, OfIds):
    """Whose, and classes that may come back."""


class Number(Row):
    """How many there are of one class."""

    type: str
    count: int


COVERED_BY_TOPIC = hop(Covers, into=True)
PLANS_OF_GOVERNMENTS = all_of("Entity", "it.government IN $ids AND it.cls = 'NationalActionPlan'", OfIds)
STRATEGIES_OF = all_of("Entity", "it.owner IN $ids AND it.cls = 'Strategy'", OfIds)
INSTRUMENTS_WITH_AN_END = all_of("Instrument", "it.period_end IS NOT NULL OR it.cls IN $classes", OfClasses)
AWARDS_ENDING = all_of(Award, "it.period_end IS NOT NULL AND it.end_min <= $until AND it.end_max >= $since", OfPeriod)
AWARDS_WITHOUT_END = Query("iga.queries.instruments", "awards_without_end", Everything, Number)
TERMS_THAT_END = Query("iga.queries.instruments", "terms_that_end", OfTerms, EdgeRow)
TERMS_THAT_END_OF = Query("iga.queries.instruments", "terms_that_end_of", OfIdsTerms, EdgeRow)
COUNCILS = all_of(SurvivorCouncil)
BONDS_WITHDRAWN = Query("iga.queries.instruments", "bonds_withdrawn", Everything, EdgeRow)
COMPACTS = all_of(ChildProtectionCompact)
AWARDS_ENDING_OF = Query("iga.queries.instruments", "awards_ending_of", OfIdsInPeriod, Entity)
INSTRUMENTS_OF_GOVERNMENTS = all_of(
    "Entity",
    "it.government IN $ids AND it:Instrument AND (it.period_end IS NOT NULL OR it.cls IN $classes)",
    OfIdsAndClasses,
)
