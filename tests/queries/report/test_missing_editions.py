"""An edition that lacks a government reads as a missing edition, never as a change of tier or the end of one."""

import re

import pytest

from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session
from iga.queries.report.tiers import TierRow
from iga.queries.report.watch_list import WatchListRow
from iga.queries.whole.governments import GovernmentRow


@pytest.fixture(scope="module")
def histories(bundled: Session) -> dict[str, Answer]:
    rows = [row for row in ask(bundled, "governments", {}).rows if isinstance(row, GovernmentRow)]
    return {row.name: ask(bundled, "tier-history", {"party": row.id}) for row in rows}


def test_the_sentence_names_the_missing_editions_between_two_stretches(histories: dict[str, Answer]) -> None:
    broken = 0
    for answer in histories.values():
        rows = [row for row in answer.rows if isinstance(row, TierRow)]
        if not rows:
            continue
        tiers = {row.year: row.tier or "no tier" for row in rows}
        newest = first = max(tiers)
        while tiers.get(first - 1) == tiers[newest]:
            first -= 1
        before = max((year for year in tiers if year < first), default=None)
        assert f"{tiers[newest]} in {newest}" in answer.headline
        assert ("since" in answer.headline) is (first < newest)
        assert "also" not in answer.headline
        if before is None:
            assert ";" not in answer.headline, answer.headline
        elif before == first - 1:
            assert f"; {tiers[before]} in {before}" in answer.headline, answer.headline
        else:
            broken += 1
            told = re.search(r" \((.+) not on file; (.+)\)\.$", answer.headline)
            assert told, answer.headline
            assert str(before + 1) in told[1]
            assert told[2] == f"{tiers[before]} in {before}"
            assert first == newest or f"since {first} at least" in answer.headline, answer.headline
    assert broken > 30


@pytest.mark.parametrize("year", [2019, 2020, 2025])
def test_who_may_stand_longer_on_the_watch_list_is_not_counted_as_in_the_first_year(
    bundled: Session, year: int
) -> None:
    answer = ask(bundled, "watch-list-clock", {"year": str(year)})
    rows = [row for row in answer.rows if isinstance(row, WatchListRow)]
    sure = sum(row.consecutive_years == 1 and not row.is_at_least for row in rows)
    assert f"{sure or 'none'} for the first year" in answer.headline
    unsure = sum(row.consecutive_years == 1 and row.is_at_least for row in rows)
    assert (f"of {unsure} the edition before is not on file" in answer.headline) is bool(unsure)
