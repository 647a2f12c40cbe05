"""What is held on how far a compact is: indicators with their readings, contributions, dialogues and promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from iga.graph.domain.values import first_day
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.promised import Standing, standing
from iga.queries.core.reading import FullEdgeRow, OfIds, by_name, grouped
from iga.queries.core.reads import MAKERS_OF, PARTS_OF, THINGS_UNDER
from iga.queries.core.session import Session

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


@dataclass(frozen=True)
class CompactPromise:
    """A commitment under the compact, with who made it."""

    edge: FullEdgeRow
    makers: tuple[Subject, ...]

    def standing(self, day: str) -> Standing:
        """Return how it stood on a day."""
        return standing(self.edge.values, day=day)


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
    return tuple(
        CompactPromise(edge, tuple(maker.other for maker in by_name(makers.get(edge.id, ())))) for edge in ordered
    )


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
