"""Names typed by hand as an officer would: misspelt, translated, abbreviated; each has the first hit it should have."""

import csv
from pathlib import Path

import pytest

from iga.queries.core.names.find import find
from iga.queries.core.session import Session

_FILE = Path(__file__).with_name("officer_names.csv")
TYPED = [tuple(row.values())[:2] for row in csv.DictReader(_FILE.read_text(encoding="utf-8").splitlines())]


def test_there_are_at_least_fifty() -> None:
    assert len(TYPED) >= 50


@pytest.mark.parametrize(("typed", "first"), TYPED)
def test_the_first_hit_is_what_was_meant(bundled: Session, typed: str, first: str) -> None:
    assert find(bundled, typed).hits[0].id == first


@pytest.mark.parametrize(
    "typed", ["Zanzibar Relief Fund", "kids trafficking", "Diane Schmitt", "xyzzy", "Ministry of Silly Walks"]
)
def test_a_name_that_is_nothing_like_any_has_no_hit(bundled: Session, typed: str) -> None:
    assert find(bundled, typed).hits == ()


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Cindy Dyar Smith", "Cindy Dyer"),
        ("Bali Ministry Process", "Bali Process"),
    ],
)
def test_it_has_suggestions_where_something_is_a_little_like_it(bundled: Session, typed: str, suggested: str) -> None:
    found = find(bundled, typed)
    assert any(suggested in name for name in found.suggestions), found.suggestions
