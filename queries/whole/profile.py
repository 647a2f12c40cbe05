"""Everything held on one party, counted and capped, in sections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.domain.values import first_day
from graph.fold.recipes import ATTESTED, recipe
from graph.projection.properties import unflatten
from queries.core.answer import PartyRow, Ref, Subject, Total
from queries.core.days import Passed, latest, stretch
from queries.core.happened import since_when, stands
from queries.core.printed_names import ids_in, printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import EDGES_IN, EDGES_OUT, ENTITIES_BY_ID, OfType
from queries.core.sections import SECTIONS
from queries.core.sourced_values import in_words
from queries.core.tip_report import with_publication_days
from queries.core.wording import counted, listed
from queries.whole.dealings import dealings_not_held
from queries.whole.reads import EDGE_COUNTS_IN, EDGE_COUNTS_OUT

# A page of the printed profile holds about ten lines of a section.
_SHOWN = 10
# More relationships of one type than a party of the office has; beyond it the number is a lower bound.
_READ = 2_000
# Posts left that a sentence can hold.
_BEFORE = 3


class ProfileParams(Params):
    """What `profile` is asked with."""

    party: str = Field(description="The party.", examples=["Ghana"])


class ProfileRow(PartyRow):
    """One thing held on the party: a fact, or a relationship with somebody or something."""

    section: str = Field(description="Section, such as facts or memberships.")
    section_count: int = Field(description="Number of things in the section, of which the first few are rows.")
    other: str | None = Field(default=None, description="Id of the other end; null for a fact.")
    other_name: str | None = Field(default=None, description="Its name.")
    other_class: str | None = Field(default=None, description="Its class.")
    what: str = Field(description="The fact, or the particulars of the relationship, in words.")
    period: str | None = Field(default=None, description="From when until when, in words.")
    key: str | None = Field(default=None, description="Key of the relationship, for iga why; null for a fact.")


@dataclass(frozen=True)
class _Section:
    """One type of relationship in one direction: those not known to be over on the day, latest first."""

    kind: str
    title: str
    edges: tuple[tuple[FullEdgeRow, Passed], ...]
    is_whole: bool


def profile(request: Request[ProfileParams]) -> Result:
    """List what is held on a party on a day: facts, then a section for each kind of relationship."""
    party = request.one("party")
    entity = request.session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))[0]
    sections = _sections(request, party)
    names = _names(request, party, entity.values, sections)
    facts = _facts(party, entity.values, names)
    sourced_rows = [*facts, *(draft for section in sections for draft in _sourced_rows(request, party, section, names))]
    number = len(facts) + sum(len(section.edges) for section in sections)
    exact = all(section.is_whole for section in sections)
    said = ", ".join(f"{section.title} {len(section.edges)}" for section in sections)
    sentence = f"{party.name}: {counted(len(facts), 'fact')}" + (f"; {said}" if said else "; no relationships are held")
    before, before_refs = _held_before(request, party)
    sentence += f"; held before: {before}" if before else ""
    if number > len(sourced_rows):
        sentence += f"; {number - len(sourced_rows)} more are not shown here"
    return Result(
        sentence=sentence,
        rows=tuple(sourced_rows),
        refs=before_refs,
        caveats=dealings_not_held(party, {section.kind for section in sections}),
        total=Total(value=number, relation="eq" if exact else "gte"),
    )


def _held_before(request: Request[ProfileParams], party: Subject) -> tuple[str, tuple[Ref, ...]]:
    """Return the posts that a person has left by the day, the latest first, and what says so."""
    if party.cls != "Person":
        return "", ()
    terms = request.session.read(EDGES_OUT, OfType(ids=(party.id,), type="HOLDS", limit=_READ))
    left = [edge for edge in by_name(terms) if edge.properties.get("period_end")]
    left = [edge for edge in left if stands("HOLDS", edge, day=request.day) == "no" and _had_begun(edge, request.day)]
    left.sort(key=lambda edge: edge.properties["period_end"], reverse=True)
    told = [f"{edge.name} ({stretch(edge.properties)})" for edge in left]
    return listed(told, most=_BEFORE), refs(*(edge.properties for edge in left[:_BEFORE]))


def _had_begun(edge: FullEdgeRow, day: str) -> bool:
    return first_day(edge.properties.get("period_start") or edge.properties["period_end"]) <= day


def _names(
    request: Request[ProfileParams], party: Subject, properties: Mapping[str, Any], sections: Sequence[_Section]
) -> dict[str, str]:
    """Return the names of all that the values of the party and of the shown relationships point to, by id."""
    pointed = ids_in(party.cls, unflatten(party.cls, properties))
    for section in sections:
        for edge, _ in section.edges[:_SHOWN]:
            pointed |= ids_in(section.kind, unflatten(section.kind, edge.properties))
    return printed_names(request.session, pointed)


def _facts(party: Subject, properties: Mapping[str, Any], names: Mapping[str, str]) -> list[SourcedRow]:
    values = unflatten(party.cls, properties)
    disputed = conflicts(properties)
    return [
        SourcedRow(
            ProfileRow(
                **_who(party),
                conflicts=tuple(each for each in disputed if each == name),
                section="facts",
                section_count=len(values),
                what=f"{name.replace('_', ' ')}: {in_words(value, names)}",
            ),
            refs(properties),
        )
        for name, value in values.items()
    ]


def _sections(request: Request[ProfileParams], party: Subject) -> list[_Section]:
    found: list[_Section] = []
    of = OfIds(ids=(party.id,))
    types_out = {count.type for count in request.session.read(EDGE_COUNTS_OUT, of)}
    types_in = {count.type for count in request.session.read(EDGE_COUNTS_IN, of)}
    for kind, titles in SECTIONS.items():
        for query, types, title in ((EDGES_OUT, types_out, titles[0]), (EDGES_IN, types_in, titles[1])):
            if kind in types:
                read = request.session.read(query, OfType(ids=(party.id,), type=kind, limit=_READ))
                edges = with_publication_days(request.session, read)
                held = [
                    (edge, state) for edge in by_name(edges) if (state := stands(kind, edge, day=request.day)) != "no"
                ]
                held.sort(key=lambda pair: since_when(pair[0]), reverse=True)
                found += [_Section(kind, title, tuple(held), len(edges) < _READ)] if held else []
    return found


def _sourced_rows(
    request: Request[ProfileParams], party: Subject, section: _Section, names: Mapping[str, str]
) -> list[SourcedRow]:
    return [_draft(request, party, section, at, names) for at in range(min(len(section.edges), _SHOWN))]


def _draft(
    request: Request[ProfileParams], party: Subject, section: _Section, at: int, names: Mapping[str, str]
) -> SourcedRow:
    edge, held = section.edges[at]
    row = ProfileRow(
        **_who(party),
        held=held if held == "yes" else "unknown",
        conflicts=conflicts(edge.properties),
        section=section.title,
        section_count=len(section.edges),
        other=edge.id,
        other_name=edge.name,
        other_class=edge.cls,
        what=_particulars(section.kind, edge, names, day=request.day),
        period=stretch(edge.properties) or since_when(edge) or None,
        key=edge.key,
    )
    return SourcedRow(row, refs(edge.properties))


# What is told of what stands at the other end, besides its name.
_TOLD: Mapping[str, str] = {"Assessment": "tier", "Engagement": "status"}


def _particulars(kind: str, edge: FullEdgeRow, names: Mapping[str, str], *, day: str) -> str:
    """Return what a relationship says besides its period, in words, and when it was last seen."""
    said = [
        f"{name.replace('_', ' ')}: {in_words(value, names)}"
        for name, value in unflatten(kind, edge.properties).items()
        if name not in (recipe(kind).interval, ATTESTED)
    ]
    told, seen = edge.values.get(_TOLD.get(edge.cls, "")), latest(edge.properties.get(ATTESTED), on=day)
    return ", ".join([*([told] if told else []), *said, *([f"seen {seen}"] if seen else [])])


def _who(party: Subject) -> dict[str, Any]:
    return {"id": party.id, "cls": party.cls, "name": party.name, "iso3": party.iso3}


PROFILE = Question(
    name="profile",
    title="What is held on this party, all in all?",
    params=ProfileParams,
    row=ProfileRow,
    function=profile,
    names={"party": ("Party",)},
    example={"party": "Ghana"},
    columns=("section", "other_name", "what", "period", "held", "evidence"),
)
