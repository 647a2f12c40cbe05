"""One agreement: what it is, who is bound by it, what it rests on, and what was done under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.projection.properties import unflatten
from queries.answer import AnswerRow, Caveat, Subject, Total
from queries.around import Around, Way, around
from queries.days import Passed, stretch
from queries.happened import since_when
from queries.instruments.agreements import by_standing
from queries.instruments.bonds import RATIFIED, as_listed, bond_draft, missing_parties, shortfall, too_early
from queries.instruments.reads import PARTIES_TO
from queries.instruments.treaty import Bond, bond_on
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import Entity, FullTie, OfIds, Tie, by_name, conflicts, refs
from queries.reads import ENTITIES_BY_ID
from queries.said import in_words
from queries.wording import listed

# A page of the printed sheet holds about ten lines of a section.
_SHOWN = 10
# As many names can be read aloud.
_FEW = 2
_FACTS = (
    "short_title", "reference", "adopted_on", "signed_on", "in_force_on", "period", "duration", "extension",
    "is_binding", "depositary", "party_count", "party_count_on", "objectives", "focus", "regions", "signatories",
    "topics", "summary", "website",
)  # fmt: skip
_SECTIONS: tuple[tuple[str, Way], ...] = (
    ("what it rests on or belongs to", Way("UNDER", is_outward=True)),
    ("what it is part of", Way("PART_OF", is_outward=True)),
    ("what it follows", Way("SUCCEEDED_BY", is_outward=False)),
    ("what follows it", Way("SUCCEEDED_BY", is_outward=True)),
    ("what it sets up", Way("MANDATES", is_outward=True)),
    ("who carries it out", Way("IMPLEMENTS", is_outward=False)),
    ("agreements under it", Way("UNDER", False, ("Treaty", "ChildProtectionCompact", "Memorandum", "Declaration"))),
    ("programmes, projects and awards under it", Way("UNDER", False, ("Programme", "Project", "Award"))),
    ("engagements under it", Way("UNDER", False, ("Engagement",))),
    ("contributions under it", Way("UNDER", False, ("Contribution", "FundingLine"))),
    ("indicators under it", Way("UNDER", False, ("Indicator",))),
    ("promises and duties under it", Way("UNDER", False, ("Commitment", "Obligation"))),
    ("texts, reviews and reports under it", Way("UNDER", False, (
        "Resolution", "Review", "Publication", "Recommendation", "Document", "Law", "Standard", "NationalActionPlan",
    ))),
    ("parts", Way("PART_OF", is_outward=False)),
)  # fmt: skip


class AgreementAsked(Asked):
    """What `agreement` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])


class AgreementRow(AnswerRow):
    """One thing held on the agreement: a fact, a party, a reservation, or what stands around it."""

    agreement: str = Field(description="Id of the agreement.")
    agreement_name: str = Field(description="Title of the agreement.")
    section: str = Field(description="Section, such as facts or parties.")
    section_count: int = Field(description="Number of things in the section, of which the first few are rows.")
    other: str | None = Field(default=None, description="Id of who or what stands around it; null for a fact.")
    other_name: str | None = Field(default=None, description="Its name.")
    other_class: str | None = Field(default=None, description="Its class.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, for governments only.")
    what: str = Field(description="The fact, the reservation or the particulars, in words.")
    period: str | None = Field(default=None, description="Day or period, in words.")


@dataclass(frozen=True)
class _Section:
    title: str
    drafts: tuple[Draft, ...]
    count: int
    is_whole: bool = True


def agreement(posed: Posed[AgreementAsked]) -> Found:
    """List what is held on an agreement on a day, in sections of at most ten rows, each with its count."""
    card = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(posed.one("agreement").id,)))[0]
    sheet = _Sheet(posed, card)
    ties = posed.asking.read(PARTIES_TO, OfIds(ids=(card.id,)))
    adopted_on = card.values.get("adopted_on")
    stands = [(tie, bond_on(tie.tie, day=posed.day, adopted_on=adopted_on)) for tie in by_name(ties)]
    bonds = [(tie, bond) for tie, bond in stands if bond.standing != "not party"]
    missing = missing_parties(card, ties)
    sections = [sheet.facts(), *sheet.parties(bonds), *sheet.around()]
    return Found(
        sentence=_sentence(posed, card, bonds, sections, as_listed(card, ties)),
        drafts=tuple(draft for section in sections for draft in section.drafts),
        caveats=(*(shortfall(card, missing) if bonds else ()), *_unknown(card)),
        total=Total(
            value=sum(section.count for section in sections),
            relation="eq" if all(section.is_whole for section in sections) else "gte",
        ),
    )


class _Sheet:
    """Makes the rows of one agreement."""

    def __init__(self, posed: Posed[AgreementAsked], card: Entity) -> None:
        self._posed = posed
        self._card = card

    def facts(self) -> _Section:
        """Return what is said of the agreement itself."""
        values = {"kind": _kind(self._card)} | unflatten(self._card.cls, self._card.values)
        told = [(name, values[name]) for name in ("kind", *_FACTS) if values.get(name) not in (None, [], "")]
        disputed = conflicts(self._card.values)
        drafts = [
            Draft(
                self._row("facts", len(told), f"{name.replace('_', ' ')}: {in_words(value)}",
                          conflicts=tuple(each for each in disputed if each == name)),
                refs(self._card.values),
            )
            for name, value in told
        ]  # fmt: skip
        return _Section("facts", tuple(drafts), len(drafts))

    def parties(self, bonds: Sequence[tuple[Tie, Bond]]) -> list[_Section]:
        """Return who is bound, by standing, and who made reservations; organizations stand last in each."""
        standings = list(dict.fromkeys(bond.standing for _, bond in bonds))
        groups = [(standing, [pair for pair in bonds if pair[1].standing == standing]) for standing in standings]
        found = [self._of_bonds(f"parties: {standing}", of, _how) for standing, of in groups]
        reserved = [(tie, bond) for tie, bond in bonds if tie.tie.get("reservations") or tie.tie.get("territories")]
        return [*found, self._of_bonds("reservations and territories", reserved, _reserved)] if reserved else found

    def _of_bonds(self, title: str, bonds: Sequence[tuple[Tie, Bond]], told: Any) -> _Section:
        ordered = sorted(bonds, key=lambda pair: pair[0].cls != "Government")
        drafts = [
            Draft(
                self._row(title, len(bonds), told(tie.tie, bond), other=tie.other,
                          held=bond.held, conflicts=conflicts(tie.tie)),
                refs(tie.tie),
            )
            for tie, bond in ordered[:_SHOWN]
        ]  # fmt: skip
        return _Section(title, tuple(drafts), len(bonds))

    def around(self) -> list[_Section]:
        """Return what the agreement rests on, what follows it and what is done under it, where any is held."""
        found = [(title, way, self._around(way)) for title, way in _SECTIONS]
        return [self._of_ties(title, way, held) for title, way, held in found if held.ties]

    def _around(self, way: Way) -> Around:
        return around(self._posed.asking, (self._card.id,), way, day=self._posed.day)

    def _of_ties(self, title: str, way: Way, found: Around) -> _Section:
        drafts = [self._of_tie(title, way, tie, state, len(found.ties)) for tie, state in found.ties[:_SHOWN]]
        return _Section(title, tuple(drafts), len(found.ties), found.is_whole)

    def _of_tie(self, title: str, way: Way, tie: FullTie, state: Passed, count: int) -> Draft:
        row = self._row(
            title, count, _particulars(way, tie), other=tie.other, held="yes" if state == "yes" else "unknown",
            period=stretch(tie.tie) or stretch(tie.values) or since_when(tie) or None, conflicts=conflicts(tie.tie),
        )  # fmt: skip
        return Draft(row, refs(tie.tie), dated_by=refs(tie.values))

    def _row(self, section: str, count: int, what: str, *, other: Subject | None = None, **said: Any) -> AgreementRow:
        return AgreementRow(
            agreement=self._card.id,
            agreement_name=self._card.name,
            section=section,
            section_count=count,
            other=other.id if other else None,
            other_name=other.name if other else None,
            other_class=other.cls if other else None,
            iso3=other.iso3 if other else None,
            what=what,
            **said,
        )


def _how(said: Mapping[str, Any], bond: Bond) -> str:
    steps = {
        "signed": said.get("signed_on"),
        said.get("action") or "joined": said.get("action_on"),
        "in force": said.get("in_force_on"),
        "withdrawal notified": said.get("withdrawal_notified_on"),
        "withdrawn": said.get("withdrawn_on"),
    }
    return ", ".join(f"{step} {day}" for step, day in steps.items() if day) or f"{bond.standing}, day not held"


def _reserved(said: Mapping[str, Any], bond: Bond) -> str:
    del bond
    territories = f"territories: {said['territories']}" if said.get("territories") else ""
    return "; ".join(filter(None, (said.get("reservations"), territories)))


# What is told of what stands around an agreement, besides its name.
_TOLD: Mapping[str, str] = {
    "Engagement": "status", "Contribution": "stage", "Commitment": "status", "Award": "status", "Indicator": "target",
}  # fmt: skip


def _particulars(way: Way, tie: FullTie) -> str:
    said = tie.tie.get("role") if way.kind == "IMPLEMENTS" else tie.values.get(_TOLD.get(tie.cls, ""))
    kind = tie.values.get("engagement_kind") if tie.cls == "Engagement" else tie.cls
    return ", ".join(filter(None, (kind, said)))


def _sentence(
    posed: Posed[AgreementAsked],
    card: Entity,
    bonds: Sequence[tuple[Tie, Bond]],
    sections: Sequence[_Section],
    listed_here: str,
) -> str:
    if early := too_early(card, day=posed.day):
        return early
    drafts = [bond_draft(tie.tie, bond, party=tie.other, agreement=card.subject, day=posed.day) for tie, bond in bonds]
    listed_here = listed_here
    first = (
        f"{card.name} {_is_what(card)}: {listed_here}{by_standing(drafts, signing_is_joining=card.cls not in RATIFIED)}"
    )
    rest = [f"{section.title}: {_how_many(section)}" for section in sections if _is_told(section)]
    return first + (f"; {'; '.join(rest)}" if rest else "; nothing is held as done under it")


def _how_many(section: _Section) -> str:
    """Return the names of few things, the number of many."""
    rows = [draft.row for draft in section.drafts if isinstance(draft.row, AgreementRow)]
    names = [row.other_name or "" for row in rows]
    return listed(names) if section.count <= _FEW else f"{'' if section.is_whole else 'at least '}{section.count}"


def _is_told(section: _Section) -> bool:
    return section.title != "facts" and not section.title.startswith("parties: ")


def _is_what(card: Entity) -> str:
    said = card.values
    days = {"adopted": said.get("adopted_on"), "signed": said.get("signed_on"), "in force": said.get("in_force_on")}
    words = [_kind(card), said.get("reference")]
    words += [f"{step} {day}" for step, day in days.items() if day]
    words += [f"applies {period}" if (period := stretch(said)) else None]
    words += [f"kept by the {said['depositary']}" if said.get("depositary") else None]
    return f"({', '.join(filter(None, words))})"


def _kind(card: Entity) -> str:
    return "Child Protection Compact" if card.cls == "ChildProtectionCompact" else card.cls.lower()


def _unknown(card: Entity) -> tuple[Caveat, ...]:
    said = card.values
    lacking = [
        word
        for word, names in (
            ("its depositary", ("depositary",) if card.cls == "Treaty" else ("name",)),
            ("whether it binds in law", ("is_binding",)),
            ("until when it applies", ("period_end",) if card.cls != "Treaty" else ("name",)),
        )
        if all(said.get(name) is None for name in names)
    ]
    if not lacking:
        return ()
    return (Caveat(kind="unknown", text=f"Not held of {card.name}: {listed(lacking)}."),)


AGREEMENT = Question(
    name="agreement",
    title="What is this agreement, who is bound by it, and what is done under it?",
    params=AgreementAsked,
    row=AgreementRow,
    function=agreement,
    names={"agreement": ("Agreement",)},
    example={"agreement": "Palermo Protocol"},
    columns=("section", "other_name", "what", "period", "held", "evidence"),
)
