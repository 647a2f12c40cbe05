"""How a government was placed in the editions of the TIP Report."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from pydantic import Field

from graph.domain.records import Assessment, Tier
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import copied, of
from queries.core.days import Passed, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, conflicts, refs
from queries.core.tip_report import editions_by_year, editions_out, publication_day
from queries.core.wording import years_listed
from queries.report.reads import ASSESSMENTS_OF


class TierHistoryParams(Params):
    """What `tier-history` is asked with."""

    party: str = Field(description="The government.", examples=["Ghana"])
    year: int | None = Field(default=None, description="Only this edition.", examples=[2024])


class TierRow(PartyRow):
    """One placement, as printed at release."""

    year: int = Field(description="Edition.")
    tier: Tier | None = of(Assessment, "tier")
    edition: str | None = Field(default=None, description="Id of the edition.")
    edition_name: str | None = Field(default=None, description="Title of the edition.")
    published_on: str | None = Field(default=None, description="Publication day, from which the placement is known.")
    basis: str | None = of(Assessment, "basis")


def tier_history(request: Request[TierHistoryParams]) -> Result[TierRow]:
    """List a government's placements known by a day, oldest edition first.

    An edition is known from its publication day, whatever year it is named after.
    """
    government, year, day = request.one("party"), request.params.year, request.day
    editions = editions_by_year(request.session)
    edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    placements = [edge for edge in edges if edge.cls == "Assessment" and year in (None, edge.values.get("year"))]
    placements.sort(key=lambda edge: (edge.values.get("year") or 0, edge.id))
    dated = [(edge, passed(publication_day(edge.values, editions), on=day)) for edge in placements]
    known = [_row(edge, state, government, editions, day=day) for edge, state in dated if state != "no"]
    rows = [sourced.row for sourced in known]
    out = editions_out(request.session, day=day)
    missing = sorted(y for y in out if y not in {row.year for row in rows} and year in (None, y))
    return Result(
        clauses=tuple(_clauses(government, rows, missing)),
        rows=tuple(known),
        caveats=_caveats(government, missing, clause_id="missing" if rows else "nothing"),
    )


def _row(
    edge: FullEdgeRow, state: Passed, government: Subject, editions: Mapping[int, Entity], *, day: str
) -> SourcedRow[TierRow]:
    placement: Mapping[str, Any] = edge.values
    edition = editions.get(placement.get("year") or 0)
    row = TierRow(
        held="yes" if state == "yes" else "unknown",
        conflicts=conflicts(placement),
        **government.model_dump(),
        year=placement.get("year") or 0,
        edition=edition.id if edition else None,
        edition_name=edition.name if edition else None,
        published_on=publication_day(placement, editions),
        **copied(TierRow, placement, day=day),
    )
    dated_by = edition.values if edition and not placement.get("published_on") else {}
    return SourcedRow(row, refs(placement), dated_by=refs(dated_by))


def _clauses(government: Subject, rows: Sequence[TierRow], missing: Sequence[int]) -> list[SourcedClause]:
    if not rows:
        return [clause("nothing", party=government.name, missing=missing)]
    special = [row.year for row in rows if row.tier == "Special Case"]
    undated = sum(row.held == "unknown" for row in rows)
    return [
        clause("headline", party=government.name, runs=_runs(rows, missing)),
        *([clause("special", years=special)] if special else ()),
        *([clause("unpublished", editions=undated)] if undated else ()),
        *([clause("missing", years=missing)] if missing else ()),
    ]


def _runs(rows: Sequence[TierRow], missing: Collection[int]) -> list[dict[str, Any]]:
    """Return stretches of editions with one tier, newest first; an edition that lacks the government ends one."""
    runs = groupby(rows, key=lambda row: (row.tier, sum(year < row.year for year in missing)))
    years = [(tier, [row.year for row in run]) for (tier, _), run in runs]
    return [{"tier": tier, "first": run[0], "last": run[-1]} for tier, run in reversed(years)]


def _caveats(government: Subject, missing: Sequence[int], *, clause_id: str) -> tuple[Caveat, ...]:
    if not missing:
        return ()
    text = f"No placement of {government.name} is on record for {years_listed(missing)}; it may have had one or not."
    return (Caveat(kind="partial", text=text, clause=clause_id),)


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
