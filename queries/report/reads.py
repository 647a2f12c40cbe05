"""The reads of this room, by name; each has its text in ``queries/report/cypher``."""

from typing import Any

from graph.query import Params, Query
from queries.reading import Entity, FullTie, OfIds, Tie
from queries.reads import Everything


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


class Placed(Tie):
    """A tie to a government from its placement, with all properties of the placement."""

    placement: dict[str, Any]


class OfYears(Params):
    """Editions, by the years they are named after."""

    years: tuple[int, ...]


ASSESSMENTS_OF = Query("queries.report", "assessments_of", OfIds, FullTie)
EDITIONS_PUBLISHED = Query("queries.report", "editions_published", OfKind, Entity)
DETERMINATIONS_OF_YEAR = Query("queries.report", "determinations_of_year", OfFiscalYear, Entity)
PLACEMENTS_IN_EDITION = Query("queries.report", "placements_in_edition", OfPlacement, Tie)
WORKS_IN = Query("queries.report", "works_in", OfIds, FullTie)
RECIPIENTS_OF = Query("queries.report", "recipients_of", OfIds, Tie)
STANDARDS = Query("queries.report", "standards", Everything, Entity)
LAWS_OF_GOVERNMENTS = Query("queries.report", "laws_of_governments", OfIds, Entity)
PLACEMENTS_IN_YEARS = Query("queries.report", "placements_in_years", OfYears, Placed)
