"""The reads of this room, by name; each is compiled from the domain."""

from iga.graph.domain.edges import Assessed, AwardedTo
from iga.graph.domain.instruments import Standard
from iga.graph.domain.records import Assessment, Determination
from iga.graph.query import Query, ReadParams, Row
from iga.queries.core.compiled import all_of, edges_from, hop
from iga.queries.core.reading import EdgeRow


class OfFiscalYear(ReadParams):
    """A US fiscal year, and the edition of the TIP Report that it answers."""

    fiscal_year: int
    edition_year: int


class OfYears(ReadParams):
    """Editions, by the years they are named after."""

    years: tuple[int, ...]


class Placement(Row):
    """The tier of one government in one edition, with nothing else: of all editions there are thousands."""

    id: str
    year: int
    tier: str | None
    published_on: str | None
    evidence: tuple[str, ...]


ASSESSMENTS_OF = hop(Assessed, into=True)
DETERMINATIONS_OF_YEAR = all_of(
    Determination, "it.fiscal_year = $fiscal_year OR it.edition_year = $edition_year", OfFiscalYear
)
EVERY_DETERMINATION = all_of(
    Determination, fields=("determination_kind", "fiscal_year", "edition_year", "decided_on", "evidence")
)
RECIPIENTS_OF = hop(AwardedTo, row=EdgeRow)
STANDARDS = all_of(Standard)
# A field names the government, and an index leads from it to them.
PLACEMENTS_IN_YEARS = edges_from(Assessment, Assessed, "subject.year IN $years", OfYears)
PLACEMENTS = Query(
    PLACEMENTS_IN_YEARS.package,
    "placements",
    OfYears,
    Placement,
    "// Which tier had everybody in some editions?\n"
    "// Each placement has one government.\n"
    "MATCH (it:Assessment)-[:ASSESSED]->(party:Party)\n"
    "WHERE it.year IN $years\n"
    "RETURN\n"
    "  party.id AS id,\n"
    "  it.year AS year,\n"
    "  it.tier AS tier,\n"
    "  it.published_on AS published_on,\n"
    "  it.evidence AS evidence\n"
    "ORDER BY id, year, it.id\n",
)
ON_WATCH_LIST = edges_from(
    Assessment, Assessed, "subject.year IN $years AND subject.tier = 'Tier 2 Watch List'", OfYears
)
