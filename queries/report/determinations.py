"""Presidential determinations and waivers: for which year each is, when it was known, which list of them is whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iga.graph.domain.values import fiscal_year_of
from iga.queries.core.absence import Absence, absence
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.days import Passed, passed
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, entity_at, grouped
from iga.queries.core.reads import ASSESSED_BY, PUBLICATIONS_OF
from iga.queries.core.session import Session
from iga.queries.core.tip_report import (
    ASSESSMENTS_OF,
    DETERMINATIONS_OF_YEAR,
    EVERY_DETERMINATION,
    PUBLICATIONS_OF_KIND,
    OfFiscalYear,
    OfPublicationKind,
)

_DOCUMENTS = OfPublicationKind(kind="Presidential Determination")
RESTRICTING = ("restricted", "partial waiver")
"""Kinds of determination by which something is withheld."""
Documents = Mapping[int, tuple[str, Mapping[str, Any]]]
"""Documents that determine whom restrictions meet, by fiscal year: id and properties."""


@dataclass(frozen=True)
class Decided:
    """A determination on one government, with its document."""

    entity: Entity
    government: Subject
    document: FullEdgeRow | None

    @property
    def values(self) -> Mapping[str, Any]:
        """Properties of the determination."""
        return self.entity.values

    @property
    def kind(self) -> str:
        """What it does: restricted, waived, reassessed."""
        return str(self.values.get("determination_kind") or "")

    @property
    def answered_in(self) -> int | None:
        """The fiscal year that it is for, or that a waiver's edition is answered in."""
        edition = self.values.get("edition_year")
        return self.values.get("fiscal_year") or (edition + 1 if edition else None)

    def known_on(self, day: str, editions: Mapping[int, Entity]) -> Passed:
        """Say whether it was known on a day.

        From its day; where that was not seen, from its document, or from the year before its fiscal year, in which such
        documents are signed. A waiver without a day is known from the edition it comes with.
        """
        fiscal_year, edition = self.values.get("fiscal_year"), editions.get(self.values.get("edition_year") or 0)
        decided_on = self.values.get("decided_on") or (self.document and self.document.values.get("published_on"))
        if not decided_on and fiscal_year:
            decided_on = str(fiscal_year - 1)
        return passed(decided_on or (edition.values.get("published_on") if edition else None), on=day)


def determinations_on(session: Session, government: Subject) -> list[Decided]:
    """Return the determinations and waivers on a government, of all years."""
    edges = session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    return _with_documents(session, [(entity_at(edge), government) for edge in edges if edge.cls == "Determination"])


def determinations_for(session: Session, year: int) -> list[Decided]:
    """Return the determinations for a fiscal year, and the waivers of the edition that it answers."""
    asked = OfFiscalYear(fiscal_year=year, edition_year=year - 1)
    return _with_parties(session, session.read(DETERMINATIONS_OF_YEAR, asked))


def every_determination(session: Session) -> list[Decided]:
    """Return the determinations and waivers of all years, without their documents: in one read."""
    return [
        Decided(
            Entity(id=one.id, cls="Determination", name=one.name, values=one.__dict__),
            Subject(id=one.party, cls=one.party_cls, name=one.party_name),
            None,
        )
        for one in session.read(EVERY_DETERMINATION, Everything())
    ]


def _with_parties(session: Session, entities: Sequence[Entity]) -> list[Decided]:
    about = grouped(session.read(ASSESSED_BY, OfIds(ids=tuple(entity.id for entity in entities))))
    return _with_documents(session, [(one, edge.other) for one in entities for edge in about.get(one.id, ())])


def _with_documents(session: Session, decided: Sequence[tuple[Entity, Subject]]) -> list[Decided]:
    edges = session.read(PUBLICATIONS_OF, OfIds(ids=tuple(dict.fromkeys(entity.id for entity, _ in decided))))
    documents = {edge.subject: edge for edge in edges}
    return [Decided(entity, government, documents.get(entity.id)) for entity, government in decided]


def documents_out(session: Session, *, day: str) -> Documents:
    """Return the documents that may be out, by fiscal year: id and properties."""
    documents = session.read(PUBLICATIONS_OF_KIND, _DOCUMENTS)
    return {
        document.values.get("edition_year") or 0: (document.id, document.values)
        for document in documents
        if _is_out(document.values, day)
    }


def off_list_of(
    session: Session, year: int, documents: Documents, *, day: str, known: Sequence[Decided] | None = None
) -> Absence:
    """Return what it is worth not to be among the governments restricted in a year, of which all may be `known`."""
    id_, values = documents.get(year, ("", {}))
    known = known if known is not None or not id_ else determinations_for(session, year)
    listed = [one.values for one in known or () if id_]
    return absence(session, id_, *listed, *([values] if id_ else []), day=day)


def _is_out(document: Mapping[str, Any], day: str) -> bool:
    """True if a determination may have been out by a day; one without a day is not out before its fiscal year."""
    out = passed(document.get("published_on"), on=day)
    return out == "yes" or (out == "unknown" and (document.get("edition_year") or 0) <= (fiscal_year_of(day) or 0))
