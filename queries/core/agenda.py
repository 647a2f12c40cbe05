"""The agenda: what anybody must do by a day and who owes it to whom, stages of reviews, and what lies ahead."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from iga.graph.domain.values import first_day
from iga.graph.query import Query
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.days import Passed, passed
from iga.queries.core.home import ours_among
from iga.queries.core.periods import falls, occurrences
from iga.queries.core.promises import UNSETTLED, kind_of_promise, standing
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, by_name, grouped
from iga.queries.core.reads import (
    ASSESSED_BY,
    COMMITMENTS,
    DUTIES_OF,
    EDGES_IN,
    EDGES_OUT,
    ENTITIES_BY_ID,
    MAKERS_OF,
    OBLIGATIONS,
    OBLIGATIONS_OWNED_BY,
    OWED_TO,
    REVIEWS_WITH_STAGES,
    OfType,
)
from iga.queries.core.session import Session

_STAGE = re.compile(r"^(?P<what>.*?)(?: (?P<on>\d{4}(?:-\d{2}){0,2}))?(?: \((?P<remark>[^()]*)\))?$")
_PLANNED = "planned"
_DUE = "due"


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        said: The stage as its source writes it.
        what: What happened or is to happen, such as ``report published``.
        on: Day of it, possibly partial; blank is not stated.
        remark: What the source adds, such as which meeting.
    """

    said: str
    what: str
    on: str = ""
    remark: str = ""

    @property
    def is_ahead(self) -> bool:
        """Whether the stage was set or planned, not seen to happen: a reply due, a report planned."""
        return self.what.endswith((_PLANNED, _DUE))

    def had_come(self, day: str) -> Passed:
        """Say whether its day had come by a day; a stage without a day is *unknown*."""
        return passed(self.on, on=day)


def stages_of(lines: Iterable[str]) -> list[Stage]:
    """Return stages in the order of their days, those without a day last."""
    stages = [_stage(line) for line in lines]
    return sorted(stages, key=lambda stage: (not stage.on, _first(stage.on), stage.said))


def _stage(line: str) -> Stage:
    match = _STAGE.match(line)
    if match is None or not match["what"]:
        return Stage(line, line)
    on = match["on"] or ""
    return Stage(line, match["what"], on if _first(on) else "", match["remark"] or "")


def _first(day: str) -> str:
    try:
        return first_day(day) if day else ""
    except ValueError:  # "2024-13" is no date, though it looks like one
        return ""


DutyKind = Literal[
    "statutory",
    "multilateral",
    "award",
    "ours",
    "of others",
    "promise by us",
    "promise to us",
    "promise to somebody not named",
    "promise between others",
    "reply to a review",
    "dialogue",
]

DAYS_AHEAD = 90
"""How far is looked ahead, unless somebody says: the weekly review and the handover look at the next 90 days."""
OFF = ("cancelled", "postponed")
_OVER = ("cancelled", "held")
# More than any duty is tied to.
_MOST = 20_000


@dataclass(frozen=True)
class Duty:
    """Something that must be done.

    Attributes:
        entity: The obligation, commitment, review, award or meeting.
        owners: Who must do it, by name; empty if nobody says.
        stated_on: Day it is due where that is no field of the entity.
        reason: Why it is due then, where that is worked out here; None if its source states the day.
    """

    entity: Entity
    kind: DutyKind
    owners: tuple[Subject, ...]
    owed_to: tuple[Subject, ...] = ()
    stated_on: str | None = None
    reason: str | None = None
    why: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said of it."""
        return self.entity.values

    @property
    def due_on(self) -> str | None:
        """Day it is due; of one that comes back, the first."""
        day: str | None = self.said.get("report_due_on" if self.entity.cls == "Review" else "due_on")
        return self.stated_on or day

    @property
    def recurrence(self) -> str | None:
        """How it comes back, None if it does not."""
        rule: str | None = self.said.get("recurrence")
        return rule

    def days(self, *, since: str, until: str) -> tuple[str, ...] | None:
        """Return the days in a period on which it may be due; None of one that comes back by a rule in words."""
        return days_due(self.due_on, self.recurrence, since=since, until=until)

    @property
    def is_promise(self) -> bool:
        """Whether it is a promise, of which a status tells what became of it."""
        return self.entity.cls == "Commitment"

    def is_closed(self, day: str) -> bool:
        """Whether its status says that it was done or dropped by the day."""
        return standing(self.said, day=day) not in UNSETTLED


def duties(session: Session, *, of: Collection[str] | None = None) -> list[Duty]:
    """Return everything that is due some day, in the order of ids; open promises without a day too.

    Args:
        session: The graph.
        of: Only what these owe, or are owed, by id; None is all there is.
    """
    obligations, promises, reviews = _all(session) if of is None else _of(session, tuple(sorted(of)))
    replies = _replies(reviews)
    everything = [*obligations, *promises, *(review for review, _ in replies)]
    owners = {
        **_others(session, MAKERS_OF, promises),
        **_others(session, ASSESSED_BY, (review for review, _ in replies)),
        **_owners(session, obligations),
    }
    owed = _others(session, OWED_TO, everything)
    ours = ours_among(session, {one.id for of in (*owners.values(), *owed.values()) for one in of})
    kinds = _kinds(session, obligations, owners, ours)
    for one in promises:
        makers, owed_to = ([end.id for end in ends.get(one.id, ())] for ends in (owners, owed))
        kinds[one.id] = kind_of_promise(makers, owed_to, ours)
    days = {review.id: day for review, day in replies}
    kinds |= dict.fromkeys(days, "reply to a review")
    return [
        Duty(one, kinds[one.id], owners.get(one.id, ()), owed.get(one.id, ()), days.get(one.id))
        for one in sorted(everything, key=lambda one: one.id)
    ]


def _all(session: Session) -> tuple[list[Entity], list[Entity], list[Entity]]:
    obligations, promises, reviews = (
        session.read(it, Everything()) for it in (OBLIGATIONS, COMMITMENTS, REVIEWS_WITH_STAGES)
    )
    return obligations, promises, reviews


def _of(session: Session, ids: tuple[str, ...]) -> tuple[list[Entity], list[Entity], list[Entity]]:
    """Return the duties, promises and reviews that some parties owe, are owed or are about."""
    read = [*session.read(DUTIES_OF, OfIds(ids=ids)), *session.read(OBLIGATIONS_OWNED_BY, OfIds(ids=ids))]
    each_once = {one.id: one for one in read}.values()
    is_set = [one for one in each_once if one.values.get("due_on") or one.values.get("recurrence")]
    return (
        [one for one in is_set if one.cls == "Obligation"],
        [one for one in each_once if one.cls == "Commitment"],
        [one for one in each_once if one.cls == "Review"],
    )


def _replies(reviews: Sequence[Entity]) -> list[tuple[Entity, str]]:
    """Return reviews that wait for a reply, with its day: as a field, or as a stage after which nothing is held."""
    dated = [(review, on) for review in reviews if (on := review.values.get("report_due_on"))]
    for review in reviews:
        if review.values.get("report_due_on") or not review.values.get("stages"):
            continue
        stages = stages_of(review.values["stages"])
        due = [stage.on for stage in stages if stage.what.endswith("due") and stage.on]
        happened = [stage.on for stage in stages if not stage.is_ahead and stage.on]
        if due and not any(day >= due[-1] for day in happened):
            dated.append((review, due[-1]))
    return dated


def _kinds(
    session: Session, obligations: list[Entity], owners: Mapping[str, Sequence[Subject]], ours: frozenset[str]
) -> dict[str, DutyKind]:
    ids = tuple(duty.id for duty in obligations)
    under: list[FullEdgeRow] = session.read(EDGES_OUT, OfType(ids=ids, type="UNDER", limit=_MOST))
    set_by: list[FullEdgeRow] = session.read(EDGES_IN, OfType(ids=ids, type="MANDATES", limit=_MOST))
    of_awards = {edge.subject for edge in under if edge.cls == "Award"}
    by_law = {edge.subject for edge in set_by if edge.cls == "Law"}
    by_text = {edge.subject for edge in set_by if edge.cls != "Law"}
    kinds: dict[str, DutyKind] = {}
    for duty in obligations:
        if duty.id in of_awards:
            kinds[duty.id] = "award"
        elif duty.id in by_law or any(word in (duty.values.get("legal_basis") or "") for word in ("USC", " Act")):
            kinds[duty.id] = "statutory"
        elif duty.id in by_text:
            kinds[duty.id] = "multilateral"
        else:
            kinds[duty.id] = "ours" if any(one.id in ours for one in owners.get(duty.id, ())) else "of others"
    return kinds


def _others(session: Session, read: Query[OfIds, EdgeRow], things: Iterable[Entity]) -> dict[str, tuple[Subject, ...]]:
    """Return what stands at the other ends of the edges of some things, by name, by the id of the thing."""
    edges = session.read(read, OfIds(ids=tuple(sorted(thing.id for thing in things))))
    return {key: tuple(edge.other for edge in by_name(of)) for key, of in grouped(edges).items()}


def _owners(session: Session, obligations: list[Entity]) -> dict[str, tuple[Subject, ...]]:
    named = {duty.id: duty.values["owner"] for duty in obligations if duty.values.get("owner")}
    parties = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(set(named.values())))))
    known = {entity.id: entity.subject for entity in parties}
    return {duty: (known[owner],) for duty, owner in named.items() if owner in known}


def days_due(on: str | None, rule: str | None, *, since: str, until: str) -> tuple[str, ...] | None:
    """Return the days in a period on which something with a day, or a rule by which it comes back, may be due.

    None where the rule is in words: it has no fixed day.
    """
    if rule:
        return occurrences(rule, start=on, since=since, until=until)
    return (on,) if on and falls(on, since=since, until=until) != "no" else ()


def is_off(engagement: Mapping[str, Any]) -> bool:
    """Return True if an engagement was called off or put off."""
    return engagement.get("status") in OFF


def is_ahead(edge: FullEdgeRow, *, since: str, until: str) -> bool:
    """Return True if an engagement lies ahead, within a period, and was neither called off nor held."""
    start = edge.values.get("period_start")
    if not start or edge.values.get("status") in _OVER or edge.properties.get("attended") is False:
        return False
    return since <= (edge.values.get("start_max") or first_day(start)) and first_day(start) <= until
