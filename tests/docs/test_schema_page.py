from docs.making.schema_page import schema_page
from iga.graph.domain.catalog import EDGES, NODES


def test_the_page_describes_every_field_of_every_class() -> None:
    page = schema_page()
    for declared in (*NODES, *EDGES):
        for name, field in declared.model_fields.items():
            assert f"| `{name}` |" in page
            assert field.description
            assert field.description in page


def test_the_diagram_draws_every_edge_class() -> None:
    diagram = schema_page().split("```")[1]
    assert all(f"-- {edge.type()} -->" in diagram for edge in EDGES)


def test_choices_are_listed() -> None:
    assert "One of: Tier 1, Tier 2, Tier 2 Watch List, Tier 3, Special Case." in schema_page()
