"""The things that money goes along, read level by level: capped where there are too many, and safe in circles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.domain.fiscal import fiscal_year_days
from graph.domain.values import first_day
from graph.query import Query
from graph.text import folded
from queries.core.answer import Ref
from queries.core.reading import Entity, OfIds, refs
from queries.core.session import Session
from queries.funding.reads import (
    MONEY_CARRIED_OUT_BY,
    MONEY_COUNTS,
    MONEY_GOT_BY,
    MONEY_PAID_BY,
    MONEY_PAID_FOR,
    MONEY_PART_OF,
    MONEY_WITHIN,
    LargestOf,
    MoneyCounts,
    MoneyEdge,
)

DEEPEST = 8
"""Most levels of things that are read: an appropriation, a programme and its part, a project, an award, sub-awards."""
MOST_EACH = 25
"""Most things of one kind that are shown of one thing; a page of a paper holds about as many lines."""
# More things of one level than an answer of a thousand rows can tell.
_MOST_OF_LEVEL = 150
_CARRYING = ("Award", "Project")
# What a line measures that money comes out of; other lines state what was announced, or the most that may be given.
_BUDGETED = frozenset({"requested", "enacted", "allocated", "budget", "commitment", "planned_disbursement"})
_INSTRUMENTS = ("Programme", "ChildProtectionCompact", *_CARRYING)
_PAYERS = (
    "Government", "PublicBody", "InternationalOrganization", "Forum", "Ngo", "Company", "AcademicInstitution",
    "Organization", "MediaOrganization", "SurvivorCouncil", "Person",
)  # fmt: skip


@dataclass(frozen=True)
class MoneyStep:
    """One way from a thing to the next.

    Attributes:
        to: Id of the next thing.
        kind: Type of the edge.
        how: In words that are read along the money, such as ``pays for``.
        refs: Source rows of the edge.
        is_sure: Whether it had surely come about by the day.
    """

    to: str
    kind: str
    how: str
    refs: tuple[Ref, ...]
    is_sure: bool


@dataclass
class Steps:
    """All steps from a start.

    Attributes:
        start: Id of the start.
        of: The steps by the id of the thing that they lead from, in the order in which they are told.
        things: Every thing, by id, the start among them.
        capped: What is not shown, in words.
        later: How many edges came about only after the day.
        stated: Ids of lines that state what was announced or counted, so that no money comes out of them.
        is_cut: Whether something lies deeper than is read.
    """

    start: str
    of: dict[str, list[MoneyStep]] = field(default_factory=dict)
    things: dict[str, Entity] = field(default_factory=dict)
    capped: list[str] = field(default_factory=list)
    later: int = 0
    stated: set[str] = field(default_factory=set)
    is_cut: bool = False


@dataclass(frozen=True)
class MoneyWay:
    """One kind of step.

    Attributes:
        query: The read.
        classes: Classes of things that it may lead to.
        begins: Classes of things that it may lead from; none is only the start.
        how: Words for it by type of the edge, read along the money.
        many: What there may be too many of, in words.
        count: Tells how many there are in all.
    """

    query: Query[LargestOf, MoneyEdge]
    classes: tuple[str, ...]
    begins: tuple[str, ...]
    how: Mapping[str, str]
    many: str
    count: Callable[[MoneyCounts], int]


_PAID = ("things that it pays for", lambda found: found.paid_for)
_WITHIN = ("things that belong to it", lambda found: found.within)
_GOT = ("awards and projects that it received or that run there", lambda found: found.got)
_DONE = ("projects that it carries out", lambda found: found.carried_out)
_RECEIVED = {"AWARDED_TO": "is awarded to", "SUBAWARDED_TO": "is passed on in part to"}
_CARRIED = {"IMPLEMENTS": "is carried out by"}
_HAS = {"UNDER": "has", "PART_OF": "has"}

DOWN: tuple[MoneyWay, ...] = (
    MoneyWay(MONEY_PAID_FOR, ("FundingLine",), (), {"FUNDED": "provides"}, *_PAID),
    MoneyWay(MONEY_PART_OF, _INSTRUMENTS, ("FundingLine",), {"UNDER": "is for"}, *_WITHIN),
    MoneyWay(MONEY_PAID_FOR, ("Programme",), (), {"FUNDED": "runs"}, *_PAID),
    MoneyWay(MONEY_WITHIN, _INSTRUMENTS, _INSTRUMENTS, _HAS, *_WITHIN),
    MoneyWay(MONEY_PAID_FOR, _CARRYING, (), {"FUNDED": "pays for"}, *_PAID),
    MoneyWay(MONEY_GOT_BY, _CARRYING, (), _RECEIVED, *_GOT),
    MoneyWay(MONEY_CARRIED_OUT_BY, ("Project", "ChildProtectionCompact"), (), _CARRIED, *_DONE),
)
"""Steps from who pays to what is done with the money, in the order in which they are told."""

UP: tuple[MoneyWay, ...] = (
    MoneyWay(MONEY_GOT_BY, _CARRYING, (), _RECEIVED | {"IMPLEMENTED_IN": "runs in"}, *_GOT),
    MoneyWay(MONEY_CARRIED_OUT_BY, ("Project", "ChildProtectionCompact"), (), _CARRIED, *_DONE),
    MoneyWay(MONEY_PART_OF, _INSTRUMENTS, _INSTRUMENTS, _HAS, *_WITHIN),
    MoneyWay(MONEY_WITHIN, ("FundingLine",), _INSTRUMENTS, {"UNDER": "is for"}, *_WITHIN),
    MoneyWay(MONEY_PAID_BY, _PAYERS, (*_INSTRUMENTS, "FundingLine"), {"FUNDED": "pays for"}, *_PAID),
)
"""Steps from a partner, place or thing back to who pays, in the order in which they are told."""


def steps_from(session: Session, start: Entity, ways: Sequence[MoneyWay], *, day: str) -> Steps:
    """Return all steps from a thing, level by level; each thing is gone on from once.

    Args:
        session: The graph.
        start: Where to begin.
        ways: `DOWN` or `UP`.
        day: Full day; what came about later is left out, and counted.
    """
    found = Steps(start.id, things={start.id: start})
    level = [start.id]
    for depth in range(DEEPEST):
        edges = [(way, edge) for way in ways for edge in _read(session, found, way, level, is_start=depth == 0)]
        ahead: dict[str, MoneyEdge] = {}
        for way, edge in edges:
            if _begun(edge) > day:
                found.later += 1
            elif edge.cls == "FundingLine" and edge.values.get("money_measure") not in _BUDGETED:
                found.stated.add(edge.id)
            else:
                _add(found.of.setdefault(edge.subject, []), _step(way, edge, day))
                if edge.id not in found.things:
                    ahead[edge.id] = edge
        chosen = sorted(ahead.values(), key=_rank)
        if len(chosen) > _MOST_OF_LEVEL:
            found.capped.append(
                f"Of {len(chosen)} things at one level, the {_MOST_OF_LEVEL} largest are shown; the others are not."
            )
        found.things |= {
            edge.id: Entity(id=edge.id, cls=edge.cls, name=edge.name, values=edge.values)
            for edge in chosen[:_MOST_OF_LEVEL]
        }
        level = [edge.id for edge in chosen[:_MOST_OF_LEVEL]]
        if not level:
            break
    found.is_cut = bool(level) and _goes_on(session, ways, found, level)
    return found


def _read(session: Session, found: Steps, way: MoneyWay, level: Sequence[str], *, is_start: bool) -> list[MoneyEdge]:
    """Return the edges of one kind from things of one level, the largest first, and note what is too many."""
    begins = tuple(id_ for id_ in level if _begins(way, found.things[id_], is_start=is_start))
    if not begins:
        return []
    edges = session.read(way.query, LargestOf(ids=begins, classes=way.classes, most=MOST_EACH))
    by_subject: dict[str, list[MoneyEdge]] = {}
    for edge in edges:
        if edge.type in way.how:
            by_subject.setdefault(edge.subject, []).append(edge)
    full = tuple(sorted(id_ for id_, those in by_subject.items() if len(those) >= MOST_EACH))
    for counts in session.read(MONEY_COUNTS, OfIds(ids=full)) if full else ():
        if way.count(counts) > MOST_EACH:
            name = found.things[counts.id].name
            found.capped.append(
                f"Of {way.count(counts):,} {way.many}, {name}, at most {MOST_EACH} of a kind are shown."
            )
    return [edge for id_ in begins for edge in sorted(by_subject.get(id_, ()), key=_rank)]


def _begins(way: MoneyWay, thing: Entity, *, is_start: bool) -> bool:
    return thing.cls in way.begins if way.begins else is_start


def _goes_on(session: Session, ways: Sequence[MoneyWay], found: Steps, level: Sequence[str]) -> bool:
    """Say whether there is anything below the last level that was read."""
    return any(
        edge.id not in found.things
        for way in ways
        for edge in _read(session, replace(found), way, level, is_start=False)
    )


def _step(way: MoneyWay, edge: MoneyEdge, day: str) -> MoneyStep:
    latest = edge.properties.get("start_max") or edge.values.get("start_max") or ""
    return MoneyStep(edge.id, edge.type, way.how[edge.type], refs(edge.properties), latest <= day)


def _begun(edge: MoneyEdge) -> str:
    """Return the first full day on which an edge may have come about; blank if nothing tells."""
    said = edge.values
    day = said.get("money_value_date")
    of_year = fiscal_year_days(said["fiscal_year"])[0] if said.get("fiscal_year") and edge.cls == "FundingLine" else ""
    return max(edge.properties.get("start_min") or "", said.get("start_min") or "", first_day(day) if day else of_year)


def _add(steps: list[MoneyStep], step: MoneyStep) -> None:
    """Add a step; an edge between the same two things joins the one that is there."""
    for place, each in enumerate(steps):
        if (each.to, each.kind) == (step.to, step.kind):
            steps[place] = replace(each, refs=tuple(dict.fromkeys((*each.refs, *step.refs))))
            return
    steps.append(step)


def _rank(edge: MoneyEdge) -> tuple[object, ...]:
    """Return what sorts things of one kind: by total obligated, else by another figure, then by name."""
    said = edge.values
    figure = said.get("total_obligated_amount") or said.get("stated_total_amount") or said.get("money_amount") or "0"
    return ("total_obligated_amount" not in said, -float(figure), folded(edge.name), edge.id, edge.type)
