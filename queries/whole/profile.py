"""Everything held on one party, counted and capped, in sections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.domain.values import first_day
from graph.fold.recipes import ATTESTED, recipe
from graph.projection.properties import unflatten
from queries.answer import PartyRow, Ref, Subject, Total
from queries.days import Passed, latest, stretch
from queries.happened import since_when, stands
from queries.named import ids_in, printed_names
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import FullTie, OfIds, by_name, conflicts, refs
from queries.reads import ENTITIES_BY_ID, TIES_IN, TIES_OUT, OfType
from queries.report.tiers import with_publication_days
from queries.said import in_words
from queries.sections import SECTIONS
from queries.whole.dealings import dealings_not_held
from queries.whole.reads import TIE_COUNTS_IN, TIE_COUNTS_OUT
from queries.wording import counted, listed

# A page of the printed profile holds about ten lines of a section.
_SHOWN = 10
# More relationships of one type than a party of the office has; beyond it the number is a lower bound.
_READ = 2_000
# Posts left that a sentence can hold.
_BEFORE = 3


class ProfileAsked(Asked):
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
    ties: tuple[tuple[FullTie, Passed], ...]
    is_whole: bool


def profile(posed: Posed[ProfileAsked]) -> Found:
    """List what is held on a party on a day: facts, then a section for each kind of relationship."""
    party = posed.one("party")
    entity = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))[0]
    sections = _sections(posed, party)
    names = _names(posed, party, entity.values, sections)
    facts = _facts(party, entity.values, names)
    drafts = [*facts, *(draft for section in sections for draft in _drafts(posed, party, section, names))]
    number = len(facts) + sum(len(section.ties) for section in sections)
    exact = all(section.is_whole for section in sections)
    said = ", ".join(f"{section.title} {len(section.ties)}" for section in sections)
    sentence = f"{party.name}: {counted(len(facts), 'fact')}" + (f"; {said}" if said else "; no relationships are held")
    before, before_refs = _held_before(posed, party)
    sentence += f"; held before: {before}" if before else ""
    if number > len(drafts):
        sentence += f"; {number - len(drafts)} more are not shown here"
    return Found(
        sentence=sentence,
        drafts=tuple(drafts),
        refs=before_refs,
        caveats=dealings_not_held(party, {section.kind for section in sections}),
        total=Total(value=number, relation="eq" if exact else "gte"),
    )


def _held_before(posed: Posed[ProfileAsked], party: Subject) -> tuple[str, tuple[Ref, ...]]:
    """Return the posts that a person has left by the day, the latest first, and what says so."""
    if party.cls != "Person":
        return "", ()
    terms = posed.asking.read(TIES_OUT, OfType(ids=(party.id,), type="HOLDS", limit=_READ))
    left = [tie for tie in by_name(terms) if tie.tie.get("period_end")]
    left = [tie for tie in left if stands("HOLDS", tie, day=posed.day) == "no" and _had_begun(tie, posed.day)]
    left.sort(key=lambda tie: tie.tie["period_end"], reverse=True)
    told = [f"{tie.name} ({stretch(tie.tie)})" for tie in left]
    return listed(told, most=_BEFORE), refs(*(tie.tie for tie in left[:_BEFORE]))


def _had_begun(tie: FullTie, day: str) -> bool:
    return first_day(tie.tie.get("period_start") or tie.tie["period_end"]) <= day


def _names(
    posed: Posed[ProfileAsked], party: Subject, properties: Mapping[str, Any], sections: Sequence[_Section]
) -> dict[str, str]:
    """Return the names of all that the values of the party and of the shown relationships point to, by id."""
    pointed = ids_in(party.cls, unflatten(party.cls, properties))
    for section in sections:
        for tie, _ in section.ties[:_SHOWN]:
            pointed |= ids_in(section.kind, unflatten(section.kind, tie.tie))
    return printed_names(posed.asking, pointed)


def _facts(party: Subject, properties: Mapping[str, Any], names: Mapping[str, str]) -> list[Draft]:
    values = unflatten(party.cls, properties)
    disputed = conflicts(properties)
    return [
        Draft(
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


def _sections(posed: Posed[ProfileAsked], party: Subject) -> list[_Section]:
    found: list[_Section] = []
    of = OfIds(ids=(party.id,))
    types_out = {count.type for count in posed.asking.read(TIE_COUNTS_OUT, of)}
    types_in = {count.type for count in posed.asking.read(TIE_COUNTS_IN, of)}
    for kind, titles in SECTIONS.items():
        for query, types, title in ((TIES_OUT, types_out, titles[0]), (TIES_IN, types_in, titles[1])):
            if kind in types:
                read = posed.asking.read(query, OfType(ids=(party.id,), type=kind, limit=_READ))
                ties = with_publication_days(posed.asking, read)
                held = [(tie, state) for tie in by_name(ties) if (state := stands(kind, tie, day=posed.day)) != "no"]
                held.sort(key=lambda pair: since_when(pair[0]), reverse=True)
                found += [_Section(kind, title, tuple(held), len(ties) < _READ)] if held else []
    return found


def _drafts(posed: Posed[ProfileAsked], party: Subject, section: _Section, names: Mapping[str, str]) -> list[Draft]:
    return [_draft(posed, party, section, at, names) for at in range(min(len(section.ties), _SHOWN))]


def _draft(posed: Posed[ProfileAsked], party: Subject, section: _Section, at: int, names: Mapping[str, str]) -> Draft:
    tie, held = section.ties[at]
    row = ProfileRow(
        **_who(party),
        held=held if held == "yes" else "unknown",
        conflicts=conflicts(tie.tie),
        section=section.title,
        section_count=len(section.ties),
        other=tie.id,
        other_name=tie.name,
        other_class=tie.cls,
        what=_particulars(section.kind, tie, names, day=posed.day),
        period=stretch(tie.tie) or since_when(tie) or None,
        key=tie.key,
    )
    return Draft(row, refs(tie.tie))


# What is told of what stands at the other end, besides its name.
_TOLD: Mapping[str, str] = {"Assessment": "tier", "Engagement": "status"}


def _particulars(kind: str, tie: FullTie, names: Mapping[str, str], *, day: str) -> str:
    """Return what a relationship says besides its period, in words, and when it was last seen."""
    said = [
        f"{name.replace('_', ' ')}: {in_words(value, names)}"
        for name, value in unflatten(kind, tie.tie).items()
        if name not in (recipe(kind).interval, ATTESTED)
    ]
    told, seen = tie.values.get(_TOLD.get(tie.cls, "")), latest(tie.tie.get(ATTESTED), on=day)
    return ", ".join([*([told] if told else []), *said, *([f"seen {seen}"] if seen else [])])


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
    columns=("section", "other_name", "what", "period", "held", "evidence"),
)
