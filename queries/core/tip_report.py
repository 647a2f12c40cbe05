"""The editions of the TIP Report: a placement is known from the day on which its edition was published."""

from collections.abc import Mapping
from typing import Any

from iga.graph.domain.edges import Assessed, AwardedTo
from iga.graph.domain.instruments import Standard
from iga.graph.domain.records import Assessment, Determination, Publication
from iga.graph.query import Query, ReadParams, Row
from iga.queries.core.compiled import Everything, all_of, edges_from, hop
from iga.queries.core.days import passed
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow
from iga.queries.core.session import Session


class OfFiscalYear(ReadParams):
    """A US fiscal year, and the edition of the TIP Report that it answers."""

    fiscal_year: int
    edition_year: int


class OfYears(ReadParams):
    """Editions, by the years they are named after."""

    years: tuple[int, ...]


class Determined(Row):
    """A determination or waiver on one government, with no more than when it was decided and for which year."""

    id: str
    name: str
    party: str
    party_cls: str
    party_name: str
    determination_kind: str | None
    fiscal_year: int | None
    edition_year: int | None
    decided_on: str | None
    evidence: tuple[str, ...]


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
RECIPIENTS_OF = hop(AwardedTo, row=EdgeRow)
STANDARDS = all_of(Standard)
# A field names the government, and an index leads from it to them.
PLACEMENTS_IN_YEARS = edges_from(Assessment, Assessed, "subject.year IN $years", OfYears)
EVERY_DETERMINATION = Query(
    PLACEMENTS_IN_YEARS.package,
    "every_determination",
    Everything,
    Determined,
    "// What was determined on everybody, for which year and when?\n"
    "// Where its own day was not seen, it is that of its document.\n"
    "MATCH (it:Determination)-[:ASSESSED]->(party:Party)\n"
    "OPTIONAL MATCH (it)-[:UNDER]->(document:Publication)\n"
    "RETURN\n"
    "  it.id AS id,\n"
    "  it.name AS name,\n"
    "  party.id AS party,\n"
    "  party.cls AS party_cls,\n"
    "  party.name AS party_name,\n"
    "  it.determination_kind AS determination_kind,\n"
    "  it.fiscal_year AS fiscal_year,\n"
    "  it.edition_year AS edition_year,\n"
    "  coalesce(it.decided_on, document.published_on) AS decided_on,\n"
    "  it.evidence AS evidence\n"
    "ORDER BY party, id\n",
)
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


_REPORT = "TIP Report"


class OfPublicationKind(ReadParams):
    """A kind of publication."""

    kind: str


PUBLICATIONS_OF_KIND = all_of(Publication, "it.publication_kind = $kind", OfPublicationKind)


def editions_by_year(session: Session) -> dict[int, Entity]:
    """Return the editions of the report on record, by the year they are named after."""
    editions = session.read(PUBLICATIONS_OF_KIND, OfPublicationKind(kind=_REPORT))
    return {edition.values["edition_year"]: edition for edition in editions if edition.values.get("edition_year")}


def editions_out(session: Session, *, day: str) -> dict[int, Entity]:
    """Return the editions that were surely published by a day, by year."""
    editions = editions_by_year(session).items()
    return {year: one for year, one in editions if passed(one.values.get("published_on"), on=day) == "yes"}


def publication_day(placement: Mapping[str, Any], editions: Mapping[int, Entity]) -> str | None:
    """Return the day from which a placement is known: its own, or that of its edition."""
    edition = editions.get(placement.get("year") or 0)
    return placement.get("published_on") or (edition.values.get("published_on") if edition else None)


def with_publication_days(session: Session, edges: list[FullEdgeRow]) -> list[FullEdgeRow]:
    """Return edges to assessments dated by their editions where they give no publication day themselves."""
    if all(edge.cls != "Assessment" or edge.values.get("published_on") for edge in edges):
        return edges
    editions = editions_by_year(session)
    return [
        edge.model_copy(update={"values": {**edge.values, "published_on": publication_day(edge.values, editions)}})
        if edge.cls == "Assessment"
        else edge
        for edge in edges
    ]
