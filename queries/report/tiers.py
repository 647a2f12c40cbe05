"""How a government was placed in the editions of the TIP Report."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from iga.graph.domain.records import Assessment, Tier
from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.absence import absence
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.days import Passed, passed
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, refs
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.tip_report import (
    ASSESSMENTS_OF,
    PLACEMENTS,
    PLACEMENTS_IN_YEARS,
    OfYears,
    editions_by_year,
    editions_out,
    publication_day,
)


class TierHistoryParams(Params):
    """What `tier-history` is asked with."""

    party: str | None = option("The government; all of one edition if left out.", "Ghana")
    year: int | None = option("Only this edition; without a government the newest if left out.", 2024)
    tier: Tier | None = option("Only placements in this tier.", "Tier 3")


class TierRow(PartyRow):
    """One placement, as printed at release."""

    year: int = needed("Edition.")
    tier: Tier | None = of(Assessment, "tier")
    edition: str | None = column("Id of the edition.")
    edition_name: str | None = column("Title of the edition.")
    published_on: str | None = column("Publication day, from which the placement is known.")
    basis: str | None = of(Assessment, "basis")


def tier_history(request: Request[TierHistoryParams]) -> Result[TierRow]:
    """List a government's placements known by a day, newest edition first; of one edition all, by tier and name.

    An edition is known from its publication day, whatever year it is named after. For a year beyond the last edition
    the last is taken.
    """
    government, year, day, tier = request.maybe("party"), request.params.year, request.day, request.params.tier
    editions = editions_by_year(request.session)
    out = editions_out(request.session, day=day)
    newest = max(out, default=0)
    run_to = newest if year and newest < year else None
    year = run_to or year
    if government is None:
        return _of_edition(request, out, editions, year or newest, run_to)
    edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    placements = [edge for edge in edges if edge.cls == "Assessment" and year in (None, edge.values.get("year"))]
    placements.sort(key=lambda edge: (edge.values.get("year") or 0, edge.id))
    dated = [(edge.values, passed(publication_day(edge.values, editions), on=day)) for edge in placements]
    rows = Rows.of(_row(placement, state, government, editions) for placement, state in dated if state != "no")
    placed = rows.values("year")
    lacking_in = sorted(y for y in out if y not in placed and year in (None, y))
    unplaced = _unplaced(request.session, editions, lacking_in, day=day)
    missing = [y for y in lacking_in if y not in unplaced]
    if rows:
        clauses = _clauses(government, rows, missing, unplaced, run_to)
    else:
        told = {"missing": missing, "unplaced": unplaced, "run_to": run_to}
        nothing = _nothing(government, request, year, edges, told)
        clauses = (nothing, clause("unplaced", years=unplaced)) if unplaced and missing else (nothing,)
    lacking = caveat(
        "partial", "not-on-record", clause=clauses[-1 if rows else 0].id, party=government.name, years=missing
    )
    return Result.of(clauses, Rows(rows.sourced[::-1]).where(tier=tier), [lacking])


def _of_edition(
    request: Request[TierHistoryParams],
    out: Collection[int],
    editions: Mapping[int, Entity],
    year: int,
    run_to: int | None,
) -> Result[TierRow]:
    """List everybody's placements in one edition that was out by the day, by tier and name."""
    tier = request.params.tier
    if year not in out:
        return Result(clauses=(clause("no-edition", year=year or None),))
    edges = request.session.read(PLACEMENTS_IN_YEARS, OfYears(years=(year,)))
    placed = [edge for edge in edges if tier in (None, edge.own.get("tier"))]
    placed.sort(key=lambda edge: (edge.own.get("tier") or "", folded(edge.name), edge.id))
    counts = Counter(str(edge.own.get("tier") or "no tier") for edge in placed)
    values = {"year": year, "tier": tier, "counts": dict(sorted(counts.items())), "run_to": run_to}
    rows = tuple(_row(edge.own, "yes", edge.other, editions) for edge in placed)
    note, whole = (editions[year].values.get(name) for name in ("coverage_note", "country_count"))
    # Where it is not known how many there are, those on file are spoken of.
    part = {"known": len(edges) if whole is None or len(edges) < whole else None, "of": whole}
    return Result(
        clauses=(clause("edition", **values, names=[edge.name for edge in placed] if tier else [], part=part),),
        rows=rows,
        caveats=(caveat("partial", "coverage", clause="edition", year=year, note=note),),
        refs=refs(editions[year].values) if not rows else (),
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
    government: Subject,
    request: Request[TierHistoryParams],
    year: int | None,
    edges: Sequence[FullEdgeRow],
    told: Mapping[str, Any],
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
    return clause("nothing", party=government.name, nearest=nearest, **told)


def _unplaced(session: Session, editions: Mapping[int, Entity], years: Sequence[int], *, day: str) -> list[int]:
    """Return those editions of some without a government in which it surely was not ranked: their lists are whole."""
    placed = by_key(session.read(PLACEMENTS, OfYears(years=tuple(years))) if years else (), lambda one: one.year)
    listed = {year: [{"evidence": one.evidence} for one in placed.get(year, ())] for year in years}
    return [year for year in years if absence(session, editions[year].id, *listed[year], day=day).is_no]


def _clauses(
    government: Subject, rows: Rows[TierRow], missing: Sequence[int], unplaced: Sequence[int], run_to: int | None
) -> tuple[SourcedClause, ...]:
    return (
        clause("headline", party=government.name, runs=_runs(rows, missing, unplaced), run_to=run_to),
        clause("special", years=[row.year for row in rows.where(tier="Special Case")]),
        clause("unpublished", editions=len(rows.where(held="unknown"))),
        *([clause("unplaced", years=unplaced)] if unplaced else ()),
        clause("missing", years=missing),
    )


def _runs(rows: Rows[TierRow], missing: Collection[int], unplaced: Collection[int]) -> list[dict[str, Any]]:
    """Return stretches of editions with one tier, newest first, each with the editions before it that are missing.

    An edition that lacks the government ends a stretch: whether the tier was another in it is not known.
    """
    runs: list[dict[str, Any]] = []
    for row in rows:
        between = [year for year in missing if runs and runs[-1]["last"] < year < row.year]
        is_apart = between or any(runs and runs[-1]["last"] < year < row.year for year in unplaced)
        if runs and not is_apart and runs[-1]["tier"] == row.tier:
            runs[-1]["last"] = row.year
        else:
            runs.append({"tier": row.tier, "first": row.year, "last": row.year, "missing": between})
    return runs[::-1]


TIER_HISTORY = Question.of(
    tier_history,
    title="How was this government placed in the TIP Report over the years, or all in one edition?",
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("name", "year", "tier", "published_on", "basis", "held", "confidence", "evidence"),
)
