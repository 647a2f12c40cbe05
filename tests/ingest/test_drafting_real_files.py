"""Drafts of the real data files: each loads, or is refused with a sentence."""

from pathlib import Path

import pytest

from iga.graph.errors import IgaError
from iga.ingest.drafting.mapping_draft import draft_of
from iga.ingest.mapping_file import mapping_from

pytestmark = pytest.mark.shared

MOST_BYTES = 300_000


@pytest.mark.slow
def test_a_draft_of_each_real_table_takes_nearly_all_of_its_rows(shared: Path) -> None:
    paths = [path for path in sorted(shared.glob("*/*.csv")) if path.stat().st_size < MOST_BYTES]
    assert len(paths) > 40
    drafted = 0
    for path in paths:
        try:
            draft = draft_of(path)
        except IgaError:  # a sentence, and no other error
            continue
        assert mapping_from(draft.text, name=path.name).row_key.columns
        assert draft.taken >= 0.98 * draft.rows, f"{path.name}: {draft.failures}"
        drafted += 1
    assert drafted >= 0.9 * len(paths)
