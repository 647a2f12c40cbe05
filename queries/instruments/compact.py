"""Everything on record of a government's Child Protection Compact, with disagreements side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from graph.fold.live import Said
from graph.fold.values import in_order
from graph.projection.properties import unflatten
from queries.core.answer import Caveat, Held, PartyRow, Ref, Subject, Total
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import column, named
from queries.core.days import held_on
from queries.core.printed_names import ids_in, printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID, IMPLEMENTERS_OF, PARTIES_TO, THINGS_UNDER
from queries.core.session import Session
from queries.core.sourced_values import in_words, said_of_edges, said_of_nodes
from queries.core.treaty import bond_on
from queries.instruments.caveats import caveat

# From so many compacts on, they are counted, and the first facts of each are rows.
_MANY = 3
_OF_EACH = 10
# A name is printed with each row already, and which source prints which spelling is no fact of the compact.
_LEFT_OUT = frozenset({"name", "aliases"})


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


@dataclass(frozen=True)
class CompactFact:
    """One value of one fact, and the rows that state it.

    Attributes:
        about: What the fact is about.
        name: Name of a field, or the part that `about` takes: party, implementer.
        value: The value in words.
        refs: Source rows that state it.
        parts: Start, end, amount, currency, measure, role: what the value is made of, where it is made of several or is
            a day.
        value_id: Id of whom the value stands for; None if it is nobody.
        stated_on: Latest day that one of its sources states it for, as far as it was looked up.
        disputed: Whether sources differ on the fact.
        preferred: Whether the graph goes by this value.
    """

    about: Subject
    name: str
    value: str
    refs: tuple[Ref, ...]
    parts: Mapping[str, str] = field(default_factory=dict)
    value_id: str | None = None
    stated_on: str | None = None
    disputed: bool = False
    preferred: bool = True


@dataclass(frozen=True)
class FactSheet:
    """The facts of one compact as of a day.

    Attributes:
        session: The graph and the ledger.
        compact: The edge by which a government is bound to the compact, which is the other end.
        day: Full day.
    """

    session: Session
    compact: FullEdgeRow
    day: str

    def facts(self) -> Iterator[CompactFact]:
        """Yield the compact's own facts, its parties and implementers, then what belongs to it, by class."""
        ids, things = OfIds(ids=(self.compact.id,)), self._things()
        pools = self._pools(things)
        pointed = {id_ for thing in things for source in pools[thing.id] for id_ in ids_in(thing.cls, source.values)}
        names = printed_names(self.session, pointed)
        yield from self._stated(self.compact, pools[self.compact.id], names)
        for query, fact in ((PARTIES_TO, "party"), (IMPLEMENTERS_OF, "implementer")):
            for edge in by_name(self.session.read(query, ids)):
                yield from self._of_edge(edge, fact)
        for thing in things[1:]:
            yield from self._stated(thing, pools[thing.id], names)

    def _things(self) -> list[FullEdgeRow]:
        """Return the compact, then what belonged to it by the day, by class and start, each once.

        Measurements belong to an indicator of it.
        """
        edges = by_name(self.session.read(THINGS_UNDER, OfIds(ids=(self.compact.id,))))
        indicators = tuple(edge.id for edge in edges if edge.cls == "Indicator")
        if indicators:
            edges += by_name(self.session.read(THINGS_UNDER, OfIds(ids=indicators)))
        begun = [edge for edge in edges if held_on(edge.properties, day=self.day) != "no" and _start(edge) <= self.day]
        begun.sort(key=lambda edge: (edge.cls, _start(edge)))
        return [self.compact, *{edge.id: edge for edge in begun}.values()]

    def _pools(self, things: Sequence[FullEdgeRow]) -> dict[str, list[Said]]:
        """Return what sources say of each thing under any of its ids, most trusted first."""
        members = {thing.id: tuple(thing.values.get("members") or (thing.id,)) for thing in things}
        by_id = said_of_nodes(self.session, [written for ids in members.values() for written in ids])
        return {
            canonical: in_order([source for written in ids for source in by_id.get(written, ())])
            for canonical, ids in members.items()
        }

    def _stated(self, about: FullEdgeRow, pool: Sequence[Said], names: Mapping[str, str]) -> Iterator[CompactFact]:
        """Yield each value of each field."""
        fields = list(dict.fromkeys(name for source in pool for name in source.values if name not in _LEFT_OUT))
        if not fields:
            yield CompactFact(about.other, "belongs to it", about.name, refs(about.values, about.properties))
        preferred = unflatten(about.cls, about.values)
        for name in fields:
            for text, agreeing in _by_value(name, pool, names).items():
                value = agreeing[0].values[name]
                yield CompactFact(
                    about.other,
                    name,
                    text,
                    **_sources(agreeing),
                    parts=_parts(name, value),
                    value_id=str(value) if str(value) in ids_in(about.cls, {name: value}) else None,
                    disputed=name in conflicts(about.values),
                    preferred=name in preferred and text == in_words(preferred[name], names),
                )

    def _of_edge(self, edge: EdgeRow, fact: str) -> Iterator[CompactFact]:
        """Yield who takes part and how; where sources differ, each value."""
        chosen = unflatten(_EDGES[fact], edge.properties)
        if not edge.properties.get("conflicts"):
            yield CompactFact(edge.other, fact, _how(fact, chosen), refs(edge.properties), _taking_part(fact, chosen))
            return
        by_value: dict[str, list[Said]] = {}
        for source in self._said_of_edge(edge, _EDGES[fact]):
            by_value.setdefault(_how(fact, source.values), []).append(source)
        for text, agreeing in by_value.items():
            yield CompactFact(
                edge.other,
                fact,
                text,
                **_sources(agreeing),
                parts=_taking_part(fact, agreeing[0].values),
                disputed=len(by_value) > 1,
                preferred=text == _how(fact, chosen),
            )

    def _said_of_edge(self, edge: EdgeRow, kind: str) -> list[Said]:
        """Return what sources say of one edge, most trusted first."""
        party = self.session.read(ENTITIES_BY_ID, OfIds(ids=(edge.id,)))[0]
        ends = (entity.values.get("members") or (entity.id,) for entity in (party, self.compact))
        ours = set(refs(edge.properties))
        return [source for source in said_of_edges(self.session, kind, *ends) if source.evidence in ours]


def _sources(agreeing: Sequence[Said]) -> dict[str, Any]:
    """Return the rows that state a value, and the latest day that one of them states it for."""
    refs_of = tuple(dict.fromkeys(source.evidence for source in agreeing))
    return {"refs": refs_of, "stated_on": max(source.stated_on for source in agreeing) or None}


_EDGES = {"party": "PARTY_TO", "implementer": "IMPLEMENTS"}


def _how(fact: str, values: Mapping[str, Any]) -> str:
    """Return how somebody takes part, in words: when it signed; in which role and when it carries out."""
    signed_on, period = values.get("signed_on"), values.get("period")
    signed = f"signed {signed_on}" if signed_on else ""
    carries_out = ", ".join(filter(None, (values.get("role"), in_words(period) if period else "")))
    return (signed if fact == "party" else carries_out) or "day not known"


def _taking_part(fact: str, values: Mapping[str, Any]) -> dict[str, str]:
    if fact == "party":
        return _parts("signed_on", values.get("signed_on"))
    return _parts("period", values.get("period")) | ({"role": values["role"]} if values.get("role") else {})


def _parts(name: str, value: Any) -> dict[str, str]:
    """Return what a value is made of: a day is its own start and end."""
    if isinstance(value, Mapping):
        return {part: value[part] for part in ("start", "end", "amount", "currency", "measure") if value.get(part)}
    return {"start": str(value), "end": str(value)} if value and name.endswith("_on") else {}


def _start(edge: FullEdgeRow) -> str:
    return edge.values.get("start_min") or ""


def _by_value(name: str, pool: Sequence[Said], names: Mapping[str, str]) -> dict[str, list[Said]]:
    """Return who states each value of a field, by the value in words; lists are united, as in the fold."""
    stating = [source for source in pool if name in source.values]
    lists = [value for source in stating if isinstance(value := source.values[name], list)]
    if lists:
        return {in_words(sorted({entry for value in lists for entry in value})): stating}
    by_value: dict[str, list[Said]] = {}
    for source in stating:
        by_value.setdefault(in_words(source.values[name], names), []).append(source)
    return by_value


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
) -> Iterator[Caveat]:
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
            known = {fact.about.id for fact in facts if fact.name == field}
            yield f"{field} of each indicator", indicators <= known
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
