"""What sentences say of facts that changed, and whether the world changed or only what we know of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iga.graph.domain.catalog import declared
from iga.graph.domain.values import first_day
from iga.graph.fold.shapes import FoldedEdge
from iga.graph.projection.properties import edge_properties
from iga.graph.statements import Value
from iga.queries.changing.facts import DATED, Fact, Period
from iga.queries.core.answer import Subject
from iga.queries.core.printed_names import ids_in, sayable
from iga.queries.core.reading import Entity, FullEdgeRow, edge_to
from iga.queries.core.relationships import called, saying_of, since_when
from iga.queries.core.wording import in_words, kind_in_words, outcome

# Of what came with a new thing so much is said; the rest is counted.
_SAID_WITH = 3
_LOST = "something withdrawn"
# What is said first of a new thing.
_HEADLINE = ("tier", "status", "determination_kind", "due_on", "published_on", "adopted_on")


@dataclass(frozen=True)
class Teller:
    """Finds what sentences say of facts.

    Attributes:
        things: Everything named in them, by id, as it is or last was.
        names: Printed names of what values point to, by id.
        period: Stretch of days that the changes lie in.
    """

    things: Mapping[str, Entity]
    names: Mapping[str, str]
    day: str
    period: Period

    def subject(self, node: str) -> Subject:
        """Return a thing as an answer names it, also one that is no longer held."""
        thing = self._thing(node)
        return thing.subject.model_copy(update={"name": called(thing)})

    def values(self, fact: Fact) -> dict[str, Any]:
        """Return what a sentence on a fact is made from (`row_says` of the template)."""
        before: Any = fact.before
        after: Any = fact.after
        are_lists = isinstance(before, list) and isinstance(after, list)
        fresh = [text for text in after if text not in before] if are_lists else None
        gone = [text for text in before if text not in after] if are_lists else None
        thing, on = self._of_thing(fact), self.happened_on(fact)
        return {
            "what": fact.what,
            "is_ahead": fact.what in DATED and bool(on) and first_day(str(on)) > self.day,
            "step": self._step(fact) if fact.what == "step" else None,
            "name": self.subject(fact.nodes[0]).name,
            "field": _field(fact.field, fact.values),
            "saying": self._saying(fact.edge, leads_out=True) if fact.edge else None,
            "was": self._sayable(fact, before),
            "is_now": self._sayable(fact, after),
            "fresh": fresh,
            "gone": gone,
            "thing": thing,
            "parts": sum(map(len, (fresh or (), gone or (), thing.get("facts", ()), thing.get("beside", ())))),
        }

    @staticmethod
    def _step(fact: Fact) -> dict[str, Any]:
        """Return what a sentence says beside a step of a relationship: its action, its status, when leaving comes."""
        stated = fact.edge.values if fact.edge else {}
        leaves_on = stated.get("withdrawn_on") if fact.field.startswith("withdrawal") else None
        beside = {"action": stated.get("action"), "status": stated.get("status")}
        return {"day_of": fact.field, **beside, "leaves_on": leaves_on}

    def happened_on(self, fact: Fact) -> str | None:
        """Return the first day in the period that dates the fact itself; None where only our knowledge changed."""
        return min((day for day in self._days(fact) if self.period.holds(day)), default=None)

    def value(self, value: Value | None) -> str | None:
        """Return a value in words; None is not stated."""
        return None if value is None else in_words(value, self.names)

    def _sayable(self, fact: Fact, value: Value | None) -> Value | None:
        if fact.field == "class":
            return kind_in_words(str(value))
        return None if value is None else sayable(fact.kind, fact.field, value, self.names)

    def _of_thing(self, fact: Fact) -> dict[str, Any]:
        """Return what a sentence says of a thing, and of what came or went with it."""
        node, edges = fact.node, [self._saying(it, leads_out=it.source == fact.nodes[0]) for it in fact.with_it]
        if node is None:
            return {}
        is_event = fact.what in DATED and node.cls == "Engagement"
        return {
            "was": node.values.get("name") or _LOST,
            "cls": node.cls,
            "adopted_by": node.values.get("adopted_by"),
            "took_place": node.values.get("status") == "held" if is_event else None,
            "facts": {
                _field(name, node.values): sayable(node.cls, name, node.values[name], {})
                for name in _HEADLINE
                if name in node.values
            },
            "beside": edges[:_SAID_WITH],
            "more": max(len(edges) - _SAID_WITH, 0),
        }

    def _saying(self, edge: FoldedEdge, *, leads_out: bool) -> dict[str, Any]:
        """Return what a relationship says, as a sentence goes on from one of its ends."""
        there, back = self._edge(edge, leads_out=leads_out), self._edge(edge, leads_out=not leads_out)
        dated = there if since_when(there) else back
        return saying_of(edge.type, there, leads_out=leads_out, dated_by=dated, day=self.day)

    def _edge(self, edge: FoldedEdge, *, leads_out: bool) -> FullEdgeRow:
        near, far = (edge.source, edge.target) if leads_out else (edge.target, edge.source)
        return edge_to(self._thing(far), subject=near, key=edge.key, properties=edge_properties(edge))

    def _thing(self, node: str) -> Entity:
        return self.things.get(node) or Entity(id=node, cls="Entity", name=_LOST, values={})

    def _days(self, fact: Fact) -> Iterator[str]:
        if fact.what == "step":
            yield str(fact.after)
        elif fact.what in DATED:
            part = "start" if fact.what == "began" else "end"
            yield from (value[part] for value in fact.values.values() if isinstance(value, dict) and value.get(part))
        elif fact.field:
            beside = {"status_on": fact.values.get("status_on")} if fact.field == "status" else {}
            yield from _days_in(fact.kind, {fact.field: fact.after, **beside})
        elif fact.what == "new":
            yield from _days_in(fact.kind, fact.values)
            for leads_out in (True, False):
                if fact.edge and (day := since_when(self._edge(fact.edge, leads_out=leads_out))):
                    yield day


def _field(name: str, values: Mapping[str, Any]) -> str:
    return name.replace("_", " ").replace("adopted on", f"{outcome(values.get('adopted_by'))} on")


def named_in(facts: Iterable[Fact]) -> set[str]:
    """Return the ids that the values of facts point to."""
    pointed: set[str] = set()
    for fact in facts:
        pointed |= ids_in(fact.kind, fact.values)
        pointed |= ids_in(fact.kind, {fact.field: fact.before} if fact.field and fact.before is not None else {})
    return pointed


def _days_in(kind: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Give the dates that values state of the thing itself."""
    rules = declared(kind).rules()
    for name, value in values.items():
        shape = rules[name].shape if name in rules and value is not None else ""
        if shape == "day":
            yield str(value)
        elif shape == "interval":
            yield from (value[part] for part in ("start", "end") if value.get(part))
        elif shape == "money" and value.get("value_date"):
            yield value["value_date"]
