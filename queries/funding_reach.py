"""Which awards, projects, budget lines and contributions the money of a party, a place or a programme is in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from queries.answer import Subject
from queries.asking import Asking
from queries.reading import Entity, FullTie, OfIds
from queries.reads import (
    AGREEMENTS_OF,
    ENTITIES_BY_ID,
    FUNDING_LINES_FOR,
    THINGS_UNDER,
    TIES_IN,
    TIES_OUT,
    OfType,
)

HOLDERS = ("Award", "Project", "FundingLine", "Contribution")
"""Classes of things that money is stated for."""

# Above the number of awards that one agency makes in a year; the engine asks for some limit.
_MOST = 1_000_000


@dataclass
class Holding:
    """One thing that holds money, and how the party asked about stands to it.

    Attributes:
        thing: The award, project, budget line or contribution.
        ways: How it was reached: awarded, sub-awarded, implements, funded, place, under, itself, made.
        places: Countries it runs in, with the share of each where that is stated.
    """

    thing: Entity
    ways: set[str] = field(default_factory=set)
    places: dict[str, str | None] = field(default_factory=dict)

    @property
    def is_passed_on_only(self) -> bool:
        """Whether the party only received a part of it from its recipient."""
        return self.ways == {"sub-awarded"}


def holdings_of(asking: Asking, subject: Subject) -> dict[str, Holding]:
    """Return everything that holds money of a subject, by id; each with the places it runs in."""
    found: dict[str, Holding] = {}

    def take(things: Iterable[FullTie] | Iterable[Entity], way: str) -> None:
        for thing in things:
            if thing.cls in HOLDERS:
                entity = Entity(id=thing.id, cls=thing.cls, name=thing.name, values=thing.values)
                found.setdefault(thing.id, Holding(entity)).ways.add(way)

    ids = OfIds(ids=(subject.id,))
    if subject.cls in ("Award", "Project"):
        take(asking.read(ENTITIES_BY_ID, ids), "itself")
    elif subject.cls in ("Programme", "ChildProtectionCompact"):
        take(asking.read(THINGS_UNDER, ids), "under")
    elif subject.cls == "Government":
        take(_ties_in(asking, ids, "IMPLEMENTED_IN"), "place")
        take(asking.read(FUNDING_LINES_FOR, ids), "place")
        compacts = [tie.id for tie in asking.read(AGREEMENTS_OF, ids) if tie.cls == "ChildProtectionCompact"]
        take(asking.read(THINGS_UNDER, OfIds(ids=tuple(compacts))) if compacts else (), "under")
    else:
        take(_ties_in(asking, ids, "AWARDED_TO"), "awarded")
        take(_ties_in(asking, ids, "SUBAWARDED_TO"), "sub-awarded")
        for type_, way in (("IMPLEMENTS", "implements"), ("FUNDED", "funded"), ("MADE", "made")):
            take(_ties_out(asking, ids, type_), way)
    _place(asking, found)
    return dict(sorted(found.items()))


def movements_under(asking: Asking, holdings: Mapping[str, Holding]) -> list[FullTie]:
    """Return the transactions of awards and projects; the end that was asked for is the award or project."""
    ids = tuple(id_ for id_, each in holdings.items() if each.thing.cls in ("Award", "Project"))
    return [tie for tie in asking.read(THINGS_UNDER, OfIds(ids=ids)) if tie.cls == "Transaction"] if ids else []


def implementer_counts(asking: Asking, holdings: Mapping[str, Holding]) -> dict[str, int]:
    """Return how many parties carry out each project."""
    ids = OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls == "Project"))
    partners: dict[str, set[str]] = {}
    for tie in _ties_in(asking, ids, "IMPLEMENTS") if ids.ids else ():
        partners.setdefault(tie.subject, set()).add(tie.id)
    return {id_: len(parties) for id_, parties in partners.items()}


def undisclosed_among(asking: Asking, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some parties whose names are withheld."""
    wanted = tuple(sorted(set(ids)))
    found: list[Entity] = asking.read(ENTITIES_BY_ID, OfIds(ids=wanted)) if wanted else []
    return frozenset(entity.id for entity in found if entity.values.get("undisclosed"))


def _place(asking: Asking, found: Mapping[str, Holding]) -> None:
    ids = tuple(id_ for id_, each in found.items() if each.thing.cls in ("Award", "Project"))
    for tie in _ties_out(asking, OfIds(ids=ids), "IMPLEMENTED_IN") if ids else ():
        found[tie.subject].places[tie.id] = _share(tie.tie)


def _share(tie: Mapping[str, Any]) -> str | None:
    return str(tie["percentage"]) if tie.get("percentage") is not None else None


def _ties_in(asking: Asking, ids: OfIds, type_: str) -> list[FullTie]:
    return asking.read(TIES_IN, OfType(ids=ids.ids, type=type_, limit=_MOST))


def _ties_out(asking: Asking, ids: OfIds, type_: str) -> list[FullTie]:
    return asking.read(TIES_OUT, OfType(ids=ids.ids, type=type_, limit=_MOST))
