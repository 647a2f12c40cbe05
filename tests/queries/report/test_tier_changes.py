"""Who moved up or down between editions; a missing edition is never bridged in silence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import UsageError
from iga.queries.core.answer import Subject
from iga.queries.report.tier_changes import steps_over
from tests.queries.conftest import Ask

SOMEBODY = Subject(id="gov:xxx", cls="Government", name="Somebody")
YEARS = tuple(range(2010, 2020))
TIERS = st.sampled_from(("Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3"))


def moves(answer: Any) -> list[tuple[int, int, str, str]]:
    return [(row.from_year, row.to_year, row.move, row.held) for row in answer.rows]


def test_a_step_across_an_edition_that_lacks_the_government_is_said_and_unknown(answer_to: Ask) -> None:
    answer = answer_to("tier-changes", party="Peru", since="2022")
    assert moves(answer) == [(2022, 2024, "up", "unknown"), (2024, 2025, "down", "yes")]
    assert answer.rows[0].missing == (2023,)
    assert "Before that: up to Tier 1 in 2024 (2023 not on file)." in answer.answer
    assert any("2023" in doubt.text and doubt.kind == "partial" for doubt in answer.caveats)


def test_an_edition_is_compared_with_the_one_before_and_a_gap_is_unknown(answer_to: Ask) -> None:
    rows = {row.name: row for row in answer_to("tier-changes", year="2024").rows}
    assert (rows["Peru"].move, rows["Peru"].remark) == (
        "unknown",
        "not on file for 2023; last on file before: Tier 2 in 2022",
    )
    assert rows["Chile"].move == "to or from no tier"


def test_two_editions_are_compared_with_each_other(answer_to: Ask) -> None:
    [row] = answer_to("tier-changes", party="Peru", year=["2022", "2025"]).rows
    assert (row.from_tier, row.to_tier, row.move, row.missing) == ("Tier 2", "Tier 2", "same", (2023,))


def test_who_stands_where_it_stood_is_not_said_to_have_stayed_across_a_gap(answer_to: Ask) -> None:
    answer = answer_to("tier-changes", party="Peru", year=["2022", "2025"]).answer
    assert answer.endswith(
        "Peru is Tier 2 in 2025, as in 2022. 2023 is not on file, so whether it moved and came back is not known."
    )


def test_an_edition_is_not_known_before_its_publication(answer_to: Ask) -> None:
    [row] = answer_to("tier-changes", party="Peru", since="2022", as_of="2025-01-01").rows
    assert (row.from_year, row.to_year) == (2022, 2024)


def test_what_lies_beyond_the_last_edition_is_answered_with_the_last(answer_to: Ask) -> None:
    answer = answer_to("tier-changes", year="2026")
    assert answer.headline.startswith("Editions run to 2025; ")
    assert answer.rows == answer_to("tier-changes", year="2025").rows


def test_of_a_period_only_the_steps_to_one_edition_may_be_asked_for(answer_to: Ask) -> None:
    assert moves(answer_to("tier-changes", party="Peru", year="2025", since="2022")) == [(2024, 2025, "down", "yes")]


def test_a_period_that_ends_before_it_begins_is_refused(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="later than until"):
        answer_to("tier-changes", since="2025", until="2022")


@given(st.dictionaries(st.sampled_from(YEARS), TIERS))
def test_steps_join_the_editions_that_are_held_and_name_all_others_between(tiers: dict[int, str]) -> None:
    placements = {year: {"year": year, "tier": tier} for year, tier in tiers.items()}
    steps = steps_over(SOMEBODY, placements, YEARS, YEARS[0], YEARS[-1])
    assert [step.start for step in steps] == sorted(tiers)[:-1]
    for step in steps:
        assert set(step.missing) == {year for year in YEARS if step.start < year < step.end}
        assert step.is_sure == (not step.missing)
        opposite = {"up": "down", "down": "up", "same": "same"}[step.move]
        [back] = steps_over(SOMEBODY, {1: placements[step.end], 2: placements[step.start]}, (1, 2), 1, 2)
        assert back.move == opposite


def test_what_no_edition_answers_is_said(answer_to: Ask) -> None:
    answer = answer_to("tier-changes", as_of="2000-01-01")
    assert answer.headline == "Not confirmed: no edition of the TIP Report is on file as published by that day."
    with pytest.raises(UsageError, match="two editions can be compared, not 3; use since and until for a period"):
        answer_to("tier-changes", year=["2022", "2024", "2025"])
    with pytest.raises(UsageError, match="no edition of 2021 is held as published by 2026-06-01"):
        answer_to("tier-changes", year="2021")
