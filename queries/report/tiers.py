"""How a government was placed in the editions of the TIP Report."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from graph.domain.records import Assessment, Tier
from queries.core.answer import PartyRow, Subject
from queries.core.clauses import SourcedClause, caveat, clause
from queries.core.columns import column, needed, of, option, sourced
from queries.core.days import Passed, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds
from queries.core.tip_report import editions_by_year, editions_out, publication_day
from queries.report.reads import ASSESSMENTS_OF


class TierHistoryParams(Params):
    """What `tier-history` is asked with."""

    party: str = needed("The government.", "Ghana")
    year: int | None = option("Only this edition.", 2024)


class TierRow(PartyRow):
    """One placement, as printed at release."""

    year: int = needed("Edition.")
    tier: Tier | None = of(Assessment, "tier")
    edition: str | None = column("Id of the edition.")
    edition_name: str | None = column("Title of the edition.")
    published_on: str | None = column("Publication day, from which the placement is known.")
    basis: str | None = of(Assessment, "basis")


def tier_history(request: Request[TierHistoryParams]) -> Result[TierRow]:
    """List a government's placements known by a day, newest edition first.

    An edition is known from its publication day, whatever year it is named after. For a year beyond the last edition
    the last is taken.
    """
    government, year, day = request.one("party"), request.params.year, request.day
    editions = editions_by_year(request.session)
    out = editions_out(request.session, day=day)
    newest = max(out, default=0)
    run_to = newest if year and newest < year else None
    year = run_to or year
    edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    placements = [edge for edge in edges if edge.cls == "Assessment" and year in (None, edge.values.get("year"))]
    placements.sort(key=lambda edge: (edge.values.get("year") or 0, edge.id))
    dated = [(edge.values, passed(publication_day(edge.values, editions), on=day)) for edge in placements]
    known = [_row(placement, state, government, editions) for placement, state in dated if state != "no"]
    rows = [one.row for one in known]
    placed = {row.year for row in rows}
    missing = sorted(y for y in out if y not in placed and year in (None, y))
    of = "missing" if rows else "nothing"
    return Result(
        clauses=_clauses(government, rows, missing, run_to) if rows else (_nothing(request, missing, year, edges),),
        rows=tuple(reversed(known)),
        caveats=(caveat("partial", "not-on-record", clause=of, party=government.name, years=missing),),
    )


def _row(
    placement: Mapping[str, Any], state: Passed, government: Subject, editions: Mapping[int, Entity]
) -> SourcedRow[TierRow]:
    edition = editions.get(placement.get("year") or 0)
    return sourced(
        TierRow,
        placement,
        about=government,
        held=state,
        dated_by=[edition.values] if edition and not placement.get("published_on") else (),
        year=placement.get("year") or 0,
        edition=edition,
        published_on=publication_day(placement, editions),
    )


def _nothing(
    request: Request[TierHistoryParams], missing: Sequence[int], year: int | None, edges: Sequence[FullEdgeRow]
) -> SourcedClause:
    """Say that nothing is on record, with the placements nearest to the edition asked for."""
    of_day = [
        edge.values
        for edge in edges
        if edge.cls == "Assessment" and (edge.values.get("year") or 0) in editions_out(request.session, day=request.day)
    ]
    before = max((of for of in of_day if year and of["year"] < year), key=lambda of: of["year"], default=None)
    after = min((of for of in of_day if year and of["year"] > year), key=lambda of: of["year"], default=None)
    nearest = [{"tier": of.get("tier"), "year": of["year"]} for of in (before, after) if of]
    return clause("nothing", party=request.one("party").name, missing=missing, nearest=nearest)


def _clauses(
    government: Subject, rows: Sequence[TierRow], missing: Sequence[int], run_to: int | None
) -> tuple[SourcedClause, ...]:
    return (
        clause("headline", party=government.name, runs=_runs(rows, missing), run_to=run_to),
        clause("special", years=[row.year for row in rows if row.tier == "Special Case"]),
        clause("unpublished", editions=sum(row.held == "unknown" for row in rows)),
        clause("missing", years=missing),
    )


def _runs(rows: Sequence[TierRow], missing: Collection[int]) -> list[dict[str, Any]]:
    """Return stretches of editions with one tier, newest first; an edition that lacks the government ends one."""
    runs = groupby(rows, key=lambda row: (row.tier, sum(year < row.year for year in missing)))
    years = [(tier, [row.year for row in run]) for (tier, _), run in runs]
    return [{"tier": tier, "first": run[0], "last": run[-1]} for tier, run in reversed(years)]


TIER_HISTORY = Question.of(
    tier_history,
    title="How was this government placed in the TIP Report over the years?",
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("year", "tier", "published_on", "basis", "held", "confidence", "evidence"),
)
