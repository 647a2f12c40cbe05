"""Who moved up or down in the TIP Report; a missing edition is never bridged in silence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from graph.domain.records import Tier
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import passed, the_day
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, refs
from queries.core.wording import counted, listed, years_listed
from queries.report.reads import ASSESSMENTS_OF, PLACEMENTS_IN_YEARS, OfYears, Placed
from queries.report.tier_steps import Move, Step, step_between, steps_over
from queries.report.tiers import editions_by_year

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


def tier_changes(request: Request[TierChangesParams]) -> Result:
    """List moves between editions known by the day: those up first, then down, each by name; what stayed is counted.

    Of one government what stayed is listed as well, in the order of editions.

    Raises:
        UsageError: An edition is no year or is not held, or the period ends before it begins.
    """
    editions = _published(request)
    if not editions:
        return Result(sentence="no edition of the TIP Report is held as published by that day")
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
        sentence=_sentence(request, steps, first, last, is_period=is_period),
        rows=tuple(_draft(step, editions) for step in shown),
        caveats=(*_caveats(request, steps, editions, first, last), *_lacking(placed if is_period else [], first, last)),
        refs=refs(editions[first].values, editions[last].values) if not shown else (),
    )


def _published(request: Request[TierChangesParams]) -> dict[int, Entity]:
    editions = editions_by_year(request.session)
    return {y: one for y, one in editions.items() if passed(one.values.get("published_on"), on=request.day) == "yes"}


def _asked_for(request: Request[TierChangesParams], published: Sequence[int]) -> tuple[int, int, bool]:
    """Return the first and the last edition, and whether every step between them is asked for."""
    given = request.params
    if given.since or given.until:
        first = _year(given.since, "since") if given.since else published[0]
        last = _year(given.until, "until") if given.until else published[-1]
        if first > last:
            raise UsageError(f"since: {first} is later than until, {last}")
        return first_held(published, first), last_held(published, last), True
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


def first_held(published: Sequence[int], year: int) -> int:
    """Return the first edition of a year or later; the last of all where there is none."""
    return next((one for one in published if one >= year), published[-1])


def last_held(published: Sequence[int], year: int) -> int:
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


def _order(step: Step, *, of_one: bool) -> tuple[int, int, str, str, int]:
    move = 0 if of_one else _MOVES.index(step.move)
    return move, step.start if of_one else 0, folded(step.government.name), step.government.id, step.start


def _is_shown(request: Request[TierChangesParams], step: Step) -> bool:
    if request.params.kind:
        return step.move == request.params.kind
    return step.move != "same" or request.params.party is not None


def _draft(step: Step, editions: Mapping[int, Entity]) -> SourcedRow:
    before, after = step.before or {}, step.after or {}
    row = TierChangeRow(
        held="yes" if step.is_sure else "unknown",
        conflicts=conflicts(before, after),
        id=step.government.id,
        cls=step.government.cls,
        name=step.government.name,
        iso3=step.government.iso3,
        from_year=step.start,
        from_tier=before.get("tier"),
        to_year=step.end,
        to_tier=after.get("tier"),
        move=step.move,
        missing=step.missing,
        remark=_remark(step),
    )
    dated = [editions[year].values for year in (step.start, step.end)]
    return SourcedRow(row, refs(after) or refs(before), dated_by=refs(before, *dated))


def _remark(step: Step) -> str | None:
    if step.before is None and step.last_before is not None:
        last = f"{step.last_before.get('tier')} in {step.last_before.get('year')}"
        return f"not held for {step.start}; last held before: {last}"
    if step.before is None or step.after is None:
        lacking = step.start if step.before is None else step.end
        return f"not held for {lacking}; it may have been placed in it or not"
    if step.missing:
        return f"{years_listed(step.missing)} not held, so when it moved, or whether back and forth, is not known"
    return None


def _sentence(
    request: Request[TierChangesParams], steps: Sequence[Step], first: int, last: int, *, is_period: bool
) -> str:
    party = request.maybe("party")
    if party:
        return _of_one(party, steps, first, last)
    over = f"from {first} to {last}, step by step" if is_period else f"between the editions of {first} and {last}"
    parts = []
    for move in _MOVES:
        chosen = [step for step in steps if step.move == move]
        names = list(dict.fromkeys(step.government.name for step in chosen))
        many = f"{len(chosen)} {_WORDS[move]}"
        told = f" ({listed(names, most=8)})" if names and move in ("up", "down", "to or from no tier") else ""
        if chosen or move in ("up", "down"):
            parts.append(f"{many if chosen else f'none {_WORDS[move]}'}{told}")
    return f"{over}: {'; '.join(parts)}"


_WORDS: Mapping[Move, str] = {
    "up": "up", "down": "down", "to or from no tier": "to or from a special case, which has no tier",
    "unknown": "not known, as one of the editions lacks them", "same": "unchanged",
}  # fmt: skip


def _of_one(party: Subject, steps: Sequence[Step], first: int, last: int) -> str:
    if not steps:
        return f"no placement of {party.name} is held between {first} and {last} that could be compared"
    told = [_step_in_words(step) for step in steps if step.move != "same"]
    if not told:
        missing = sorted({year for step in steps for year in step.missing})
        stayed = f"{party.name} stands in {steps[-1].end} where it stood in {steps[0].start}{_tier_of(steps[0])}"
        return stayed + (
            f"; {years_listed(missing)} not held, so whether it moved and came back is not known" if missing else ""
        )
    return f"{party.name}, from {first} to {last}: {'; '.join(told)}"


def _tier_of(step: Step) -> str:
    tier = (step.after or {}).get("tier")
    return f": {tier}" if tier else ""


def _step_in_words(step: Step) -> str:
    if step.move == "unknown":
        return f"{step.start} to {step.end} unknown: {_remark(step)}"
    before, after = (step.before or {}).get("tier"), (step.after or {}).get("tier")
    words = f"{step.move} from {before} ({step.start}) to {after} ({step.end})"
    return words + (f", {years_listed(step.missing)} not held" if step.missing else "")


def _caveats(
    request: Request[TierChangesParams], steps: Sequence[Step], editions: Mapping[int, Entity], first: int, last: int
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
        text = (
            f"{counted(len(bridged), 'step')} lie across editions that lack the government"
            f" ({years_listed(missing)}): when it moved is not known."
        )
        yield Caveat(kind="partial", text=text)


def _lacking(
    placed: Sequence[tuple[Subject, Mapping[int, Mapping[str, Any]]]], first: int, last: int
) -> Iterator[Caveat]:
    """Say which governments an edition at an end of the period lacks, so that a move may lie outside what is held."""
    for year in dict.fromkeys((first, last)):
        names = sorted((one.name for one, placements in placed if year not in placements), key=folded)
        if names:
            yield Caveat(kind="partial", text=f"Placed in another edition, but not held for {year}: {listed(names)}.")


TIER_CHANGES = Question(
    name="tier-changes",
    title="Who moved up or down in the TIP Report between these editions?",
    params=TierChangesParams,
    row=TierChangeRow,
    function=tier_changes,
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=("name", "from_year", "from_tier", "to_year", "to_tier", "move", "remark", "held", "confidence",
             "evidence"),
)  # fmt: skip
