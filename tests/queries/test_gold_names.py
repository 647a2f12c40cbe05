"""Every government is found by every name of the gold file, in six languages, and most of them misspelt."""

import csv
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from iga.graph.errors import Ambiguous
from iga.graph.names.forms import spelled
from iga.queries.core.names.find import find
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.session import Session
from tests.queries.gold_names import gold_names, misspelt

_LANGUAGES = {"en", "fr", "es", "ar", "ru", "zh"}
_FORMS = {"short", "formal", "former", "us_practice", "abbreviation", "common", "transliterated", "endonym"}
_ALPHABETIC = {"en", "fr", "es", "ar", "ru"}
_LEAST_FIRST = 0.95


def test_the_file_has_names_of_every_form_in_six_languages_each_with_its_source() -> None:
    names = gold_names()
    assert len(names) >= 400
    assert len({gold.name for gold in names}) == len(names)
    assert all(Counter(gold.language for gold in names)[language] >= 60 for language in _LANGUAGES)
    assert {gold.form for gold in names} == _FORMS
    assert all(gold.source_url.startswith("https://") for gold in names)
    assert {gold.confidence for gold in names} <= {"high", "medium", "low"}


@pytest.mark.slow
def test_every_name_is_taken_for_a_party_and_found_first(bundled: Session) -> None:
    missed = [gold.name for gold in gold_names() if _meaning(bundled, gold.name) != set(gold.ids)]
    assert missed == []
    later = [gold.name for gold in gold_names() if find(bundled, gold.name, limit=1).hits[0].id not in gold.ids]
    assert later == []


def _meaning(session: Session, name: str) -> set[str]:
    """Return the ids that a parameter takes a name for: one, or the choices it lists."""
    try:
        return {subject_of(session, name, parameter="party", labels=("Party",)).id}
    except Ambiguous as listed:
        return set(listed.suggestions)


@pytest.mark.parametrize("name", ["Congo", "Korea", "Virgin Islands"])
def test_a_shared_name_lists_the_choices_and_a_code_or_a_formal_name_settles_it(bundled: Session, name: str) -> None:
    with pytest.raises(Ambiguous, match=f"party: {name!r} may mean [234]; give the id of one:"):
        subject_of(bundled, name, parameter="party", labels=("Party",))
    assert [caveat.kind for caveat in find(bundled, name).caveats] == ["ambiguous"]


@pytest.mark.parametrize("name", ["Guinea", "Guinée", "几内亚", "Sudan", "Samoa", "China", "Mali", "مالي", "苏丹"])
def test_a_whole_name_is_clear_though_others_hold_it(bundled: Session, name: str) -> None:
    assert subject_of(bundled, name, parameter="party", labels=("Party",)).name
    assert find(bundled, name).caveats == ()


@pytest.mark.slow
def test_a_misspelt_name_is_found_first_nineteen_times_in_twenty(bundled: Session) -> None:
    random = Random(7)
    names = [gold for gold in gold_names() if len(gold.ids) == 1 and gold.language in _ALPHABETIC]
    known = {spelled(gold.name) for gold in names}
    tried = [(typed, gold.ids[0]) for gold in names for typed in misspelt(gold, random) if spelled(typed) not in known]
    found = [_first(bundled, typed) == meant for typed, meant in tried]
    assert len(tried) > 1_000
    assert sum(found) / len(found) >= _LEAST_FIRST


def _first(session: Session, typed: str) -> str:
    return next((hit.id for hit in find(session, typed, limit=1).hits), "")


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
    ("typed", "suggested"), [("Cindy Dyar Smith", "Cindy Dyer"), ("Bali Ministry Process", "Bali Process")]
)
def test_it_has_suggestions_where_something_is_a_little_like_it(bundled: Session, typed: str, suggested: str) -> None:
    found = find(bundled, typed)
    assert any(suggested in name for name in found.suggestions), found.suggestions
