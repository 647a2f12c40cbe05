"""One agreement: what it is, who is bound by it, what it rests on, and what was done under it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iga.graph.projection.properties import unflatten
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, end_columns, needed, sourced
from iga.queries.core.days import Passed, stretch
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, conflicts
from iga.queries.core.relationships import Bond, since_when
from iga.queries.core.rows import Rows
from iga.queries.core.sections import Way, around
from iga.queries.core.trust import with_status_by
from iga.queries.core.wording import in_words
from iga.queries.instruments.agreements import PartyList, steps_of

# A page of the printed sheet holds about ten lines of a section.
_SHOWN = 10
_FACTS = (
    *("short_title", "reference", "adopted_on", "signed_on", "in_force_on", "period", "duration", "extension"),
    *("is_binding", "depositary", "party_count", "party_count_on", "objectives", "focus", "regions", "signatories"),
    *("topics", "summary", "website"),
)
_AGREEMENTS = ("Treaty", "ChildProtectionCompact", "Memorandum", "Declaration")
_TEXTS = (
    *("Resolution", "Review", "Publication", "Recommendation", "Document", "Law", "Standard", "NationalActionPlan"),
)
CARRIED_OUT_BY = "who carries it out"
"""Section of those who carry an agreement out."""
_SECTIONS: tuple[tuple[str, Way], ...] = (
    ("what it rests on or belongs to", Way("UNDER", is_outward=True)),
    ("what it is part of", Way("PART_OF", is_outward=True)),
    ("what it follows", Way("SUCCEEDED_BY", is_outward=False)),
    ("what follows it", Way("SUCCEEDED_BY", is_outward=True)),
    ("what it sets up", Way("MANDATES", is_outward=True)),
    (CARRIED_OUT_BY, Way("IMPLEMENTS", is_outward=False)),
    ("agreements under it", Way("UNDER", False, _AGREEMENTS)),
    ("programmes, projects and awards under it", Way("UNDER", False, ("Programme", "Project", "Award"))),
    ("engagements under it", Way("UNDER", False, ("Engagement",))),
    ("contributions under it", Way("UNDER", False, ("Contribution", "FundingLine"))),
    ("indicators under it", Way("UNDER", False, ("Indicator",))),
    ("promises and duties under it", Way("UNDER", False, ("Commitment", "Obligation"))),
    ("texts, reviews and reports under it", Way("UNDER", False, _TEXTS)),
    ("parts", Way("PART_OF", is_outward=False)),
)
# What is told of what stands around an agreement, besides its name.
_STATUS = {"Engagement": "status", "Contribution": "stage", "Commitment": "status", "Award": "status",
           "Indicator": "target"}  # fmt: skip  # by class, in two lines


class AgreementParams(Params):
    """What `agreement` is asked with."""

    agreement: str = needed("The agreement.", "Palermo Protocol")


class AgreementRow(AnswerRow):
    """One thing on record of the agreement: a fact, a party, a reservation, or what stands around it."""

    agreement: str = needed("Id of the agreement.")
    agreement_name: str = needed("Title of the agreement.")
    section: str = needed("Section, such as facts or parties.")
    section_count: int = needed("Number of things in the section, of which the first few are rows.")
    other: str | None = column("Id of who or what stands around it; null for a fact.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    what: str = needed("The fact, the reservation or the particulars, in words.")
    fact: str | None = column("Name of the fact, such as signed_on; null for all else.")
    value: str | None = column("Value of the fact, in words; null for all else.")
    role: str | None = column("Of who carries it out: in which role.")
    start: str | None = column("First day, possibly partial; of a fact that is a day, that.")
    end: str | None = column("Last day, possibly partial; null is open or unknown.")
    period: str | None = column("Day or period, in words.")


@dataclass(frozen=True)
class SheetSection:
    """A section of the sheet: its first rows, how many things there are, and whether all of them were read."""

    title: str
    rows: Rows[AgreementRow]
    count: int
    is_whole: bool = True


def agreement(request: Request[AgreementParams]) -> Result[AgreementRow]:
    """List what is on record of an agreement on a day, in sections of at most ten rows, each with its count."""
    parties = PartyList.read(request.session, request.one("agreement"), day=request.day)
    bonds = [(edge, bond) for edge, bond in parties.bonds if bond.standing != "not party"]
    around_it = [*_reserved(parties.card, bonds), *_around(request, parties.card)]
    parts = [_facts(parties.card), *_parties(parties, bonds), *around_it]
    is_whole = all(part.is_whole for part in parts)
    return Result.of(
        _clauses(parties, bonds, around_it),
        sum((part.rows for part in parts), Rows[AgreementRow]()),
        (*(parties.shortfall() if bonds else ()), *_unknown(parties)),
        total=Total(value=sum(part.count for part in parts), relation="eq" if is_whole else "gte"),
    )


def _facts(card: Entity) -> SheetSection:
    """Return what is said of the agreement itself."""
    values = {"kind": _kind(card)} | unflatten(card.cls, card.values)
    stated = {name: in_words(value) for name in ("kind", *_FACTS) if (value := values.get(name)) not in (None, [], "")}
    period = {end: card.values.get(f"period_{end}") or None for end in ("start", "end")}
    rows = (
        _row(
            card,
            ("facts", len(stated)),
            f"{name.replace('_', ' ')}: {text}",
            card.values,
            conflicts=(name,) if name in conflicts(card.values) else (),
            fact=name,
            value=text,
            **({"start": text, "end": text} if name.endswith("_on") else period if name == "period" else {}),
        )
        for name, text in stated.items()
    )
    return SheetSection("facts", Rows.of(rows), len(stated))


def _parties(parties: PartyList, bonds: Sequence[tuple[EdgeRow, Bond]]) -> Iterator[SheetSection]:
    """Yield who is bound, by standing; organizations stand last in each."""
    for standing in dict.fromkeys(bond.standing for _, bond in bonds):
        alike = [(edge, bond) for edge, bond in bonds if bond.standing == standing]
        steps = {edge.key: {"steps": steps_of(edge.properties, parties.day)} for edge, _ in alike}
        how = {key: worded(__package__, "agreement", "row-steps", values) for key, values in steps.items()}
        texts = {key: text or f"{standing}, day not known" for key, text in how.items()}
        yield _of_bonds(parties.card, f"parties: {standing}", alike, texts)


def _reserved(card: Entity, bonds: Sequence[tuple[EdgeRow, Bond]]) -> Iterator[SheetSection]:
    """Yield who made reservations or left out territories, where anybody did."""
    texts = {}
    for edge, _ in bonds:
        territories = edge.properties.get("territories")
        texts_of_it = (edge.properties.get("reservations"), territories and f"territories: {territories}")
        texts[edge.key] = "; ".join(filter(None, texts_of_it))
    if making := [(edge, bond) for edge, bond in bonds if texts[edge.key]]:
        yield _of_bonds(card, "reservations and territories", making, texts)


def _of_bonds(card: Entity, title: str, bonds: Sequence[tuple[EdgeRow, Bond]], texts: dict[str, str]) -> SheetSection:
    shown = sorted(bonds, key=lambda pair: pair[0].cls != "Government")[:_SHOWN]
    rows = (
        _row(card, (title, len(bonds)), texts[edge.key], edge.properties, held=bond.held, **_other(edge.other))
        for edge, bond in shown
    )
    return SheetSection(title, Rows.of(rows), len(bonds))


def _around(request: Request[AgreementParams], card: Entity) -> Iterator[SheetSection]:
    """Yield what the agreement rests on, what follows it and what is done under it, where there is any."""
    ways = around(request.session, (card.id,), (way for _, way in _SECTIONS), day=request.day)
    for title, way in _SECTIONS:
        near = ways[way]
        if count := len(near.edges):
            rows = (_of_edge(request, card, (title, count), edge, state) for edge, state in near.edges[:_SHOWN])
            yield SheetSection(title, Rows.of(rows), count, near.is_whole)


def _of_edge(
    request: Request[AgreementParams], card: Entity, section: tuple[str, int], edge: FullEdgeRow, state: Passed
) -> SourcedRow[AgreementRow]:
    is_work = edge.cls in ("Award", "Project")
    stated = with_status_by(request.session, edge.values, day=request.day) if is_work else edge.values
    role = edge.properties.get("role")
    kind = edge.values.get("engagement_kind") if edge.cls == "Engagement" else edge.cls
    more = role if section[0] == CARRIED_OUT_BY else stated.get(_STATUS.get(edge.cls, ""))
    dated = edge.properties if stretch(edge.properties) else edge.values
    return _row(
        card,
        section,
        ", ".join(filter(None, (kind, more))),
        edge.properties,
        **_other(edge.other),
        held=state,
        dated_by=(edge.values,),
        role=role,
        start=dated.get("period_start"),
        end=dated.get("period_end"),
        period=stretch(dated) or since_when(edge) or None,
    )


def _other(other: Subject) -> dict[str, Any]:
    return {**end_columns("other", other, "class"), "iso3": other.iso3}


def _row(
    card: Entity, section: tuple[str, int], what: str, rests_on: Mapping[str, Any], **columns: Any
) -> SourcedRow[AgreementRow]:
    """Return a row of a section, which is told by its title and its count."""
    title, count = section
    return sourced(AgreementRow, rests_on, agreement=card, section=title, section_count=count, what=what, **columns)


def _clauses(
    parties: PartyList, bonds: Sequence[tuple[EdgeRow, Bond]], around_it: Sequence[SheetSection]
) -> Iterator[SourcedClause]:
    """Say what it is, who is bound by it, and what is done under it: names of few things, numbers of many."""
    card, stated = parties.card, parties.card.values
    if parties.adopted_later_on:
        yield parties.not_there_yet
        return
    of_facts = ("reference", "adopted_on", "signed_on", "in_force_on", "period_start", "period_end")
    facts = {name: stated.get(name) for name in of_facts}
    yield clause("headline", stated, agreement=parties.called, kind=_kind(card), **facts)
    if stated.get("depositary"):
        yield clause("depositary", stated, depositary=stated["depositary"])
    of_list = {
        "is_whole": parties.reaches_count,
        "is_only_signed": not parties.is_ratified,
        "is_no": parties.absence.is_no,
    }
    for standing, number in parties.counts(bonds).items():
        yield clause("parties", standing=standing, **number, **of_list)
    for part in around_it:
        names = [row.other_name for row in part.rows]
        yield clause("around", section=part.title, names=names, number=part.count, is_whole=part.is_whole)
    if not around_it:
        yield clause("nothing-around")


def _kind(card: Entity) -> str:
    return "Child Protection Compact" if card.cls == "ChildProtectionCompact" else card.cls.lower()


def _unknown(parties: PartyList) -> Iterator[UnwordedCaveat]:
    asked = {"its depositary": "depositary"} if parties.is_ratified else {"until when it applies": "period_end"}
    asked["whether it binds in law"] = "is_binding"
    if lacking := sorted(word for word, name in asked.items() if parties.card.values.get(name) is None):
        yield caveat("unknown", "not-on-record", clause="headline", name=parties.called, lacking=lacking)


AGREEMENT = Question.of(
    agreement,
    title="What is this agreement, who is bound by it, and what is done under it?",
    names={"agreement": ("Agreement",)},
    example={"agreement": "Palermo Protocol"},
    columns=("section", "other_name", "what", "period", "held", "evidence"),
)
