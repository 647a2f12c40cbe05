"""Facts that changed as sentences, and whether the world changed or only what we know of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.domain.catalog import declared
from graph.fold.shapes import FoldedEdge, FoldedNode
from graph.projection.properties import edge_properties, node_properties
from graph.statements import Value
from queries.changing.facts import DATED, Fact, What
from queries.changing.period import Period
from queries.core.answer import Subject
from queries.core.happened import since_when
from queries.core.printed_names import ids_in
from queries.core.reading import Entity, FullEdgeRow
from queries.core.sayings import called, said_of
from queries.core.sourced_values import in_words
from queries.core.wording import kind_in_words

# Of what came with a new thing so much is said; the rest is counted.
_SAID_WITH = 3
_LOST = "something no longer held"
_TURNS: Mapping[What, str] = {
    "new": "",
    "changed": "",
    "merged": "",
    "withdrawn": "no longer held: ",
    "began": "began: ",
    "ended": "ended: ",
}


@dataclass(frozen=True)
class Teller:
    """Says facts in words.

    Attributes:
        things: Everything named in them, by id, as it is or last was.
        names: Printed names of what values point to, by id.
        day: Full day that is answered for.
        period: Stretch of days that the changes lie in.
    """

    things: Mapping[str, Entity]
    names: Mapping[str, str]
    day: str
    period: Period

    def subject(self, node: str) -> Subject:
        """Return a thing as an answer names it, also one that is no longer held."""
        found = self.things.get(node)
        if found is None:
            return Subject(id=node, cls="Entity", name=_LOST)
        return found.subject.model_copy(update={"name": called(found)})

    def sentence(self, fact: Fact) -> str:
        """Return a fact as one sentence without its full stop."""
        name = self.subject(fact.nodes[0]).name
        if fact.what == "merged":
            was = fact.node.values.get("name") if fact.node else None
            return f"{was or _LOST} is now counted as one with {name}"
        if fact.field:
            of = f"{name} {self._said(fact.edge)}" if fact.edge else name
            return f"{of}: {fact.field.replace('_', ' ')} {self._turn(fact)}"
        if fact.edge:
            return f"{_TURNS[fact.what]}{name} {self._said(fact.edge)}"
        return self._of_thing(fact, name)

    def happened_on(self, fact: Fact) -> str | None:
        """Return the first day in the period that dates the fact itself; None where only our knowledge changed."""
        days = sorted(day for day in self._days(fact) if self.period.holds(day))
        return days[0] if days else None

    def _of_thing(self, fact: Fact, name: str) -> str:
        assert fact.node is not None, "a fact is of a thing or of a relationship"
        edges = [self._seen_from(fact.nodes[0], edge) for edge in fact.with_it]
        told = [each for each in edges[:_SAID_WITH] if each]
        more = f" and {len(fact.with_it) - _SAID_WITH} more" if len(fact.with_it) > _SAID_WITH else ""
        if fact.what in DATED and fact.node.cls == "Engagement":
            took_place = fact.node.values.get("status") == "held"
            return f"{'took place' if took_place else 'was to take place'}: {'; '.join([name, *told])}{more}"
        facts = "; ".join([*self._headline(fact.node), *told])
        kind = kind_in_words(fact.node.cls)
        said = f"{name} ({kind})" + (f": {facts}{more}" if facts else "")
        return f"{_TURNS[fact.what] or 'new: '}{said}"

    def _headline(self, node: FoldedNode) -> Iterator[str]:
        for field in ("tier", "status", "determination_kind", "due_on", "published_on", "adopted_on"):
            if field in node.values:
                yield f"{field.replace('_', ' ')} {in_words(node.values[field])}"

    def _turn(self, fact: Fact) -> str:
        was, is_ = self.value(fact.before), self.value(fact.after)
        if fact.before is None:
            return f"is now {is_}; nothing was held before"
        if fact.after is None:
            return f"was {was}; nothing is held now"
        if isinstance(fact.before, list) and isinstance(fact.after, list):
            fresh = [each for each in fact.after if each not in fact.before]
            gone = [each for each in fact.before if each not in fact.after]
            parts = [f"{word} {'; '.join(each)}" for word, each in (("now also", fresh), ("no longer", gone)) if each]
            return ", ".join(parts)
        return f"was {was}, is now {is_}"

    def value(self, value: Value | None) -> str | None:
        """Return a value in words; None is not stated."""
        return None if value is None else in_words(value, self.names)

    def _said(self, edge: FoldedEdge) -> str:
        """Return a relationship in words, as a sentence goes on from its source."""
        return self._words(edge, leads_out=True)

    def _seen_from(self, node: str, edge: FoldedEdge) -> str:
        return self._words(edge, leads_out=edge.source == node)

    def _words(self, edge: FoldedEdge, *, leads_out: bool) -> str:
        there, back = self._edge(edge, leads_out=leads_out), self._edge(edge, leads_out=not leads_out)
        dated = there if since_when(there) else back
        return said_of(edge.type, there, leads_out=leads_out, dated_by=dated, day=self.day)

    def _edge(self, edge: FoldedEdge, *, leads_out: bool) -> FullEdgeRow:
        near, far = (edge.source, edge.target) if leads_out else (edge.target, edge.source)
        other = self.subject(far)
        values = self.things[far].values if far in self.things else {}
        properties = edge_properties(edge)
        return FullEdgeRow(
            subject=near,
            key=edge.key,
            properties=properties,
            id=other.id,
            cls=other.cls,
            name=other.name,
            iso3=other.iso3,
            values=values,
        )

    def _days(self, fact: Fact) -> Iterator[str]:
        if fact.what in ("began", "ended"):
            part = "start" if fact.what == "began" else "end"
            of = fact.edge or fact.node
            assert of is not None, "a fact is of a thing or of a relationship"
            yield from (value[part] for value in of.values.values() if isinstance(value, dict) and value.get(part))
            return
        if fact.field:
            word = fact.edge.type if fact.edge else fact.node.cls if fact.node else ""
            known = fact.edge.values if fact.edge else fact.node.values if fact.node else {}
            yield from _days_in(word, {fact.field: fact.after} if fact.after is not None else {})
            if fact.field == "status":
                yield from _days_in(word, {name: known[name] for name in ("status_on",) if name in known})
            return
        if fact.node and fact.what == "new":
            yield from _days_in(fact.node.cls, fact.node.values)
        if fact.edge and fact.what == "new":
            yield from _days_in(fact.edge.type, fact.edge.values)
            for leads_out in (True, False):
                if day := since_when(self._edge(fact.edge, leads_out=leads_out)):
                    yield day


def named_in(facts: Iterable[Fact]) -> set[str]:
    """Return the ids that the values of facts point to."""
    found: set[str] = set()
    for fact in facts:
        for word, values in (
            (fact.node and fact.node.cls, fact.node and fact.node.values),
            (fact.edge and fact.edge.type, fact.edge and fact.edge.values),
        ):
            if word and values:
                found |= ids_in(word, values)
                found |= ids_in(word, {fact.field: fact.before} if fact.field and fact.before is not None else {})
    return found


def thing_of(node: FoldedNode) -> Entity:
    """Return a folded node as a read gives it."""
    properties: dict[str, Any] = node_properties(node)
    return Entity(id=node.id, cls=node.cls, name=str(properties["name"]), values=properties)


def _days_in(word: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Give the dates that values state of the thing itself."""
    rules = declared(word).rules()
    for name, value in values.items():
        shape = rules[name].shape if name in rules else ""
        if shape == "day":
            yield str(value)
        elif shape == "interval":
            yield from (value[part] for part in ("start", "end") if value.get(part))
        elif shape == "money" and value.get("value_date"):
            yield value["value_date"]
