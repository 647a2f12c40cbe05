"""Which partners there are, by kind, country and topic: who works on what, and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from iga.graph.domain.topics import in_words, with_narrower
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, Ref, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat
from iga.queries.core.columns import column, needed, option
from iga.queries.core.days import stretch
from iga.queries.core.home import home_department
from iga.queries.core.printed_names import entities, printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, refs
from iga.queries.core.reads import AGREEMENTS_OF, EDGES_IN, EDGES_OUT, IMPLEMENTERS_OF, OfClasses, OfType
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, bodies_of
from iga.queries.core.session import Session
from iga.queries.core.trust import unverified
from iga.queries.funding.reads import PARTNERS_GOVERNED_BY, PARTNERS_IN, PARTNERS_OF_CLASSES, InCountry

# What a partner of a class is called that its source calls nothing more precise.
KINDS_OF_PARTNERS = {
    "Ngo": "NGO",
    "Company": "company",
    "AcademicInstitution": "university or institute",
    "MediaOrganization": "media",
    "SurvivorCouncil": "survivor council",
    "PublicBody": "public body",
    "InternationalOrganization": "international organization",
    "Organization": "organization",
}
# Posts of our own service abroad: whoever asks for partners does not mean them.
_OUR_POSTS = (
    *("embassy", "consulate general", "consulate", "branch office"),
    *("mission to international organizations", "unofficial instrumentality"),
)
# More projects and awards than one country has here.
_MOST = 5_000


class PartnersParams(Params):
    """What `partners` is asked with."""

    category: str | None = option("Only of this kind: NGO, foundation, university, committee …", "NGO")
    party: str | None = option("Only those that sit in this country, or work or worked in it.", "Ghana")
    topic: str | None = option("Only those that deal with this topic.", "THB")


class PartnerRow(PartyRow):
    """One partner, and what it carries out in the country asked about."""

    kind: str = needed("What sort: NGO, foundation, company, university, committee …")
    country: str | None = column("Id of the government in whose country it sits.")
    country_name: str | None = column("Name of that country.")
    topics: tuple[str, ...] = column("What it deals with, as far as held.", ())
    does: str | None = column("What it does, in its source's words.")
    works: tuple[str, ...] = column("What it carries out or carried out in the country, each with its role.", ())
    website: str | None = column("Its page.")
    unverified: bool = column("Whether it rests on lists nobody checked, or on rows of low confidence, alone.", False)


@dataclass(frozen=True)
class PartnerWork:
    """Something that a partner carries out, or carried out, in the country: a project, an award or a compact."""

    name: str
    role: str
    topics: tuple[str, ...]
    refs: tuple[Ref, ...]


@dataclass
class Partner:
    """A partner, and what it carries out in the country that was asked about."""

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

    @property
    def kind(self) -> str:
        """What sort of partner it is: as its source says, else by its class."""
        stated: str | None = self.values.get("organization_kind") or self.values.get("body_kind")
        return stated or KINDS_OF_PARTNERS[self.subject.cls]

    def is_of(self, category: str | None) -> bool:
        """True if a kind in the singular or the plural is its own; None is any."""
        if category is None:
            return True
        words = set(folded(f"{self.kind} {KINDS_OF_PARTNERS[self.subject.cls]}").split())
        return {_singular(word) for word in folded(category).split()} <= words | {_singular(word) for word in words}


# So many partners are named in one breath.
_NAMED = 3


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def partners(request: Request[PartnersParams]) -> Result[PartnerRow]:
    """List partners: those of which some work in the country is held first, unverified ones last, then by name.

    A partner meets a topic that it deals with, or with a part of, itself or by what it carries out in the country.
    Our own department and its missions are not partners.
    """
    country, topic, category = request.maybe("party"), request.topic, request.params.category
    there = partners_there(request.session, country.id if country else None, day=request.day)
    chosen = [partner for partner in there if partner.is_of(category)]
    if category and not chosen:
        _check_category(category, partners_there(request.session, None, day=request.day) if country else there)
    topics = set(with_narrower(topic)) if topic else set()
    met = [partner for partner in chosen if not topic or topics & set(partner.topics)]
    weak = unverified(request.session, {one.subject.id: refs(one.values) for one in met})
    names = printed_names(request.session, {one.country for one in met if one.country})
    rows = Rows.of(
        (_row(partner, names, is_weak=partner.subject.id in weak) for partner in met),
        lambda row: (row.unverified, not row.works, folded(row.name), row.id),
    )
    return Result.of(_clauses(request, rows), rows, _caveats(topic, chosen, rows))


def _check_category(category: str, known: Sequence[Partner]) -> None:
    if not any(partner.is_of(category) for partner in known):
        kinds = sorted({partner.kind for partner in known}, key=folded)
        raise UsageError(f"category: no partner is a {category!r}; kinds are {', '.join(kinds)}")


def partners_there(session: Session, country: str | None, *, day: str) -> list[Partner]:
    """Return the partners that sit in a country or work or worked in it, or all partners, by id.

    International organizations sit in no country: they are there by what they carry out. What began later than the
    day is left out, what ended before is said to have.
    """
    classes = tuple(KINDS_OF_PARTNERS)
    if country is None:
        seated = session.read(PARTNERS_OF_CLASSES, OfClasses(classes=classes))
    else:
        there = InCountry(classes=classes, country=country)
        seated = [*session.read(PARTNERS_IN, there), *session.read(PARTNERS_GOVERNED_BY, there)]
    known = {one.id: Partner(Subject(id=one.id, cls=one.cls, name=one.name), one.values) for one in seated}
    if country is not None:
        _add_works(session, country, known, day)
    department = home_department(session)
    ours = bodies_of(Edges(session, ""), department, levels=None) if department else ()
    return [
        partner
        for id_, partner in sorted(known.items())
        if id_ not in ours
        if not (partner.subject.cls == "PublicBody" and partner.values.get("body_kind") in _OUR_POSTS)
    ]


def _add_works(session: Session, country: str, known: dict[str, Partner], day: str) -> None:
    ran = session.read(EDGES_IN, OfType(ids=(country,), type="IMPLEMENTED_IN", limit=_MOST))
    agreements = session.read(AGREEMENTS_OF, OfIds(ids=(country,)))
    compacts = [edge for edge in agreements if edge.cls == "ChildProtectionCompact"]
    things = {edge.id: edge for edge in (*ran, *compacts) if (edge.values.get("start_min") or "") <= day}
    doing = list(_doing(session, things))
    missing = entities(session, {edge.id for edge, _ in doing} - known.keys())
    known |= {id_: Partner(one.subject, one.values) for id_, one in missing.items() if one.cls in KINDS_OF_PARTNERS}
    for edge, role in doing:
        thing = things[edge.subject]
        if edge.id in known:  # a government or a person carries nothing out as a partner
            topics = tuple(thing.values.get("topics") or ())
            when = stretch(edge.properties) or stretch(thing.values)
            role_and_days = f"{role}, {when}" if when else role
            rests_on = refs(thing.properties, edge.properties)
            known[edge.id].works[thing.id] = PartnerWork(thing.name, role_and_days, topics, rests_on)


def _doing(session: Session, things: Mapping[str, FullEdgeRow]) -> Iterator[tuple[EdgeRow, str]]:
    """Yield who carries out which of some things or receives which award, and in what role."""
    for edge in session.read(IMPLEMENTERS_OF, OfIds(ids=tuple(sorted(things)))) if things else ():
        yield edge, edge.properties.get("role") or "implements"
    if awards := tuple(sorted(id_ for id_, edge in things.items() if edge.cls == "Award")):
        received = session.read(EDGES_OUT, OfType(ids=awards, type="AWARDED_TO", limit=_MOST))
        yield from ((edge, "recipient") for edge in received)


def _row(partner: Partner, names: Mapping[str, str], *, is_weak: bool) -> SourcedRow[PartnerRow]:
    stated = partner.values
    row = PartnerRow(
        **partner.subject.model_dump(by_alias=False),
        conflicts=conflicts(stated),
        kind=partner.kind,
        country=partner.country,
        country_name=names.get(partner.country or ""),
        topics=partner.topics,
        does=stated.get("roles") or stated.get("summary"),
        works=tuple(sorted({f"{work.name} ({work.role})" for work in partner.works.values()})),
        website=stated.get("website"),
        unverified=is_weak,
    )
    return SourcedRow(row, partner.refs)


def _clauses(request: Request[PartnersParams], rows: Rows[PartnerRow]) -> Iterator[SourcedClause]:
    topic, category = request.topic, request.params.category
    ranked = sorted(rows.counts("kind").items(), key=lambda pair: (-pair[1], pair[0]))
    kinds = [{"kind": kind, "number": number} for kind, number in ranked]
    country = request.named("party")["party"]
    values = {"category": category, "country": country, "topic": in_words(topic) if topic else None}
    names = [row.name for row in rows.first(_NAMED)]
    yield rows.clause("headline", partners=len(rows), kinds=kinds, **values, names=names)
    if not category:
        yield rows.clause("kinds", kinds=kinds)
    if country and (active := rows.keeping(lambda row: row.works)):
        yield active.clause("active", active=len(active))
    if weak := rows.where(unverified=True):
        yield weak.clause("unverified", unverified=len(weak))


def _caveats(topic: str | None, chosen: Sequence[Partner], rows: Rows[PartnerRow]) -> Iterator[UnwordedCaveat]:
    if topic and (without := sum(not partner.topics for partner in chosen)):
        yield caveat("unknown", "no-topic", number=without)
    if weak := rows.where(unverified=True):
        yield caveat("uncertain", "weak", clause="unverified", number=len(weak), of=len(rows))
    yield caveat("partial", "samples")


PARTNERS = Question.of(
    partners,
    title="Which partners are there, who works on what, and where?",
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("name", "kind", "country_name", "topics", "works", "unverified", "evidence"),
)
