"""Whose time ends in a body or a post: memberships, offices, seats in councils, terms, mandates."""

import re
from collections.abc import Iterator, Mapping, Sequence

from queries.answer import Subject
from queries.asking import Asking
from queries.days import stretch
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
from queries.multilateral.mandates import MandateRow, MandatesAsked, mandates
from queries.multilateral.members import membership_on
from queries.question import Posed
from queries.reading import Entity, OfIds, Tie, by_name, conflicts, grouped, refs
from queries.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF, Everything

_ONE_MORE = re.compile(r"\b(one|1|once)\b.*reappoint|reappoint\w* (once|one)", re.IGNORECASE)


def memberships_ending(asking: Asking, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the memberships and offices that end in a period, and the withdrawals from bodies that take effect in it.

    Seats in councils of survivors are not among them.

    Args:
        asking: The graph.
        since: First full day.
        until: Last full day.
        of: Only those of this party, or in it; None is all.
    """
    councils = {council.id for council in asking.read(COUNCILS, Everything())}
    if of is None:
        ties = asking.read(MEMBERSHIPS_ENDING, OfPeriod(since=since, until=until))
    else:
        ties = asking.read(MEMBERSHIPS_ENDING_OF, OfIdsInPeriod(ids=(of.id,), since=since, until=until))
    ties = [tie for tie in ties if tie.subject not in councils]
    ids = OfIds(ids=tuple(sorted({tie.subject for tie in ties})))
    bodies = {body.id: body.subject for body in asking.read(ENTITIES_BY_ID, ids)}
    terms = grouped(asking.read(MEMBERS_OF, ids))
    for tie in ties:
        yield _of_membership(tie, bodies[tie.subject], terms.get(tie.subject, ()))


def _of_membership(tie: Tie, body: Subject, terms: Sequence[Tie]) -> Ending:
    said, office = tie.tie, tie.tie.get("office")
    if left_on := said.get("withdrawn_on"):
        days = {"announced": said.get("withdrawal_announced_on"), "notified": said.get("withdrawal_notified_on")}
        steps = ", ".join(f"{step} {day}" for step, day in days.items() if day)
        reason = f"withdrawal takes effect{f' ({steps})' if steps else ''}"
        return Ending(
            "withdrawal", left_on, body, (tie.other,), refs(said), reason,
            "see what it touches: iga ask impact", start=said.get("period_start"), conflicts=conflicts(said),
        )  # fmt: skip
    if office:
        next_step = _next_in_office(tie, terms)
    elif next_term := _next_term(tie, terms):
        next_step = f"followed by another term, {stretch(next_term.tie)}"
    else:
        next_step = "no later term of it is held"
    return Ending(
        "office" if office else "membership", said["period_end"], body, (tie.other,), refs(said),
        f"{office or said.get('category') or 'member'}, {stretch(said)}{_basis(said.get('basis'))}",
        next_step, start=said.get("period_start"), basis=said.get("basis"), conflicts=conflicts(said),
    )  # fmt: skip


def _basis(basis: str | None) -> str:
    return f", {basis}" if basis else ""


def _next_term(tie: Tie, terms: Sequence[Tie]) -> Tie | None:
    later = [
        each
        for each in terms
        if each.id == tie.id
        and each.key != tie.key
        and each.tie.get("office") == tie.tie.get("office")
        and (each.tie.get("period_start") or "") > (tie.tie.get("period_start") or "")
    ]
    return min(later, key=lambda each: each.tie.get("period_start") or "", default=None)


def _next_in_office(tie: Tie, terms: Sequence[Tie]) -> str:
    office, end = tie.tie["office"], tie.tie["period_end"]
    later = [
        each
        for each in terms
        if each.tie.get("office") == office
        and (each.tie.get("period_start") or "")[:7] >= end[:7]
        and each.key != tie.key
    ]
    if not later:
        return f"no next {office} is held"
    following = min(later, key=lambda each: (each.tie["period_start"], each.name))
    return f"next {office}: {following.name} ({stretch(following.tie)})"


def terms_ending(asking: Asking, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the terms in posts that end in a period, of one post or person or of all; a successor that is held is told.

    Args:
        asking: The graph.
        since: First full day.
        until: Last full day.
        of: Only those in this post, or of this person; None is all.
    """
    if of is None:
        ties = asking.read(POST_TERMS_ENDING, OfPeriod(since=since, until=until))
    else:
        ties = asking.read(POST_TERMS_ENDING_OF, OfIdsInPeriod(ids=(of.id,), since=since, until=until))
    ids = OfIds(ids=tuple(sorted({tie.subject for tie in ties})))
    posts = {post.id: post.subject for post in asking.read(ENTITIES_BY_ID, ids)}
    holders = grouped(asking.read(HOLDERS_OF, ids))
    for tie in ties:
        end, capacity = tie.tie["period_end"], tie.tie.get("capacity")
        after = [
            each
            for each in by_name(holders.get(tie.subject, ()))
            if each.id != tie.id and (each.tie.get("period_start") or "")[:7] >= end[:7]
        ]
        yield Ending(
            "term in a post", end, posts[tie.subject], (tie.other,), refs(tie.tie),
            f"{capacity + ' ' if capacity else ''}holder, {stretch(tie.tie)}",
            f"successor held: {after[0].name}" if after else "no successor is held: find out who follows",
            start=tie.tie.get("period_start"), conflicts=conflicts(tie.tie),
        )  # fmt: skip


def seats(asking: Asking, *, day: str) -> Iterator[Ending]:
    """Yield the seats that are held, or may be, in councils of survivors, whenever their terms end.

    Nothing but the public role is told of who holds one. Where no end is held it is worked out from the start, or
    the announcement, and the length of a term that the council's basis states.
    """
    councils = asking.read(COUNCILS, Everything())
    members = grouped(asking.read(MEMBERS_OF, OfIds(ids=tuple(council.id for council in councils))))
    for council in councils:
        terms = members.get(council.id, [])
        for tie in by_name(terms):
            if membership_on(tie.tie, day=day) != "no":
                yield _of_seat(council, tie, terms)


def _of_seat(council: Entity, tie: Tie, terms: Sequence[Tie]) -> Ending:
    said, rule = tie.tie, council.values.get("term_length")
    start = said.get("period_start") or said.get("status_on")
    derived = None if said.get("period_end") else end_after(start, rule)
    reason = f"term {stretch(said)}" if said.get("period_end") else "the end of the term is not held"
    if derived:
        reason = f"{rule}, from {start}{' (announced)' if not said.get('period_start') else ''}"
    again = _again(rule, sum(each.id == tie.id for each in terms))
    return Ending(
        "seat", said.get("period_end") or derived, council.subject, (tie.other,), refs(said), reason,
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


def mandates_ending(asking: Asking, *, day: str, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the mandates that end in a period, as the question on mandates finds them; reports due are left out."""
    subjects = {"party": (of,)} if of else {}
    found = mandates(Posed(asking, MandatesAsked(since=since, until=until), day, subjects))
    rows = [(draft.row, draft) for draft in found.drafts if isinstance(draft.row, MandateRow)]
    ids = OfIds(ids=tuple(sorted({row.mandated for row, _ in rows})))
    things: Mapping[str, Subject] = {one.id: one.subject for one in asking.read(ENTITIES_BY_ID, ids)}
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
