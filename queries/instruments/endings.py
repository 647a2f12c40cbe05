"""What ends and whose it is: agreements, plans, awards, withdrawals."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.domain.values import last_day
from iga.graph.grouping import by_key
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.periods import days_after, years_after
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity, OfIds, by_name, conflicts, entity_at, grouped, refs
from iga.queries.core.reads import (
    AGREEMENTS_OF,
    EDGES_OUT,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    MEMBERS_OF,
    PARTIES_TO,
    OfClasses,
    OfType,
)
from iga.queries.core.relationships import is_announced, membership_on
from iga.queries.core.session import Session
from iga.queries.instruments.reads import (
    AWARDS_ENDING,
    AWARDS_ENDING_OF,
    BONDS_WITHDRAWN,
    COUNCILS,
    INSTRUMENTS_OF_GOVERNMENTS,
    INSTRUMENTS_WITH_AN_END,
    PLANS_OF_GOVERNMENTS,
    TERMS_THAT_END,
    TERMS_THAT_END_OF,
    OfIdsAndClasses,
    OfIdsInPeriod,
    OfIdsTerms,
    OfPeriod,
    OfTerms,
)

Kind = Literal[
    "agreement", "compact", "plan", "seat", "membership", "office", "term in a post", "mandate", "award", "withdrawal"
]
_KINDS: Mapping[str, Kind] = {"ChildProtectionCompact": "compact", "NationalActionPlan": "plan"}
# Of these one without an end is said; a treaty has none.
_FOR_A_TIME = ("ChildProtectionCompact", "Memorandum", "NationalActionPlan")
_MOST = 2_000
# 2 CFR 200.344(a): final reports are due 120 calendar days after the end of the period of performance.
DAYS_FOR_REPORTS = 120


@dataclass(frozen=True)
class Ending:
    """One end.

    Attributes:
        on: Day of the end, possibly partial; None is unknown.
        what: What ends, or in what somebody's time ends.
        whose: Whose it is, or whose time ends.
        values: What the sentences of its row are worded from: why it ends, what must be done.
        start: First day, possibly partial.
        basis: Law or decision that it rests on.
        is_derived: Whether the day is worked out here, from a start and a stated length.
        is_sure: Whether nothing makes the day doubtful, such as an extension.
    """

    kind: Kind
    on: str | None
    what: Subject
    whose: tuple[Subject, ...]
    values: Mapping[str, Any]
    refs: tuple[Ref, ...]
    conflicts: tuple[str, ...] = ()
    start: str | None = None
    basis: str | None = None
    is_derived: bool = False
    is_sure: bool = True

    def is_of(self, party: Subject) -> bool:
        """True if it is somebody's, or ends in them."""
        return party.id in {self.what.id, *(one.id for one in self.whose)}

    @property
    def holders(self) -> str:
        """Names of those whose it is; blank if nobody's."""
        return "; ".join(one.name for one in self.whose)


def stated_by(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an ending rests on, and on what its sources differ."""
    return {"refs": refs(properties), "conflicts": conflicts(properties)}


def period_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the period of a thing or a term as the values of a sentence."""
    return {name: properties.get(f"period_{name}") for name in ("start", "end", "end_kind")}


_YEARS = re.compile(r"\b(\d{1,2})[ -]years?\b")


def end_after(start: str | None, length: str | None) -> str | None:
    """Return the end that follows from a start and a length such as ``5 years``; None where either tells none."""
    years = _YEARS.search(length or "")
    return years_after(start, int(years[1])) if start and years else None


def starts(stated: Mapping[str, Any]) -> str | None:
    """Return the first day of what has a period, else the day of its signature or adoption."""
    day: str | None = stated.get("period_start") or stated.get("signed_on") or stated.get("adopted_on")
    return day


def instruments_ending(session: Session, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the end of each agreement and plan, of one party or of all, that applies for a time, whenever it is.

    ``on`` is None where it is not known.
    """
    everybody = OfClasses(classes=_FOR_A_TIME)
    instruments = _instruments_of(session, of) if of else session.read(INSTRUMENTS_WITH_AN_END, everybody)
    agreements = OfIds(ids=tuple(one.id for one in instruments if one.cls != "NationalActionPlan"))
    parties = grouped(session.read(PARTIES_TO, agreements))
    governments = OfIds(
        ids=tuple(sorted({one.values["government"] for one in instruments if one.values.get("government")}))
    )
    named = {government.id: government.subject for government in session.read(ENTITIES_BY_ID, governments)}
    plans = by_key(session.read(PLANS_OF_GOVERNMENTS, governments), lambda plan: plan.values["government"])
    for one in instruments:
        government = one.values.get("government") or ""
        signed_by = [edge.other for edge in by_name(parties.get(one.id, ()))]
        signed_by.sort(key=lambda party: party.id == session.home.government)
        whose = (named[government],) if government in named else tuple(signed_by)
        later = _plan_after(one, plans.get(government, ())) if one.cls == "NationalActionPlan" else None
        yield _of_instrument(one, whose, later)


def _instruments_of(session: Session, party: Subject) -> list[Entity]:
    """Return the agreements that a party signed and the instruments of its own that apply for a time, by id."""
    signed = session.read(AGREEMENTS_OF, OfIds(ids=(party.id,)))
    own = session.read(INSTRUMENTS_OF_GOVERNMENTS, OfIdsAndClasses(ids=(party.id,), classes=_FOR_A_TIME))
    by_id = {edge.id: entity_at(edge) for edge in signed if edge.values.get("period_end") or edge.cls in _FOR_A_TIME}
    return [one for _, one in sorted((by_id | {one.id: one for one in own}).items())]


def _of_instrument(one: Entity, whose: tuple[Subject, ...], later: str | None) -> Ending:
    start, stated, length = starts(one.values), one.values.get("period_end"), one.values.get("duration")
    derived = None if stated else end_after(start, length)
    extension = "; ".join(one.values.get("extension") or ())
    values = {
        "period": period_of(one.values) if stated else None,
        "length": length if derived else None,
        "since": start,
        "extension": extension,
        "later": later,
    }
    return Ending(
        _KINDS.get(one.cls, "agreement"),
        stated or derived,
        one.subject,
        whose,
        values,
        **stated_by(one.values),
        start=start,
        basis=one.values.get("reference"),
        is_derived=derived is not None,
        is_sure=not extension,
    )


def _plan_after(one: Entity, plans: Iterable[Entity]) -> str | None:
    """Return the first plan of the same government that begins after the end, or at least after the start, of one."""
    end, start = one.values.get("period_end") or "9", one.values.get("period_start") or "9"
    begun = ((plan.name, plan.values.get("period_start") or "") for plan in plans if plan.id != one.id)
    return next((name for name, on in begun if on >= end or on > start), None)


_ONE_MORE = re.compile(r"\b(one|1|once)\b.*reappoint|reappoint\w* (once|one)", re.IGNORECASE)


def _terms(
    session: Session, kind: str, since: str, until: str, of: Subject | None
) -> tuple[list[EdgeRow], Mapping[str, Subject]]:
    """Return the terms of a type that end in a period, and the bodies or posts they are in, by id."""
    if of is None:
        edges = session.read(TERMS_THAT_END, OfTerms(type=kind, since=since, until=until))
    else:
        edges = session.read(TERMS_THAT_END_OF, OfIdsTerms(ids=(of.id,), type=kind, since=since, until=until))
    places = entities(session, (edge.subject for edge in edges))
    return edges, {id_: place.subject for id_, place in places.items()}


def memberships_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the memberships and offices that end in a period, and withdrawals from bodies that take effect in it.

    Of one party, or in it, or of all. Seats in councils of survivors are not among them.
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
    values["is_announced"] = is_announced(term)
    kind: Kind = "office" if office else "membership"
    return Ending(kind, term["period_end"], body, (edge.other,), values, **stated, start=start, basis=basis)


def _next(edge: EdgeRow, alike: Sequence[EdgeRow]) -> dict[str, object] | None:
    """Return the next holder of an office with the term, or the next term of the same member; None if unknown."""
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
        "is_announced": is_announced(term),
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


def awards_between(session: Session, *, since: str, until: str, of: Collection[str] | None) -> list[Entity]:
    """Return the awards that end in a period, of some parties or of all."""
    if of is None:
        return session.read(AWARDS_ENDING, OfPeriod(since=since, until=until))
    return session.read(AWARDS_ENDING_OF, OfIdsInPeriod(ids=tuple(sorted(of)), since=since, until=until))


def awards_ending(session: Session, *, since: str, until: str, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the awards that end in a period, of one party or of all."""
    awards = awards_between(session, since=since, until=until, of=(of.id,) if of else None)
    ids = tuple(award.id for award in awards)
    to = grouped(session.read(EDGES_OUT, OfType(ids=ids, type="AWARDED_TO", limit=_MOST)))
    for award in awards:
        stated, end = award.values, award.values["period_end"]
        reports = {"days": DAYS_FOR_REPORTS, "by": days_after(last_day(end), DAYS_FOR_REPORTS)}
        recipients = tuple(edge.other for edge in by_name(to.get(award.id, ())))
        values, basis = {"period": period_of(stated), "reports": reports}, stated.get("award_number")
        start = stated.get("period_start")
        yield Ending("award", end, award.subject, recipients, values, **stated_by(stated), start=start, basis=basis)


def withdrawals(session: Session, *, of: Subject | None = None) -> Iterator[Ending]:
    """Yield the withdrawals from agreements, whenever they take effect, of one party or of all."""
    if of is None:
        edges = session.read(BONDS_WITHDRAWN, Everything())
        agreements = entities(session, (edge.subject for edge in edges))
        ends = [(agreements[edge.subject].subject, edge.other, edge.properties) for edge in edges]
    else:
        bonds = sorted(session.read(AGREEMENTS_OF, OfIds(ids=(of.id,))), key=lambda edge: (edge.id, edge.key))
        ends = [(edge.other, of, edge.properties) for edge in bonds if edge.properties.get("withdrawn_on")]
    for agreement, party, bond in ends:
        values = {"notified_on": bond.get("withdrawal_notified_on"), "is_from_agreement": True}
        left_on, joined_on = bond["withdrawn_on"], bond.get("action_on")
        yield Ending("withdrawal", left_on, agreement, (party,), values, **stated_by(bond), start=joined_on)
