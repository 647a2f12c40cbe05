"""Whose time ends in a body or a post: memberships, offices, seats in councils, terms, mandates."""

import re
from collections.abc import Iterator, Mapping, Sequence

from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.membership import membership_on
from queries.core.question import Params, Request
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF
from queries.core.session import Session
from queries.instruments.duties_worked_out import end_after
from queries.instruments.endings import Ending, period_of
from queries.instruments.reads import COUNCILS, TERMS_THAT_END, TERMS_THAT_END_OF, OfIdsTerms, OfTerms

_ONE_MORE = re.compile(r"\b(one|1|once)\b.*reappoint|reappoint\w* (once|one)", re.IGNORECASE)


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
    edges, bodies = _ending(session, "MEMBER_OF", since, until, of)
    terms = grouped(session.read(MEMBERS_OF, OfIds(ids=tuple(sorted(bodies.keys() - councils)))))
    for edge in edges:
        if edge.subject not in councils:
            yield _of_membership(edge, bodies[edge.subject], terms.get(edge.subject, ()))


def _ending(
    session: Session, kind: str, since: str, until: str, of: Subject | None
) -> tuple[list[EdgeRow], Mapping[str, Subject]]:
    """Return the terms of a type that end in a period, and the bodies or posts they are in, by id."""
    if of is None:
        edges = session.read(TERMS_THAT_END, OfTerms(type=kind, since=since, until=until))
    else:
        edges = session.read(TERMS_THAT_END_OF, OfIdsTerms(ids=(of.id,), type=kind, since=since, until=until))
    ids = OfIds(ids=tuple(sorted({edge.subject for edge in edges})))
    return edges, {each.id: each.subject for each in session.read(ENTITIES_BY_ID, ids)}


def _of_membership(edge: EdgeRow, body: Subject, terms: Sequence[EdgeRow]) -> Ending:
    said, office, start = edge.properties, edge.properties.get("office"), edge.properties.get("period_start")
    if left_on := said.get("withdrawn_on"):
        days = {"announced_on": said.get("withdrawal_announced_on"), "notified_on": said.get("withdrawal_notified_on")}
        return Ending("withdrawal", left_on, body, (edge.other,), days, refs(said), conflicts(said), start=start)
    values = {"role": office or said.get("category") or "member", "period": period_of(said),
              "basis": said.get("basis"), "next": _next(edge, terms)}  # fmt: skip
    return Ending(
        "office" if office else "membership",
        said["period_end"],
        body,
        (edge.other,),
        values,
        refs(said),
        conflicts(said),
        start=start,
        basis=said.get("basis"),
    )


def _next(edge: EdgeRow, terms: Sequence[EdgeRow]) -> dict[str, object] | None:
    """Return the next holder of an office with the term, or the next term of the same member; None if unknown."""
    said = edge.properties
    others = [each for each in terms if each.key != edge.key and each.properties.get("office") == said.get("office")]
    if said.get("office"):
        later = [each for each in others if _start(each)[:7] >= said["period_end"][:7]]
    else:
        later = [each for each in others if each.id == edge.id and _start(each) > _start(edge)]
    following = min(later, key=lambda each: (_start(each), each.name if said.get("office") else ""), default=None)
    return {"name": following.name, "period": period_of(following.properties)} if following else None


def _start(edge: EdgeRow) -> str:
    return edge.properties.get("period_start") or ""


def terms_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the terms in posts that end in a period, of one post or person or of all, with a known successor.

    Args:
        session: The graph.
        since: First full day.
        until: Last full day.
        of: Only those in this post, or of this person; None is all.
    """
    edges, posts = _ending(session, "HOLDS", since, until, of)
    holders = grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted(posts)))))
    for edge in edges:
        said, end = edge.properties, edge.properties["period_end"]
        others = by_name(each for each in holders.get(edge.subject, ()) if each.id != edge.id)
        successor = next((each.name for each in others if _start(each)[:7] >= end[:7]), None)
        values = {"capacity": said.get("capacity"), "period": period_of(said), "successor": successor}
        yield Ending(
            "term in a post",
            end,
            posts[edge.subject],
            (edge.other,),
            values,
            refs(said),
            conflicts(said),
            start=said.get("period_start"),
        )


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
                yield _of_seat(council, edge, terms)


def _of_seat(council: Entity, edge: EdgeRow, terms: Sequence[EdgeRow]) -> Ending:
    said, rule = edge.properties, council.values.get("term_length")
    start, stated = said.get("period_start") or said.get("status_on"), said.get("period_end")
    derived = None if stated else end_after(start, rule)
    values = {
        "period": period_of(said) if stated else None,
        "length": rule if derived else None,
        "since": start,
        "is_announced": not said.get("period_start"),
        "rule": rule,
        "is_one_more": bool(rule and _ONE_MORE.search(rule)),
        "terms": sum(each.id == edge.id for each in terms),
    }
    return Ending(
        "seat",
        stated or derived,
        council.subject,
        (edge.other,),
        values,
        refs(said),
        conflicts(said),
        start=start,
        basis=council.values.get("legal_basis"),
        is_derived=derived is not None,
    )


def mandates_ending(request: Request[Params], *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the mandates that end in a period, as the question on mandates finds them; reports due are left out."""
    found = request.ask("mandates", since=since, until=until, **({"party": of.id} if of else {}))
    rows = [(sourced.row, sourced.refs) for sourced in found.rows if sourced.row.mandated_class != "Obligation"]
    for row, sources in rows:
        decided_by = row.renewed_by_name or row.created_by_name
        yield Ending(
            "mandate",
            row.last_day,
            Subject(id=row.mandated, cls=row.mandated_class, name=row.mandated_name),
            (),
            {"decided_by": decided_by, "sponsors": list(row.main_sponsors)},
            sources,
            row.conflicts,
            start=row.start,
            basis=decided_by,
        )
