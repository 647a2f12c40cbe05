"""Everything on record of one party, counted and capped, in sections."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from graph.domain.values import first_day
from graph.fold.recipes import ATTESTED, recipe
from graph.projection.properties import unflatten
from queries.core.answer import PartyRow, Subject, Total
from queries.core.clauses import clause
from queries.core.columns import column
from queries.core.days import latest, stretch
from queries.core.happened import since_when, stands
from queries.core.printed_names import ids_in, printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, POSTS_HELD_BY
from queries.core.sections import EdgeSection, sections_of
from queries.core.sourced_values import in_words
from queries.whole.dealings import dealings_not_held

# A page of the printed profile holds about ten lines of a section.
_SHOWN = 10
# Posts left that a sentence can hold.
_BEFORE = 3


class ProfileParams(Params):
    """What `profile` is asked with."""

    party: str = Field(description="The party.", examples=["Ghana"])


class ProfileRow(PartyRow):
    """One thing held on the party: a fact, or a relationship with somebody or something."""

    section: str = Field(description="Section, such as facts or memberships.")
    section_count: int = Field(description="Number of things in the section, of which the first few are rows.")
    other: str | None = column("Id of the other end; null for a fact.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    what: str = Field(description="The fact, or the particulars of the relationship, in words.")
    fact: str | None = column("Name of the fact; null for a relationship.")
    value: str | None = column("The fact itself, in words.")
    period: str | None = column("From when until when, in words.")
    key: str | None = column("Key of the relationship, for iga why; null for a fact.")


def profile(request: Request[ProfileParams]) -> Result[ProfileRow]:
    """List what is on record of a party on a day: facts, then a section for each kind of relationship."""
    party = request.one("party")
    entity = request.session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))[0]
    sections = list(sections_of(request.session, party.id, day=request.day))
    names = _names(request, party, entity.values, sections)
    facts = _facts(party, entity.values, names)
    rows = [*facts, *(row for section in sections for row in _rows(party, section, names, day=request.day))]
    counts = {section.title: len(section.edges) for section in sections}
    number, left = len(facts) + sum(counts.values()), _left(request, party)
    terms = [{"post": edge.name, "period": stretch(edge.properties)} for edge in left]
    return Result(
        clauses=(
            clause("headline", party=party.name, facts=len(facts), relationships=sum(counts.values())),
            *([clause("sections", counts=counts)] if counts else ()),
            *([clause("before", *(edge.properties for edge in left[:_BEFORE]), terms=terms)] if left else ()),
            *([clause("more", more=number - len(rows))] if number > len(rows) else ()),
        ),
        rows=tuple(rows),
        refs=refs(*(edge.properties for edge in left[:_BEFORE])),
        caveats=dealings_not_held(party, {section.kind for section in sections}),
        total=Total(value=number, relation="eq" if all(section.is_whole for section in sections) else "gte"),
    )


def _left(request: Request[ProfileParams], party: Subject) -> list[FullEdgeRow]:
    """Return the terms in posts that a person has left by the day, the latest first."""
    if party.cls != "Person":
        return []
    terms = request.session.read(POSTS_HELD_BY, OfIds(ids=(party.id,)))
    left = [edge for edge in by_name(terms) if edge.properties.get("period_end")]
    left = [edge for edge in left if stands("HOLDS", edge, day=request.day) == "no" and _had_begun(edge, request.day)]
    return sorted(left, key=lambda edge: str(edge.properties["period_end"]), reverse=True)


def _had_begun(edge: FullEdgeRow, day: str) -> bool:
    return first_day(edge.properties.get("period_start") or edge.properties["period_end"]) <= day


def _names(
    request: Request[ProfileParams], party: Subject, properties: Mapping[str, Any], sections: Sequence[EdgeSection]
) -> dict[str, str]:
    """Return the names of all that the values of the party and of the shown relationships point to, by id."""
    pointed = ids_in(party.cls, unflatten(party.cls, properties))
    for section in sections:
        for edge, _ in section.edges[:_SHOWN]:
            pointed |= ids_in(section.kind, unflatten(section.kind, edge.properties))
    return printed_names(request.session, pointed)


def _facts(party: Subject, properties: Mapping[str, Any], names: Mapping[str, str]) -> list[SourcedRow[ProfileRow]]:
    values = unflatten(party.cls, properties)
    disputed = conflicts(properties)
    return [
        SourcedRow(
            ProfileRow(
                **party.model_dump(),
                conflicts=tuple(each for each in disputed if each == name),
                section="facts",
                section_count=len(values),
                what=f"{fact}: {told}",
                fact=fact,
                value=told,
            ),
            refs(properties),
        )
        for name, value in values.items()
        for fact, told in [(name.replace("_", " "), in_words(value, names))]
    ]


def _rows(
    party: Subject, section: EdgeSection, names: Mapping[str, str], *, day: str
) -> Iterator[SourcedRow[ProfileRow]]:
    for edge, state in section.edges[:_SHOWN]:
        row = ProfileRow(
            **party.model_dump(),
            held="yes" if state == "yes" else "unknown",
            conflicts=conflicts(edge.properties),
            section=section.title,
            section_count=len(section.edges),
            other=edge.id,
            other_name=edge.name,
            other_class=edge.cls,
            what=_particulars(section.kind, edge, names, day=day),
            period=stretch(edge.properties) or since_when(edge) or None,
            key=edge.key,
        )
        yield SourcedRow(row, refs(edge.properties))


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
