"""How many share a thing: members on a day, parties, participants, sponsors, what belongs to a programme."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from queries.core.membership import is_beside, membership_on
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds
from queries.core.reads import IMPLEMENTERS_OF, MEMBERS_OF, MONEY_HELD_BY, PARTIES_TO, THINGS_UNDER
from queries.core.session import Session
from queries.core.treaty import bond_on
from queries.multilateral.affiliations import Affiliation
from queries.multilateral.reads import ORGANIZERS_OF, PARTICIPANT_IDS, SPONSORS_OF

Counts = Callable[[Session, OfIds, str], Iterable[tuple[str, str]]]
"""Gives pairs of a thing and one that shares it."""


def shared_by(session: Session, shared: Sequence[Affiliation], *, day: str) -> Mapping[str, int]:
    """Return how many share each thing, by its id; each is counted once, and two is the least."""
    sharers: dict[str, set[str]] = {each.thing.id: set() for each in shared}
    for kind, pairs in _PAIRS.items():
        ids = OfIds(ids=tuple(sorted({each.thing.id for each in shared if each.kind == kind})))
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
        *((row.id, guest) for row in session.read(PARTICIPANT_IDS, ids) for guest in row.ids),
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


def _works(session: Session, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
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
    "partner": _works,
}
