"""How a government was placed in the editions of the TIP Report."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from graph.domain.records import Tier
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import Passed, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, conflicts, refs
from queries.core.session import Session
from queries.core.wording import counted, years_listed
from queries.report.reads import ASSESSMENTS_OF, EDITIONS_PUBLISHED, OfKind

_REPORT = "TIP Report"


class TierHistoryParams(Params):
    """What `tier-history` is asked with."""

    party: str = Field(description="The government.", examples=["Ghana"])
    year: int | None = Field(default=None, description="Only this edition.", examples=[2024])


class TierRow(PartyRow):
    """One placement, as printed at release."""

    year: int = Field(description="Edition.")
    tier: Tier | None = Field(default=None, description="Placement at release; a special case has no tier.")
    edition: str | None = Field(default=None, description="Id of the edition.")
    edition_name: str | None = Field(default=None, description="Title of the edition.")
    published_on: str | None = Field(default=None, description="Publication day, from which the placement is known.")
    basis: str | None = Field(default=None, description="How the placement is known.")


def tier_history(request: Request[TierHistoryParams]) -> Result:
    """List a government's placements known by a day, oldest edition first.

    An edition is known from its publication day, whatever year it is named after.
    """
    government, year = request.one("party"), request.params.year
    editions = editions_by_year(request.session)
    edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    placements = [edge for edge in edges if edge.cls == "Assessment" and year in (None, edge.values.get("year"))]
    placements.sort(key=lambda edge: (edge.values.get("year") or 0, edge.id))
    known = [(edge, held) for edge in placements if (held := _known(edge, editions, request.day)) != "no"]
    sourced_rows = tuple(_draft(edge, held, government, editions) for edge, held in known)
    missing = _missing(editions, {edge.values.get("year") for edge, _ in known}, year, request.day)
    return Result(
        sentence=_sentence(government, known, missing), rows=sourced_rows, caveats=_caveats(government, missing)
    )


def with_publication_days(session: Session, edges: list[FullEdgeRow]) -> list[FullEdgeRow]:
    """Return edges to assessments dated by their editions where they give no publication day themselves."""
    if all(edge.cls != "Assessment" or edge.values.get("published_on") for edge in edges):
        return edges
    editions = editions_by_year(session)
    return [
        edge.model_copy(update={"values": {**edge.values, "published_on": _published_on(edge, editions)}})
        if edge.cls == "Assessment"
        else edge
        for edge in edges
    ]


def editions_by_year(session: Session) -> dict[int, Entity]:
    """Return the editions of the report that are held, by the year they are named after."""
    found = session.read(EDITIONS_PUBLISHED, OfKind(kind=_REPORT))
    return {edition.values["edition_year"]: edition for edition in found if edition.values.get("edition_year")}


def _published_on(edge: FullEdgeRow, editions: Mapping[int, Entity]) -> str | None:
    edition = editions.get(edge.values.get("year") or 0)
    return edge.values.get("published_on") or (edition.values.get("published_on") if edition else None)


def _known(edge: FullEdgeRow, editions: Mapping[int, Entity], day: str) -> Passed:
    return passed(_published_on(edge, editions), on=day)


def _missing(editions: Mapping[int, Entity], held: set[Any], year: int | None, day: str) -> list[int]:
    published = [y for y, edition in editions.items() if passed(edition.values.get("published_on"), on=day) == "yes"]
    return sorted(y for y in published if y not in held and year in (None, y))


def _draft(edge: FullEdgeRow, held: Passed, government: Subject, editions: Mapping[int, Entity]) -> SourcedRow:
    said = edge.values
    edition = editions.get(said.get("year") or 0)
    row = TierRow(
        held="yes" if held == "yes" else "unknown",
        conflicts=conflicts(said),
        id=government.id,
        cls=government.cls,
        name=government.name,
        iso3=government.iso3,
        year=said.get("year") or 0,
        tier=said.get("tier"),
        edition=edition.id if edition else None,
        edition_name=edition.name if edition else None,
        published_on=_published_on(edge, editions),
        basis=said.get("basis"),
    )
    dated_by = edition.values if edition and not said.get("published_on") else {}
    return SourcedRow(row, refs(said), dated_by=refs(dated_by))


def _sentence(government: Subject, known: Sequence[tuple[FullEdgeRow, Passed]], missing: Sequence[int]) -> str:
    if not known:
        of = f" for {years_listed(missing)}" if missing else ""
        return f"no placement of {government.name} is held{of}, which does not say that it had none"
    last = known[-1][0].values
    steps = [f"{last.get('tier') or 'no tier'} in {last.get('year')}"]
    number = counted(len(known), "placement")
    sentence = f"{number} of {government.name} {'is' if len(known) == 1 else 'are'} held, the latest {steps[0]}"
    if special := [edge.values.get("year") or 0 for edge, _ in known if edge.values.get("tier") == "Special Case"]:
        sentence += f"; a special case, without a tier, in {years_listed(special)}"
    unsure = sum(held == "unknown" for _, held in known)
    sentence += f"; {counted(unsure, 'edition')} without a publication day (unknown)" if unsure else ""
    return sentence + (f"; {_years(missing)}" if missing else "")


def _years(missing: Sequence[int]) -> str:
    return f"none is held for {years_listed(missing)}"


def _caveats(government: Subject, missing: Sequence[int]) -> tuple[Caveat, ...]:
    if not missing:
        return ()
    text = f"No placement of {government.name} is held for {years_listed(missing)}; it may have had one or not."
    return (Caveat(kind="partial", text=text),)


TIER_HISTORY = Question(
    name="tier-history",
    title="How was this government placed in the TIP Report over the years?",
    params=TierHistoryParams,
    row=TierRow,
    function=tier_history,
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("year", "tier", "published_on", "basis", "held", "confidence", "evidence"),
)
