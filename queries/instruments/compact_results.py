"""What is held on how far a compact is: indicators with their readings, contributions, dialogues and promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from graph.domain.values import first_day
from graph.text import folded
from queries.answer import Subject
from queries.asking import Asking
from queries.days import passed
from queries.promised import became_of
from queries.reading import FullTie, OfIds, Tie, by_name, grouped
from queries.reads import IMPLEMENTERS_OF, MAKERS_OF, PARTS_OF, THINGS_UNDER

Reach = Literal["reached", "short", "no target", "not measured", "not judged"]
Delivery = Literal["with evidence", "without evidence", "not held"]

_DIALOGUE = "dialogue"


@dataclass(frozen=True)
class Reading:
    """An indicator with one reading of it; None where nothing was measured."""

    indicator: FullTie
    measurement: FullTie | None = None

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

    tie: FullTie
    contributor: Subject | None
    delivered: tuple[FullTie, ...] = ()
    against: Subject | None = None

    @property
    def is_pledge(self) -> bool:
        """Whether it is a pledge, as its stage or measure says."""
        return "pledg" in folded(self.tie.values.get("stage") or "") or self.tie.values.get("money_measure") == "pledge"

    @property
    def is_delivery(self) -> bool:
        """Whether it is stated as delivered."""
        words = folded(self.tie.values.get("stage") or "")
        return "deliver" in words and not words.startswith(("not ", "un"))

    @property
    def delivery(self) -> Delivery:
        """What is held on its delivery."""
        told = self.delivered or ((self.tie,) if self.is_delivery else ())
        if not told:
            return "not held"
        return "with evidence" if any(tie.values.get("stage_evidence") for tie in told) else "without evidence"


@dataclass(frozen=True)
class Promise:
    """A commitment under the compact, with who made it."""

    tie: FullTie
    makers: tuple[Subject, ...]

    def is_open(self, day: str) -> bool:
        """Whether nothing says that it was kept or dropped by the day."""
        return became_of(self.tie.values, day=day) == "open"

    def is_overdue(self, day: str) -> bool:
        """Whether its day has passed and it is open."""
        return self.is_open(day) and passed(self.tie.values.get("due_on"), on=day) == "yes"


@dataclass(frozen=True)
class Results:
    """How far one compact is, as held for a day; each list in the order in which it is shown."""

    readings: tuple[Reading, ...]
    put: tuple[Put, ...]
    dialogues: tuple[FullTie, ...]
    promises: tuple[Promise, ...]
    implementers: tuple[Tie, ...]

    @property
    def latest(self) -> tuple[Reading, ...]:
        """The latest reading of the whole of each indicator, in the order of indicators."""
        last: dict[str, Reading] = {}
        for reading in self.readings:
            if not reading.said.get("disaggregation"):
                last[reading.indicator.id] = reading
        return tuple(last.values())


def results_of(asking: Asking, compact: Subject, *, day: str) -> Results:
    """Return how far a compact is; what is dated after the day is left out, but for dialogues set beforehand."""
    things = by_name(asking.read(THINGS_UNDER, OfIds(ids=(compact.id,))))
    things = list({tie.id: tie for tie in things if tie.held(day) != "no"}.values())
    return Results(
        readings=_readings(asking, [tie for tie in things if tie.cls == "Indicator"], day),
        put=_put(asking, [tie for tie in things if tie.cls == "Contribution" and _had_begun(tie, day)]),
        dialogues=_dialogues(things),
        promises=_promises(asking, [tie for tie in things if tie.cls == "Commitment" and _had_begun(tie, day)]),
        implementers=tuple(
            tie
            for tie in by_name(asking.read(IMPLEMENTERS_OF, OfIds(ids=(compact.id,))))
            if tie.tie.get("role") == "implementer" and tie.held(day) != "no"
        ),
    )


def dialogues_of(asking: Asking, compact: Subject) -> tuple[FullTie, ...]:
    """Return the dialogues under a compact that are held here, in the order of their days."""
    return _dialogues(asking.read(THINGS_UNDER, OfIds(ids=(compact.id,))))


def _readings(asking: Asking, indicators: Sequence[FullTie], day: str) -> tuple[Reading, ...]:
    under = grouped(asking.read(THINGS_UNDER, OfIds(ids=tuple(tie.id for tie in indicators))))
    found: list[Reading] = []
    for indicator in indicators:
        readings = [tie for tie in under.get(indicator.id, ()) if tie.cls == "Measurement" and _had_begun(tie, day)]
        readings.sort(key=lambda tie: (_when(tie), tie.values.get("disaggregation") or "", tie.id))
        found += [Reading(indicator, tie) for tie in readings] or [Reading(indicator)]
    return tuple(found)


def _put(asking: Asking, contributions: Sequence[FullTie]) -> tuple[Put, ...]:
    """Return contributions by who makes them; what was delivered against a pledge follows the pledge."""
    ids = OfIds(ids=tuple(tie.id for tie in contributions))
    makers = grouped(asking.read(MAKERS_OF, ids))
    parts = {
        key: [tie for tie in of if tie.cls == "Contribution"] for key, of in grouped(asking.read(PARTS_OF, ids)).items()
    }
    shown = {tie.id: tie for tie in contributions}
    against = {part.id: shown[whole].other for whole, of in parts.items() for part in of}
    found = [
        Put(
            tie,
            next((maker.other for maker in by_name(makers.get(tie.id, ()))), None),
            tuple(shown[part.id] for part in by_name(parts.get(tie.id, ())) if part.id in shown),
            against.get(tie.id),
        )
        for tie in contributions
    ]
    return tuple(sorted(found, key=_order_of_put))


def _order_of_put(put: Put) -> tuple[str, str, bool, str]:
    whole = put.against.name if put.against else put.tie.name
    return folded(put.contributor.name if put.contributor else ""), folded(whole), put.against is not None, put.tie.id


def _dialogues(things: Sequence[FullTie]) -> tuple[FullTie, ...]:
    meetings = [
        tie
        for tie in things
        if tie.cls == "Engagement" and _DIALOGUE in folded(tie.values.get("engagement_kind") or "")
    ]
    return tuple(sorted(meetings, key=lambda tie: (_when(tie), tie.id)))


def _promises(asking: Asking, commitments: Sequence[FullTie]) -> tuple[Promise, ...]:
    makers = grouped(asking.read(MAKERS_OF, OfIds(ids=tuple(tie.id for tie in commitments))))
    ordered = sorted(commitments, key=lambda tie: (tie.values.get("due_on") or "9", folded(tie.name), tie.id))
    return tuple(Promise(tie, tuple(maker.other for maker in by_name(makers.get(tie.id, ())))) for tie in ordered)


def _when(tie: FullTie) -> str:
    said = tie.values
    day = (
        said.get("period_start") or said.get("measured_on") or said.get("money_value_date") or said.get("said_on") or ""
    )
    return str(day)


def _had_begun(tie: FullTie, day: str) -> bool:
    """Leave out what is dated after the day; what has no date may have been there."""
    when = _when(tie)
    return not when or first_day(when) <= day


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text)) if text is not None else None
    except InvalidOperation:
        return None
