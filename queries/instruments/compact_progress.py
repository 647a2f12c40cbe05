"""How far a compact is: targets and actuals, contributions pledged and delivered, dialogues and promises."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias

from pydantic import Field

from iga.graph.errors import UsageError
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, option
from iga.queries.core.days import passed, stretch
from iga.queries.core.printed_names import printed_names
from iga.queries.core.promised import status_by
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import FullEdgeRow, OfIds, by_name, conflicts, refs
from iga.queries.core.reads import AGREEMENTS_OF, PARTIES_TO
from iga.queries.core.treaty import bond_on
from iga.queries.instruments.compact_results import CompactPromise, CompactResults, IndicatorReading, Put, results_of


class CompactProgressParams(Params):
    """What `compact-progress` is asked with."""

    party: str | None = option("The partner government.", "Ghana")
    agreement: str | None = option("Only this compact.", "Child Protection Compact Partnership with Ghana")


class CompactProgressRow(PartyRow):
    """One reading of an indicator, one contribution, one dialogue or one promise, under the compact with the party."""

    compact: str = Field(description="Id of the compact.")
    compact_name: str = Field(description="Title of the compact.")
    part: Literal["indicator", "contribution", "dialogue", "promise"] = Field(description="What the row is of.")
    what: str = Field(description="Id of the indicator, contribution, dialogue or commitment.")
    what_name: str = Field(description="Its name.")
    by: str | None = column("Id of who reports, contributes or promises.")
    by_name: str | None = column("Who reports, contributes or promises.")
    period: str | None = column("Period or day, in words; of a promise, the day it is due.")
    start: str | None = column("First day of the period, possibly partial.")
    end: str | None = column("Last day of the period, possibly partial.")
    baseline: str | None = column("Value at the start; null where none is held.")
    baseline_on: str | None = column("Day or year of the baseline.")
    target: str | None = column("Target for the period; null where none is set.")
    overall_target: str | None = column("Target of the indicator as a whole, as stated.")
    actual: str | None = column("Value measured; null where nothing was measured.")
    unit: str | None = column("Unit of baseline, target and actual.")
    disaggregation: str | None = column("Which part of the whole the reading is of.")
    stage: str | None = column("Of a contribution, dialogue or promise: how far, as stated.")
    amount: str | None = column("Decimal number as text; amounts are never added up.")
    currency: str | None = column("ISO 4217 code.")
    measure: str | None = column("What the amount measures: pledge, contribution, obligation.")
    in_kind: str | None = column("What is given if not money.")
    shown_by: str | None = column("What shows that it was delivered or kept.")
    against: str | None = column("Id of the pledge that a delivery belongs to.")
    against_name: str | None = column("Name of that pledge.")
    standing: str = Field(description="How it stands, in words; that no target is set is an answer.")


def compact_progress(request: Request[CompactProgressParams]) -> Result[CompactProgressRow]:
    """List how far compacts are: indicators by name and period, contributions, dialogues, then promises.

    Raises:
        UsageError: Neither the partner nor the compact is given.
    """
    session, day = request.session, request.day
    bound = [(*pair, results_of(session, pair[1].other, day=day)) for pair in _bound(request)]
    rows = [row for compact in bound for row in _rows(request, *compact)]
    clauses = [one for compact in bound for one in _clauses(*compact, day)]
    asked = request.maybe("party") or request.maybe("agreement")
    first = clauses.pop(0).values if len(bound) == 1 else {}
    headline = clause("headline", number=len(bound), asked=asked.name if asked else "", **first)
    return Result(
        clauses=(headline, *clauses),
        rows=tuple(rows),
        caveats=tuple(doubt for _, compact, results in bound for doubt in _caveats(compact.name, results)),
        refs=refs(*(compact.values for _, compact, _ in bound)) if not rows else (),
    )


def _bound(request: Request[CompactProgressParams]) -> list[tuple[Subject, FullEdgeRow]]:
    """Return each compact asked for with the partner government it is with."""
    party, agreement, session = request.maybe("party"), request.maybe("agreement"), request.session
    if agreement and not party:
        parties = by_name(session.read(PARTIES_TO, OfIds(ids=(agreement.id,))))
        party = next((edge.other for edge in parties if edge.id != session.home.government), None)
    elif not party:
        raise UsageError("compact-progress needs party, the partner government, or agreement, the compact")
    edges = by_name(session.read(AGREEMENTS_OF, OfIds(ids=(party.id,)))) if party else []
    return [
        (party, edge)
        for edge in edges
        if party and edge.cls == "ChildProtectionCompact" and (agreement is None or edge.id == agreement.id)
        if bond_on(edge.properties, day=request.day).standing != "not party"
    ]


def _rows(
    request: Request[CompactProgressParams], partner: Subject, compact: FullEdgeRow, results: CompactResults
) -> Iterator[SourcedRow[CompactProgressRow]]:
    """Yield the rows of one compact in the order of parts."""
    reporters = {reporter for one in results.readings if (reporter := one.said.get("reported_by"))}
    names = printed_names(request.session, reporters)
    row = partial(_row, partner, compact)
    yield from (_of_reading(row, reading, names) for reading in results.readings)
    yield from (_of_put(row, put) for put in results.put)
    yield from (_of_dialogue(row, edge) for edge in results.dialogues)
    yield from (_of_promise(row, promise, request.day) for promise in results.promises)


MakeRow: TypeAlias = Callable[..., CompactProgressRow]
"""Makes a row of one compact with one partner."""


def _row(
    partner: Subject,
    compact: FullEdgeRow,
    part: str,
    what: FullEdgeRow,
    *,
    is_sure: bool,
    stands: Mapping[str, Any],
    **columns: Any,
) -> CompactProgressRow:
    """Return a row; ``stands`` is what its standing is worded from."""
    columns |= partner.model_dump() | named("compact", compact) | named("what", what)
    columns |= {"part": part, "held": "yes" if is_sure else "unknown", "conflicts": conflicts(what.values)}
    return CompactProgressRow(standing=worded(__package__, "compact-progress", f"row-{part}", stands), **columns)


def _of_reading(row: MakeRow, reading: IndicatorReading, names: Mapping[str, str]) -> SourcedRow[CompactProgressRow]:
    indicator, stated, by = reading.indicator, reading.said, reading.said.get("reported_by")
    of_indicator = {name: indicator.values.get(name) for name in ("baseline", "baseline_on", "unit")}
    overall = indicator.values.get("target")
    columns = {
        **{"by": by, "by_name": names.get(by or ""), "period": stretch(stated) or stated.get("measured_on")},
        **{"target": stated.get("target"), "actual": stated.get("value"), "overall_target": overall},
        **{"disaggregation": stated.get("disaggregation"), **of_indicator, **_days(stated)},
    }
    stands = {"reach": reading.reach, "overall": overall}
    made = row("indicator", indicator, is_sure=reading.reach != "not measured", stands=stands, **columns)
    return SourcedRow(made, refs(stated or indicator.values), dated_by=refs(indicator.values))


def _of_put(row: MakeRow, put: Put) -> SourcedRow[CompactProgressRow]:
    stated, by, against = put.edge.values, put.contributor, put.against
    stands = {
        **{"is_pledge": put.is_pledge, "is_delivery": put.is_delivery, "delivery": put.delivery},
        **{"has_parts": bool(put.delivered), "stage": stated.get("stage")},
    }
    columns = {
        **named("by", by),
        **named("against", against),
        "period": stated.get("stated_for") or stated.get("money_value_date"),
        "shown_by": stated.get("stage_evidence"),
        **{name: stated.get(f"money_{name}") for name in ("amount", "currency", "measure")},
        **{name: stated.get(name) for name in ("stage", "in_kind")},
    }
    is_sure = put.delivery == "with evidence" or not put.is_pledge
    made = row("contribution", put.edge, is_sure=is_sure, stands=stands, **columns)
    return SourcedRow(made, refs(stated), dated_by=refs(*(edge.values for edge in put.delivered)))


def _of_dialogue(row: MakeRow, edge: FullEdgeRow) -> SourcedRow[CompactProgressRow]:
    stated, status = edge.values, edge.values.get("status")
    columns = {"period": stretch(stated) or None, "stage": status, **_days(stated)}
    stands = {"status": status, "outcome": stated.get("outcome")}
    return SourcedRow(row("dialogue", edge, is_sure=status == "held", stands=stands, **columns), refs(stated))


def _of_promise(row: MakeRow, promise: CompactPromise, day: str) -> SourcedRow[CompactProgressRow]:
    stated, by = promise.edge.values, next(iter(promise.makers), None)
    standing, status = promise.standing(day), status_by(stated, day=day)
    columns = {"by": by.id if by else None, "by_name": "; ".join(one.name for one in promise.makers) or None}
    columns |= {
        "period": stated.get("due_on"),
        "stage": status,
        "shown_by": stated.get("status_evidence") if status else None,
    }
    stands = {"standing": standing, "status": status}
    return SourcedRow(row("promise", promise.edge, is_sure=bool(status), stands=stands, **columns), refs(stated))


def _days(stated: Mapping[str, Any]) -> dict[str, str | None]:
    measured_on = None if stated.get("period_start") or stated.get("period_end") else stated.get("measured_on")
    return {"start": stated.get("period_start") or measured_on, "end": stated.get("period_end") or measured_on}


def _clauses(partner: Subject, compact: FullEdgeRow, results: CompactResults, day: str) -> Iterator[SourcedClause]:
    """Say how far a compact is: indicators, what the partner gives, what others give, dialogues, promises."""
    yield clause("indicators", compact=compact.name, by_reach=dict(Counter(one.reach for one in results.latest)))
    theirs = [put for put in results.put if put.contributor == partner]
    others = [put for put in results.put if put.contributor != partner]
    pledged = [put for put in theirs if put.is_pledge]
    deliveries = Counter(put.delivery for put in pledged)
    yield clause(
        "pledges",
        partner=partner.name,
        contributions=[put.edge.name for put in theirs],
        pledges=[put.edge.name for put in pledged],
        shown=deliveries["with evidence"],
        claimed=deliveries["without evidence"],
    )
    if others:
        names = list(dict.fromkeys(put.contributor.name for put in others if put.contributor))
        yield clause("other-contributions", number=len(others), names=names)
    yield clause("dialogues", **_dialogues(results.dialogues, day))
    if results.promises:
        standings = Counter(promise.standing(day) for promise in results.promises)
        still, late, unknown = standings["open"] + standings["overdue"], standings["overdue"], standings["not known"]
        yield clause("promises", number=len(results.promises), open=still, overdue=late, unknown=unknown)


def _dialogues(dialogues: Sequence[FullEdgeRow], day: str) -> dict[str, Any]:
    """Return the last dialogue that was held and the next one, and how many more have no day or were not held."""
    dated = {edge.key: passed(edge.values.get("period_start"), on=day) for edge in dialogues}
    past = [edge for edge in dialogues if dated[edge.key] == "yes" and edge.values.get("status") in ("held", None)]
    ahead = [edge for edge in dialogues if dated[edge.key] != "yes" and edge.values.get("period_start")]
    last, following = (_days(edges[place].values) if edges else None for edges, place in ((past, -1), (ahead, 0)))
    rest = len(dialogues) - len(past) - len(ahead)
    return {"number": len(dialogues), "last": last, "next": following, "rest": rest}


def _caveats(compact: str, results: CompactResults) -> Iterator[UnwordedCaveat]:
    parts = {"indicators": results.readings, "contributions": results.put, "dialogues": results.dialogues}
    if lacking := [word for word, known in parts.items() if not known]:
        yield caveat("unknown", "nothing-on", compact=compact, parts=lacking)
    if without := [one.indicator.name for one in results.latest if one.indicator.values.get("baseline") is None]:
        yield caveat("unknown", "without-baseline", compact=compact, indicators=without)
    if claimed := [put.edge.name for put in results.put if put.is_delivery and put.delivery == "without evidence"]:
        yield caveat("uncertain", "unshown-delivery", clause="pledges", compact=compact, contributions=claimed)


COMPACT_PROGRESS = Question.of(
    compact_progress,
    title="How far is this compact: targets and actuals, contributions pledged and delivered, dialogues?",
    names={"party": ("Government",), "agreement": ("ChildProtectionCompact",)},
    example={"party": "Malawi"},
    any_of=("party", "agreement"),
    columns=(
        *("part", "what_name", "by_name", "period", "baseline", "target", "actual", "unit", "amount", "currency"),
        *("in_kind", "standing", "held", "evidence"),
    ),
)
