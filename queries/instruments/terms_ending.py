"""Terms that end: in bodies, in councils of survivors, in posts; and whose they are."""

import re
from collections.abc import Iterator, Mapping, Sequence

from iga.graph.grouping import by_key
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.leaving import membership_on
from iga.queries.core.reading import EdgeRow, Entity, OfIds, by_name, grouped
from iga.queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF
from iga.queries.core.session import Session
from iga.queries.instruments.duties_worked_out import end_after
from iga.queries.instruments.endings import Ending, Kind, period_of, stated_by
from iga.queries.instruments.reads import COUNCILS, TERMS_THAT_END, TERMS_THAT_END_OF, OfIdsTerms, OfTerms

_ONE_MORE = re.compile(r"\b(one|1|once)\b.*reappoint|reappoint\w* (once|one)", re.IGNORECASE)


def _terms(
    session: Session, kind: str, since: str, until: str, of: Subject | None
) -> tuple[list[EdgeRow], Mapping[str, Subject]]:
    """Return the terms of a type that end in a period, and the bodies or posts they are in, by id."""
    if of is None:
        edges = session.read(TERMS_THAT_END, OfTerms(type=kind, since=since, until=until))
    else:
        edges = session.read(TERMS_THAT_END_OF, OfIdsTerms(ids=(of.id,), type=kind, since=since, until=until))
    ids = OfIds(ids=tuple(sorted({edge.subject for edge in edges})))
    return edges, {place.id: place.subject for place in session.read(ENTITIES_BY_ID, ids)}


def memberships_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the memberships and offices that end in a period, and the withdrawals from bodies that take effect in it.

    Seats in councils of survivors are not among them.

    Args:
        session: The graph.
        since: First full day.
        until: Last full day.
        of: Only those of this party, or in it; None is all.
    """
    councils = {council.id for council in session.read(COUNCILS, Everything())}
    edges, bodies = _terms(session, "MEMBER_OF", since, until, of)
    members = session.read(MEMBERS_OF, OfIds(ids=tuple(sorted(bodies.keys() - councils))))
    by_office = by_key(members, _office)
    for edge in edges:
        if edge.subject not in councils:
            yield _of_membership(edge, bodies[edge.subject], by_office.get(_office(edge), ()))


def _office(edge: EdgeRow) -> tuple[str, str | None]:
    return edge.subject, edge.properties.get("office")


def _of_membership(edge: EdgeRow, body: Subject, alike: Sequence[EdgeRow]) -> Ending:
    term, office, start = edge.properties, edge.properties.get("office"), edge.properties.get("period_start")
    stated, basis = stated_by(term), term.get("basis")
    if left_on := term.get("withdrawn_on"):
        days = {f"{step}_on": term.get(f"withdrawal_{step}_on") for step in ("announced", "notified")}
        return Ending("withdrawal", left_on, body, (edge.other,), days, **stated, start=start)
    role, following = office or term.get("category") or "member", _next(edge, alike)
    values = {"role": role, "period": period_of(term), "basis": basis, "next": following}
    kind: Kind = "office" if office else "membership"
    return Ending(kind, term["period_end"], body, (edge.other,), values, **stated, start=start, basis=basis)


def _next(edge: EdgeRow, alike: Sequence[EdgeRow]) -> dict[str, object] | None:
    """Return the next holder of an office with the term, or the next term of the same member; None if unknown.

    Args:
        edge: The term.
        alike: Terms of the same office in the body, the term itself among them; without an office, those without one.
    """
    office, end = edge.properties.get("office"), edge.properties["period_end"]
    if office:
        later = [term for term in alike if term.key != edge.key and _start(term)[:7] >= end[:7]]
    else:
        later = [term for term in alike if term.id == edge.id and _start(term) > _start(edge)]
    following = min(later, key=lambda term: (_start(term), term.name if office else ""), default=None)
    return {"name": following.name, "period": period_of(following.properties)} if following else None


def _start(edge: EdgeRow) -> str:
    return edge.properties.get("period_start") or ""


def terms_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the terms in posts that end in a period, of one post or person or of all, with a known successor."""
    edges, posts = _terms(session, "HOLDS", since, until, of)
    holders = grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted(posts)))))
    for edge in edges:
        term, end = edge.properties, edge.properties["period_end"]
        others = by_name(other for other in holders.get(edge.subject, ()) if other.id != edge.id)
        successor = next((other.name for other in others if _start(other)[:7] >= end[:7]), None)
        values = {"capacity": term.get("capacity"), "period": period_of(term), "successor": successor}
        start, post = term.get("period_start"), posts[edge.subject]
        yield Ending("term in a post", end, post, (edge.other,), values, **stated_by(term), start=start)


def seats(session: Session, *, day: str) -> Iterator[Ending]:
    """Yield the seats that are held, or may be, in councils of survivors, whenever their terms end.

    Nothing but the public role is told of who holds one. Where no end is known it is worked out from the start, or
    the announcement, and the length of a term that the council's basis states.
    """
    councils = session.read(COUNCILS, Everything())
    members = grouped(session.read(MEMBERS_OF, OfIds(ids=tuple(council.id for council in councils))))
    for council in councils:
        terms = members.get(council.id, [])
        for edge in by_name(terms):
            if membership_on(edge.properties, day=day) != "no":
                yield _of_seat(council, edge, sum(term.id == edge.id for term in terms))


def _of_seat(council: Entity, edge: EdgeRow, terms: int) -> Ending:
    term, rule = edge.properties, council.values.get("term_length")
    start, stated = term.get("period_start") or term.get("status_on"), term.get("period_end")
    derived = None if stated else end_after(start, rule)
    values = {
        "period": period_of(term) if stated else None,
        "length": rule if derived else None,
        "since": start,
        "is_announced": not term.get("period_start"),
        "rule": rule,
        "is_one_more": bool(rule and _ONE_MORE.search(rule)),
        "terms": terms,
    }
    return Ending(
        "seat",
        stated or derived,
        council.subject,
        (edge.other,),
        values,
        **stated_by(term),
        start=start,
        basis=council.values.get("legal_basis"),
        is_derived=derived is not None,
    )
