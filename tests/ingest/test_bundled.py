from pathlib import Path

import pytest

from iga.graph.errors import MappingError
from iga.ingest.bundled import bundled_sources, sources_in

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
