"""How far a compact is: targets and actuals, contributions pledged and delivered, dialogues and promises."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, Literal, TypeAlias

from iga.graph.domain.values import first_day
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, joined, named, needed, option, sourced
from iga.queries.core.days import passed, stretch
from iga.queries.core.printed_names import printed_names
from iga.queries.core.promises import standing, status_by
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import FullEdgeRow, OfIds, by_name, conflicts, grouped, refs
from iga.queries.core.reads import AGREEMENTS_OF, MAKERS_OF, PARTIES_TO, PARTS_OF, THINGS_UNDER
from iga.queries.core.relationships import bond_on
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session


class CompactProgressParams(Params):
    """What `compact-progress` is asked with."""

    party: str | None = option("The partner government.", "Ghana")
    agreement: str | None = option("Only this compact.", "Child Protection Compact Partnership with Ghana")


class CompactProgressRow(PartyRow):
    """One reading of an indicator, one contribution, one dialogue or one promise, under the compact with the party."""

    compact: str = needed("Id of the compact.")
    compact_name: str = needed("Title of the compact.")
    part: Literal["indicator", "contribution", "dialogue", "promise"] = needed("What the row is of.")
    what: str = needed("Id of the indicator, contribution, dialogue or commitment.")
    what_name: str = needed("Its name.")
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
    standing: str = needed("How it stands, in words; that no target is set is an answer.")


Reach = Literal["reached", "short", "no target", "not measured", "not judged"]
Delivery = Literal["with evidence", "without evidence", "not held"]


@dataclass(frozen=True)
class IndicatorReading:
    """An indicator with one reading of it; None where nothing was measured."""

    indicator: FullEdgeRow
    measurement: FullEdgeRow | None = None

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said of the reading."""
        return self.measurement.values if self.measurement else {}

    @property
    def reach(self) -> Reach:
        """How the reading stands to the target set for its period."""
        actual, target = _number(self.said.get("value")), _number(self.said.get("target"))
        if self.said.get("value") is None:
            return "not measured"
        if self.said.get("target") is None:
            return "no target"
        ascending = self.indicator.values.get("is_ascending")
        if actual is None or target is None or ascending is None:
            return "not judged"
        return "reached" if (actual >= target if ascending else actual <= target) else "short"


@dataclass(frozen=True)
class Put:
    """A contribution, who makes it, and what it is a part of or what was delivered against it."""

    edge: FullEdgeRow
    contributor: Subject | None
    delivered: tuple[FullEdgeRow, ...] = ()
    against: Subject | None = None

    @property
    def is_pledge(self) -> bool:
        """Whether it is a pledge, as its stage or measure says."""
        stage = folded(self.edge.values.get("stage") or "")
        return "pledg" in stage or self.edge.values.get("money_measure") == "pledge"

    @property
    def is_delivery(self) -> bool:
        """Whether it is stated as delivered."""
        words = folded(self.edge.values.get("stage") or "")
        return "deliver" in words and not words.startswith(("not ", "un"))

    @property
    def delivery(self) -> Delivery:
        """What is held on its delivery."""
        delivering = self.delivered or ((self.edge,) if self.is_delivery else ())
        if not delivering:
            return "not held"
        is_shown = any(edge.values.get("stage_evidence") for edge in delivering)
        return "with evidence" if is_shown else "without evidence"


CompactPromise: TypeAlias = tuple[FullEdgeRow, tuple[Subject, ...]]
"""A commitment under the compact, with who made it."""


@dataclass(frozen=True)
class CompactResults:
    """How far one compact is, as held for a day; each list in the order in which it is shown."""

    readings: tuple[IndicatorReading, ...]
    put: tuple[Put, ...]
    dialogues: tuple[FullEdgeRow, ...]
    promises: tuple[CompactPromise, ...]

    @property
    def latest(self) -> tuple[IndicatorReading, ...]:
        """The latest reading of the whole of each indicator, in the order of indicators."""
        whole = (reading for reading in self.readings if not reading.said.get("disaggregation"))
        return tuple({reading.indicator.id: reading for reading in whole}.values())


def results_of(session: Session, compact: Subject, *, day: str) -> CompactResults:
    """Return how far a compact is; what is dated after the day is left out, but for dialogues set beforehand."""
    things = by_name(session.read(THINGS_UNDER, OfIds(ids=(compact.id,))))
    things = list({edge.id: edge for edge in things if edge.held(day) != "no"}.values())
    return CompactResults(
        readings=_readings(session, [edge for edge in things if edge.cls == "Indicator"], day),
        put=_put(session, [edge for edge in things if edge.cls == "Contribution" and _had_begun(edge, day)]),
        dialogues=_dialogues(things),
        promises=_promises(session, [edge for edge in things if edge.cls == "Commitment" and _had_begun(edge, day)]),
    )


def dialogues_of(session: Session, compact: Subject) -> tuple[FullEdgeRow, ...]:
    """Return the dialogues under a compact that are held here, in the order of their days."""
    return _dialogues(session.read(THINGS_UNDER, OfIds(ids=(compact.id,))))


def _readings(session: Session, indicators: Sequence[FullEdgeRow], day: str) -> tuple[IndicatorReading, ...]:
    under = grouped(session.read(THINGS_UNDER, OfIds(ids=tuple(edge.id for edge in indicators))))
    every: list[IndicatorReading] = []
    for indicator in indicators:
        readings = [edge for edge in under.get(indicator.id, ()) if edge.cls == "Measurement" and _had_begun(edge, day)]
        readings.sort(key=lambda edge: (_when(edge), edge.values.get("disaggregation") or "", edge.id))
        every += [IndicatorReading(indicator, edge) for edge in readings] or [IndicatorReading(indicator)]
    return tuple(every)


def _put(session: Session, contributions: Sequence[FullEdgeRow]) -> tuple[Put, ...]:
    """Return contributions by who makes them; what was delivered against a pledge follows the pledge."""
    ids = OfIds(ids=tuple(edge.id for edge in contributions))
    makers = grouped(session.read(MAKERS_OF, ids))
    parts = grouped(edge for edge in session.read(PARTS_OF, ids) if edge.cls == "Contribution")
    shown = {edge.id: edge for edge in contributions}
    against = {part.id: shown[whole].other for whole, of in parts.items() for part in of}
    put = []
    for edge in contributions:
        maker = next((maker.other for maker in by_name(makers.get(edge.id, ()))), None)
        delivered = tuple(shown[part.id] for part in by_name(parts.get(edge.id, ())) if part.id in shown)
        put.append(Put(edge, maker, delivered, against.get(edge.id)))
    return tuple(sorted(put, key=_order_of_put))


def _order_of_put(put: Put) -> tuple[str, str, bool, str]:
    whole = put.against.name if put.against else put.edge.name
    return folded(put.contributor.name if put.contributor else ""), folded(whole), put.against is not None, put.edge.id


def _dialogues(things: Sequence[FullEdgeRow]) -> tuple[FullEdgeRow, ...]:
    meetings = [edge for edge in things if edge.cls == "Engagement"]
    meetings = [edge for edge in meetings if "dialogue" in folded(edge.values.get("engagement_kind") or "")]
    return tuple(sorted(meetings, key=lambda edge: (_when(edge), edge.id)))


def _promises(session: Session, commitments: Sequence[FullEdgeRow]) -> tuple[CompactPromise, ...]:
    makers = grouped(session.read(MAKERS_OF, OfIds(ids=tuple(edge.id for edge in commitments))))
    ordered = sorted(commitments, key=lambda edge: (edge.values.get("due_on") or "9", folded(edge.name), edge.id))
    return tuple((edge, tuple(maker.other for maker in by_name(makers.get(edge.id, ())))) for edge in ordered)


def _when(edge: FullEdgeRow) -> str:
    days = map(edge.values.get, ("period_start", "measured_on", "money_value_date", "said_on"))
    return next(filter(None, days), "")


def _had_begun(edge: FullEdgeRow, day: str) -> bool:
    """Leave out what is dated after the day; what has no date may have been there."""
    when = _when(edge)
    return not when or first_day(when) <= day


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text)) if text is not None else None
    except InvalidOperation:
        return None


def compact_progress(request: Request[CompactProgressParams]) -> Result[CompactProgressRow]:
    """List how far compacts are: indicators by name and period, contributions, dialogues, then promises.

    Raises:
        UsageError: Neither the partner nor the compact is given.
    """
    session, day = request.session, request.day
    bound = [(*pair, results_of(session, pair[1].other, day=day)) for pair in _bound(request)]
    rows = Rows.of(row for compact in bound for row in _rows(request, *compact))
    clauses = [one for compact in bound for one in _clauses(*compact, day)]
    asked = request.maybe("party") or request.maybe("agreement")
    first = clauses.pop(0).values if len(bound) == 1 else {}
    headline = clause("headline", number=len(bound), asked=asked.name if asked else "", **first)
    caveats = (doubt for _, compact, results in bound for doubt in _caveats(compact.name, results))
    rests_on = refs(*(compact.values for _, compact, _ in bound)) if not rows else ()
    return Result.of((headline, *clauses), rows, caveats, refs=rests_on)


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


MakeRow: TypeAlias = Callable[..., SourcedRow[CompactProgressRow]]
"""Makes a row of one compact with one partner."""


def _row(
    partner: Subject,
    compact: FullEdgeRow,
    part: str,
    what: FullEdgeRow,
    *rests_on: Mapping[str, Any],
    is_sure: bool,
    stands: Mapping[str, Any],
    **columns: Any,
) -> SourcedRow[CompactProgressRow]:
    """Return a row; ``stands`` is what its standing is worded from."""
    columns |= {"about": partner, "held": "yes" if is_sure else "unknown", "conflicts": conflicts(what.values)}
    columns |= {"compact": compact, "part": part, "what": what}
    told = worded(__package__, "compact-progress", f"row-{part}", stands)
    return sourced(CompactProgressRow, *(rests_on or (what.values,)), standing=told, **columns)


def _of_reading(row: MakeRow, reading: IndicatorReading, names: Mapping[str, str]) -> SourcedRow[CompactProgressRow]:
    indicator, stated, by = reading.indicator, reading.said, reading.said.get("reported_by")
    overall = indicator.values.get("target")
    return row(
        "indicator",
        indicator,
        stated or indicator.values,
        dated_by=(indicator.values,),
        is_sure=reading.reach != "not measured",
        stands={"reach": reading.reach, "overall": overall},
        **{"by": by, "by_name": names.get(by or ""), "period": stretch(stated) or stated.get("measured_on")},
        **{"target": stated.get("target"), "actual": stated.get("value"), "overall_target": overall},
        **{name: indicator.values.get(name) for name in ("baseline", "baseline_on", "unit")},
        disaggregation=stated.get("disaggregation"),
        **_days(stated),
    )


def _of_put(row: MakeRow, put: Put) -> SourcedRow[CompactProgressRow]:
    stated = put.edge.values
    stands = {"is_pledge": put.is_pledge, "is_delivery": put.is_delivery, "delivery": put.delivery}
    return row(
        "contribution",
        put.edge,
        dated_by=[edge.values for edge in put.delivered],
        is_sure=put.delivery == "with evidence" or not put.is_pledge,
        stands={**stands, "has_parts": bool(put.delivered), "stage": stated.get("stage")},
        **named("by", put.contributor),
        **named("against", put.against),
        period=stated.get("stated_for") or stated.get("money_value_date"),
        shown_by=stated.get("stage_evidence"),
        **{name: stated.get(f"money_{name}") for name in ("amount", "currency", "measure")},
        **{name: stated.get(name) for name in ("stage", "in_kind")},
    )


def _of_dialogue(row: MakeRow, edge: FullEdgeRow) -> SourcedRow[CompactProgressRow]:
    stated, status = edge.values, edge.values.get("status")
    stands = {"status": status, "outcome": stated.get("outcome")}
    columns = {"period": stretch(stated) or None, "stage": status, **_days(stated)}
    return row("dialogue", edge, is_sure=status == "held", stands=stands, **columns)


def _of_promise(row: MakeRow, promise: CompactPromise, day: str) -> SourcedRow[CompactProgressRow]:
    edge, makers = promise
    stated, stands = edge.values, standing(edge.values, day=day)
    status = status_by(stated, day=day)
    return row(
        "promise",
        edge,
        is_sure=bool(status),
        stands={"standing": stands, "status": status},
        **joined("by", makers),
        period=stated.get("due_on"),
        stage=status,
        shown_by=stated.get("status_evidence") if status else None,
    )


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
    yield clause("dialogues", **_meetings(results.dialogues, day))
    if results.promises:
        standings = Counter(standing(edge.values, day=day) for edge, _ in results.promises)
        still, late, unknown = standings["open"] + standings["overdue"], standings["overdue"], standings["not known"]
        yield clause("promises", number=len(results.promises), open=still, overdue=late, unknown=unknown)


def _meetings(dialogues: Sequence[FullEdgeRow], day: str) -> dict[str, Any]:
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
