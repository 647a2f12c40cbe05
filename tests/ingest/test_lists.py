"""Lists that come with the program and load only when asked for."""

import pytest

from iga.graph.errors import NotFound
from iga.ingest.bundled import available_lists, bundled_sources, list_named
from tests.reading import some


def test_a_list_says_how_long_old_and_trusted_it_is() -> None:
    lists = {each.name: each for each in available_lists()}
    companies = lists["msr-companies"]
    assert (companies.row_count, companies.as_of, companies.verified, companies.source) == (
        3642,
        "2021",
        False,
        "ref:msr-companies",
    )
    assert lists["ror-universities"].verified
    assert lists["contacts-fictional"].fictional
    assert all(each.licence and each.gaps for each in some(lists.values()))


def test_what_loads_when_asked_for_is_not_bundled() -> None:
    bundled = {source.mapping.card.source for source in bundled_sources()}
    assert not bundled & {each.source for each in available_lists()}


def test_any_source_that_comes_along_can_be_named_and_a_misspelt_one_is_suggested() -> None:
    assert list_named("treaties").mapping.card.source == "ref:treaties"
    with pytest.raises(NotFound, match="did you mean msr-companies"):
        list_named("msr-companys")
