"""Which awards, projects, budget lines and contributions the money of a party, a place or a programme is in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iga.graph.domain.funding import WHOLE_ACCOUNT
from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, refs
from iga.queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID, IMPLEMENTERS_OF, THINGS_UNDER
from iga.queries.core.session import Session
from iga.queries.funding.reads import (
    AWARDS_ABOVE,
    FUNDING_LINES_FOR,
    MONEY_HELD_BY,
    MOVEMENTS_ALONE,
    MOVEMENTS_ALONE_OF,
    MOVEMENTS_UNDER,
    PLACES_OF,
    MoneyHeld,
    Movement,
    OfOne,
)

HOLDERS = ("Award", "Project", "FundingLine", "Contribution")
"""Classes of things that money is stated for."""

_WAYS = {
    "AWARDED_TO": "awarded",
    "SUBAWARDED_TO": "sub-awarded",
    "IMPLEMENTED_IN": "place",
    "IMPLEMENTS": "implements",
    "FUNDED": "funded",
    "MADE": "made",
}


@dataclass
class MoneyHolding:
    """One thing that holds money, and how the party asked about stands to it.

    Attributes:
        thing: The award, project, budget line or contribution.
        ways: How it was reached: awarded, sub-awarded, implements, funded, place, for, under, itself, made.
        places: Countries it runs in, with the share of each where that is stated.
        is_subaward: Whether it is an award made out of another: its money is that other's, passed on.
        is_passed_again: Whether it is made out of an award that is a sub-award itself.
    """

    thing: Entity
    ways: set[str] = field(default_factory=set)
    places: dict[str, str | None] = field(default_factory=dict)
    is_subaward: bool = False
    is_passed_again: bool = False

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Source rows that it rests on."""
        return refs(self.thing.values)

    @property
    def is_passed_on_only(self) -> bool:
        """Whether the party only received a part of it from its recipient."""
        return self.ways == {"sub-awarded"}


def is_whole_account(values: Mapping[str, Any]) -> bool:
    """Say whether a budget line is a whole account of a country: how much is against trafficking is not said."""
    return values.get("line_kind") == WHOLE_ACCOUNT


def holdings_of(session: Session, subject: Subject) -> dict[str, MoneyHolding]:
    """Return everything that holds money of a subject, by id; each with the places it runs in."""
    holdings: dict[str, MoneyHolding] = {}

    def take(things: Iterable[FullEdgeRow] | Iterable[Entity] | Iterable[MoneyHeld], way: str = "") -> None:
        for thing in things:
            if thing.cls in HOLDERS and not is_whole_account(thing.values):
                if thing.id not in holdings:
                    entity = Entity(id=thing.id, cls=thing.cls, name=thing.name, values=thing.values)
                    holdings[thing.id] = MoneyHolding(entity)
                holdings[thing.id].ways.add(way or _WAYS[thing.type])  # type: ignore[union-attr]  # held by an edge

    ids = OfIds(ids=(subject.id,))
    is_government = subject.cls == "Government"
    if subject.cls in ("Award", "Project"):
        take(session.read(ENTITIES_BY_ID, ids), "itself")
    elif subject.cls in ("Programme", "ChildProtectionCompact"):
        take(session.read(THINGS_UNDER, ids), "under")
    else:
        take(session.read(MONEY_HELD_BY, ids))
        take(session.read(FUNDING_LINES_FOR, ids), "place" if is_government else "for")
    if is_government:
        compacts = [edge.id for edge in session.read(AGREEMENTS_OF, ids) if edge.cls == "ChildProtectionCompact"]
        take(session.read(THINGS_UNDER, OfIds(ids=tuple(compacts))) if compacts else (), "under")
    placed(session, holdings)
    mark_subawards(session, holdings)
    return dict(sorted(holdings.items()))


def alone(session: Session, subject: Subject | None) -> tuple[dict[str, MoneyHolding], list[Movement]]:
    """Return the transactions of a subject, of everybody without one, that are under no award or project.

    Each holds itself, by its id; and each is its own movement.
    """
    holdings: dict[str, MoneyHolding] = {}
    moved: dict[str, Movement] = {}
    if subject is None:
        reads = [("itself", session.read(MOVEMENTS_ALONE, Everything()))]
    else:
        is_instrument = subject.cls in ("Programme", "ChildProtectionCompact")
        ways = ["under"] if is_instrument else ["place", "funded", "awarded"]
        reads = [(way, session.read(MOVEMENTS_ALONE_OF[way], OfOne(id=subject.id))) for way in ways]
    for way, movements in reads:
        for one in movements:
            thing = Entity(id=one.id, cls="Transaction", name=one.name, values=one.values)
            holdings.setdefault(one.id, MoneyHolding(thing)).ways.add(way)
            moved[one.id] = one
    return dict(sorted(holdings.items())), [moved[id_] for id_ in sorted(moved)]


def mark_subawards(session: Session, holdings: Mapping[str, MoneyHolding]) -> None:
    """Mark awards that are sub-awards, called so by their source or under another award, and those passed on again."""
    awards = ids_of(holdings, "Award")
    above = _awards_above(session, awards.ids)
    over = _awards_above(session, {id_ for those in above.values() for id_ in those})
    for id_ in awards.ids:
        holding = holdings[id_]
        holding.is_subaward = bool(above.get(id_)) or _is_called_subaward(holding.thing.values)
        # One that is under itself, in a circle of awards, is passed on once.
        holding.is_passed_again = any(over.get(one, set()) - {id_} for one in above.get(id_, ()))


def _awards_above(session: Session, ids: Iterable[str]) -> dict[str, set[str]]:
    wanted = OfIds(ids=tuple(sorted(ids)))
    edges = session.read(AWARDS_ABOVE, wanted) if wanted.ids else []
    above = by_key((edge for edge in edges if edge.id != edge.subject), lambda edge: edge.subject)
    return {subject: {edge.id for edge in those} for subject, those in above.items()}


def _is_called_subaward(values: Mapping[str, Any]) -> bool:
    return "".join(filter(str.isalpha, folded(values.get("award_kind") or ""))) == "subaward"


def movements_under(session: Session, holdings: Mapping[str, MoneyHolding]) -> list[Movement]:
    """Return the transactions of awards and projects."""
    ids = ids_of(holdings, "Award", "Project")
    moved = session.read(MOVEMENTS_UNDER, ids) if ids.ids else []
    return sorted(moved, key=lambda movement: (movement.subject, movement.id))


def implementer_counts(session: Session, holdings: Mapping[str, MoneyHolding]) -> dict[str, int]:
    """Return how many parties carry out each project that was reached by one of them."""
    ids = ids_of({id_: one for id_, one in holdings.items() if "implements" in one.ways}, "Project")
    edges: list[EdgeRow] = session.read(IMPLEMENTERS_OF, ids) if ids.ids else []
    partners: dict[str, set[str]] = {}
    for edge in edges:
        partners.setdefault(edge.subject, set()).add(edge.id)
    return {id_: len(parties) for id_, parties in partners.items()}


def undisclosed_among(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some parties whose names are withheld."""
    wanted = OfIds(ids=tuple(sorted(set(ids))))
    parties = session.read(ENTITIES_BY_ID, wanted) if wanted.ids else []
    return frozenset(party.id for party in parties if party.values.get("undisclosed"))


def placed(session: Session, holdings: Mapping[str, MoneyHolding]) -> None:
    """Give awards and projects the places that they run in."""
    ids = ids_of(holdings, "Award", "Project")
    for place in session.read(PLACES_OF, ids) if ids.ids else ():
        holdings[place.subject].places[place.id] = place.properties.get("percentage")


def ids_of(holdings: Mapping[str, MoneyHolding], *classes: str) -> OfIds:
    """Return the ids of the things of some classes."""
    return OfIds(ids=tuple(id_ for id_, holding in holdings.items() if holding.thing.cls in classes))
