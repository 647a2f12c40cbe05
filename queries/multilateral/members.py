"""Who belongs to a body, and to which bodies a party belongs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from iga.graph.domain.edges import BODIES, MemberOf
from iga.graph.domain.values import LAST_DAY, first_day
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import asked_as, filter_on, needed, of, option
from iga.queries.core.membership import (
    Memberships,
    counts_by_category,
    gaps_of_list,
    is_beside,
    is_counted,
    is_counted_later,
    is_meant,
    lacks_former_states,
    membership_absence,
    names_of,
    shortfall,
    weak_count,
)
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF, MEMBERSHIPS_OF
from iga.queries.core.relationships import is_ahead, is_announced, leaving_on, left_on, steps_of
from iga.queries.core.rows import Rows
from iga.queries.core.scope import post_held_in
from iga.queries.core.session import Session
from iga.queries.core.trust import age_of, shown_on

# So many members are named in one breath; of more there is the list.
_NAMED = 6


class MembersParams(Params):
    """What `members` is asked with."""

    party: str = needed("The body whose members are asked for.", "OSCE")
    category: str | None = filter_on(MemberOf, "category")
    role: str | None = filter_on(MemberOf, "office")
    status: str | None = filter_on(MemberOf, "status")


class MembershipsParams(Params):
    """What `memberships` is asked with."""

    party: str = needed("Whose memberships are asked for.", "Ghana")
    other: str | None = option("Only the membership in this body.", "Bali Process")
    category: str | None = filter_on(MemberOf, "category")
    status: str | None = filter_on(MemberOf, "status")


class MembershipRow(PartyRow):
    """One term of one party in one body."""

    body: str = needed("Id of the body.")
    body_name: str = needed("Name of the body.")
    category: str | None = of(MemberOf, "category")
    office: str | None = of(MemberOf, "office")
    status: str | None = of(MemberOf, "status")
    status_on: str | None = of(MemberOf, "status_on")
    start: str | None = of(MemberOf, "period", "start")
    end: str | None = of(MemberOf, "period", "end")
    end_kind: str | None = of(MemberOf, "period", "end_kind")
    attested_on: str | None = of(MemberOf, "attested_on")

    @property
    def is_membership(self) -> bool:
        """Whether it is membership, not an office beside it nor an appointment that was only announced."""
        return not self.office and not is_announced({"status": self.status})


def members(request: Request[MembersParams]) -> Result[MembershipRow]:
    """List who belonged to a body on a day: by name, one row for each term."""
    body, params = request.one("party"), request.params
    everybody = Memberships.read(request.session, MEMBERS_OF, body, day=request.day)
    everybody = everybody if params.role else everybody.without_offices()
    terms = everybody.fitting(params)
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
    asked = asked_as(params)
    is_whole = not (asked or params.role)
    reported = None if is_counted_later(card.values, day=request.day) else card.values.get("member_count")
    later = [clause("status-later", told=told)] if (told := _status_later(everybody, params.status)) else []
    if asked and not params.role:
        on_members = _on_fitting(request, asked, terms, everybody)
    else:
        on_members = _on_members(request, terms, reported if is_whole else None, card)
    clauses = (*on_members, *later)
    rows = Rows(terms.rows(MembershipRow, lambda edge: {"about": edge.other, "body": body}))
    caveats = (*(shortfall(card.values, terms) if is_whole else ()), _without_start(terms))
    return Result.of(clauses, rows, caveats, refs=refs(card.values) if is_whole else ())


def _on_fitting(
    request: Request[MembersParams], asked: str, terms: Memberships, everybody: Memberships
) -> Iterator[SourcedClause]:
    """Say who of a body is on file as what was asked for; where nobody is, how many are on file at all."""
    names = names_of(terms.joined)
    places = {_place_of(edge, terms) for edge in terms.joined or terms.standing}
    kinds, category = counts_by_category(terms.joined), request.params.category
    values: dict[str, Any] = {"body": terms.about.name, "asked": asked, "number": len(names)}
    values["names"] = terms.with_day_of_leaving(names) if len(names) <= _NAMED else []
    values["are"] = places.pop() if len(places) == 1 else "listed"
    values["kinds"] = kinds if category and any(folded(kind) != folded(category) for kind in kinds) else {}
    values |= {"open": len(set(names_of(terms.standing)) - {*names}), "members": len(names_of(everybody.inside))}
    age = age_of(request.session, *(edge.properties for edge in terms.joined), day=terms.day)
    values |= {"others": len(names_of(everybody.beside)), "put_out": terms.put_out}
    yield clause("fitting", **values, age=age)
    yield from _undated(terms)
    yield from _past(terms)


def _place_of(edge: EdgeRow, terms: Memberships) -> str:
    """Return where somebody on a list of a body is: inside, beside its members, or only listed."""
    is_inside = is_counted(edge) and edge.key not in terms.left
    return "beside" if is_beside(edge) else "inside" if is_inside else "listed"


def _status_later(terms: Memberships, asked: str | None) -> list[dict[str, Any]]:
    """Return who has a status of which only a later day is on file, by status and day of the list."""
    listed: dict[tuple[str, str], list[str]] = {}
    for edge in terms.standing:
        later = edge.properties.get("status_later")
        if later and is_meant(later["status"], asked or later["status"]):
            listed.setdefault((later["status"], later["on"]), []).append(edge.name)
    return [{"status": status, "on": on, "names": names} for (status, on), names in sorted(listed.items())]


def _on_members(
    request: Request[MembersParams], terms: Memberships, reported: int | None, card: Entity
) -> Iterator[SourcedClause]:
    body, by_category, beside = terms.about.name, counts_by_category(terms.inside), counts_by_category(terms.beside)
    whole = membership_absence(request.session, card, terms).is_no
    office, members, inside = request.params.role, sum(by_category.values()), names_of(terms.inside)
    whole, reported = (whole, reported) if not terms.open else (False, None)
    if office:
        yield clause("office", body=body, office=office, names=names_of(terms.standing), asked=asked_as(request.params))
    else:
        values: dict[str, Any] = {"body": body, "members": members, "by_category": by_category}
        values["is_least"] = lacks_former_states(request.day)
        values["names"], values["open"] = inside if members <= _NAMED else [], len(terms.open)
        values |= {"is_whole": whole, "is_all": 0 < (reported or 0) <= members}
        values["seats"] = card.values.get("seats")
        values["reported"] = reported if members < (reported or 0) else None
        age = age_of(request.session, *(edge.properties for edge in terms.inside), day=request.day)
        yield clause("headline", **values, age=age)
    if beside and not office:
        yield clause("beside", by_category=beside)
    if terms.announced and not office:
        yield clause("announced", names=names_of(terms.announced))
    if terms.put_out and not office:
        yield clause("put-out", told=terms.put_out)
    yield from _undated(terms)
    yield from _past(terms, "term" if office else "membership")


def _past(terms: Memberships, noun: str = "membership") -> Iterator[SourcedClause]:
    if terms.past or terms.later_count:
        yield clause("past", past=len(terms.past), later=terms.later_count, noun=noun)


def _undated(terms: Memberships) -> Iterator[SourcedClause]:
    spans = Counter((days["start"], days["end"]) for days in map(_days, terms.unsure))
    if undated := spans.pop(("", ""), 0):
        yield clause("undated", undated=undated)
    if spans:
        told = [{"start": start, "end": end, "number": number} for (start, end), number in sorted(spans.items())]
        yield clause("open-terms", spans=told)


def memberships(request: Request[MembershipsParams]) -> Result[MembershipRow]:
    """List the bodies a party belonged to on a day: by name, one row for each term."""
    party, body = request.one("party"), request.maybe("other")
    every = Memberships.read(request.session, MEMBERSHIPS_OF, party, day=request.day)
    if body is not None:
        return _in_one_body(request, every.only(lambda edge: edge.id == body.id), body)
    terms = every.fitting(request.params)
    terms = replace(terms, edges=tuple(sorted(terms.edges, key=lambda edge: terms.states.get(edge.key) != "yes")))
    inside, perhaps = _sure_and_perhaps(terms, terms.inside)
    beside = [edge for edge in terms.beside if edge.name not in (*inside, *perhaps)]
    also, asked = [], asked_as(request.params)
    if beside and not asked:
        sure, unsure = _sure_and_perhaps(terms, beside)
        also.append(clause("beside", bodies=sure, perhaps=unsure))
    there = (edge for edge in terms.standing if edge.key not in terms.left)
    if leaving := [edge for edge in there if leaving_on(edge.properties, day=request.day)]:
        also.append(clause("leaving", *(edge.properties for edge in leaving), number=len(leaving)))
    if terms.put_out and not asked:
        also.append(clause("put-out", told=terms.put_out))
    if asked:
        return _of_terms(terms, _listed_as(asked, terms, every), *also, *_undated(terms))
    values = {"bodies": inside, "perhaps": perhaps, "open": names_of(terms.open), **terms.at_other_times}
    headline = clause("headline", party=party.name, **values)
    return _of_terms(terms, headline, *also, *_undated(terms))


def _listed_as(asked: str, terms: Memberships, every: Memberships) -> SourcedClause:
    """Return in which bodies a party is listed as what was asked for; where in none, in how many it is at all."""
    sure, perhaps = _sure_and_perhaps(terms, terms.joined)
    values: dict[str, Any] = {"party": terms.about.name, "asked": asked, "perhaps": perhaps}
    values["bodies"] = terms.with_day_of_leaving(sure)
    values["open"] = [name for name in names_of(terms.standing) if name not in (*sure, *perhaps)]
    values["past"] = names_of([edge for edge in terms.edges if edge.key not in terms.states])
    members = names_of(every.inside)
    beside = [name for name in names_of(every.beside) if name not in members]
    return clause("listed-as", **values, members=len(members), beside=len(beside))


def _sure_and_perhaps(terms: Memberships, edges: Sequence[EdgeRow]) -> tuple[list[str], list[str]]:
    """Return the names at the other ends where a membership surely stands on the day, and the others."""
    sure = names_of([edge for edge in edges if terms.states[edge.key] == "yes"])
    return sure, [name for name in names_of(edges) if name not in sure]


def _in_one_body(request: Request[MembershipsParams], every: Memberships, body: Subject) -> Result[MembershipRow]:
    fitted = every.fitting(request.params)
    terms = fitted if fitted.standing else every
    everybody = Memberships.read(request.session, MEMBERS_OF, body, day=request.day).without_offices()
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
    partial = shortfall(card.values, everybody, clause="one-body")
    off_list = membership_absence(request.session, card, everybody)
    values = off_list.values(terms.about.name, "members of", body.name, party=terms.about.name, body=body.name)
    values |= {"is_listed": bool(terms.inside), "is_sure": "yes" in terms.states.values()}
    values["post"] = None if terms.standing else post_held_in(request.session, terms.about, body, day=request.day)
    values |= terms.at_other_times
    # A list of members says No to whether somebody is one, not to whether it was suspended or takes part otherwise.
    is_open = not fitted.standing and (terms.standing or asked_as(request.params) not in ("active", "member"))
    values["asked"] = asked_as(request.params) if is_open else ""
    values["is_beside_asked"] = bool(request.params.category and fitted.beside)
    values["gone"] = next((edge.properties["status"] for edge in terms.inside if edge.key in terms.left), None)
    values["listed_later"] = shown_on(request.session, *(edge.properties for edge in terms.open), day=LAST_DAY)
    shown = min(terms.inside or terms.beside, key=lambda edge: bool(edge.properties.get("office")), default=None)
    of_day = ("category", "office", "status", "status_listed_on", "status_later")
    values |= {name: shown.properties.get(name) if shown else None for name in of_day}
    gone = [edge for edge in terms.edges if not is_beside(edge) and leaving_on(edge.properties, day=request.day)]
    last = max(gone, key=lambda edge: left_on(edge.properties) or "", default=None)
    values |= _leaving(shown or last, request)
    values["age"] = age_of(request.session, *(edge.properties for edge in terms.standing), day=request.day)
    steps = (step for edge in terms.open for step in [*steps_of(edge.properties).items()][-1:])
    values["later_step"] = next(({"step": step, "on": on} for step, on in steps), None)
    values["term"] = _days(shown) if shown else _nearest_term(terms)
    values["put_out"] = next(iter(terms.put_out), None)
    values["beside"] = None if shown else _beside_at_another_time(request.session, terms)
    weak = 0 if terms.edges or partial else weak_count(request.session, everybody.standing)
    weakness = [clause("weak", weak=weak, entries=len(everybody.standing))] if weak else []
    # That a list lacks somebody is worth as much as the list.
    gaps = () if terms.standing else gaps_of_list(request.session, everybody.standing)
    others = _other_terms(terms, shown or last)
    spells = [clause("spells", *(edge.properties for edge in others), terms=[*map(_days, others)])] if others else []
    listed = _of_terms(fitted, clause("one-body", **values), *spells, *weakness)
    return replace(listed, caveats=(*partial, *gaps, *listed.caveats), refs=refs(card.values))


def _beside_at_another_time(session: Session, terms: Memberships) -> dict[str, Any] | None:
    """Return as what a party takes part on another day, and that day, where it is on a list beside the members."""
    beside = (edge.properties for edge in terms.edges if is_beside(edge))
    days = ((it, shown_on(session, it, day=LAST_DAY) or it.get("period_start")) for it in beside)
    return next(({"category": it["category"], "on": on} for it, on in days if it.get("category") and on), None)


def _nearest_term(terms: Memberships) -> dict[str, Any] | None:
    """Return the last term that had begun before the day, the first after it where none had; None where none has days.

    Only of terms as a member that did not stand on the day.
    """
    dated = sorted(map(_days, terms.dated), key=lambda term: (term["start"], term["end"]))
    begun = [term for term in dated if (first_day(term["start"]) <= terms.day if term["start"] else term["end"])]
    nearest = next(iter([*begun[::-1], *dated]), None)
    return {**nearest, "has_begun": bool(begun)} if nearest else None


def _other_terms(terms: Memberships, shown: EdgeRow | None) -> list[EdgeRow]:
    """Return the terms as a member beside the one that is told of, by their days; none where that is told of itself."""
    told = shown.key if shown else None
    return sorted((edge for edge in terms.dated if told and edge.key != told), key=lambda edge: _days(edge)["start"])


def _days(edge: EdgeRow) -> dict[str, str]:
    return {part: edge.properties.get(f"period_{part}") or "" for part in ("start", "end")}


def _leaving(edge: EdgeRow | None, request: Request[MembershipsParams]) -> dict[str, Any]:
    """Return how far leaving has come by the day, and when it takes or took effect; None where nothing is known yet."""
    step = leaving_on(edge.properties, day=request.day) if edge else None
    left = left_on(edge.properties) if edge and step else None
    ahead = is_ahead(left, day=request.day, today=request.session.today)
    return {
        "leaving": step,
        "step_on": steps_of(edge.properties)[step] if edge and step else None,
        "left_on": left,
        "is_ahead": ahead,
    }


def _of_terms(terms: Memberships, *clauses: SourcedClause) -> Result[MembershipRow]:
    rows = terms.rows(MembershipRow, lambda edge: {"about": terms.about, "body": edge.other})
    return Result(clauses=clauses, rows=rows, caveats=(_without_start(terms),))


def _without_start(terms: Memberships) -> UnwordedCaveat:
    """Return how many terms have no day of joining on record, nothing for none."""
    lacking = [not edge.properties.get("period_start") for edge in terms.standing]
    return caveat("unknown", "without-start", rows=lacking, number=sum(lacking), of=len(lacking))


_TERM = ("category", "office", "status", "start", "end", "held", "confidence", "evidence")

MEMBERS = Question.of(
    members,
    title="Who belongs to this body?",
    names={"party": BODIES},
    example={"party": "OSCE"},
    columns=("name", *_TERM),
)
MEMBERSHIPS = Question.of(
    memberships,
    title="Which bodies does this party belong to?",
    names={"party": ("Party", "Post"), "other": BODIES},
    example={"party": "Ghana"},
    columns=("body_name", *_TERM),
    yes_or_no=("party", "other"),
)
