"""Everything on record of a government's Child Protection Compact, with disagreements side by side."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from iga.queries.core.answer import Held, PartyRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, named
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name
from iga.queries.core.reads import AGREEMENTS_OF
from iga.queries.core.treaty import bond_on
from iga.queries.instruments.compact_facts import CompactFact, FactSheet

# From so many compacts on, they are counted, and the first facts of each are rows.
_MANY = 3
_OF_EACH = 10


class CompactParams(Params):
    """What `compact` is asked with."""

    party: str = Field(description="The government.", examples=["Ghana"])


class CompactRow(PartyRow):
    """One fact as one or several sources state it; where sources differ, each value has a row of its own."""

    compact: str = Field(description="Id of the compact.")
    compact_name: str = Field(description="Title of the compact.")
    about: str = Field(description="Id of what the fact is about: the compact, a party, a contribution, an award …")
    about_name: str = Field(description="Its name.")
    about_class: str = Field(description="Its class.")
    fact: str = Field(description="Which fact: a field such as signed_on, or a role such as implementer.")
    value: str = Field(
        description="The value in words, by name where it stands for somebody; amounts are never added up."
    )
    value_id: str | None = column("Id of whom the value stands for; null if it is nobody.")
    start: str | None = column("First day of a period, possibly partial; a day is its own.")
    end: str | None = column("Last day of a period, possibly partial; a day is its own.")
    amount: str | None = column("Of an amount: decimal number as text.")
    currency: str | None = column("Of an amount: ISO 4217 code.")
    measure: str | None = column("Of an amount: what it measures.")
    role: str | None = column("Of who carries it out: in which role.")
    stated_on: str | None = column("Latest day that one of its sources states it for.")
    disputed: bool = column("Whether sources differ on this fact.", False)
    preferred: bool = column("Whether the graph goes by this value.", True)


def compact(request: Request[CompactParams]) -> Result[CompactRow]:
    """List all facts on record of a government's compacts: each compact first, then what belongs to it."""
    government, session = request.one("party"), request.session
    edges = by_name(session.read(AGREEMENTS_OF, OfIds(ids=(government.id,))))
    bonds = [(edge, bond_on(edge.properties, day=request.day)) for edge in edges]
    compacts = [
        (edge, bond.held)
        for edge, bond in bonds
        if edge.cls == "ChildProtectionCompact" and bond.standing != "not party"
    ]
    facts = [tuple(FactSheet(session, edge, request.day).facts()) for edge, _ in compacts]
    is_many, rows = len(compacts) >= _MANY, []
    for (edge, held), of_compact in zip(compacts, facts, strict=True):
        rows += [_row(government, edge, held, fact) for fact in of_compact[: _OF_EACH if is_many else None]]
    cut = (caveat("partial", "first-facts", clause="headline", most=_OF_EACH),)
    return Result(
        clauses=tuple(_clauses(government, [edge for edge, _ in compacts], facts)),
        rows=tuple(rows),
        caveats=cut if is_many else tuple(_lacking(government, compacts, facts)),
        total=Total(value=sum(map(len, facts))),
    )


def _row(government: Subject, compact: EdgeRow, held: Held, fact: CompactFact) -> SourcedRow[CompactRow]:
    row = CompactRow(
        **government.model_dump(),
        **named("compact", compact),
        **named("about", fact.about),
        **fact.parts,
        held=held,
        about_class=fact.about.cls,
        fact=fact.name,
        value=fact.value,
        value_id=fact.value_id,
        stated_on=fact.stated_on,
        disputed=fact.disputed,
        preferred=fact.preferred,
    )
    return SourcedRow(row, fact.refs)


def _clauses(
    government: Subject, compacts: Sequence[FullEdgeRow], facts: Sequence[Sequence[CompactFact]]
) -> Iterator[SourcedClause]:
    """Say when each compact was signed and applies; on what sources differ; that amounts are not added."""
    ends = ("start", "end", "end_kind")
    terms: list[dict[str, Any]] = [
        {"compact": edge.name, "signed_on": edge.values.get("signed_on")}
        | {end: edge.values.get(f"period_{end}") for end in ends}
        for edge in compacts
    ]
    is_one = len(terms) == 1
    yield clause("headline", government=government.name, number=len(terms), **(terms[0] if is_one else {}))
    if not is_one and len(terms) < _MANY:
        yield from (clause("compact", **term) for term in terms)
    everything = [(edge, fact) for edge, of_compact in zip(compacts, facts, strict=True) for fact in of_compact]
    disputed = dict.fromkeys(
        fact.name.replace("_", " ") + (f" of {fact.about.name}" if fact.about.id != edge.id else "")
        for edge, fact in everything
        if fact.disputed
    )
    if disputed:
        yield clause("disputed", facts=list(disputed))
    if sum(bool(fact.parts.get("amount")) for _, fact in everything) > 1:
        yield clause("amounts")


def _lacking(
    partner: Subject, compacts: Sequence[tuple[FullEdgeRow, Held]], facts: Sequence[Sequence[CompactFact]]
) -> Iterator[UnwordedCaveat]:
    """Say on what nothing is on record, of what a review of compacts asks for.

    The list follows GAO-23-105390: objectives, indicators chosen beforehand, yearly targets, what was reached,
    tracked contributions of the partner, dialogues; and who carries it out.
    """
    for (compact, _), of_compact in zip(compacts, facts, strict=True):
        if lacking := [what for what, is_known in _asked_for(partner, of_compact) if not is_known]:
            where = "headline" if len(compacts) == 1 else "compact"
            yield caveat("unknown", "not-on-record", clause=where, name=compact.name, lacking=lacking)


def _asked_for(partner: Subject, facts: Sequence[CompactFact]) -> Iterator[tuple[str, bool]]:
    indicators = {fact.about.id for fact in facts if fact.about.cls == "Indicator"}
    yield "objectives", any(fact.name == "objectives" for fact in facts)
    yield "implementers", any(fact.name == "implementer" and "implementer" in fact.value for fact in facts)
    yield "indicators", bool(indicators)
    if indicators:
        for field in ("target", "baseline"):
            yield f"{field} of each indicator", indicators <= {fact.about.id for fact in facts if fact.name == field}
    yield "measured results", any(fact.about.cls == "Measurement" for fact in facts)
    theirs = {fact.about.id for fact in facts if fact.name == "contributor" and fact.value_id == partner.id}
    stages = {fact.value for fact in facts if fact.about.id in theirs and fact.name == "stage"}
    yield f"contributions of {partner.name}", bool(theirs)
    if theirs:
        yield f"delivery of the contributions of {partner.name}", any("deliver" in stage for stage in stages)
    yield "dialogues", any(fact.name == "engagement_kind" and fact.value == "dialogue" for fact in facts)


COMPACT = Question.of(
    compact,
    title="What is on record of the Child Protection Compact with this government?",
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("about_name", "fact", "value", "stated_on", "preferred", "evidence"),
)
