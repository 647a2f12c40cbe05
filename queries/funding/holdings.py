"""Which awards, projects, budget lines and contributions the money of a party, a place or a programme is in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.text import folded
from queries.core.answer import Ref, Subject
from queries.core.reading import Entity, FullEdgeRow, OfIds, refs
from queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID, IMPLEMENTERS_OF, MONEY_HELD_BY, THINGS_UNDER, OurEdgeRow
from queries.core.session import Session
from queries.funding.reads import (
    AWARDS_ABOVE,
    FUNDING_LINES_FOR,
    MOVEMENTS_UNDER,
    PLACES_OF,
    Movement,
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
        ways: How it was reached: awarded, sub-awarded, implements, funded, place, for, under, itself,
            made.
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


def holdings_of(session: Session, subject: Subject) -> dict[str, MoneyHolding]:
    """Return everything that holds money of a subject, by id; each with the places it runs in."""
    found: dict[str, MoneyHolding] = {}

    def take(things: Iterable[FullEdgeRow] | Iterable[Entity] | Iterable[OurEdgeRow], way: str) -> None:
        for thing in things:
            if thing.cls in HOLDERS:
                entity = Entity(id=thing.id, cls=thing.cls, name=thing.name, values=thing.values)
                found.setdefault(thing.id, MoneyHolding(entity)).ways.add(way)

    ids = OfIds(ids=(subject.id,))
    if subject.cls in ("Award", "Project"):
        take(session.read(ENTITIES_BY_ID, ids), "itself")
    elif subject.cls in ("Programme", "ChildProtectionCompact"):
        take(session.read(THINGS_UNDER, ids), "under")
    else:
        for held in session.read(MONEY_HELD_BY, ids):
            take((held,), _WAYS[held.type])
    is_government = subject.cls == "Government"
    if subject.cls not in ("Award", "Project", "Programme", "ChildProtectionCompact"):
        take(session.read(FUNDING_LINES_FOR, ids), "place" if is_government else "for")
    if is_government:
        compacts = [edge.id for edge in session.read(AGREEMENTS_OF, ids) if edge.cls == "ChildProtectionCompact"]
        take(session.read(THINGS_UNDER, OfIds(ids=tuple(compacts))) if compacts else (), "under")
    placed(session, found)
    mark_subawards(session, found)
    return dict(sorted(found.items()))


def mark_subawards(session: Session, holdings: Mapping[str, MoneyHolding]) -> None:
    """Mark awards that are sub-awards, called so by their source or under another award, and those passed on again."""
    awards = _ids(holdings, "Award")
    above = _awards_above(session, awards.ids)
    over = _awards_above(session, {id_ for those in above.values() for id_ in those})
    for id_ in awards.ids:
        holding = holdings[id_]
        holding.is_subaward = bool(above.get(id_)) or is_called_subaward(holding.thing.values)
        # One that is under itself, in a circle of awards, is passed on once.
        holding.is_passed_again = any(over.get(one, set()) - {id_} for one in above.get(id_, ()))


def _awards_above(session: Session, ids: Iterable[str]) -> dict[str, set[str]]:
    wanted = OfIds(ids=tuple(sorted(ids)))
    found: dict[str, set[str]] = {}
    for each in session.read(AWARDS_ABOVE, wanted) if wanted.ids else ():
        if each.id != each.subject:
            found.setdefault(each.subject, set()).add(each.id)
    return found


def is_called_subaward(values: Mapping[str, Any]) -> bool:
    """Say whether the source of an award calls it a sub-award."""
    return "".join(letter for letter in folded(values.get("award_kind") or "") if letter.isalpha()) == "subaward"


def movements_under(session: Session, holdings: Mapping[str, MoneyHolding]) -> list[Movement]:
    """Return the transactions of awards and projects."""
    ids = _ids(holdings, "Award", "Project")
    found = session.read(MOVEMENTS_UNDER, ids) if ids.ids else []
    return sorted(found, key=lambda each: (each.subject, each.id))


def implementer_counts(session: Session, holdings: Mapping[str, MoneyHolding]) -> dict[str, int]:
    """Return how many parties carry out each project that was reached by one of them."""
    ids = _ids({id_: each for id_, each in holdings.items() if "implements" in each.ways}, "Project")
    partners: dict[str, set[str]] = {}
    for edge in session.read(IMPLEMENTERS_OF, ids) if ids.ids else ():
        partners.setdefault(edge.subject, set()).add(edge.id)
    return {id_: len(parties) for id_, parties in partners.items()}


def undisclosed_among(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some parties whose names are withheld."""
    wanted = tuple(sorted(set(ids)))
    found: list[Entity] = session.read(ENTITIES_BY_ID, OfIds(ids=wanted)) if wanted else []
    return frozenset(entity.id for entity in found if entity.values.get("undisclosed"))


def placed(session: Session, found: Mapping[str, MoneyHolding]) -> None:
    """Give awards and projects the places that they run in."""
    ids = _ids(found, "Award", "Project")
    for place in session.read(PLACES_OF, ids) if ids.ids else ():
        found[place.subject].places[place.id] = place.properties.get("percentage")


def _ids(holdings: Mapping[str, MoneyHolding], *classes: str) -> OfIds:
    return OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls in classes))
