"""How long governments have stood on the Tier 2 Watch List: counted from the editions on record."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import attrgetter
from typing import Any

from iga.graph.text import folded
from iga.queries.core.absence import absence
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.endnotes import TRUST
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, conflicts, grouped, refs
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.tip_report import ASSESSMENTS_OF, ON_WATCH_LIST, PLACEMENTS_IN_YEARS, OfYears, editions_out

_WATCH_LIST = "Tier 2 Watch List"
_WAIVER = "waiver of automatic downgrade"
# 22 USC 7107(b)(2)(D): two consecutive years, then Tier 3 unless waived.
_LIMIT = 2
# The same: a downgrade could be waived for two years in a row, since the law of 2018 (in force in 2019) for one.
_CHANGED_IN = 2019


class WatchListParams(Params):
    """What `watch-list-clock` is asked with."""

    party: str | None = option("Only this government.", "Serbia")
    year: int | None = option("Edition to count at; the latest published by the day if left out.", 2025)


class WatchListRow(PartyRow):
    """One government on the Watch List of an edition, and for how long without a break."""

    year: int = needed("Edition counted at.")
    consecutive_years: int = needed("Editions in a row on the Watch List, this one included.")
    is_at_least: bool = needed("Whether an edition before the row is not held, so that it may be longer.")
    first_year: int = needed("First edition of the row, as far as held.")
    waived_in: tuple[int, ...] = column("Editions of the row with a waiver of the downgrade.", ())
    waivers_allowed: int = needed("Years in a row for which the law lets it be waived, in this edition.")
    waivers_left: int | None = column(
        "Of those, years not yet used by waivers that are held; null while the row is short."
    )
    missing_edition: int | None = column("Edition before the row that is not held for it.")
    clock: str = needed("How the count stands to the limit of two years, in words.")


@dataclass(frozen=True)
class WatchListRun:
    """Editions in a row on the Watch List.

    Attributes:
        gap: Edition before them that is not held for the government; None if the one before is.
    """

    government: Subject
    gap: int | None
    placements: Mapping[int, Mapping[str, Any]]
    waivers: Mapping[int, Mapping[str, Any]]

    @classmethod
    def of(
        cls, government: Subject, edges: Sequence[FullEdgeRow], published: Collection[int], year: int
    ) -> "WatchListRun":
        """Return the run that ends with the edition of a year, from what assesses the government."""
        placed = {edge.values.get("year"): edge.values for edge in edges if edge.cls == "Assessment"}
        waived = {
            e.values.get("edition_year"): e.values for e in edges if e.values.get("determination_kind") == _WAIVER
        }
        editions = sorted((edition for edition in published if edition <= year), reverse=True)
        on_list = set(takewhile(lambda edition: placed.get(edition, {}).get("tier") == _WATCH_LIST, editions))
        before = next((edition for edition in editions if edition not in on_list), None)
        placements = {edition: placed[edition] for edition in placed if edition in on_list}
        used = {edition: waived[edition] for edition in waived if edition in on_list}
        return cls(government, before if before not in placed else None, placements, used)

    @property
    def number(self) -> int:
        """How many editions."""
        return len(self.placements)

    @property
    def values(self) -> dict[str, Any]:
        """What a sentence on it needs; a year beyond the limit uses up a waiver, whether one is held or not."""
        allowed = 1 if max(self.placements) >= _CHANGED_IN else 2
        left = max(allowed - max(len(self.waivers), self.number - _LIMIT), 0)
        waived = sorted(self.waivers)
        of = {"number": self.number, "gap": self.gap, "waived": waived, "allowed": allowed, "left": left}
        return {**of, "limit": _LIMIT}


def watch_list_clock(request: Request[WatchListParams]) -> Result[WatchListRow]:
    """List the governments on the Watch List of an edition, longest first, then by name.

    For a year beyond the last edition the last is taken.
    """
    published, government = editions_out(request.session, day=request.day), request.maybe("party")
    newest = max(published, default=0)
    year = min(request.params.year or newest, newest)
    run_to = newest if (request.params.year or 0) > newest else None
    if year not in published:
        return Result(clauses=(clause("no-edition", year=request.params.year, first=min(published, default=None)),))
    of_year = OfYears(years=(year,))
    asked = [government] if government else [edge.other for edge in request.session.read(ON_WATCH_LIST, of_year)]
    edges = grouped(request.session.read(ASSESSMENTS_OF, OfIds(ids=tuple(one.id for one in asked))))
    runs = [WatchListRun.of(one, edges.get(one.id, []), published, year) for one in asked]
    runs = [run for run in runs if run.placements]
    runs.sort(key=lambda run: (-run.number, folded(run.government.name), run.government.id))
    on_one = (
        _of_one(request, published[year].id, government, year, runs, edges.get(government.id, ())) if government else ()
    )
    rows = Rows.of(_row(request.session, run) for run in runs)
    first, *more = on_one or _of_all(year, rows)
    return Result.of(
        [replace(first, values={**first.values, "run_to": run_to}), *more],
        rows,
        _caveats(rows, published[year], of_one=government is not None),
        refs=refs(published[year].values),
    )


def _row(session: Session, run: WatchListRun) -> SourcedRow[WatchListRow]:
    """Return the row of a run; it rests on the least trusted of what is counted, which a count is no better than."""
    counted = [*run.placements.values(), *run.waivers.values()]
    book = session.evidence(refs(*counted))
    trust = [min((TRUST.index(book[ref].confidence) for ref in refs(one) if ref in book), default=0) for one in counted]
    weakest = counted.pop(trust.index(max(trust)))
    values = run.values
    return sourced(
        WatchListRow,
        weakest,
        about=run.government,
        held="unknown" if run.gap else "yes",
        dated_by=counted,
        conflicts=conflicts(weakest, *counted),
        year=max(run.placements),
        consecutive_years=run.number,
        is_at_least=run.gap is not None,
        first_year=min(run.placements),
        waived_in=tuple(values["waived"]),
        waivers_allowed=values["allowed"],
        waivers_left=values["left"] if run.number >= _LIMIT else None,
        missing_edition=run.gap,
        clock=worded(__package__, "watch-list-clock", "row-clock", values),
    )


def _of_one(
    request: Request[WatchListParams],
    edition: str,
    government: Subject,
    year: int,
    runs: Sequence[WatchListRun],
    edges: Sequence[FullEdgeRow],
) -> tuple[SourcedClause, ...]:
    about = {"party": government.name, "year": year}
    if runs:
        values = runs[0].values
        return clause("clock", **about, **values), clause("next", **values), clause("counted")
    placed = [edge.values for edge in edges if edge.values.get("year") == year and edge.values.get("tier")]
    if placed:
        return (clause("elsewhere", placed[0], **about, tier=placed[0]["tier"]),)
    tiers = {edge.values["year"]: edge.values["tier"] for edge in edges if edge.values.get("tier")}
    near = max((one for one in tiers if one < year), default=None) or min(tiers, default=None)
    everybody = request.session.read(PLACEMENTS_IN_YEARS, OfYears(years=(year,)))
    off_list = absence(request.session, edition, *(edge.properties for edge in everybody), day=request.day)
    of_list = off_list.values(government.name, f"governments placed in {year}")
    return (resting_on((), "unplaced", **of_list, nearest={"year": near, "tier": tiers[near]} if near else None),)


def _of_all(year: int, rows: Rows[WatchListRow]) -> tuple[SourcedClause, ...]:
    at_limit = [row.name for row in rows.where(consecutive_years=_LIMIT)]
    beyond = [row.name for row in rows if row.consecutive_years > _LIMIT]
    unsure = sum(row.is_at_least for row in rows if row.consecutive_years < _LIMIT)
    return (
        clause("headline", year=year, governments=len(rows), at_limit=len(at_limit), beyond=len(beyond), unsure=unsure),
        clause("at-limit", names=at_limit),
        clause("beyond", names=beyond),
        clause("counted"),
    )


def _caveats(rows: Rows[WatchListRow], edition: Entity, *, of_one: bool) -> tuple[UnwordedCaveat, ...]:
    gaps = rows.where(is_at_least=True).told(name="name", edition="missing_edition")
    note = None if of_one else edition.values.get("coverage_note")
    return (
        caveat("derived", "own-count"),
        rows.doubt("partial", "perhaps-longer", attrgetter("is_at_least"), gaps=gaps),
        rows.doubt(
            "partial", "no-waiver", lambda row: row.consecutive_years > _LIMIT and not row.waived_in, names="name"
        ),
        caveat("partial", "coverage", edition=edition.name, note=note),
        caveat("unknown", "shorter-limit"),
    )


WATCH_LIST_CLOCK = Question.of(
    watch_list_clock,
    title="Who has stood on the Tier 2 Watch List for how many years in a row, and with which waivers?",
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=("name", "consecutive_years", "first_year", "waived_in", "clock", "held", "confidence", "evidence"),
    yes_or_no=("party",),
)
