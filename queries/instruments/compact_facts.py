"""The facts of one compact as its sources state them: of itself, of who takes part, of all that belongs to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from iga.graph.fold.live import Said
from iga.graph.fold.value_folds import in_order
from iga.graph.grouping import by_key
from iga.graph.projection.properties import unflatten
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.days import held_on
from iga.queries.core.printed_names import ids_in, printed_names
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, refs
from iga.queries.core.reads import ENTITIES_BY_ID, IMPLEMENTERS_OF, PARTIES_TO, THINGS_UNDER
from iga.queries.core.session import Session
from iga.queries.core.sourced_values import said_of_edges, said_of_nodes
from iga.queries.core.wording import in_words

# A name is printed with each row already, and which source prints which spelling is no fact of the compact.
_LEFT_OUT = frozenset({"name", "aliases"})


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
        by_value = by_key(self._said_of_edge(edge, _EDGES[fact]), lambda source: _how(fact, source.values))
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
    return by_key(stating, lambda source: in_words(source.values[name], names))
