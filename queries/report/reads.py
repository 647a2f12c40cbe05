"""The reads of this room, by name; each has its text in ``queries/report/cypher``."""

from graph.query import Params, Query
from queries.reading import Entity, FullTie, OfIds, Tie


class OfKind(Params):
    """A kind of publication."""

    kind: str


class OfFiscalYear(Params):
    """A US fiscal year, and the edition of the TIP Report that it answers."""

    fiscal_year: int
    edition_year: int


class OfPlacement(Params):
    """An edition and a tier."""

    year: int
    tier: str


ASSESSMENTS_OF = Query("queries.report", "assessments_of", OfIds, FullTie)
EDITIONS_PUBLISHED = Query("queries.report", "editions_published", OfKind, Entity)
DETERMINATIONS_OF_YEAR = Query("queries.report", "determinations_of_year", OfFiscalYear, Entity)
PLACEMENTS_IN_EDITION = Query("queries.report", "placements_in_edition", OfPlacement, Tie)
WORKS_IN = Query("queries.report", "works_in", OfIds, FullTie)
RECIPIENTS_OF = Query("queries.report", "recipients_of", OfIds, Tie)
