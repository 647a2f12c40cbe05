"""The editions of the TIP Report: a placement is known from the day on which its edition was published."""

from collections.abc import Mapping
from typing import Any

from iga.graph.domain.records import Publication
from iga.graph.query import ReadParams
from iga.queries.core.compiled import all_of
from iga.queries.core.days import passed
from iga.queries.core.reading import Entity, FullEdgeRow
from iga.queries.core.session import Session

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
