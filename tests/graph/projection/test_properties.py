"""Folded items as flat properties and back."""

import pytest

from iga.graph.domain.catalog import EDGES, NODES, declared
from iga.graph.domain.model import Node, said
from iga.graph.domain.values import Interval, Line
from iga.graph.errors import DomainError
from iga.graph.fold.nodes import ANY_DAYS
from iga.graph.fold.recipes import recipe
from iga.graph.fold.shapes import ClusterContradiction, Days, FoldedEdge, FoldedNode, Waiting
from iga.graph.projection import properties
from iga.graph.statements import Value, Values

DAYS: Days = ("0001-01-01", "1963-12-31", "1980-05-01", "9999-12-31")
EXAMPLES: dict[str, Value] = {
    "day": "1963",
    "list": ["a", "b"],
    "ref": "gov:usa",
    "interval": {"start": "", "end_kind": "open", "end": ""},
    "money": {"amount": "-1", "currency": "USD", "measure": "outlay", "value_date": ""},
    "channel": {"kind": "email", "value": "a@example.org"},
}


def filled(cls: str) -> Values:
    rules = declared(cls).rules().values()
    return {rule.name: EXAMPLES.get(rule.shape, "text") for rule in rules}


@pytest.mark.parametrize("cls", [node.label() for node in NODES])
def test_every_node_class_comes_back(cls: str) -> None:
    for values, stated in ((filled(cls), DAYS), ({}, ANY_DAYS)):
        days = stated if recipe(cls).interval else None
        node = FoldedNode("x:1", cls, values, ("name",), ("x:1", "x:2"), (("a:b", '["1","é"]'),), 1, ("r",), days)
        assert properties.folded_node(properties.node_properties(node)) == node


@pytest.mark.parametrize("kind", [edge.type() for edge in EDGES])
def test_every_edge_class_comes_back(kind: str) -> None:
    days = DAYS if recipe(kind).interval else None
    edge = FoldedEdge("rel:1", kind, "x:1", "x:2", filled(kind), (), (("a:b", "1"),), 0, days)
    assert properties.folded_edge(kind, "x:1", "x:2", properties.edge_properties(edge)) == edge


def test_what_is_not_a_node_comes_back_too() -> None:
    waiting = Waiting("rel:1", "UNDER", "x:1", "x:2", "x:2 is absent", (("a:b", "1"),))
    assert properties.waiting_edge(properties.waiting_properties(waiting)) == waiting
    ring = ClusterContradiction("ring:1", ("a:1", "a:2"), (("a:1", "a:2"),))
    assert properties.contradiction(properties.contradiction_properties(ring)) == ring


def test_blank_parts_of_a_composite_are_not_stored() -> None:
    flat = properties.flatten("Project", {"period": {"start": "1963", "end_kind": "unknown", "end": ""}})
    assert flat == {"period_start": "1963", "period_end_kind": "unknown"}


def test_a_node_without_a_name_is_called_by_its_id() -> None:
    node = FoldedNode("ngo:a", "Ngo", {"acronym": "ÄA"}, (), ("ngo:a",), (), 0)
    flat = properties.node_properties(node)
    assert (flat["name"], flat["sort_name"]) == ("ngo:a", "ngo a")


def test_what_most_items_have_alike_is_not_stored() -> None:
    node = FoldedNode("project:a", "Project", {"name": "A"}, (), ("project:a",), (("a:b", "1"),), 0, (), ANY_DAYS)
    flat = properties.node_properties(node)
    assert flat.keys() == {"id", "cls", "name", "sort_name", "evidence", "digest"}
    assert properties.folded_node(flat) == node


def test_a_field_that_would_hide_another_property_is_refused() -> None:
    class Clashing(Node):
        """One that clashes."""

        kind = "clashing"
        period: Interval | None = said("When.", example={"start": "1963"})
        period_start: Line | None = said("Start.", example="1963")
        digest: Line | None = said("Digest.", example="x")

    with pytest.raises(DomainError, match=r"\['digest', 'period_start'\]; rename one"):
        properties._checked(Clashing)
