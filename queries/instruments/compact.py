"""Everything on record of a government's Child Protection Compact, with disagreements side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from iga.graph.fold.live import Said
from iga.graph.fold.nodes import in_order
from iga.graph.grouping import by_key
from iga.graph.projection.properties import unflatten
from iga.queries.core.answer import Held, PartyRow, Ref, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, named, needed
from iga.queries.core.days import held_on
from iga.queries.core.printed_names import ids_in, printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, refs
from iga.queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID, IMPLEMENTERS_OF, PARTIES_TO, THINGS_UNDER
from iga.queries.core.relationships import bond_on
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.trust import said_of_edges, said_of_nodes
from iga.queries.core.wording import in_words

# From so many compacts on, they are counted, and the first facts of each are rows.
_MANY = 3
_OF_EACH = 10


class CompactParams(Params):
    """What `compact` is asked with."""

    party: str = needed("The government.", "Ghana")


class CompactRow(PartyRow):
    """One fact as one or several sources state it; where sources differ, each value has a row of its own."""

    compact: str = needed("Id of the compact.")
    compact_name: str = needed("Title of the compact.")
    about: str = needed("Id of what the fact is about: the compact, a party, a contribution, an award …")
    about_name: str = needed("Its name.")
    about_class: str = needed("Its class.")
    fact: str = needed("Which fact: a field such as signed_on, or a role such as implementer.")
    value: str = needed("The value in words, by name where it stands for somebody; amounts are never added up.")
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


# A name is printed with each row already, and which source prints which spelling is no fact of the compact.
_LEFT_OUT = frozenset({"name", "aliases"})

CompactRows: TypeAlias = Iterator[SourcedRow[CompactRow]]


@dataclass(frozen=True)
class FactSheet:
    """The facts of one compact as of a day.

    Attributes:
        compact: The edge by which a government is bound to the compact, which is the other end.
        held: Whether it is known to be bound on the day.
    """

    session: Session
    compact: FullEdgeRow
    day: str
    government: Subject
    held: Held

    def rows(self) -> CompactRows:
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

    def _stated(self, about: FullEdgeRow, pool: Sequence[Said], names: Mapping[str, str]) -> CompactRows:
        """Yield each value of each field."""
        fields = list(dict.fromkeys(name for source in pool for name in source.values if name not in _LEFT_OUT))
        if not fields:
            yield self._row(about.other, "belongs to it", about.name, refs(about.values, about.properties))
        preferred = unflatten(about.cls, about.values)
        for name in fields:
            for text, agreeing in _by_value(name, pool, names).items():
                value = agreeing[0].values[name]
                yield self._row(
                    about.other,
                    name,
                    text,
                    **_sources(agreeing),
                    **_parts(name, value),
                    value_id=str(value) if str(value) in ids_in(about.cls, {name: value}) else None,
                    disputed=name in conflicts(about.values),
                    preferred=name in preferred and text == in_words(preferred[name], names),
                )

    def _of_edge(self, edge: EdgeRow, fact: str) -> CompactRows:
        """Yield who takes part and how; where sources differ, each value."""
        chosen = unflatten(_EDGES[fact], edge.properties)
        if not edge.properties.get("conflicts"):
            part = _taking_part(fact, chosen)
            yield self._row(edge.other, fact, _how(fact, chosen), refs(edge.properties), **part)
            return
        by_value = by_key(self._said_of_edge(edge, _EDGES[fact]), lambda source: _how(fact, source.values))
        for text, agreeing in by_value.items():
            yield self._row(
                edge.other,
                fact,
                text,
                **_sources(agreeing),
                **_taking_part(fact, agreeing[0].values),
                disputed=len(by_value) > 1,
                preferred=text == _how(fact, chosen),
            )

    def _row(
        self, about: Subject, fact: str, value: str, rests_on: tuple[Ref, ...], **columns: Any
    ) -> SourcedRow[CompactRow]:
        """Return the row of one value of one fact; ``columns`` are what it is made of, and how it stands to others."""
        columns |= self.government.model_dump() | named("compact", self.compact) | named("about", about)
        row = CompactRow(held=self.held, about_class=about.cls, fact=fact, value=value, **columns)
        return SourcedRow(row, rests_on)

    def _said_of_edge(self, edge: EdgeRow, kind: str) -> list[Said]:
        """Return what sources say of one edge, most trusted first."""
        party = self.session.read(ENTITIES_BY_ID, OfIds(ids=(edge.id,)))[0]
        ends = (entity.values.get("members") or (entity.id,) for entity in (party, self.compact))
        ours = set(refs(edge.properties))
        return [source for source in said_of_edges(self.session, kind, *ends) if source.evidence in ours]


def _sources(agreeing: Sequence[Said]) -> dict[str, Any]:
    """Return the rows that state a value, and the latest day that one of them states it for."""
    refs_of = tuple(dict.fromkeys(source.evidence for source in agreeing))
    return {"rests_on": refs_of, "stated_on": max(source.stated_on for source in agreeing) or None}


_EDGES = {"party": "PARTY_TO", "implementer": "IMPLEMENTS"}


def _how(fact: str, values: Mapping[str, Any]) -> str:
    """Return how somebody takes part, in words: when it signed; in which role and when it carries out."""
    signed_on, period = values.get("signed_on"), values.get("period")
    signed = f"signed {signed_on}" if signed_on else ""
    carries_out = ", ".join(filter(None, (values.get("role"), in_words(period) if period else "")))
    return (signed if fact == "party" else carries_out) or "day not known"


def _taking_part(fact: str, values: Mapping[str, Any]) -> dict[str, Any]:
    if fact == "party":
        return _parts("signed_on", values.get("signed_on"))
    return _parts("period", values.get("period")) | ({"role": values["role"]} if values.get("role") else {})


def _parts(name: str, value: Any) -> dict[str, Any]:
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
    return by_key(stating, lambda source: in_words(source.values[name], names))


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
    sheets = [Rows.of(FactSheet(session, edge, request.day, government, held).rows()) for edge, held in compacts]
    is_many, every = len(compacts) >= _MANY, sum(sheets, Rows[CompactRow]())
    rows = sum((sheet.first(_OF_EACH) for sheet in sheets), Rows[CompactRow]()) if is_many else every
    cut = [caveat("partial", "first-facts", clause="headline", most=_OF_EACH)]
    caveats = cut if is_many else _lacking(government, compacts, sheets)
    clauses = _clauses(government, [edge for edge, _ in compacts], every)
    return Result.of(clauses, rows, caveats, total=Total(value=len(every)))


def _clauses(government: Subject, compacts: Sequence[FullEdgeRow], facts: Rows[CompactRow]) -> Iterator[SourcedClause]:
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
    disputed = dict.fromkeys(
        row.fact.replace("_", " ") + (f" of {row.about_name}" if row.about != row.compact else "")
        for row in facts.where(disputed=True)
    )
    if disputed:
        yield clause("disputed", facts=list(disputed))
    if len(facts.keeping(lambda row: row.amount)) > 1:
        yield clause("amounts")


def _lacking(
    partner: Subject, compacts: Sequence[tuple[FullEdgeRow, Held]], facts: Sequence[Rows[CompactRow]]
) -> Iterator[UnwordedCaveat]:
    """Say on what nothing is on record, of what a review of compacts asks for.

    The list follows GAO-23-105390: objectives, indicators chosen beforehand, yearly targets, what was reached,
    tracked contributions of the partner, dialogues; and who carries it out.
    """
    for (compact, _), of_compact in zip(compacts, facts, strict=True):
        if lacking := [what for what, is_known in _asked_for(partner, of_compact) if not is_known]:
            where = "headline" if len(compacts) == 1 else "compact"
            yield caveat("unknown", "not-on-record", clause=where, name=compact.name, lacking=lacking)


def _asked_for(partner: Subject, facts: Rows[CompactRow]) -> Iterator[tuple[str, bool]]:
    indicators = {row.about for row in facts.where(about_class="Indicator")}
    yield "objectives", bool(facts.where(fact="objectives"))
    yield "implementers", any("implementer" in row.value for row in facts.where(fact="implementer"))
    yield "indicators", bool(indicators)
    if indicators:
        for field in ("target", "baseline"):
            yield f"{field} of each indicator", indicators <= {row.about for row in facts.where(fact=field)}
    yield "measured results", bool(facts.where(about_class="Measurement"))
    theirs = {row.about for row in facts.where(fact="contributor", value_id=partner.id)}
    stages = [row.value for row in facts.where(fact="stage") if row.about in theirs]
    yield f"contributions of {partner.name}", bool(theirs)
    if theirs:
        yield f"delivery of the contributions of {partner.name}", any("deliver" in stage for stage in stages)
    yield "dialogues", bool(facts.where(fact="engagement_kind", value="dialogue"))


COMPACT = Question.of(
    compact,
    title="What is on record of the Child Protection Compact with this government?",
    names={"party": ("Government",)},
    example={"party": "Ghana"},
    columns=("about_name", "fact", "value", "stated_on", "preferred", "evidence"),
)
