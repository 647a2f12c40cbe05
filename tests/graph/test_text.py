"""Folding text, and putting rows in order, as an engine would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.query import Record, in_order, typed, without_order
from iga.graph.text import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Côte d’Ivoire", "cote d ivoire"), ("Türkiye", "turkiye"), ("Łódź, Ø", "lodz o"),
        ("STRASSE straße", "strasse strasse"), ("  a_b--c\t", "a b c"), ("كينيا مُحَمَّد", "كينيا محمد"),
        ("हिन्दी", "हिन्दी"), ("日本 ガーナ", "日本 ガーナ"), ("한국", "한국"), ("Й ё", "и е"), ("— …", ""), ("", ""),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_accents_case_and_punctuation_go_and_letters_of_every_script_stay(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


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
