"""The reads of this room, by name; each has its text in ``queries/report/cypher``."""

from typing import Any

from graph.domain.edges import Assessed, AwardedTo, ImplementedIn
from graph.domain.instruments import Standard
from graph.domain.records import Determination, Publication
from graph.query import Params, Query
from queries.core.compiled import all_of, hop
from queries.core.reading import EdgeRow, Entity, OfIds


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


class Placed(EdgeRow):
    """An edge to a government from its placement, with all properties of the placement."""

    placement: dict[str, Any]


class OfYears(Params):
    """Editions, by the years they are named after."""

    years: tuple[int, ...]


ASSESSMENTS_OF = hop(Assessed, into=True)
EDITIONS_PUBLISHED = all_of(Publication, "it.publication_kind = $kind", OfKind)
DETERMINATIONS_OF_YEAR = all_of(
    Determination, "it.fiscal_year = $fiscal_year OR it.edition_year = $edition_year", OfFiscalYear
)
PLACEMENTS_IN_EDITION = Query("queries.report", "placements_in_edition", OfPlacement, EdgeRow)
WORKS_IN = hop(ImplementedIn, into=True)
RECIPIENTS_OF = hop(AwardedTo, row=EdgeRow)
STANDARDS = all_of(Standard)
LAWS_OF_GOVERNMENTS = Query("queries.report", "laws_of_governments", OfIds, Entity)
PLACEMENTS_IN_YEARS = Query("queries.report", "placements_in_years", OfYears, Placed)
