"""The partners there are: outside our own service, by where they sit and by what they carry out in a country."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from queries.core.answer import Ref, Subject
from queries.core.days import stretch
from queries.core.reading import OfIds, refs
from queries.core.reads import (
    AGREEMENTS_OF,
    EDGES_IN,
    EDGES_OUT,
    ENTITIES_BY_ID,
    IMPLEMENTERS_OF,
    OfClasses,
    OfType,
)
from queries.core.scope import Edges, bodies_of
from queries.core.session import Session
from queries.funding.reads import PARTNERS_GOVERNED_BY, PARTNERS_IN, PARTNERS_OF_CLASSES, InCountry

# What a partner of a class is called that its source calls nothing more precise.
KINDS = {
    "Ngo": "NGO",
    "Company": "company",
    "AcademicInstitution": "university or institute",
    "MediaOrganization": "media",
    "SurvivorCouncil": "survivor council",
    "PublicBody": "public body",
    "InternationalOrganization": "international organization",
    "Organization": "organization",
}
CLASSES = tuple(KINDS)
"""Classes of which partners are."""
# Posts of our own service abroad: whoever asks for partners does not mean them.
_OUR_POSTS = frozenset(
    {
        "embassy",
        "consulate general",
        "consulate",
        "branch office",
        "mission to international organizations",
        "unofficial instrumentality",
    }
)
# The department whose office asks; its bureaus and sections are our side.
_OUR_DEPARTMENT = "body:us-state"
# More projects and awards than one country has here.
_MOST = 5_000


@dataclass(frozen=True)
class PartnerWork:
    """Something that a partner carries out, or carried out, in the country: a project, an award or a compact.

    Attributes:
        name: What it is called.
        role: In what role, and when, in words.
        topics: What it deals with.
        refs: Source rows that say so.
    """

    name: str
    role: str
    topics: tuple[str, ...]
    refs: tuple[Ref, ...]


@dataclass
class Partner:
    """A partner, and what it carries out in the country that was asked about.

    Attributes:
        subject: The partner.
        values: What is said of it.
        works: What it carries out there, each once.
    """

    subject: Subject
    values: Mapping[str, Any]
    works: dict[str, PartnerWork] = field(default_factory=dict)

    @property
    def country(self) -> str | None:
        """Id of the government in whose country it sits, None if it is not held or it sits in none."""
        return self.values.get("country") or self.values.get("government")

    @property
    def topics(self) -> tuple[str, ...]:
        """Codes of what it deals with, and of what it carries out in the country, sorted."""
        own = self.values.get("topics") or ()
        return tuple(sorted({*own, *(topic for work in self.works.values() for topic in work.topics)}))

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What it and its works rest on."""
        theirs = (ref for work in self.works.values() for ref in work.refs)
        return tuple(dict.fromkeys((*refs(self.values), *theirs)))


def partners_there(session: Session, country: str | None, *, day: str) -> list[Partner]:
    """Return the partners that sit in a country or work or worked in it, or all partners, by id.

    International organizations sit in no country: they are there by what they carry out.

    Args:
        session: The graph.
        country: Id of a government; None is any.
        day: Full day; what began later is left out, what ended before is said to have.
    """
    if country is None:
        seated = session.read(PARTNERS_OF_CLASSES, OfClasses(classes=CLASSES))
    else:
        there = InCountry(classes=CLASSES, country=country)
        seated = [*session.read(PARTNERS_IN, there), *session.read(PARTNERS_GOVERNED_BY, there)]
    found = {each.id: Partner(Subject(id=each.id, cls=each.cls, name=each.name), each.values) for each in seated}
    if country is not None:
        _add_works(session, country, found, day)
    ours = _our_own(session)
    return [each for id_, each in sorted(found.items()) if id_ not in ours and not _is_our_post(each)]


def _is_our_post(partner: Partner) -> bool:
    return partner.subject.cls == "PublicBody" and partner.values.get("body_kind") in _OUR_POSTS


def _our_own(session: Session) -> set[str]:
    found = session.read(ENTITIES_BY_ID, OfIds(ids=(_OUR_DEPARTMENT,)))
    return {id_ for department in found for id_ in bodies_of(Edges(session, ""), department.subject, levels=None)}


def _add_works(session: Session, country: str, found: dict[str, Partner], day: str) -> None:
    ran = session.read(EDGES_IN, OfType(ids=(country,), type="IMPLEMENTED_IN", limit=_MOST))
    compacts = [
        edge for edge in session.read(AGREEMENTS_OF, OfIds(ids=(country,))) if edge.cls == "ChildProtectionCompact"
    ]
    things = {edge.id: edge for edge in (*ran, *compacts) if (edge.values.get("start_min") or "") <= day}
    if not things:
        return
    awards = tuple(sorted(id_ for id_, edge in things.items() if edge.cls == "Award"))
    doing = [
        (edge, edge.properties.get("role") or "implements")
        for edge in session.read(IMPLEMENTERS_OF, OfIds(ids=tuple(sorted(things))))
    ]
    of_awards = OfType(ids=awards, type="AWARDED_TO", limit=_MOST)
    doing += [(edge, "recipient") for edge in (session.read(EDGES_OUT, of_awards) if awards else ())]
    if missing := tuple(sorted({edge.id for edge, _ in doing} - found.keys())):
        known = session.read(ENTITIES_BY_ID, OfIds(ids=missing))
        found |= {each.id: Partner(each.subject, each.values) for each in known if each.cls in CLASSES}
    for edge, role in doing:
        thing = things[edge.subject]
        partner = found.get(edge.id)
        if partner is not None:  # a government or a person carries nothing out as a partner
            topics = tuple(thing.values.get("topics") or ())
            when = stretch(edge.properties) or stretch(thing.values)
            told = f"{role}, {when}" if when else role
            partner.works[thing.id] = PartnerWork(thing.name, told, topics, refs(thing.properties, edge.properties))
