"""A search finds by code, by name in any language and spelling, and says how."""

import pytest

from graph.errors import UsageError
from queries.asking import Asking
from queries.find import find


@pytest.mark.parametrize(
    ("typed", "found", "how"),
    [
        ("gov:gha", "gov:gha", "id"),
        ("GHA", "gov:gha", "code"),
        ("eso", "org:eso", "code"),
        ("cote d'ivoire", "gov:civ", "name"),
        ("Costa de Marfil", "gov:civ", "name"),
        ("Гана", "gov:gha", "name"),
        ("加纳", "gov:gha", "name"),
        ("غانا", "gov:gha", "name"),
        ("nouvelle zelande", "gov:nzl", "name"),
        ("ivory coast", "gov:civ", "alias"),
        ("conference example", "engagement:s1", "text"),
        ("mongol", "gov:mng", "prefix"),
        ("mongolja", "gov:mng", "fuzzy"),
    ],
)
def test_the_best_hit_is_what_was_meant(asking: Asking, typed: str, found: str, how: str) -> None:
    hit = find(asking, typed).hits[0]
    assert (hit.id, hit.how) == (found, how)


def test_a_guess_is_also_a_suggestion(asking: Asking) -> None:
    assert find(asking, "Mongollia").suggestions == ("Mongolia",)
    assert find(asking, "Mongolia").suggestions == ()


def test_facets_and_total_count_all_hits_beyond_the_limit(asking: Asking) -> None:
    found = find(asking, "example conference", limit=2)
    assert len(found.hits) == 2
    assert (found.total.value, found.facets) == (4, {"Engagement": 4})
    assert [hit.cls for hit in find(asking, "example", classes=("Ngo",)).hits] == ["Ngo"]


def test_several_of_one_name_are_all_found_in_a_stable_order(asking: Asking) -> None:
    assert [hit.id for hit in find(asking, "Congo").hits] == ["gov:cod", "gov:cog"]


def test_nothing_is_found_by_nonsense_and_nothing_is_searched_without_letters(asking: Asking) -> None:
    assert find(asking, "qqqqqqqq").hits == ()
    with pytest.raises(UsageError, match="holds no letter or digit"):
        find(asking, "…")


@pytest.mark.parametrize("hidden", ["Quiet Partner", "Soon Released Relief"])
def test_what_is_above_the_ceiling_or_under_embargo_is_neither_found_nor_suggested(
    asking: Asking, as_the_public: Asking, hidden: str
) -> None:
    assert find(asking, hidden).total.value == 1
    assert find(as_the_public, hidden).total.value == 0
    assert hidden not in find(as_the_public, f"{hidden}e").suggestions


def test_what_nobody_checked_is_marked_and_what_somebody_states_as_well_is_not(asking: Asking) -> None:
    marks = {hit.name: hit.unverified for hit in find(asking, "relief").hits}
    assert (marks["Unchecked Relief"], marks["Refuge Relief"], marks["Example Relief"]) == (True, False, False)
