"""Folding text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.text import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Côte d’Ivoire", "cote d ivoire"),
        ("Türkiye", "turkiye"),
        ("Łódź, Ø", "lodz o"),
        ("STRASSE straße", "strasse strasse"),
        ("  a_b--c\t", "a b c"),
        ("كينيا مُحَمَّد", "كينيا محمد"),
        ("हिन्दी", "हिन्दी"),
        ("日本 ガーナ", "日本 ガーナ"),
        ("한국", "한국"),
        ("Й ё", "и е"),
        ("— …", ""),
        ("", ""),
    ],
)
def test_accents_case_and_punctuation_go_and_letters_of_every_script_stay(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
