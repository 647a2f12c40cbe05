"""Which governments a determination restricts or waives, by fiscal year or over the years of one government."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.text import folded
from queries.answer import Caveat, PartyRow, Subject
from queries.asking import Asking
from queries.days import Passed, passed
from queries.fiscal_years import fiscal_year_of, fiscal_year_span
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import Entity, FullTie, OfIds, conflicts, grouped, refs
from queries.reads import (
    ASSESSED_BY,
    ASSESSMENTS_OF,
    DETERMINATIONS_OF_YEAR,
    EDITIONS_PUBLISHED,
    PUBLICATIONS_OF,
    OfFiscalYear,
    OfKind,
)
from queries.tiers import editions_by_year
from queries.wording import counted, listed, years_listed

_DOCUMENT = "Presidential Determination"
# The first determination that is published answers the edition of 2003 (22 USC 7107(c)).
_FIRST_FISCAL_YEAR = 2004


class RestrictionsAsked(Asked):
    """What `restrictions` is asked with."""

    party: str | None = Field(default=None, description="Only this government, over all years.", examples=["Ghana"])
    year: int | None = Field(
        default=None,
        description="US fiscal year; that of the day asked for if neither it nor a government is given.",
        examples=[2025],
    )


class RestrictionRow(PartyRow):
    """One determination or waiver on one government."""

    determination: str = Field(description="Id of the determination.")
    determination_name: str = Field(description="Name of the determination.")
    fiscal_year: int | None = Field(default=None, description="US fiscal year it is for; null for a downgrade waiver.")
    edition_year: int | None = Field(default=None, description="Edition of the TIP Report it follows.")
    kind: str | None = Field(default=None, description="What was decided: restricted, full or partial waiver …")
    basis: str | None = Field(default=None, description="Provision it rests on.")
    scope: str | None = Field(default=None, description="What is restricted or waived.")
    number: str | None = Field(default=None, description="Number of the Presidential Determination.")
    decided_on: str | None = Field(default=None, description="When it was signed; null was not seen.")
    start: str | None = Field(default=None, description="First day of its fiscal year.")
    end: str | None = Field(default=None, description="Last day of its fiscal year.")
    document: str | None = Field(default=None, description="Id of the document.")
    document_name: str | None = Field(default=None, description="Title of the document.")


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


def restrictions(posed: Posed[RestrictionsAsked]) -> Found:
    """List determinations and waivers known by a day: newest fiscal year first, then by kind and name.

    A determination is known from its day; where that was not seen, from its document or from the year before its
    fiscal year, in which such documents are signed. A downgrade waiver is known from the edition it comes with.
    """
    government, year = posed.maybe("party"), posed.given.year
    if government is None and year is None:
        year = fiscal_year_of(posed.day)
    found = _of_government(posed.asking, government) if government else _of_year(posed.asking, year or 0)
    editions = editions_by_year(posed.asking)
    dated = [(each, _known(each, editions, posed.day)) for each in found if year in (None, _year(each))]
    known = sorted((pair for pair in dated if pair[1] != "no"), key=lambda pair: _order(pair[0]))
    return Found(
        sentence=_sentence(government, year, [each for each, _ in known]),
        drafts=tuple(_draft(each, held) for each, held in known),
        caveats=tuple(_caveats(posed, government, year, [each for each, _ in known])),
    )


def _of_government(asking: Asking, government: Subject) -> list[Decided]:
    ties = asking.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    entities = [Entity(id=t.id, cls=t.cls, name=t.name, values=t.values) for t in ties if t.cls == "Determination"]
    documents = _documents(asking, entities)
    return [Decided(entity, government, documents.get(entity.id)) for entity in entities]


def _of_year(asking: Asking, year: int) -> list[Decided]:
    entities = asking.read(DETERMINATIONS_OF_YEAR, OfFiscalYear(fiscal_year=year, edition_year=year - 1))
    about = grouped(asking.read(ASSESSED_BY, OfIds(ids=tuple(entity.id for entity in entities))))
    documents = _documents(asking, entities)
    return [Decided(e, tie.other, documents.get(e.id)) for e in entities for tie in about.get(e.id, ())]


def _documents(asking: Asking, entities: Sequence[Entity]) -> dict[str, FullTie]:
    ties = asking.read(PUBLICATIONS_OF, OfIds(ids=tuple(entity.id for entity in entities)))
    return {tie.subject: tie for tie in ties}


def _year(each: Decided) -> int | None:
    """Return the fiscal year that a determination is for, or that a waiver's edition is answered in."""
    edition = each.said.get("edition_year")
    return each.said.get("fiscal_year") or (edition + 1 if edition else None)


def _known(each: Decided, editions: Mapping[int, Entity], day: str) -> Passed:
    said = each.said
    decided_on = said.get("decided_on") or (each.document.values.get("published_on") if each.document else None)
    edition = editions.get(said.get("edition_year") or 0)
    if not decided_on and said.get("fiscal_year"):
        decided_on = str(said["fiscal_year"] - 1)
    elif not decided_on and edition:
        decided_on = edition.values.get("published_on")
    return passed(decided_on, on=day)


def _order(each: Decided) -> tuple[int, str, str, str]:
    return -(_year(each) or 0), _kind(each), folded(each.government.name), each.entity.id


def _kind(each: Decided) -> str:
    return str(each.said.get("determination_kind") or "")


def _draft(each: Decided, held: Passed) -> Draft:
    said, document, government = each.said, each.document, each.government
    start, end = fiscal_year_span(said["fiscal_year"]) if said.get("fiscal_year") else (None, None)
    row = RestrictionRow(
        held="yes" if held == "yes" else "unknown",
        conflicts=conflicts(said),
        id=government.id,
        cls=government.cls,
        name=government.name,
        iso3=government.iso3,
        determination=each.entity.id,
        determination_name=each.entity.name,
        kind=said.get("determination_kind"),
        start=start,
        end=end,
        document=document.id if document else None,
        document_name=document.name if document else None,
        **{name: said.get(name) for name in _COPIED},
    )
    return Draft(row, refs(said), dated_by=refs(document.values) if document else ())


_COPIED = ("fiscal_year", "edition_year", "basis", "scope", "number", "decided_on")


def _sentence(government: Subject | None, year: int | None, known: Sequence[Decided]) -> str:
    of = f" on {government.name}" if government else ""
    during = f" for fiscal year {year}" if year else ""
    if not known:
        return f"no determination or waiver{of} is held{during}"
    if government:
        kinds: dict[str, set[int]] = {}
        for each in known:
            kinds.setdefault(_kind(each), set()).add(_year(each) or 0)
        words = [f"{kind} for {years_listed(sorted(years))}" for kind, years in sorted(kinds.items())]
        return f"{government.name}, by fiscal year: {'; '.join(words)}"
    number = Counter(kind for kind, _ in {(_kind(each), each.government.id) for each in known})
    words = [f"{kind}: {counted(count, 'government')}" for kind, count in sorted(number.items())]
    return f"determinations and waivers{during}: {'; '.join(words)}"


def _caveats(
    posed: Posed[RestrictionsAsked], government: Subject | None, year: int | None, known: Sequence[Decided]
) -> list[Caveat]:
    documents = posed.asking.read(EDITIONS_PUBLISHED, OfKind(kind=_DOCUMENT))
    notes = {document.values.get("edition_year"): document.values.get("coverage_note") for document in documents}
    doubts = []
    if year and year not in notes:
        text = f"No Presidential Determination for fiscal year {year} is held: whom it restricts is not known."
        doubts.append(Caveat(kind="partial", text=text))
    elif year and notes[year] and not str(notes[year]).startswith("yes"):
        doubts.append(Caveat(kind="partial", text=f"What was seen of the document for {year}: {notes[year]}."))
    if government:
        doubts += _unanswered(posed, government, {_year(each) for each in known if each.said.get("fiscal_year")}, year)
    return doubts


def _unanswered(
    posed: Posed[RestrictionsAsked], government: Subject, answered: set[int | None], year: int | None
) -> list[Caveat]:
    """Say for which years a Tier 3 placement has no determination here."""
    ties = posed.asking.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    on_tier_3 = {tie.values["year"] + 1 for tie in ties if tie.values.get("tier") == "Tier 3"}
    now = fiscal_year_of(posed.day)
    missing = sorted(y for y in on_tier_3 - answered if _FIRST_FISCAL_YEAR <= y <= now and year in (None, y))
    if not missing:
        return []
    years = listed([str(one) for one in missing], most=30)
    text = (
        f"{government.name} was on Tier 3 in the report before, but no determination is held for fiscal year {years}."
    )
    return [Caveat(kind="partial", text=text)]


RESTRICTIONS = Question(
    name="restrictions",
    title="Which governments are restricted or waived after the TIP Report, in this fiscal year or over the years?",
    params=RestrictionsAsked,
    row=RestrictionRow,
    function=restrictions,
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=("fiscal_year", "name", "kind", "scope", "basis", "number", "decided_on", "held", "confidence", "evidence"),
)
