"""What a party is tied to on a day: bodies, agreements, engagements, texts, programmes, partners; and who shares it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from queries.core.answer import Subject
from queries.core.days import Passed, passed
from queries.core.happened import stands
from queries.core.membership import is_beside, membership_on
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds
from queries.core.reads import (
    AGREEMENTS_OF,
    EDGES_OUT,
    IMPLEMENTERS_OF,
    MEMBERS_OF,
    MEMBERSHIPS_OF,
    MONEY_HELD_BY,
    PARTIES_TO,
    THINGS_UNDER,
    WHOLES_UNDER,
    OfType,
    OurEdgeRow,
)
from queries.core.session import Session
from queries.core.treaty import bond_on
from queries.multilateral.engagement_reach import taken_by
from queries.multilateral.engagement_row import is_coming
from queries.multilateral.reads import ORGANIZERS_OF, PARTICIPATIONS_IN, SPONSORED_BY, SPONSORS_OF

AffiliationKind = Literal["body", "agreement", "compact", "engagement", "text", "programme", "project", "partner"]
# More recipients of one party's awards than these are no shared partner that anybody looks for.
_MOST = 5_000


@dataclass(frozen=True)
class Affiliation:
    """One edge of a party.

    Attributes:
        kind: What sort of thing it is tied to.
        thing: The thing.
        held: Whether the edge is known to hold on the day, or to have happened by it.
        how: In what role or way.
        sources: Properties of what it rests on.
    """

    kind: AffiliationKind
    thing: Subject
    held: Passed
    how: str = ""
    sources: tuple[Mapping[str, Any], ...] = ()


Affiliations = dict[tuple[AffiliationKind, str], Affiliation]


def affiliations_of(session: Session, party: Subject, *, day: str) -> Affiliations:
    """Return what a party is tied to on a day, each thing once, by kind and id."""
    found: Affiliations = {}
    for one in (
        *_bodies(session, party, day),
        *_agreements(session, party, day),
        *_engagements(session, party, day),
        *_texts(session, party, day),
        *_works(session, party, day),
    ):
        if one.held != "no" and one.thing.id != party.id:
            known = found.get((one.kind, one.thing.id))
            if known is None or (known.held != "yes" and one.held == "yes"):
                found[one.kind, one.thing.id] = one
    return found


def _bodies(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for edge in session.read(MEMBERSHIPS_OF, OfIds(ids=(party.id,))):
        how = edge.properties.get("office") or edge.properties.get("category") or ""
        yield Affiliation("body", edge.other, membership_on(edge.properties, day=day), how, (edge.properties,))


def _agreements(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for edge in session.read(AGREEMENTS_OF, OfIds(ids=(party.id,))):
        bond = bond_on(edge.properties, day=day)
        kind: AffiliationKind = "compact" if edge.cls == "ChildProtectionCompact" else "agreement"
        held: Passed = "no" if bond.standing == "not party" else bond.held
        yield Affiliation(kind, edge.other, held, bond.standing, (edge.properties,))


def _engagements(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for taken in taken_by(session, party, day=day):
        edge = taken.edge
        held: Passed = "yes" if edge.values.get("status") == "held" and not is_coming(edge, day) else "unknown"
        yield Affiliation("engagement", edge.other, held, taken.role or taken.part, (edge.properties, edge.values))


def _texts(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for edge in session.read(SPONSORED_BY, OfIds(ids=(party.id,))):
        if edge.cls == "Resolution":
            held = passed(edge.values.get("adopted_on"), on=day)
            yield Affiliation(
                "text", edge.other, held, edge.properties.get("role") or "sponsor", (edge.properties, edge.values)
            )
        else:
            yield Affiliation(
                "engagement", edge.other, stands("SPONSORED", edge, day=day), "sponsor", (edge.properties,)
            )


def _works(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    """Yield the projects and awards of a party, the programmes they belong to, and who else carries them out."""
    edges = [edge for edge in session.read(MONEY_HELD_BY, OfIds(ids=(party.id,))) if edge.cls in _WORKS]
    works = {edge.id: edge for edge in edges if (edge.values.get("start_min") or "") <= day}
    for edge in works.values():
        kind: AffiliationKind = "programme" if edge.cls == "Programme" else "project"
        yield Affiliation(kind, _thing(edge), "yes", _HOW.get(edge.type, ""), (edge.values,))
    ids = tuple(sorted(works))
    compacts = [
        edge for edge in session.read(AGREEMENTS_OF, OfIds(ids=(party.id,))) if edge.cls == "ChildProtectionCompact"
    ]
    named = {edge.id: edge.values for edge in compacts} | {id_: edge.values for id_, edge in works.items()}
    for under in session.read(WHOLES_UNDER, OfIds(ids=tuple(sorted(named)))):
        if under.cls == "Programme":
            how = "through what it carries out or hosts"
            yield Affiliation("programme", under.other, "yes", how, (under.properties, named[under.subject]))
    for partner in _partners(session, tuple(sorted({*ids, *(edge.id for edge in compacts)}))):
        yield Affiliation("partner", partner.other, partner.held(day), "", (partner.properties, named[partner.subject]))


def _partners(session: Session, works: tuple[str, ...]) -> Iterator[Any]:
    if not works:
        return
    yield from session.read(IMPLEMENTERS_OF, OfIds(ids=works))
    recipients: list[FullEdgeRow] = session.read(EDGES_OUT, OfType(ids=works, type="AWARDED_TO", limit=_MOST))
    yield from recipients


def _thing(edge: OurEdgeRow) -> Subject:
    return Subject(id=edge.id, cls=edge.cls, name=edge.name)


_WORKS = ("Project", "Award", "Programme")
_HOW = {
    "AWARDED_TO": "recipient",
    "SUBAWARDED_TO": "sub-recipient",
    "IMPLEMENTED_IN": "place where it runs",
    "IMPLEMENTS": "carries it out",
    "FUNDED": "pays for it",
}


Counts = Callable[[Session, OfIds, str], Iterable[tuple[str, str]]]
"""Gives pairs of a thing and one that shares it."""


def shared_by(session: Session, shared: Sequence[Affiliation], *, day: str) -> Mapping[str, int]:
    """Return how many share each thing, by its id; each is counted once, and two is the least."""
    sharers: dict[str, set[str]] = {one.thing.id: set() for one in shared}
    for kind, pairs in _PAIRS.items():
        ids = OfIds(ids=tuple(sorted({one.thing.id for one in shared if one.kind == kind})))
        if ids.ids:
            for thing, sharer in pairs(session, ids, day):
                sharers[thing].add(sharer)
    return {thing: max(len(of), 2) for thing, of in sharers.items()}


def _members(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    edges = session.read(MEMBERS_OF, ids)
    return [
        (edge.subject, edge.id)
        for edge in edges
        if membership_on(edge.properties, day=day) != "no" and not is_beside(edge)
    ]


def _parties(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    edges = session.read(PARTIES_TO, ids)
    return [(edge.subject, edge.id) for edge in edges if bond_on(edge.properties, day=day).standing != "not party"]


def _present(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return [
        *_ends(session.read(ORGANIZERS_OF, ids)),
        *((row.id, guest) for row in session.read(PARTICIPATIONS_IN, ids) for guest in row.participants),
        *_ends(session.read(SPONSORS_OF, ids)),
    ]


def _sponsors(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return _ends(session.read(SPONSORS_OF, ids))


def _under(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    things: list[FullEdgeRow] = session.read(THINGS_UNDER, ids)
    return _ends(things)


def _doers(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return _ends(session.read(IMPLEMENTERS_OF, ids))


def _holdings(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return [(edge.subject, edge.id) for edge in session.read(MONEY_HELD_BY, ids)]


def _ends(edges: Iterable[EdgeRow]) -> list[tuple[str, str]]:
    return [(edge.subject, edge.id) for edge in edges]


_PAIRS: Mapping[str, Counts] = {
    "body": _members,
    "agreement": _parties,
    "compact": _parties,
    "engagement": _present,
    "text": _sponsors,
    "programme": _under,
    "project": _doers,
    "partner": _holdings,
}
