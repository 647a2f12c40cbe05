"""One agreement: what it is, who is bound by it, what it rests on, and what was done under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.projection.properties import unflatten
from queries.core.answer import AnswerRow, Caveat, Subject, Total
from queries.core.around import Around, Way, around
from queries.core.days import Passed, stretch
from queries.core.happened import since_when
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.sourced_values import in_words
from queries.core.treaty import Bond, bond_on
from queries.core.wording import listed
from queries.instruments.agreements import by_standing
from queries.instruments.bonds import RATIFIED, as_listed, bond_draft, missing_parties, shortfall, too_early
from queries.instruments.reads import PARTIES_TO

# A page of the printed sheet holds about ten lines of a section.
_SHOWN = 10
# As many names can be read aloud.
_FEW = 2
_FACTS = (
    "short_title",
    "reference",
    "adopted_on",
    "signed_on",
    "in_force_on",
    "period",
    "duration",
    "extension",
    "is_binding",
    "depositary",
    "party_count",
    "party_count_on",
    "objectives",
    "focus",
    "regions",
    "signatories",
    "topics",
    "summary",
    "website",
)
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
    (
        "texts, reviews and reports under it",
        Way(
            "UNDER",
            False,
            (
                "Resolution",
                "Review",
                "Publication",
                "Recommendation",
                "Document",
                "Law",
                "Standard",
                "NationalActionPlan",
            ),
        ),
    ),
    ("parts", Way("PART_OF", is_outward=False)),
)


class AgreementParams(Params):
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
    rows: tuple[SourcedRow, ...]
    count: int
    is_whole: bool = True


def agreement(request: Request[AgreementParams]) -> Result:
    """List what is held on an agreement on a day, in sections of at most ten rows, each with its count."""
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(request.one("agreement").id,)))[0]
    sheet = _Sheet(request, card)
    edges = request.session.read(PARTIES_TO, OfIds(ids=(card.id,)))
    adopted_on = card.values.get("adopted_on")
    stands = [(edge, bond_on(edge.properties, day=request.day, adopted_on=adopted_on)) for edge in by_name(edges)]
    bonds = [(edge, bond) for edge, bond in stands if bond.standing != "not party"]
    missing = missing_parties(card, edges)
    sections = [sheet.facts(), *sheet.parties(bonds), *sheet.around()]
    return Result(
        sentence=_sentence(request, card, bonds, sections, as_listed(card, edges)),
        rows=tuple(draft for section in sections for draft in section.rows),
        caveats=(*(shortfall(card, missing) if bonds else ()), *_unknown(card)),
        total=Total(
            value=sum(section.count for section in sections),
            relation="eq" if all(section.is_whole for section in sections) else "gte",
        ),
    )


class _Sheet:
    """Makes the rows of one agreement."""

    def __init__(self, request: Request[AgreementParams], card: Entity) -> None:
        self._request = request
        self._card = card

    def facts(self) -> _Section:
        """Return what is said of the agreement itself."""
        values = {"kind": _kind(self._card)} | unflatten(self._card.cls, self._card.values)
        told = [(name, values[name]) for name in ("kind", *_FACTS) if values.get(name) not in (None, [], "")]
        disputed = conflicts(self._card.values)
        sourced_rows = [
            SourcedRow(
                self._row(
                    "facts",
                    len(told),
                    f"{name.replace('_', ' ')}: {in_words(value)}",
                    conflicts=tuple(each for each in disputed if each == name),
                ),
                refs(self._card.values),
            )
            for name, value in told
        ]
        return _Section("facts", tuple(sourced_rows), len(sourced_rows))

    def parties(self, bonds: Sequence[tuple[EdgeRow, Bond]]) -> list[_Section]:
        """Return who is bound, by standing, and who made reservations; organizations stand last in each."""
        standings = list(dict.fromkeys(bond.standing for _, bond in bonds))
        groups = [(standing, [pair for pair in bonds if pair[1].standing == standing]) for standing in standings]
        found = [self._of_bonds(f"parties: {standing}", of, _how) for standing, of in groups]
        reserved = [
            (edge, bond)
            for edge, bond in bonds
            if edge.properties.get("reservations") or edge.properties.get("territories")
        ]
        return [*found, self._of_bonds("reservations and territories", reserved, _reserved)] if reserved else found

    def _of_bonds(self, title: str, bonds: Sequence[tuple[EdgeRow, Bond]], told: Any) -> _Section:
        ordered = sorted(bonds, key=lambda pair: pair[0].cls != "Government")
        sourced_rows = [
            SourcedRow(
                self._row(
                    title,
                    len(bonds),
                    told(edge.properties, bond),
                    other=edge.other,
                    held=bond.held,
                    conflicts=conflicts(edge.properties),
                ),
                refs(edge.properties),
            )
            for edge, bond in ordered[:_SHOWN]
        ]
        return _Section(title, tuple(sourced_rows), len(bonds))

    def around(self) -> list[_Section]:
        """Return what the agreement rests on, what follows it and what is done under it, where any is held."""
        found = [(title, way, self._around(way)) for title, way in _SECTIONS]
        return [self._of_edges(title, way, held) for title, way, held in found if held.edges]

    def _around(self, way: Way) -> Around:
        return around(self._request.session, (self._card.id,), way, day=self._request.day)

    def _of_edges(self, title: str, way: Way, found: Around) -> _Section:
        sourced_rows = [
            self._of_edge(title, way, edge, state, len(found.edges)) for edge, state in found.edges[:_SHOWN]
        ]
        return _Section(title, tuple(sourced_rows), len(found.edges), found.is_whole)

    def _of_edge(self, title: str, way: Way, edge: FullEdgeRow, state: Passed, count: int) -> SourcedRow:
        row = self._row(
            title,
            count,
            _particulars(way, edge),
            other=edge.other,
            held="yes" if state == "yes" else "unknown",
            period=stretch(edge.properties) or stretch(edge.values) or since_when(edge) or None,
            conflicts=conflicts(edge.properties),
        )
        return SourcedRow(row, refs(edge.properties), dated_by=refs(edge.values))

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
    "Engagement": "status",
    "Contribution": "stage",
    "Commitment": "status",
    "Award": "status",
    "Indicator": "target",
}


def _particulars(way: Way, edge: FullEdgeRow) -> str:
    said = edge.properties.get("role") if way.kind == "IMPLEMENTS" else edge.values.get(_TOLD.get(edge.cls, ""))
    kind = edge.values.get("engagement_kind") if edge.cls == "Engagement" else edge.cls
    return ", ".join(filter(None, (kind, said)))


def _sentence(
    request: Request[AgreementParams],
    card: Entity,
    bonds: Sequence[tuple[EdgeRow, Bond]],
    sections: Sequence[_Section],
    listed_here: str,
) -> str:
    if early := too_early(card, day=request.day):
        return early
    sourced_rows = [
        bond_draft(edge.properties, bond, party=edge.other, agreement=card.subject, day=request.day)
        for edge, bond in bonds
    ]
    standings = by_standing(sourced_rows, signing_is_joining=card.cls not in RATIFIED)
    first = f"{card.name} {_is_what(card)}: {listed_here}{standings}"
    rest = [f"{section.title}: {_how_many(section)}" for section in sections if _is_told(section)]
    return first + (f"; {'; '.join(rest)}" if rest else "; nothing is held as done under it")


def _how_many(section: _Section) -> str:
    """Return the names of few things, the number of many."""
    rows = [draft.row for draft in section.rows if isinstance(draft.row, AgreementRow)]
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
    params=AgreementParams,
    row=AgreementRow,
    function=agreement,
    names={"agreement": ("Agreement",)},
    example={"agreement": "Palermo Protocol"},
    columns=("section", "other_name", "what", "period", "held", "evidence"),
)
