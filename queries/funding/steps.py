"""The things that money goes along, read level by level: capped where there are too many, and safe in circles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from iga.graph.domain.values import first_day, fiscal_year_days
from iga.graph.query import Query
from iga.graph.text import folded
from iga.queries.core.answer import Ref
from iga.queries.core.clauses import UnwordedCaveat, caveat
from iga.queries.core.reading import Entity, OfIds, entity_at, grouped, refs
from iga.queries.core.session import Session
from iga.queries.funding.reads import (
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
)  # fmt: skip  # classes of one sort on as few lines as they take


@dataclass(frozen=True)
class MoneyStep:
    """One way from a thing to the next.

    Attributes:
        how: In words that are read along the money, such as ``pays for``.
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
        of: The steps by the id of the thing that they lead from, in the order in which they are told.
        things: Every thing, by id, the start among them.
        capped: What is not shown.
        later: How many edges came about only after the day.
        stated: Ids of lines that state what was announced or counted, so that no money comes out of them.
        is_cut: Whether something lies deeper than is read.
    """

    start: str
    of: dict[str, list[MoneyStep]] = field(default_factory=dict)
    things: dict[str, Entity] = field(default_factory=dict)
    capped: list[UnwordedCaveat] = field(default_factory=list)
    later: int = 0
    stated: set[str] = field(default_factory=set)
    is_cut: bool = False


@dataclass(frozen=True)
class MoneyWay:
    """One kind of step.

    Attributes:
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


_PAID = ("things that it pays for", lambda counts: counts.paid_for)
_WITHIN = ("things that belong to it", lambda counts: counts.within)
_GOT = ("awards and projects that it received or that run there", lambda counts: counts.got)
_DONE = ("projects that it carries out", lambda counts: counts.carried_out)
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
    """Return all steps from a thing, level by level; each thing is gone on from once."""
    steps = Steps(start.id, things={start.id: start})
    level = [start.id]
    for depth in range(DEEPEST):
        edges = [(way, edge) for way in ways for edge in _read(session, steps, way, level, is_start=depth == 0)]
        ahead: dict[str, MoneyEdge] = {}
        for way, edge in edges:
            if _begun(edge) > day:
                steps.later += 1
            elif edge.cls == "FundingLine" and edge.values.get("money_measure") not in _BUDGETED:
                steps.stated.add(edge.id)
            else:
                _add(steps.of.setdefault(edge.subject, []), way, edge, day)
                if edge.id not in steps.things:
                    ahead[edge.id] = edge
        chosen = sorted(ahead.values(), key=_rank)
        if len(chosen) > _MOST_OF_LEVEL:
            steps.capped.append(caveat("partial", "level-cut", number=len(chosen), most=_MOST_OF_LEVEL))
        steps.things |= {edge.id: entity_at(edge) for edge in chosen[:_MOST_OF_LEVEL]}
        level = [edge.id for edge in chosen[:_MOST_OF_LEVEL]]
        if not level:
            return steps
    below = (edge for way in ways for edge in _read(session, steps, way, level, is_start=False))
    steps.is_cut = any(edge.id not in steps.things for edge in below)
    return steps


def _read(session: Session, steps: Steps, way: MoneyWay, level: Sequence[str], *, is_start: bool) -> list[MoneyEdge]:
    """Return the edges of one kind from things of one level, the largest first, and note what is too many."""
    begins = tuple(id_ for id_ in level if (steps.things[id_].cls in way.begins if way.begins else is_start))
    if not begins:
        return []
    edges = session.read(way.query, LargestOf(ids=begins, classes=way.classes, most=MOST_EACH))
    by_subject = grouped(edge for edge in edges if edge.type in way.how)
    full = tuple(sorted(id_ for id_, edges in by_subject.items() if len(edges) >= MOST_EACH))
    for counts in session.read(MONEY_COUNTS, OfIds(ids=full)) if full else ():
        if (whole := way.count(counts)) > MOST_EACH:
            name = steps.things[counts.id].name
            text = caveat("partial", "too-many-of-a-kind", whole=whole, many=way.many, name=name, most=MOST_EACH)
            steps.capped.append(text)
    return [edge for id_ in begins for edge in sorted(by_subject.get(id_, ()), key=_rank)]


def _add(steps: list[MoneyStep], way: MoneyWay, edge: MoneyEdge, day: str) -> None:
    """Add a step; an edge between the same two things joins the one that is there."""
    latest = edge.properties.get("start_max") or edge.values.get("start_max") or ""
    step = MoneyStep(edge.id, edge.type, way.how[edge.type], refs(edge.properties), latest <= day)
    for place, known in enumerate(steps):
        if (known.to, known.kind) == (step.to, step.kind):
            steps[place] = replace(known, refs=tuple(dict.fromkeys((*known.refs, *step.refs))))
            return
    steps.append(step)


def _begun(edge: MoneyEdge) -> str:
    """Return the first full day on which an edge may have come about; blank if nothing tells."""
    stated = edge.values
    day, year = stated.get("money_value_date"), stated.get("fiscal_year")
    of_year = fiscal_year_days(year)[0] if year and edge.cls == "FundingLine" else ""
    starts = edge.properties.get("start_min") or "", stated.get("start_min") or ""
    return max(*starts, first_day(day) if day else of_year)


def _rank(edge: MoneyEdge) -> tuple[object, ...]:
    """Return what sorts things of one kind: by total obligated, else by another figure, then by name."""
    values = edge.values
    figure = next((values[name] for name in _RANKED if values.get(name)), "0")
    return ("total_obligated_amount" not in values, -float(figure), folded(edge.name), edge.id, edge.type)


_RANKED = ("total_obligated_amount", "stated_total_amount", "money_amount")
