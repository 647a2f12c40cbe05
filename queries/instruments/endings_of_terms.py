"""Whose time ends in a body or a post: memberships, offices, seats in councils, terms, mandates."""

import re
from collections.abc import Iterator, Mapping, Sequence

from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.days import stretch
from queries.core.membership import membership_on
from queries.core.question import Request
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF
from queries.core.session import Session
from queries.instruments.endings import Ending, end_after
from queries.instruments.reads import (
    COUNCILS,
    MEMBERSHIPS_ENDING,
    MEMBERSHIPS_ENDING_OF,
    POST_TERMS_ENDING,
    POST_TERMS_ENDING_OF,
    OfIdsInPeriod,
    OfPeriod,
)
from queries.multilateral.mandates import MandateRow, MandatesParams, mandates

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
    if of is None:
        edges = session.read(MEMBERSHIPS_ENDING, OfPeriod(since=since, until=until))
    else:
        edges = session.read(MEMBERSHIPS_ENDING_OF, OfIdsInPeriod(ids=(of.id,), since=since, until=until))
    edges = [edge for edge in edges if edge.subject not in councils]
    ids = OfIds(ids=tuple(sorted({edge.subject for edge in edges})))
    bodies = {body.id: body.subject for body in session.read(ENTITIES_BY_ID, ids)}
    terms = grouped(session.read(MEMBERS_OF, ids))
    for edge in edges:
        yield _of_membership(edge, bodies[edge.subject], terms.get(edge.subject, ()))


def _of_membership(edge: EdgeRow, body: Subject, terms: Sequence[EdgeRow]) -> Ending:
    said, office = edge.properties, edge.properties.get("office")
    if left_on := said.get("withdrawn_on"):
        days = {"announced": said.get("withdrawal_announced_on"), "notified": said.get("withdrawal_notified_on")}
        steps = ", ".join(f"{step} {day}" for step, day in days.items() if day)
        reason = f"withdrawal takes effect{f' ({steps})' if steps else ''}"
        return Ending(
            "withdrawal", left_on, body, (edge.other,), refs(said), reason,
            "see what it touches: iga ask impact", start=said.get("period_start"), conflicts=conflicts(said),
        )  # fmt: skip
    if office:
        next_step = _next_in_office(edge, terms)
    elif next_term := _next_term(edge, terms):
        next_step = f"followed by another term, {stretch(next_term.properties)}"
    else:
        next_step = "no later term of it is held"
    return Ending(
        "office" if office else "membership", said["period_end"], body, (edge.other,), refs(said),
        f"{office or said.get('category') or 'member'}, {stretch(said)}{_basis(said.get('basis'))}",
        next_step, start=said.get("period_start"), basis=said.get("basis"), conflicts=conflicts(said),
    )  # fmt: skip


def _basis(basis: str | None) -> str:
    return f", {basis}" if basis else ""


def _next_term(edge: EdgeRow, terms: Sequence[EdgeRow]) -> EdgeRow | None:
    later = [
        each
        for each in terms
        if each.id == edge.id
        and each.key != edge.key
        and each.properties.get("office") == edge.properties.get("office")
        and (each.properties.get("period_start") or "") > (edge.properties.get("period_start") or "")
    ]
    return min(later, key=lambda each: each.properties.get("period_start") or "", default=None)


def _next_in_office(edge: EdgeRow, terms: Sequence[EdgeRow]) -> str:
    office, end = edge.properties["office"], edge.properties["period_end"]
    later = [
        each
        for each in terms
        if each.properties.get("office") == office
        and (each.properties.get("period_start") or "")[:7] >= end[:7]
        and each.key != edge.key
    ]
    if not later:
        return f"no next {office} is held"
    following = min(later, key=lambda each: (each.properties["period_start"], each.name))
    return f"next {office}: {following.name} ({stretch(following.properties)})"


def terms_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the terms in posts that end in a period, of one post or person or of all; a successor that is held is told.

    Args:
        session: The graph.
        since: First full day.
        until: Last full day.
        of: Only those in this post, or of this person; None is all.
    """
    if of is None:
        edges = session.read(POST_TERMS_ENDING, OfPeriod(since=since, until=until))
    else:
        edges = session.read(POST_TERMS_ENDING_OF, OfIdsInPeriod(ids=(of.id,), since=since, until=until))
    ids = OfIds(ids=tuple(sorted({edge.subject for edge in edges})))
    posts = {post.id: post.subject for post in session.read(ENTITIES_BY_ID, ids)}
    holders = grouped(session.read(HOLDERS_OF, ids))
    for edge in edges:
        end, capacity = edge.properties["period_end"], edge.properties.get("capacity")
        after = [
            each
            for each in by_name(holders.get(edge.subject, ()))
            if each.id != edge.id and (each.properties.get("period_start") or "")[:7] >= end[:7]
        ]
        yield Ending(
            "term in a post", end, posts[edge.subject], (edge.other,), refs(edge.properties),
            f"{capacity + ' ' if capacity else ''}holder, {stretch(edge.properties)}",
            f"successor held: {after[0].name}" if after else "no successor is held: find out who follows",
            start=edge.properties.get("period_start"), conflicts=conflicts(edge.properties),
        )  # fmt: skip


def seats(session: Session, *, day: str) -> Iterator[Ending]:
    """Yield the seats that are held, or may be, in councils of survivors, whenever their terms end.

    Nothing but the public role is told of who holds one. Where no end is held it is worked out from the start, or
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
    start = said.get("period_start") or said.get("status_on")
    derived = None if said.get("period_end") else end_after(start, rule)
    reason = f"term {stretch(said)}" if said.get("period_end") else "the end of the term is not held"
    if derived:
        reason = f"{rule}, from {start}{' (announced)' if not said.get('period_start') else ''}"
    again = _again(rule, sum(each.id == edge.id for each in terms))
    return Ending(
        "seat", said.get("period_end") or derived, council.subject, (edge.other,), refs(said), reason,
        f"appoint for the next term; {again}", start=start, basis=council.values.get("legal_basis"),
        reappointable=again, is_derived=derived is not None, conflicts=conflicts(said),
    )  # fmt: skip


def _again(rule: str | None, held_terms: int) -> str:
    """Say whether a holder may be appointed again, by the rule as stated and the terms that are held."""
    if not rule:
        return "whether reappointment is possible is not held"
    if not _ONE_MORE.search(rule):
        return f"the basis states: {rule}; nothing on reappointment"
    if held_terms > 1:
        return "reappointed once already, as held: not again"
    return "may be reappointed once; no earlier term is held"


def mandates_ending(
    session: Session, *, day: str, since: str, until: str, of: Subject | None = None
) -> Iterator[Ending]:
    """Yield the mandates that end in a period, as the question on mandates finds them; reports due are left out."""
    subjects = {"party": (of,)} if of else {}
    found = mandates(Request(session, MandatesParams(since=since, until=until), day, subjects))
    rows = [(draft.row, draft) for draft in found.rows if isinstance(draft.row, MandateRow)]
    ids = OfIds(ids=tuple(sorted({row.mandated for row, _ in rows})))
    things: Mapping[str, Subject] = {one.id: one.subject for one in session.read(ENTITIES_BY_ID, ids)}
    for row, draft in rows:
        if row.mandated_class != "Obligation":
            last = row.renewed_by_name or row.created_by_name
            by = f"; main sponsors last time: {', '.join(row.main_sponsors)}" if row.main_sponsors else ""
            yield Ending(
                "mandate", row.last_day, things[row.mandated], (), draft.refs,
                f"the mandate runs out{f', last decided by {last}' if last else ''}",
                f"renew by a new decision{by}",
                start=row.start, basis=last, conflicts=row.conflicts,
            )  # fmt: skip
