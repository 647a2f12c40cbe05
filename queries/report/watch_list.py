"""How long governments have stood on the Tier 2 Watch List: counted from the editions on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Ref, Subject
from queries.core.clauses import SourcedClause, clause, resting_on, worded
from queries.core.endnotes import TRUST, row_numbers
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, conflicts, grouped, refs
from queries.core.session import Session
from queries.core.tip_report import editions_out
from queries.core.wording import listed
from queries.report.reads import ASSESSMENTS_OF, PLACEMENTS_IN_YEARS, OfYears

_WATCH_LIST = "Tier 2 Watch List"
_WAIVER = "waiver of automatic downgrade"
# 22 USC 7107(b)(2)(D): two consecutive years, then Tier 3 unless waived.
_LIMIT = 2
# The same: a downgrade could be waived for two years in a row, since the law of 2018 (in force in 2019) for one.
_CHANGED_IN = 2019


def waivers_allowed(year: int) -> int:
    """Return for how many years in a row a downgrade could be waived, in the edition of a year."""
    return 1 if year >= _CHANGED_IN else 2


class WatchListParams(Params):
    """What `watch-list-clock` is asked with."""

    party: str | None = Field(default=None, description="Only this government.", examples=["Serbia"])
    year: int | None = Field(
        default=None, description="Edition to count at; the latest published by the day if left out.", examples=[2025]
    )


class WatchListRow(PartyRow):
    """One government on the Watch List of an edition, and for how long without a break."""

    year: int = Field(description="Edition counted at.")
    consecutive_years: int = Field(description="Editions in a row on the Watch List, this one included.")
    is_at_least: bool = Field(description="Whether an edition before the row is not held, so that it may be longer.")
    first_year: int = Field(description="First edition of the row, as far as held.")
    waived_in: tuple[int, ...] = Field(default=(), description="Editions of the row with a waiver of the downgrade.")
    waivers_allowed: int = Field(description="Years in a row for which the law lets it be waived, in this edition.")
    waivers_left: int | None = Field(
        default=None, description="Of those, years not yet used by waivers that are held; null while the row is short."
    )
    missing_edition: int | None = Field(default=None, description="Edition before the row that is not held for it.")
    clock: str = Field(description="How the count stands to the limit of two years, in words.")


@dataclass(frozen=True)
class WatchListRun:
    """Editions in a row on the Watch List, newest first.

    Attributes:
        years: The editions.
        gap: Edition before them that is not held for the government; None if the one before is.
        waived: Those of them for which a waiver is held.
    """

    years: tuple[int, ...]
    gap: int | None
    waived: tuple[int, ...]


def watch_list_clock(request: Request[WatchListParams]) -> Result[WatchListRow]:
    """List the governments on the Watch List of an edition, longest first, then by name."""
    published = editions_out(request.session, day=request.day)
    year, government = request.params.year or max(published, default=0), request.maybe("party")
    if year not in published:
        return Result(clauses=(clause("no-edition", year=year or None),))
    placed = request.session.read(PLACEMENTS_IN_YEARS, OfYears(years=(year,)))
    asked = [edge for edge in placed if government is None or edge.id == government.id]
    on_list = [edge.other for edge in asked if edge.placement.get("tier") == _WATCH_LIST]
    edges = grouped(request.session.read(ASSESSMENTS_OF, OfIds(ids=tuple(one.id for one in on_list))))
    runs = [(one, _run(edges.get(one.id, []), published, year)) for one in on_list]
    runs.sort(key=lambda pair: (-len(pair[1].years), folded(pair[0].name), pair[0].id))
    if government and not runs:
        placement = next((edge.placement for edge in asked if edge.placement.get("tier")), None)
        values = {"party": government.name, "year": year}
        clauses = (
            [clause("elsewhere", placement, **values, tier=placement["tier"])]
            if placement
            else [resting_on((), "unplaced", **values)]
        )
    else:
        clauses = _of_one(government, year, runs[0][1]) if government else _of_all(year, runs)
    return Result(
        clauses=tuple(clauses),
        rows=tuple(_row(request.session, one, run, edges[one.id]) for one, run in runs),
        caveats=tuple(_caveats(runs, published[year], request.params.party is not None)),
        refs=refs(published[year].values),
    )


def _run(edges: Sequence[FullEdgeRow], published: Mapping[int, Entity], year: int) -> WatchListRun:
    tiers = {edge.values.get("year"): edge.values.get("tier") for edge in edges if edge.cls == "Assessment"}
    waivers = {edge.values.get("edition_year") for edge in edges if edge.values.get("determination_kind") == _WAIVER}
    years: list[int] = []
    gap = None
    for edition in sorted((one for one in published if one <= year), reverse=True):
        if tiers.get(edition) != _WATCH_LIST:
            gap = edition if edition not in tiers else None
            break
        years.append(edition)
    return WatchListRun(tuple(years), gap, tuple(one for one in years if one in waivers))


def _row(
    session: Session, government: Subject, run: WatchListRun, edges: Sequence[FullEdgeRow]
) -> SourcedRow[WatchListRow]:
    counted = _counted(run, edges)
    row = WatchListRow(
        held="unknown" if run.gap else "yes",
        conflicts=conflicts(*(edge.values for edge in counted)),
        **government.model_dump(),
        year=run.years[0],
        consecutive_years=len(run.years),
        is_at_least=run.gap is not None,
        first_year=run.years[-1],
        waived_in=tuple(sorted(run.waived)),
        waivers_allowed=waivers_allowed(run.years[0]),
        waivers_left=_left(run) if len(run.years) >= _LIMIT else None,
        missing_edition=run.gap,
        clock=worded(__package__, "watch-list-clock", "row-clock", _values(run)),
    )
    weakest, rest = _by_trust(session, counted)
    return SourcedRow(row, weakest, dated_by=rest)


def _counted(run: WatchListRun, edges: Sequence[FullEdgeRow]) -> list[FullEdgeRow]:
    """Return the placements that are counted, and the waivers among them."""
    wanted = [edge for edge in edges if edge.cls == "Assessment" and edge.values.get("year") in run.years]
    waivers = [edge for edge in edges if edge.cls == "Determination" and edge.values.get("edition_year") in run.waived]
    return [*wanted, *waivers]


def _by_trust(session: Session, edges: Sequence[FullEdgeRow]) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """Return the rows of the least trusted placement or waiver, which a count is no better than, and all the others."""
    book = session.evidence(refs(*(edge.values for edge in edges)))
    trust = {
        edge.id: min((TRUST.index(book[ref].confidence) for ref in refs(edge.values) if ref in book), default=0)
        for edge in edges
    }
    weakest = max(edges, key=lambda edge: trust[edge.id])
    return refs(weakest.values), refs(*(edge.values for edge in edges if edge is not weakest))


def _left(run: WatchListRun) -> int:
    """Return the years of waivers not used; a year beyond the limit counts as used, whether a waiver is held or not."""
    used = max(len(run.waived), len(run.years) - _LIMIT)
    return max(waivers_allowed(run.years[0]) - used, 0)


def _values(run: WatchListRun) -> dict[str, Any]:
    """Return what a sentence on a run needs."""
    return {
        "number": len(run.years),
        "gap": run.gap,
        "waived": sorted(run.waived),
        "allowed": waivers_allowed(run.years[0]),
        "left": _left(run),
        "limit": _LIMIT,
    }


def _of_one(government: Subject, year: int, run: WatchListRun) -> list[SourcedClause]:
    then = [clause("next", **_values(run))] if len(run.years) >= _LIMIT else []
    return [clause("clock", party=government.name, year=year, **_values(run)), *then, clause("counted")]


def _of_all(year: int, runs: Sequence[tuple[Subject, WatchListRun]]) -> list[SourcedClause]:
    at_limit = [one.name for one, run in runs if len(run.years) == _LIMIT]
    beyond = [one.name for one, run in runs if len(run.years) > _LIMIT]
    return [
        clause("headline", year=year, governments=len(runs), at_limit=len(at_limit), beyond=len(beyond)),
        *([clause("at-limit", names=at_limit)] if at_limit else ()),
        *([clause("beyond", names=beyond)] if beyond else ()),
        clause("counted"),
    ]


def _caveats(runs: Sequence[tuple[Subject, WatchListRun]], edition: Entity, of_one: bool) -> list[Caveat]:
    text = "Years in a row are counted here from placements and waivers; no source prints them."
    doubts = [Caveat(kind="derived", text=text)]
    if gaps := [f"{one.name} ({run.gap})" for one, run in runs if run.gap]:
        text = f"The edition before the row is not on record, so the row may be longer: {listed(gaps, most=12)}."
        rows = row_numbers(run.gap is not None for _, run in runs)
        doubts.append(Caveat(kind="partial", text=text, rows=rows))
    is_bare = [len(run.years) > _LIMIT and not run.waived for _, run in runs]
    if bare := [one.name for (one, _), so in zip(runs, is_bare, strict=True) if so]:
        text = f"Beyond the limit with no waiver on record; not every memorandum was found: {listed(bare, most=12)}."
        doubts.append(Caveat(kind="partial", text=text, rows=row_numbers(is_bare)))
    if not of_one and (note := edition.values.get("coverage_note")):
        doubts.append(Caveat(kind="partial", text=f"Of {edition.name}: {note}."))
    text = "The shorter limit after a return from an automatic downgrade (22 USC 7107(b)(2)(F)) is not counted."
    doubts.append(Caveat(kind="unknown", text=text))
    return doubts


WATCH_LIST_CLOCK = Question(
    name="watch-list-clock",
    title="Who has stood on the Tier 2 Watch List for how many years in a row, and with which waivers?",
    params=WatchListParams,
    row=WatchListRow,
    function=watch_list_clock,
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=("name", "consecutive_years", "first_year", "waived_in", "clock", "held", "confidence", "evidence"),
)
