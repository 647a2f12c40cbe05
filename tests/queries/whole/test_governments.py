"""How governments are counted in a sentence."""

from collections import Counter

import pytest

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.reading import some


def test_no_sentence_calls_a_government_an_other(bundled: Session) -> None:
    rows = some(list(ask(bundled, "governments", {}).rows))
    for region in sorted({row.region for row in rows if row.region}):  # type: ignore[attr-defined]
        assert "an other" not in ask(bundled, "governments", {"region": region}).headline, region
    others = [row.id for row in rows if row.status == "other"]  # type: ignore[attr-defined]
    for party in some(others):
        assert " an other" not in ask(bundled, "profile", {"party": party}).headline, party


@pytest.mark.parametrize("region", ["Africa", "Asia"])
def test_governments_of_several_statuses_are_counted_by_each(bundled: Session, region: str) -> None:
    answer = ask(bundled, "governments", {"region": region})
    states = Counter(row.status for row in answer.rows)["independent state"]  # type: ignore[attr-defined]
    assert " on file: " in answer.headline
    assert f"{states} independent states" in answer.headline
    assert answer.headline.endswith(".")
