"""Who moved up or down in the TIP Report; a missing edition is never bridged in silence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from iga.graph.domain.records import Tier
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.days import the_day
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, OfIds, conflicts, refs
from iga.queries.core.tip_report import ASSESSMENTS_OF, PLACEMENTS_IN_YEARS, OfYears, editions_out

Move = Literal["up", "down", "same", "to or from no tier", "unknown"]

# Best first; the Watch List is a tier of its own in print. A special case has no tier, so it is neither up nor down.
_RANK: Mapping[str, int] = {"Tier 1": 1, "Tier 2": 2, "Tier 2 Watch List": 3, "Tier 3": 4}


@dataclass(frozen=True)
class TierStep:
    """How a government stood in two editions.

    Attributes:
        before, after: Properties of the placements; None where an edition lacks the government.
        missing: Editions between the two that were published and lack it.
        last_before: The last placement held before the first of the two, where that edition lacks it.
    """

    government: Subject
    start: int
    end: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    missing: tuple[int, ...] = ()
    last_before: Mapping[str, Any] | None = None

    @property
    def move(self) -> Move:
        """Which way it moved; *unknown* where one of the editions lacks it."""
        if self.before is None or self.after is None:
            return "unknown"
        return move_between(*(str(placement.get("tier") or "") for placement in (self.before, self.after)))

    @property
    def is_sure(self) -> bool:
        """Whether both placements are held and no edition between them is missing."""
        return self.move != "unknown" and not self.missing

    @property
    def values(self) -> dict[str, Any]:
        """What a sentence on it needs."""
        placements = {"before": self.before, "after": self.after, "last_before": self.last_before}
        return {
            "move": self.move,
            "start": self.start,
            "end": self.end,
            "missing": list(self.missing),
            **{
                name: None if placement is None else {key: placement.get(key) for key in ("tier", "year")}
                for name, placement in placements.items()
            },
        }


def move_between(old: str, new: str) -> Move:
    """Return which way somebody moved from one tier to another."""
    if old == new:
        return "same"
    if old not in _RANK or new not in _RANK:
        return "to or from no tier"
    return "up" if _RANK[new] < _RANK[old] else "down"


def step_between(
    government: Subject, placements: Mapping[int, Mapping[str, Any]], published: Sequence[int], start: int, end: int
) -> TierStep:
    """Return how a government stood in two editions, whatever lies between them."""
    missing = tuple(year for year in published if start < year < end and year not in placements)
    earlier = max((year for year in placements if year < start), default=0)
    last_before = placements.get(earlier) if start not in placements else None
    return TierStep(government, start, end, placements.get(start), placements.get(end), missing, last_before)


def steps_over(
    government: Subject, placements: Mapping[int, Mapping[str, Any]], published: Sequence[int], since: int, until: int
) -> list[TierStep]:
    """Return the steps of a government from each edition that has it to the next that has it, in a period of editions.

    Editions that lack it lie between two that have it; or, at the ends of the period, nothing is computed.
    """
    held = [year for year in published if since <= year <= until and year in placements]
    return [step_between(government, placements, published, start, end) for start, end in pairwise(held)]


_MOVES: tuple[Move, ...] = ("up", "down", "to or from no tier", "unknown", "same")


class TierChangesParams(Params):
    """What `tier-changes` is asked with."""

    party: str | None = option("Only this government.", "Ghana")
    year: tuple[str, ...] = option(
        "One edition, compared with the one before it, or two, compared with each other; "
        "of a period, only steps that lead to these editions.",
        "2025",
        default=(),
    )
    since: str | None = option("First edition of a period in which every step is looked at.", "2020")
    until: str | None = option("Last edition of that period; the latest known if left out.", "2025")
    kind: Move | None = option("Only moves up, down, unknown …", "down")


class TierChangeRow(PartyRow):
    """One move of one government, or one that cannot be told."""

    from_year: int = needed("Earlier edition.")
    from_tier: Tier | None = column("Placement in it; null where it is not held.")
    to_year: int = needed("Later edition.")
    to_tier: Tier | None = column("Placement in it; null where it is not held.")
    move: Move = needed("Up, down, same, to or from no tier; unknown where an edition lacks the government.")
    missing: tuple[int, ...] = column("Editions between the two that lack the government.", ())
    remark: str | None = column("What makes the move uncertain.")


Placements = Mapping[int, Mapping[str, Any]]
"""Properties of the placements of one government, by edition."""


@dataclass(frozen=True)
class _Span:
    """The editions asked for: the first and the last, and whether every step between them is."""

    first: int
    last: int
    is_period: bool


def tier_changes(request: Request[TierChangesParams]) -> Result[TierChangeRow]:
    """List moves between editions known by the day: those up first, then down, each by name; what stayed is counted.

    Of one government what stayed is listed as well, in the order of editions.

    Raises:
        UsageError: An edition is no year or is not held, or the period ends before it begins.
    """
    editions, params, party = editions_out(request.session, day=request.day), request.params, request.maybe("party")
    if not editions:
        return Result(clauses=(clause("no-edition"),))
    published = sorted(editions)
    span = _asked_for(request, published)
    placed = _placements(request, published)
    steps = _steps(placed, published, span)
    if span.is_period and params.year:
        steps = [step for step in steps if str(step.end) in params.year]
    if party:
        steps.sort(key=lambda step: step.start)
    else:
        steps.sort(key=lambda s: (_MOVES.index(s.move), folded(s.government.name), s.government.id, s.start))
    asked = [_year(text, "year") for text in (*params.year, *filter(None, [params.until]))]
    run_to = published[-1] if max(asked, default=0) > published[-1] else None
    shown = [step for step in steps if (step.move == params.kind if params.kind else party or step.move != "same")]
    return Result(
        clauses=tuple(_of_one(party, steps, span) if party else _of_all(steps, span, run_to)),
        rows=tuple(_row(step, editions) for step in shown),
        caveats=tuple(_caveats(request, steps, editions, span, placed)),
        refs=refs(editions[span.first].values, editions[span.last].values) if not shown else (),
    )


def _asked_for(request: Request[TierChangesParams], published: Sequence[int]) -> _Span:
    params = request.params
    if params.since or params.until:
        first = _year(params.since, "since") if params.since else published[0]
        last = _year(params.until, "until") if params.until else published[-1]
        if first > last:
            raise UsageError(f"since: {first} is later than until, {last}")
        begun = next((year for year in published if year >= first), published[-1])
        return _Span(begun, next((year for year in reversed(published) if year <= last), published[0]), is_period=True)
    # What lies beyond the last edition is answered with the last: nobody asks for what is not written.
    years = sorted({min(_year(text, "year"), published[-1]) for text in params.year}) or [published[-1]]
    if len(years) > 2:
        raise UsageError(f"year: two editions can be compared, not {len(years)}; use since and until for a period")
    for year in years:
        if year not in published:
            raise UsageError(f"year: no edition of {year} is held as published by {request.day}")
    before = [year for year in published if year < years[0]] or years
    return _Span(years[0] if len(years) == 2 else before[-1], years[-1], is_period=False)


def _year(text: str, parameter: str) -> int:
    return int(the_day(text, today="", parameter=parameter)[:4])


def _placements(request: Request[TierChangesParams], published: Sequence[int]) -> list[tuple[Subject, Placements]]:
    """Return the placements known by the day, by edition, of the government asked for or of all."""
    if party := request.maybe("party"):
        edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(party.id,)))
        edges.sort(key=lambda edge: (edge.id, edge.key))
        of_party = [edge.values for edge in edges if edge.cls == "Assessment" and edge.values.get("year") in published]
        return [(party, {placement["year"]: placement for placement in of_party})] if of_party else []
    placed: dict[str, tuple[Subject, dict[int, Mapping[str, Any]]]] = {}
    for edge in request.session.read(PLACEMENTS_IN_YEARS, OfYears(years=tuple(published))):
        placed.setdefault(edge.id, (edge.other, {}))[1][edge.own["year"]] = edge.own
    return list(placed.values())


def _steps(placed: Sequence[tuple[Subject, Placements]], published: Sequence[int], span: _Span) -> list[TierStep]:
    step_or_steps = steps_over if span.is_period else lambda *between: [step_between(*between)]
    steps = (step for one, of in placed for step in step_or_steps(one, of, published, span.first, span.last))
    return [step for step in steps if step.before is not None or step.after is not None]


def _row(step: TierStep, editions: Mapping[int, Entity]) -> SourcedRow[TierChangeRow]:
    before, after = step.before or {}, step.after or {}
    return sourced(
        TierChangeRow,
        after if refs(after) else before,
        about=step.government,
        held="yes" if step.is_sure else "unknown",
        dated_by=(before, *(editions[year].values for year in (step.start, step.end))),
        made_of=(before, after),
        conflicts=conflicts(before, after),
        from_year=step.start,
        from_tier=before.get("tier"),
        to_year=step.end,
        to_tier=after.get("tier"),
        move=step.move,
        missing=step.missing,
        remark=worded(__package__, "tier-changes", "row-remark", {"step": step.values}) or None,
    )


def _of_all(steps: Sequence[TierStep], span: _Span, run_to: int | None) -> Iterator[SourcedClause]:
    counts = Counter(step.move for step in steps)
    yield clause("headline", **asdict(span), counts=dict(counts), run_to=run_to)
    for move in ("up", "down", "to or from no tier"):
        names = list(dict.fromkeys(step.government.name for step in steps if step.move == move))
        yield clause(move.replace(" ", "-"), names=names)
    yield clause("unknown", steps=counts["unknown"])


def _of_one(party: Subject, steps: Sequence[TierStep], span: _Span) -> Iterator[SourcedClause]:
    moved = [step for step in steps if step.move != "same"]
    if not steps:
        yield clause("nothing", party=party.name, **asdict(span))
    elif moved:
        sources = [placement for step in moved for placement in (step.before, step.after) if placement]
        steps_in_words = [step.values for step in moved]
        yield clause("moved", *sources, party=party.name, steps=steps_in_words, **asdict(span))
        yield clause("moves", *sources, party=party.name, steps=steps_in_words, **asdict(span))
    else:
        yield clause("stayed", party=party.name, first=steps[0].values, last=steps[-1].values)
        yield clause("gaps", years=sorted({year for step in steps for year in step.missing}))


def _caveats(
    request: Request[TierChangesParams],
    steps: Sequence[TierStep],
    editions: Mapping[int, Entity],
    span: _Span,
    placed: Sequence[tuple[Subject, Placements]],
) -> Iterator[UnwordedCaveat]:
    """Say what editions lack; those of a period also which governments, so that a move may lie outside it."""
    # Two editions that are compared have only their own gaps; a walk step by step has those of every edition.
    asked = range(span.first, span.last + 1) if request.params.since else (span.first, span.last)
    for edition in (editions[year] for year in sorted(editions.keys() & asked) if request.params.party is None):
        yield caveat("partial", "coverage", edition=edition.name, note=edition.values.get("coverage_note"))
    bridged = [step for step in steps if step.missing and step.before is not None and step.after is not None]
    yield caveat("partial", "bridged", steps=len(bridged), years=sorted({y for step in bridged for y in step.missing}))
    for year in dict.fromkeys((span.first, span.last)) if span.is_period else ():
        names = sorted((one.name for one, placements in placed if year not in placements), key=folded)
        yield caveat("partial", "lacking", year=year, names=names)


TIER_CHANGES = Question.of(
    tier_changes,
    title="Who moved up or down in the TIP Report between these editions?",
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=(
        *("name", "from_year", "from_tier", "to_year", "to_tier", "move", "remark"),
        *("held", "confidence", "evidence"),
    ),
)
