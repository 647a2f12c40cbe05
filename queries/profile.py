"""Everything held on one party, counted and capped, in sections."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.fold.recipes import ATTESTED, recipe
from graph.projection.properties import unflatten
from queries.answer import PartyRow, Subject, Total
from queries.days import Passed, stretch
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import OfIds, Tie, conflicts, refs
from queries.reads import ENTITIES_BY_ID, TIE_COUNTS_IN, TIE_COUNTS_OUT, TIES_IN, TIES_OUT, OfId, OfType
from queries.said import in_words
from queries.sections import SECTIONS
from queries.treaty import bond_on
from queries.wording import counted

# A page of the printed profile holds about ten lines of a section.
_SHOWN = 10
# More relationships of one type than a party of the office has; beyond it the number is a lower bound.
_READ = 2_000


class ProfileAsked(Asked):
    """What `profile` is asked with."""

    party: str = Field(description="The party.", examples=["Ghana"])


class ProfileRow(PartyRow):
    """One thing held on the party: a fact, or a relationship with somebody or something."""

    section: str = Field(description="Section, such as facts or memberships.")
    section_count: int = Field(
        description="Number of things in the section, of which the first few are rows."
    )
    other: str | None = Field(default=None, description="Id of the other end; null for a fact.")
    other_name: str | None = Field(default=None, description="Its name.")
    other_class: str | None = Field(default=None, description="Its class.")
    what: str = Field(description="The fact, or the particulars of the relationship, in words.")
    period: str | None = Field(default=None, description="From when until when, in words.")
    key: str | None = Field(
        default=None, description="Key of the relationship, for iga why; null for a fact."
    )


@dataclass(frozen=True)
class _Section:
    """One type of relationship in one direction: those not known to be over on the day, latest first."""

    kind: str
    title: str
    ties: tuple[tuple[Tie, Passed], ...]
    is_whole: bool


def profile(posed: Posed[ProfileAsked]) -> Found:
    """List what is held on a party on a day: facts, then a section for each kind of relationship."""
    party = posed.one("party")
    entity = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))[0]
    facts = _facts(party, entity.values)
    sections = _sections(posed, party)
    drafts = [*facts, *(draft for section in sections for draft in _drafts(party, section))]
    number = len(facts) + sum(len(section.ties) for section in sections)
    exact = all(section.is_whole for section in sections)
    said = ", ".join(f"{section.title} {len(section.ties)}" for section in sections)
    sentence = f"{party.name}: {counted(len(facts), 'fact')}" + (
        f"; {said}" if said else "; no relationships are held"
    )
    if number > len(drafts):
        sentence += f"; {number - len(drafts)} more are not shown here"
    return Found(
        sentence=sentence, drafts=tuple(drafts), total=Total(value=number, relation="eq" if exact else "gte")
    )


def _facts(party: Subject, properties: Mapping[str, Any]) -> list[Draft]:
    values = unflatten(party.cls, properties)
    disputed = conflicts(properties)
    return [
        Draft(
            ProfileRow(
                **_who(party),
                conflicts=tuple(each for each in disputed if each == name),
                section="facts",
                section_count=len(values),
                what=f"{name}: {in_words(value)}",
            ),
            refs(properties),
        )
        for name, value in values.items()
    ]


def _sections(posed: Posed[ProfileAsked], party: Subject) -> list[_Section]:
    found: list[_Section] = []
    of = OfId(id=party.id)
    types_out = {count.type for count in posed.asking.read(TIE_COUNTS_OUT, of)}
    types_in = {count.type for count in posed.asking.read(TIE_COUNTS_IN, of)}
    for kind, titles in SECTIONS.items():
        for query, types, title in ((TIES_OUT, types_out, titles[0]), (TIES_IN, types_in, titles[1])):
            if kind in types:
                ties = posed.asking.read(query, OfType(id=party.id, type=kind, limit=_READ))
                held = [(tie, state) for tie in ties if (state := _held(kind, tie, posed.day)) != "no"]
                found += [_Section(kind, title, tuple(held), len(ties) < _READ)] if held else []
    return found


def _held(kind: str, tie: Tie, day: str) -> Passed:
    if kind != "PARTY_TO":
        return tie.held(day) if recipe(kind).interval else "yes"
    bond = bond_on(tie.tie, day=day)
    return "no" if bond.standing == "not party" else bond.held


def _drafts(party: Subject, section: _Section) -> list[Draft]:
    shown = section.ties[:_SHOWN]
    return [_draft(party, section, tie, held) for tie, held in shown]


def _draft(party: Subject, section: _Section, tie: Tie, held: Passed) -> Draft:
    row = ProfileRow(
        **_who(party),
        held="yes" if held == "yes" else "unknown",
        conflicts=conflicts(tie.tie),
        section=section.title,
        section_count=len(section.ties),
        other=tie.id,
        other_name=tie.name,
        other_class=tie.cls,
        what=_particulars(section.kind, tie.tie),
        period=stretch(tie.tie) or None,
        key=tie.key,
    )
    return Draft(row, refs(tie.tie))


def _particulars(kind: str, properties: Mapping[str, Any]) -> str:
    """Return what a relationship says besides its period, in words, and when it was last seen."""
    values = unflatten(kind, properties)
    said = [
        f"{name}: {in_words(value)}"
        for name, value in values.items()
        if name not in (recipe(kind).interval, ATTESTED)
    ]
    seen = values.get(ATTESTED)
    return ", ".join(said + ([f"seen {max(seen)}"] if isinstance(seen, list) and seen else []))


def _who(party: Subject) -> dict[str, Any]:
    return {"id": party.id, "cls": party.cls, "name": party.name, "iso3": party.iso3}


PROFILE = Question(
    name="profile",
    title="What is held on this party, all in all?",
    params=ProfileAsked,
    row=ProfileRow,
    function=profile,
    names={"party": ("Party",)},
    example={"party": "Ghana"},
)
