"""How many share a thing: members on a day, parties, participants, sponsors, what belongs to a programme."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from queries.asking import Asking
from queries.funding.reads import MONEY_HELD_BY
from queries.instruments.reads import PARTIES_TO
from queries.instruments.treaty import bond_on
from queries.multilateral.affiliations import Affiliation
from queries.multilateral.members import is_beside, membership_on
from queries.multilateral.reads import ORGANIZERS_OF, PARTICIPANT_IDS, SPONSORS_OF
from queries.reading import FullTie, OfIds, Tie
from queries.reads import IMPLEMENTERS_OF, MEMBERS_OF, THINGS_UNDER

Counts = Callable[[Asking, OfIds, str], Iterable[tuple[str, str]]]
"""Gives pairs of a thing and one that shares it."""


def shared_by(asking: Asking, shared: Sequence[Affiliation], *, day: str) -> Mapping[str, int]:
    """Return how many share each thing, by its id; each is counted once, and two is the least."""
    sharers: dict[str, set[str]] = {each.thing.id: set() for each in shared}
    for kind, pairs in _PAIRS.items():
        ids = OfIds(ids=tuple(sorted({each.thing.id for each in shared if each.kind == kind})))
        if ids.ids:
            for thing, sharer in pairs(asking, ids, day):
                sharers[thing].add(sharer)
    return {thing: max(len(of), 2) for thing, of in sharers.items()}


def _members(asking: Asking, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    ties = asking.read(MEMBERS_OF, ids)
    return [(tie.subject, tie.id) for tie in ties if membership_on(tie.tie, day=day) != "no" and not is_beside(tie)]


def _parties(asking: Asking, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    ties = asking.read(PARTIES_TO, ids)
    return [(tie.subject, tie.id) for tie in ties if bond_on(tie.tie, day=day).standing != "not party"]


def _present(asking: Asking, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return [
        *_ends(asking.read(ORGANIZERS_OF, ids)),
        *((row.id, guest) for row in asking.read(PARTICIPANT_IDS, ids) for guest in row.ids),
        *_ends(asking.read(SPONSORS_OF, ids)),
    ]


def _sponsors(asking: Asking, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return _ends(asking.read(SPONSORS_OF, ids))


def _under(asking: Asking, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    things: list[FullTie] = asking.read(THINGS_UNDER, ids)
    return _ends(things)


def _doers(asking: Asking, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return _ends(asking.read(IMPLEMENTERS_OF, ids))


def _works(asking: Asking, ids: OfIds, day: str) -> Iterable[tuple[str, str]]:
    del day
    return [(tie.subject, tie.id) for tie in asking.read(MONEY_HELD_BY, ids)]


def _ends(ties: Iterable[Tie]) -> list[tuple[str, str]]:
    return [(tie.subject, tie.id) for tie in ties]


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
