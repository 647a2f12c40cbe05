"""Who moved up or down in the TIP Report; a missing edition is never bridged in silence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from graph.domain.records import Tier
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause, worded
from queries.core.days import the_day
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, refs
from queries.core.tip_report import editions_out
from queries.core.wording import counted, listed, years_listed
from queries.report.reads import ASSESSMENTS_OF, PLACEMENTS_IN_YEARS, OfYears, Placed
from queries.report.tier_steps import Move, TierStep, step_between, steps_over

_MOVES: tuple[Move, ...] = ("up", "down", "to or from no tier", "unknown", "same")


class TierChangesParams(Params):
    """What `tier-changes` is asked with."""

    party: str | None = Field(default=None, description="Only this government.", examples=["Ghana"])
    year: tuple[str, ...] = Field(
        default=(),
        description=(
            "One edition, compared with the one before it, or two, compared with each other; "
            "of a period, only steps that lead to these editions."
        ),
        examples=["2025"],
    )
    since: str | None = Field(
        default=None, description="First edition of a period in which every step is looked at.", examples=["2020"]
    )
    until: str | None = Field(
        default=None, description="Last edition of that period; the latest known if left out.", examples=["2025"]
    )
    kind: Move | None = Field(default=None, description="Only moves up, down, unknown …", examples=["down"])


class TierChangeRow(PartyRow):
    """One move of one government, or one that cannot be told."""

    from_year: int = Field(description="Earlier edition.")
    from_tier: Tier | None = Field(default=None, description="Placement in it; null where it is not held.")
    to_year: int = Field(description="Later edition.")
    to_tier: Tier | None = Field(default=None, description="Placement in it; null where it is not held.")
    move: Move = Field(description="Up, down, same, to or from no tier; unknown where an edition lacks the government.")
    missing: tuple[int, ...] = Field(default=(), description="Editions between the two that lack the government.")
    remark: str | None = Field(default=None, description="What makes the move uncertain.")


def tier_changes(request: Request[TierChangesParams]) -> Result[TierChangeRow]:
    """List moves between editions known by the day: those up first, then down, each by name; what stayed is counted.

    Of one government what stayed is listed as well, in the order of editions.

    Raises:
        UsageError: An edition is no year or is not held, or the period ends before it begins.
    """
    editions = editions_out(request.session, day=request.day)
    if not editions:
        return Result(clauses=(clause("no-edition"),))
    published = sorted(editions)
    first, last, is_period = _asked_for(request, published)
    placed = _placements(request, published)
    steps = [
        step
        for government, placements in placed
        for step in (
            steps_over(government, placements, published, first, last)
            if is_period
            else [step_between(government, placements, published, first, last)]
        )
        if step.before is not None or step.after is not None
    ]
    if is_period and request.params.year:
        steps = [step for step in steps if str(step.end) in request.params.year]
    steps.sort(key=lambda step: _order(step, of_one=request.params.party is not None))
    shown = [step for step in steps if _is_shown(request, step)]
    return Result(
        clauses=tuple(_clauses(request.maybe("party"), steps, {"first": first, "last": last, "is_period": is_period})),
        rows=tuple(_row(step, editions) for step in shown),
        caveats=(*_caveats(request, steps, editions, first, last), *_lacking(placed if is_period else [], first, last)),
        refs=refs(editions[first].values, editions[last].values) if not shown else (),
    )


def _asked_for(request: Request[TierChangesParams], published: Sequence[int]) -> tuple[int, int, bool]:
    """Return the first and the last edition, and whether every step between them is asked for."""
    given = request.params
    if given.since or given.until:
        first = _year(given.since, "since") if given.since else published[0]
        last = _year(given.until, "until") if given.until else published[-1]
        if first > last:
            raise UsageError(f"since: {first} is later than until, {last}")
        return _first_from(published, first), _last_until(published, last), True
    years = sorted({_year(text, "year") for text in given.year}) or [published[-1]]
    if len(years) > 2:
        raise UsageError(f"year: two editions can be compared, not {len(years)}; use since and until for a period")
    for year in years:
        if year not in published:
            raise UsageError(f"year: no edition of {year} is held as published by {request.day}")
    if len(years) == 2:
        return years[0], years[1], False
    before = [year for year in published if year < years[0]]
    return (before[-1] if before else years[0]), years[0], False


def _year(text: str, parameter: str) -> int:
    return int(the_day(text, today="", parameter=parameter)[:4])


def _first_from(published: Sequence[int], year: int) -> int:
    """Return the first edition of a year or later; the last of all where there is none."""
    return next((one for one in published if one >= year), published[-1])


def _last_until(published: Sequence[int], year: int) -> int:
    """Return the last edition of a year or earlier; the first of all where there is none."""
    return next((one for one in reversed(published) if one <= year), published[0])


def _placements(
    request: Request[TierChangesParams], published: Sequence[int]
) -> list[tuple[Subject, dict[int, Mapping[str, Any]]]]:
    """Return the placements known by the day, by edition, of the government asked for or of all."""
    if party := request.maybe("party"):
        of_one = _placements_of(request, party, published)
        return [(party, of_one)] if of_one else []
    edges: list[Placed] = request.session.read(PLACEMENTS_IN_YEARS, OfYears(years=tuple(published)))
    found: dict[str, tuple[Subject, dict[int, Mapping[str, Any]]]] = {}
    for edge in edges:
        found.setdefault(edge.id, (edge.other, {}))[1][edge.placement["year"]] = edge.placement
    return list(found.values())


def _placements_of(
    request: Request[TierChangesParams], party: Subject, published: Sequence[int]
) -> dict[int, Mapping[str, Any]]:
    edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(party.id,)))
    placements = sorted((edge for edge in edges if edge.cls == "Assessment"), key=lambda edge: (edge.id, edge.key))
    return {edge.values["year"]: edge.values for edge in placements if edge.values.get("year") in published}


def _order(step: TierStep, *, of_one: bool) -> tuple[int, int, str, str, int]:
    move = 0 if of_one else _MOVES.index(step.move)
    return move, step.start if of_one else 0, folded(step.government.name), step.government.id, step.start


def _is_shown(request: Request[TierChangesParams], step: TierStep) -> bool:
    if request.params.kind:
        return step.move == request.params.kind
    return step.move != "same" or request.params.party is not None


def _row(step: TierStep, editions: Mapping[int, Entity]) -> SourcedRow[TierChangeRow]:
    before, after = step.before or {}, step.after or {}
    row = TierChangeRow(
        held="yes" if step.is_sure else "unknown",
        conflicts=conflicts(before, after),
        **step.government.model_dump(),
        from_year=step.start,
        from_tier=before.get("tier"),
        to_year=step.end,
        to_tier=after.get("tier"),
        move=step.move,
        missing=step.missing,
        remark=worded(__package__, "tier-changes", "row-remark", {"step": _values(step)}) or None,
    )
    dated = [editions[year].values for year in (step.start, step.end)]
    return SourcedRow(row, refs(after) or refs(before), dated_by=refs(before, *dated))


def _values(step: TierStep) -> dict[str, Any]:
    """Return what a sentence on a step needs."""
    placements = {"before": step.before, "after": step.after, "last_before": step.last_before}
    return {
        "move": step.move,
        "start": step.start,
        "end": step.end,
        "missing": list(step.missing),
        **{
            name: None if said is None else {"tier": said.get("tier"), "year": said.get("year")}
            for name, said in placements.items()
        },
    }


def _clauses(party: Subject | None, steps: Sequence[TierStep], over: Mapping[str, Any]) -> Iterator[SourcedClause]:
    if party:
        yield from _of_one(party, steps, over)
        return
    named = {move: list(dict.fromkeys(s.government.name for s in steps if s.move == move)) for move in _MOVES}
    yield clause("headline", **over, counts=dict(Counter(step.move for step in steps)))
    for move in ("up", "down", "to or from no tier"):
        if names := named[move]:
            yield clause(move.replace(" ", "-"), names=names)
    if counts := sum(step.move == "unknown" for step in steps):
        yield clause("unknown", steps=counts)


def _of_one(party: Subject, steps: Sequence[TierStep], over: Mapping[str, Any]) -> Iterator[SourcedClause]:
    if not steps:
        yield clause("nothing", party=party.name, **over)
        return
    moved = [step for step in steps if step.move != "same"]
    if moved:
        sources = [said for step in moved for said in (step.before, step.after) if said]
        yield clause("moves", *sources, party=party.name, steps=[_values(step) for step in moved], **over)
    else:
        missing = sorted({year for step in steps for year in step.missing})
        first, last = _values(steps[0]), _values(steps[-1])
        yield clause("stayed", party=party.name, first=first, last=last)
        if missing:
            yield clause("gaps", years=missing)


def _caveats(
    request: Request[TierChangesParams],
    steps: Sequence[TierStep],
    editions: Mapping[int, Entity],
    first: int,
    last: int,
) -> Iterator[Caveat]:
    # Two editions that are compared have only their own gaps; a walk step by step has those of every edition.
    years = [year for year in sorted(editions) if first <= year <= last]
    years = years if request.params.since else [year for year in years if year in (first, last)]
    if request.params.party is None:
        for year in years:
            if note := editions[year].values.get("coverage_note"):
                yield Caveat(kind="partial", text=f"Of {editions[year].name}: {note}.")
    bridged = [step for step in steps if step.missing and step.before is not None and step.after is not None]
    if bridged:
        missing = sorted({year for step in bridged for year in step.missing})
        lie = "lies" if len(bridged) == 1 else "lie"
        text = (
            f"{counted(len(bridged), 'step')} {lie} across editions that lack the government ({years_listed(missing)}):"
            " when it moved is not known."
        )
        yield Caveat(kind="partial", text=text)


def _lacking(
    placed: Sequence[tuple[Subject, Mapping[int, Mapping[str, Any]]]], first: int, last: int
) -> Iterator[Caveat]:
    """Say which governments an edition at an end of the period lacks, so that a move may lie outside what is held."""
    for year in dict.fromkeys((first, last)):
        names = sorted((one.name for one, placements in placed if year not in placements), key=folded)
        if names:
            yield Caveat(
                kind="partial", text=f"Placed in another edition, but not on record for {year}: {listed(names)}."
            )


TIER_CHANGES = Question(
    name="tier-changes",
    title="Who moved up or down in the TIP Report between these editions?",
    params=TierChangesParams,
    row=TierChangeRow,
    function=tier_changes,
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=(
        *("name", "from_year", "from_tier", "to_year", "to_tier", "move", "remark"),
        *("held", "confidence", "evidence"),
    ),
)
