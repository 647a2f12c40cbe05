"""Determinations and waivers, each with the government it is on and the document it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queries.answer import Subject
from queries.asking import Asking
from queries.days import Passed, passed
from queries.reading import Entity, FullTie, OfIds, grouped
from queries.reads import ASSESSED_BY, PUBLICATIONS_OF
from queries.report.reads import ASSESSMENTS_OF, DETERMINATIONS_OF_YEAR, OfFiscalYear


@dataclass(frozen=True)
class Decided:
    """A determination on one government, with its document."""

    entity: Entity
    government: Subject
    document: FullTie | None

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said of the determination."""
        return self.entity.values


def determinations_on(asking: Asking, government: Subject) -> list[Decided]:
    """Return the determinations and waivers on a government, of all years."""
    ties = asking.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    entities = [Entity(id=t.id, cls=t.cls, name=t.name, values=t.values) for t in ties if t.cls == "Determination"]
    documents = _documents(asking, entities)
    return [Decided(entity, government, documents.get(entity.id)) for entity in entities]


def determinations_for(asking: Asking, year: int) -> list[Decided]:
    """Return the determinations for a fiscal year, and the waivers of the edition that it answers."""
    entities = asking.read(DETERMINATIONS_OF_YEAR, OfFiscalYear(fiscal_year=year, edition_year=year - 1))
    about = grouped(asking.read(ASSESSED_BY, OfIds(ids=tuple(entity.id for entity in entities))))
    documents = _documents(asking, entities)
    return [Decided(e, tie.other, documents.get(e.id)) for e in entities for tie in about.get(e.id, ())]


def _documents(asking: Asking, entities: Sequence[Entity]) -> dict[str, FullTie]:
    ties = asking.read(PUBLICATIONS_OF, OfIds(ids=tuple(entity.id for entity in entities)))
    return {tie.subject: tie for tie in ties}


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
