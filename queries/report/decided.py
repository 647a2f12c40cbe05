"""Determinations and waivers, each with the government it is on and the document it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queries.core.answer import Subject
from queries.core.days import Passed, passed
from queries.core.reading import Entity, FullEdgeRow, OfIds, grouped
from queries.core.reads import ASSESSED_BY, PUBLICATIONS_OF
from queries.core.session import Session
from queries.report.reads import ASSESSMENTS_OF, DETERMINATIONS_OF_YEAR, OfFiscalYear


@dataclass(frozen=True)
class Decided:
    """A determination on one government, with its document."""

    entity: Entity
    government: Subject
    document: FullEdgeRow | None

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said of the determination."""
        return self.entity.values


def determinations_on(session: Session, government: Subject) -> list[Decided]:
    """Return the determinations and waivers on a government, of all years."""
    edges = session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    entities = [Entity(id=t.id, cls=t.cls, name=t.name, values=t.values) for t in edges if t.cls == "Determination"]
    documents = _documents(session, entities)
    return [Decided(entity, government, documents.get(entity.id)) for entity in entities]


def determinations_for(session: Session, year: int) -> list[Decided]:
    """Return the determinations for a fiscal year, and the waivers of the edition that it answers."""
    entities = session.read(DETERMINATIONS_OF_YEAR, OfFiscalYear(fiscal_year=year, edition_year=year - 1))
    about = grouped(session.read(ASSESSED_BY, OfIds(ids=tuple(entity.id for entity in entities))))
    documents = _documents(session, entities)
    return [Decided(e, edge.other, documents.get(e.id)) for e in entities for edge in about.get(e.id, ())]


def _documents(session: Session, entities: Sequence[Entity]) -> dict[str, FullEdgeRow]:
    edges = session.read(PUBLICATIONS_OF, OfIds(ids=tuple(entity.id for entity in entities)))
    return {edge.subject: edge for edge in edges}


def answered_in(each: Decided) -> int | None:
    """Return the fiscal year that a determination is for, or that a waiver's edition is answered in."""
    edition = each.said.get("edition_year")
    return each.said.get("fiscal_year") or (edition + 1 if edition else None)


def known_on(each: Decided, editions: Mapping[int, Entity], *, day: str) -> Passed:
    """Say whether a determination was known on a day.

    From its day; where that was not seen, from its document, or from the year before its fiscal year, in which such
    documents are signed. A waiver without a day is known from the edition it comes with.
    """
    said = each.said
    decided_on = said.get("decided_on") or (each.document.values.get("published_on") if each.document else None)
    edition = editions.get(said.get("edition_year") or 0)
    if not decided_on and said.get("fiscal_year"):
        decided_on = str(said["fiscal_year"] - 1)
    elif not decided_on and edition:
        decided_on = edition.values.get("published_on")
    return passed(decided_on, on=day)
