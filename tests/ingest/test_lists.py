"""What comes with the program: loaded with it, or when it is asked for."""

from pathlib import Path

import pytest

from iga.graph.errors import MappingError, NotFound
from iga.ingest.bundled import available_lists, bundled_sources, list_named, sources_in
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


MAPPING = 'card: {source: "ref:x", title: X}\nrow_key: [a]\nnodes: {n: {class: Ngo, id: {template: "ngo:{a|slug}"}}}\n'


def test_every_bundled_source_has_its_file_and_a_name_of_its_own() -> None:
    sources = bundled_sources()
    assert len({source.mapping.card.source for source in sources}) == len(sources) > 40
    assert all(source.file.is_file() for source in sources)


@pytest.mark.parametrize(
    ("file", "told"),
    [("", "names no file"), ("file: none.csv\n", "there is no 'none.csv'"), ("file: ../x.csv\n", "lies elsewhere")],
)
def test_a_bundled_mapping_names_a_file_beside_it(tmp_path: Path, file: str, told: str) -> None:
    (tmp_path / "x.yaml").write_text(file + MAPPING, encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        sources_in(tmp_path)
    assert told in caught.value.message
