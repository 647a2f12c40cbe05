"""Rows that are put in order outside an engine stand as the engine would put them; a type stands in the text."""

import pytest

from iga.graph.query import Record, in_order, typed, without_order

READ = "MATCH (n:Entity)\nRETURN\n  n.id AS id,\n  n.name AS name\nORDER BY name, id\n"


def test_an_order_by_columns_is_taken_off() -> None:
    assert without_order(READ) == (READ.removesuffix("ORDER BY name, id\n"), ("name", "id"))


@pytest.mark.parametrize("end", ["ORDER BY name, id\nLIMIT $limit\n", "ORDER BY name DESC, id\n", "ORDER BY n.name\n"])
def test_any_other_order_stays(end: str) -> None:
    text = READ.replace("ORDER BY name, id\n", end)
    assert without_order(text) == (text, ())


def test_rows_are_sorted_by_code_points_with_nulls_last() -> None:
    rows: list[Record] = [{"name": name, "id": name} for name in ("é", "a", None, "Z", "É")]
    assert [row["id"] for row in in_order(rows, ("name", "id"))] == ["Z", "a", "É", "é", None]


def test_a_type_stands_in_the_text_and_nothing_else_may() -> None:
    text = "MATCH (a)-[edge]->(b)\nWHERE type(relation) = $type\n"
    assert "-[edge:PART_OF]->" in typed(text, "PART_OF")
    with pytest.raises(ValueError, match="no relationship of type"):
        typed(text, "X]->() DETACH DELETE a //")
