"""Everything on record of one party, counted and capped, in sections."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from iga.graph.domain.values import FIRST_DAY, first_day
from iga.graph.fold.recipes import ATTESTED, recipe
from iga.graph.projection.properties import unflatten
from iga.queries.core.answer import PartyRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, end_columns, needed, sourced
from iga.queries.core.days import latest, stretch
from iga.queries.core.holders import NO_POST, Holder, Holding, first_sign
from iga.queries.core.membership import Memberships, is_counted, standing_of, unjoined_by
from iga.queries.core.printed_names import entities, ids_in, printed_names, sayable
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, refs
from iga.queries.core.reads import MEMBERSHIPS_OF, POSTS_HELD_BY
from iga.queries.core.relationships import bond_on, left_on, saying_of, since_when, stands, when_of
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, holders_of, terms_of
from iga.queries.core.sections import MOST_OF_A_SECTION, PAST_WORK, EdgeSection, sections_of
from iga.queries.core.session import Session
from iga.queries.core.wording import in_words, kind_in_words, the

# A page of the printed profile holds about ten lines of a section.
_SHOWN = 10
# Posts left that a sentence can hold, and posts of a body of which it is said how they are held.
_BEFORE = 3
_POSTS, _HELD = ("POST_IN", False), ("HOLDS", True)
_OF_POSTS = {_POSTS: _SHOWN, _HELD: MOST_OF_A_SECTION}


class ProfileParams(Params):
    """What `profile` is asked with."""

    party: str = needed("The party.", "Ghana")


class ProfileRow(PartyRow):
    """One thing held on the party: a fact, or a relationship with somebody or something."""

    section: str = needed("Section, such as facts or memberships.")
    section_count: int = needed("Number of things in the section, of which the first few are rows.")
    other: str | None = column("Id of the other end; null for a fact.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    what: str = needed("The fact, or the particulars of the relationship, in words.")
    fact: str | None = column("Name of the fact; null for a relationship.")
    value: str | None = column("The fact itself, in words.")
    period: str | None = column("From when until when, in words.")
    key: str | None = column("Key of the relationship, for iga why; null for a fact.")


def profile(request: Request[ProfileParams]) -> Result[ProfileRow]:
    """List what is on record of a party on a day: facts, then a section for each kind of relationship."""
    party, session = request.one("party"), request.session
    properties = entities(session, [party.id])[party.id].values
    sections = list(sections_of(session, party.id, day=request.day, with_past_work=True))
    # What the values of the party and of the shown relationships point to.
    pointed = ids_in(party.cls, unflatten(party.cls, properties))
    for section in sections:
        for edge, _ in section.edges[:_SHOWN]:
            pointed |= ids_in(section.kind, unflatten(section.kind, edge.properties))
    names = printed_names(session, pointed)
    facts = _facts(party, properties, names)
    posts = [edge for it in sections for edge, _ in it.edges[: _OF_POSTS.get((it.kind, it.leads_out), 0)]]
    holders = holders_of(Edges(session, request.day), (edge for edge in posts if edge.cls == "Post"))
    rows = Rows.of((*facts, *(row for it in sections for row in _rows(party, it, names, holders, day=request.day))))
    counts = {section.title: len(section.edges) for section in sections}
    number, left = len(facts) + sum(counts.values()), _left(session, party, request.day)
    last = last_engagement(sections, day=request.day)
    matter = list(matters(session, sections, holders, day=request.day))
    if not matter and party.cls == "Person":
        matter = _of_person(session, party, sections, left, day=request.day)
        left = [edge for edge in left if edge.key not in {one["key"] for one in matter}]
    named = [edge.properties for edge in left[:_BEFORE]]
    before = [
        {**saying_of("HOLDS", edge, leads_out=True, day=request.day), "capacity": edge.properties.get("capacity")}
        for edge in left
    ]
    total = Total(value=number, relation="eq" if all(section.is_whole for section in sections) else "gte")
    clauses = (
        clause(
            "headline",
            party=party.name,
            what=what_is(party, properties, names),
            matters=matter,
            role=properties.get("public_role"),
            is_later=party.cls == "Person" and bool(session.read(POSTS_HELD_BY, OfIds(ids=(party.id,)))),
            facts=len(facts),
            relationships=sum(counts.values()),
        ),
        *([clause("last-engagement", last.properties, name=last.name, on=since_when(last))] if last else ()),
        *([clause("sections", counts=counts)] if counts else ()),
        *_not_for_good(posts, holders),
        *([clause("before", *named, terms=before)] if before else ()),
        *([clause("more", more=number - len(rows))] if number > len(rows) else ()),
    )
    kinds = {section.kind for section in sections}
    return Result.of(clauses, rows, _not_on_record(party, kinds), refs=refs(*named), total=total)


def _not_for_good(posts: Iterable[FullEdgeRow], holders: Mapping[str, Holder]) -> list[SourcedClause]:
    """Return who acts, is designate, or that nobody is there, at the first posts that nobody holds for good."""
    told = {
        edge.id: clause("post", edge.properties, *holder.sources, post=edge.name, **holder.values)
        for edge in posts
        if (holder := holders.get(edge.id)) and (holder.is_not_for_good or holder.others)
    }
    return list(told.values())[:_BEFORE]


def _left(session: Session, party: Subject, day: str) -> list[FullEdgeRow]:
    """Return the terms in posts that a person has left by the day, the latest first."""
    terms = terms_of(session, party, day=day) if party.cls == "Person" else []
    taken_up = {term.id for term in terms if term.properties.get("capacity") != "designate"}
    left = [term for term in terms if _end(term) and stands("HOLDS", term, day=day) == "no"]
    held = [term for term in left if term.properties.get("capacity") != "designate" or term.id not in taken_up]
    return sorted(held, key=_end, reverse=True)


def _end(term: EdgeRow) -> str:
    return str(term.properties.get("period_end") or term.properties.get("left_by") or left_on(term.properties) or "")


def _of_person(
    session: Session, party: Subject, sections: Sequence[EdgeSection], left: Sequence[FullEdgeRow], *, day: str
) -> list[dict[str, Any]]:
    """Return what says first of a person without a post who it is: memberships, else what was left, else any tie."""
    terms = Memberships.read(session, MEMBERSHIPS_OF, party, day=day)
    full = {edge.key: edge for edge in session.read(MEMBERSHIPS_OF, OfIds(ids=(party.id,)))}
    inside = sorted(terms.joined, key=lambda edge: terms.states[edge.key] != "yes")
    was_inside = sorted(terms.past, key=_end, reverse=True)
    ties = [
        (it.kind, edge, it.leads_out)
        for it in sections
        for edge, _ in it.edges[:1]
        if it.kind not in ("MEMBER_OF", "HOLDS")
    ]
    known = (
        [("MEMBER_OF", full[edge.key], True) for edge in inside[:2]]
        or [("HOLDS", edge, True) for edge in left[:1]]
        or [("MEMBER_OF", full[edge.key], True) for edge in was_inside[:1]]
        or ties[:1]
    )
    return [
        {"kind": "said", "saying": saying_of(kind, edge, leads_out=leads_out, day=day), "key": edge.key}
        for kind, edge, leads_out in known
    ]


def _facts(party: Subject, properties: Mapping[str, Any], names: Mapping[str, str]) -> list[SourcedRow[ProfileRow]]:
    values, disputed = unflatten(party.cls, properties), conflicts(properties)
    return [
        sourced(
            ProfileRow,
            properties,
            about=party,
            conflicts=(field,) if field in disputed else (),
            section="facts",
            section_count=len(values),
            what=f"{field.replace('_', ' ')}: {(text := in_words(value, names))}",
            fact=field.replace("_", " "),
            value=text,
            values={"stated": sayable(party.cls, field, value, names)},
        )
        for field, value in values.items()
    ]


def _rows(
    party: Subject, section: EdgeSection, names: Mapping[str, str], holders: Mapping[str, Holder], *, day: str
) -> Iterator[SourcedRow[ProfileRow]]:
    for edge, state in section.edges[:_SHOWN]:
        way = section.kind, section.leads_out
        holder = holders.get(edge.id, NO_POST) if way in _OF_POSTS else NO_POST
        values = _particulars(section.kind, edge, names, day=day) | {"holder": holder.values if way == _POSTS else {}}
        if way == _HELD:
            values["state"] = holding = holder.of(edge, person=party.id, day=day).holding
            state = "yes" if holding in ("in office", "acting") else "unknown"
        yield sourced(
            ProfileRow,
            edge.properties,
            *holder.sources,
            about=party,
            held=state,
            section=section.title,
            section_count=len(section.edges),
            **end_columns("other", edge.other, "class"),
            what=worded(__package__, "profile", "row-what", values),
            values=values,
            period=stretch(edge.properties) or since_when(edge) or None,
            key=edge.key,
        )


# What is stated of what is at the other end, besides its name.
_STATED: Mapping[str, str] = {"Assessment": "tier", "Engagement": "status"}


def _particulars(kind: str, edge: FullEdgeRow, names: Mapping[str, str], *, day: str) -> dict[str, Any]:
    """Return what a relationship says besides its period, when it was last seen, and its days."""
    particulars = {
        name.replace("_", " "): sayable(kind, name, value, names)
        for name, value in unflatten(kind, edge.properties).items()
        if name not in (recipe(kind).interval, ATTESTED)
    }
    state, seen = edge.values.get(_STATED.get(edge.cls, "")), latest(edge.properties.get(ATTESTED), on=day)
    return {"state": state, "particulars": particulars, "seen": seen, "days": when_of(edge)}


_PALERMO = "treaty:palermo"
_KINDS: Mapping[str, str] = {"Ngo": "non-governmental organization", "PublicBody": "public body"}
"""Classes whose names are no words."""


def what_is(party: Subject, properties: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what a party is in words: ``independent state in Western Africa``; blank for a person."""
    if party.cls == "Person":
        return ""
    if party.cls == "Government":
        place = properties.get("subregion") or properties.get("region")
        status = properties.get("status")
        return f"{status if status not in (None, 'other') else 'government'}{f' in {place}' if place else ''}"
    sort = next(filter(None, map(properties.get, ("body_kind", "forum_kind", "organization_kind"))), None)
    whose = names.get(properties.get("government") or properties.get("country") or "")
    words = str(sort or _KINDS.get(party.cls) or kind_in_words(party.cls))
    return f"{words} {'of' if properties.get('government') else 'in'} {the(whose)}" if whose else words


def matters(
    session: Session, sections: Sequence[EdgeSection], holders: Mapping[str, Holder], *, day: str
) -> Iterator[dict[str, Any]]:
    """Yield what matters most about a party, first of all for a government its tier and the Palermo Protocol."""
    around = _around(sections)
    yield from _of_government(around, day)
    held: dict[tuple[Holding, str | None, str | None], list[str]] = {}
    for edge in sorted(around.get(_HELD, ()), key=lambda it: bool(holders[it.id].others)):  # a post shared comes last
        if first_day(first_sign(edge.properties) or FIRST_DAY) > day:
            continue  # whoever is first seen in it later may not have been named yet
        own = holders[edge.id].of(edge, person=edge.subject, day=day)
        held.setdefault((own.holding, own.capacity, own.seen_on), []).append(edge.name)
    for how in sorted(held, key=lambda it: get_args(Holding).index(it[0])):
        values = dict(zip(("holding", "capacity", "seen_on"), how, strict=True))
        yield {"kind": "holds", "names": list(dict.fromkeys(held[how])), "holder": values}
    members = around.get(("MEMBER_OF", False), [])
    stood = standing_of(members, members, day=day)
    chairs = [edge for edge in members if edge.properties.get("office") == "chair" and stood.get(edge.key) == "yes"]
    if chairs:
        yield {"kind": "chair", "name": chairs[0].name}
    joined = stood.keys() - unjoined_by(session, members, day)
    if number := len({edge.id for edge in members if edge.key in joined and is_counted(edge)}):
        yield {"kind": "members", "number": number}
    for edge in around.get(("OWNS_RELATIONSHIP", False), [])[:1]:
        yield {"kind": "owner", "name": edge.name}
    for kind, section in _NAMED.items():
        for edge in around.get(section, [])[:1]:
            yield {"kind": kind, "name": edge.name}


_NAMED: Mapping[str, tuple[str, bool]] = {
    "award": ("AWARDED_TO", False),
    "work": ("IMPLEMENTS", True),
    "part": ("PART_OF", True),
}
Around = Mapping[tuple[str, bool], Sequence[FullEdgeRow]]
"""What stands around a party, by type and direction."""


def _of_government(around: Around, day: str) -> Iterator[dict[str, Any]]:
    placed = [edge for edge in around.get(("ASSESSED", False), ()) if edge.values.get("tier")]
    if placed:
        last = max(placed, key=lambda edge: edge.values.get("year") or 0)
        yield {"kind": "tier", "detail": last.values["tier"], "on": last.values.get("year")}
    for edge in around.get(("PARTY_TO", True), ()):
        if edge.id == _PALERMO:
            bond = bond_on(edge.properties, day=day)
            is_party = (bond.standing, bond.held) == ("party", "yes")
            yield {"kind": "palermo" if is_party else "not palermo", "on": edge.properties.get("action_on")}


def _around(sections: Sequence[EdgeSection]) -> Around:
    standing = (section for section in sections if section.title != PAST_WORK)
    return {(section.kind, section.leads_out): [edge for edge, _ in section.edges] for section in standing}


def last_engagement(sections: Sequence[EdgeSection], *, day: str) -> FullEdgeRow | None:
    """Return the last engagement that a party took part in or organized by a day, None if none is known."""
    around = _around(sections)
    edges = (edge for kind in ("PARTICIPATED", "ORGANIZED") for edge in around.get((kind, True), ()))
    past = [edge for edge in edges if (on := since_when(edge)) and first_day(on) <= day and edge.cls == "Engagement"]
    return max(past, key=lambda edge: (since_when(edge), edge.key), default=None)


_OUTSIDE = ("Ngo", "Company", "AcademicInstitution", "MediaOrganization", "Organization")
_DEALINGS: Mapping[str, tuple[str, ...]] = {
    "agreements": ("PARTY_TO",),
    "engagements": ("PARTICIPATED", "ORGANIZED", "SPONSORED"),
    "awards or sub-awards": ("AWARDED_TO", "SUBAWARDED_TO"),
    "projects or compacts carried out": ("IMPLEMENTS",),
    "commitments or contributions made by it": ("MADE", "OWED_TO"),
    "anybody of ours who owns the relationship": ("OWNS_RELATIONSHIP",),
}


def _not_on_record(party: Subject, kinds: set[str]) -> Iterator[UnwordedCaveat]:
    """Give which dealings with an organization are not on record, and that a list of dealings is no vetting."""
    if party.cls in _OUTSIDE:
        yield caveat("unknown", "no-vetting", party=party.name)
        if lacking := [words for words, types in _DEALINGS.items() if kinds.isdisjoint(types)]:
            yield caveat("unknown", "no-dealings", party=party.name, lacking=lacking)


PROFILE = Question.of(
    profile,
    title="What is held on this party, all in all?",
    names={"party": ("Party",)},
    example={"party": "Ghana"},
    columns=("section", "other_name", "what", "period", "held", "evidence"),
)
