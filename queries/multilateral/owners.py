"""Which of our posts and offices own the relationship with a party, or with what the party is part of."""

from collections.abc import Collection, Mapping

from queries.contacts.reads import WHOLES_OF
from queries.core.answer import Subject
from queries.core.reading import OfIds
from queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, OUR_SIDE_OF, OurEdgeRow
from queries.core.session import Session


def owners_of(session: Session, parties: Collection[str], *, day: str) -> Mapping[str, tuple[Subject, ...]]:
    """Return the owners of the relationships with parties, by id of the party, first owners before second ones.

    An owner of a body owns its organs and posts too, an owner of a government its public bodies, unless somebody
    owns those themselves. Parties that nobody owns are left out.

    Args:
        session: The graph.
        parties: Ids of parties and posts.
        day: Full day.
    """
    owned: dict[str, list[OurEdgeRow]] = {}
    above = _above(session, set(parties), owned, day=day)
    found = {}
    for party in parties:
        if edges := [edge for id_ in _nearest(party, above, owned) for edge in owned[id_]]:
            edges.sort(key=lambda edge: (edge.properties.get("standing") != "primary", edge.cls != "Post", edge.key))
            found[party] = tuple({edge.id: edge.other for edge in edges}.values())
    return found


def _above(session: Session, ids: set[str], owned: dict[str, list[OurEdgeRow]], *, day: str) -> dict[str, set[str]]:
    """Return what each party is directly part of, up to those that somebody owns; and put the owners into `owned`."""
    above: dict[str, set[str]] = {}
    known = set(ids)
    while ids:
        for deals in session.read(OUR_SIDE_OF, OfIds(ids=tuple(sorted(ids)))):
            if deals.type == "OWNS_RELATIONSHIP" and deals.held(day) != "no":
                owned.setdefault(deals.subject, []).append(deals)
        wanted = OfIds(ids=tuple(sorted(ids - owned.keys())))
        if not wanted.ids:
            break
        for edge in (*session.read(BODIES_OF_POSTS, wanted), *session.read(WHOLES_OF, wanted)):
            if edge.held(day) != "no":
                above.setdefault(edge.subject, set()).add(edge.id)
        for one in session.read(ENTITIES_BY_ID, wanted):
            if government := one.values.get("government"):
                above.setdefault(one.id, set()).add(government)
        ids = {id_ for one in wanted.ids for id_ in above.get(one, ())} - known
        known |= ids
    return above


def _nearest(party: str, above: Mapping[str, set[str]], owned: Mapping[str, object]) -> list[str]:
    seen, level = {party}, [party]
    while level:
        if found := [id_ for id_ in level if id_ in owned]:
            return found
        level = sorted({id_ for one in level for id_ in above.get(one, ())} - seen)
        seen |= set(level)
    return []
