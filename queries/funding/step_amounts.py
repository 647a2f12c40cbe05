"""The amounts that go along the steps of a trace: of lines, of awards as a whole, and from hand to hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from queries.core.answer import Subject
from queries.core.reading import OfIds, grouped
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.funding.amounts import Amount, lines, movements
from queries.funding.doubles import without_doubles
from queries.funding.figures import figure_of, money_stated
from queries.funding.holdings import MoneyHolding, mark_subawards, movements_under, undisclosed_among
from queries.funding.reads import MONEY_CARRIERS, MONEY_ENDS, MoneyEdge
from queries.funding.steps import Steps
from queries.funding.transfers import Transfers, parties_in, transfers_of

_FIGURES = ("total_obligated", "stated_total", "total_outlaid")
_WHOLE = "a total of the whole award, which its movements make up"


@dataclass
class StepAmounts:
    """What money goes along the steps of a trace.

    Attributes:
        wholes: What a line is of, or what a source states for an award or project as a whole, by its id.
        transfers: From hand to hand, by award or project.
        places: Where awards and projects run, by their id.
        parties: Whoever gives or receives, by id.
        undisclosed: Ids of those whose names are withheld.
        moved: All movements, each with the reason why no total counts it.
    """

    wholes: dict[str, Amount] = field(default_factory=dict)
    transfers: dict[str, Transfers] = field(default_factory=dict)
    places: dict[str, list[MoneyEdge]] = field(default_factory=dict)
    parties: dict[str, Subject] = field(default_factory=dict)
    undisclosed: frozenset[str] = frozenset()
    moved: list[Amount] = field(default_factory=list)


def amounts_along(session: Session, steps: Steps, *, until: str) -> StepAmounts:
    """Return the amounts that go along steps.

    Args:
        session: The graph.
        steps: The things that a trace comes by.
        until: Full day; amounts that are surely of a later day are left out.
    """
    holdings = {id_: MoneyHolding(thing, {"itself"}) for id_, thing in sorted(steps.things.items())}
    mark_subawards(session, holdings)
    edges = _ends(session, steps)
    moved = movements(steps.things[steps.start].subject, holdings, movements_under(session, holdings), {})
    known = [each for each in moved if each.days is None or each.days[0] <= until]
    hidden = _undisclosed(session, known, edges)
    found = StepAmounts(undisclosed=hidden, moved=without_doubles(known, undisclosed=hidden))
    by_thing: dict[str, list[Amount]] = {}
    for each in found.moved:
        by_thing.setdefault(each.about.id, []).append(each)
    for id_, holding in holdings.items():
        those = edges.get(id_, [])
        found.places[id_] = [edge for edge in those if edge.type == "IMPLEMENTED_IN"]
        if holding.thing.cls in ("Award", "Project"):
            found.transfers[id_] = transfers_of(those, by_thing.get(id_, ()), is_subaward=holding.is_subaward)
            if whole := _whole(holding, by_thing.get(id_, ()), until):
                found.wholes[id_] = whole
    found.wholes |= {each.about.id: each for each in lines(holdings) if each.days is None or each.days[0] <= until}
    found.parties = _named(session, found, edges, steps)
    return found


def _ends(session: Session, steps: Steps) -> dict[str, list[MoneyEdge]]:
    awards = tuple(sorted(id_ for id_, thing in steps.things.items() if thing.cls == "Award"))
    projects = tuple(sorted(id_ for id_, thing in steps.things.items() if thing.cls == "Project"))
    edges = session.read(MONEY_ENDS, OfIds(ids=(*awards, *projects))) if awards or projects else []
    carried = session.read(MONEY_CARRIERS, OfIds(ids=projects)) if projects else []
    return grouped([*edges, *carried])


def _undisclosed(session: Session, moved: list[Amount], edges: Mapping[str, list[MoneyEdge]]) -> frozenset[str]:
    told = {edge.id: bool(edge.values.get("undisclosed")) for those in edges.values() for edge in those}
    unknown = {each.receiver for each in moved if each.receiver} - told.keys()
    return undisclosed_among(session, unknown) | {id_ for id_, is_hidden in told.items() if is_hidden}


def _whole(holding: MoneyHolding, moved: Sequence[Amount], until: str) -> Amount | None:
    """Return what is stated for a whole award or project: its total obligated, else another figure."""
    stated = ((name, money_stated(holding.thing.values, name)) for name in _FIGURES)
    name, money = next(((name, money) for name, money in stated if money), ("", None))
    if money is None:
        return None
    whole = replace(
        figure_of(holding, name, money, holding.refs),
        layer="sub-award" if holding.is_subaward else "stated total",
        is_single=money["measure"] not in ("obligation", "outlay"),
    )
    if whole.days and whole.days[0] > until:
        return None
    is_made_up = any(each.measure == whole.measure or holding.is_subaward for each in moved)
    return replace(whole, left_out=_WHOLE) if is_made_up else whole


def _named(
    session: Session, found: StepAmounts, edges: Mapping[str, list[MoneyEdge]], steps: Steps
) -> dict[str, Subject]:
    known = {edge.id: edge.other for those in edges.values() for edge in those}
    known |= {id_: thing.subject for id_, thing in steps.things.items()}
    missing = tuple(sorted(parties_in(found.transfers) - known.keys()))
    read = session.read(ENTITIES_BY_ID, OfIds(ids=missing)) if missing else []
    return known | {entity.id: entity.subject for entity in read}
