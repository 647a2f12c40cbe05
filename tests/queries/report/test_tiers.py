"""How a government was placed: an edition is known from its publication day, not from its year."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.report.tiers import TierRow
from tests.queries.conftest import Ask


def tiers(answer: Any) -> dict[int, str | None]:
    return {row.year: row.tier for row in answer.rows}


def test_an_edition_is_known_from_its_publication_day(answer_to: Ask) -> None:
    assert tiers(answer_to("tier-history", party="Ghana")) == {
        2023: "Tier 2",
        2024: "Tier 2 Watch List",
        2025: "Tier 1",
    }
    assert tiers(answer_to("tier-history", party="Ghana", as_of="2025-09-28")) == {
        2023: "Tier 2",
        2024: "Tier 2 Watch List",
    }
    assert max(tiers(answer_to("tier-history", party="Ghana", as_of="2026-07-01"))) == 2026


def test_a_year_beyond_the_last_edition_is_answered_with_the_last(answer_to: Ask) -> None:
    answer = answer_to("tier-history", party="Ghana", year="2031")
    assert answer.headline == "Editions run to 2025; Ghana: Tier 1 in 2025."
    assert tiers(answer) == {2025: "Tier 1"}


def test_missing_years_are_said_for_editions_that_were_out(answer_to: Ask) -> None:
    answer = answer_to("tier-history", party="Ghana")
    assert answer.answer == "Ghana: Tier 1 in 2025; Tier 2 Watch List in 2024. We have no placement for 2022 on file."
    assert answer.caveats[0].text == "We have no placement of Ghana for 2022 on file; it may have had one or not."
    assert answer.caveats[0].clause == answer.clauses[1].id == "missing"
    assert answer_to("tier-history", party="Ghana", as_of="2022-07-18").headline == (
        "Not confirmed: no placement of Ghana is on file; it may have had one."
    )


def test_a_derived_placement_is_flagged_however_well_its_edition_is_known(answer_to: Ask) -> None:
    answer = answer_to("tier-history", party="Ghana", year="2024")
    [row] = answer.rows
    assert (row.confidence, row.basis, len(row.evidence)) == ("derived", "complement", 2)
    assert [doubt.kind for doubt in answer.caveats] == ["derived"]


def test_a_special_case_has_no_tier_and_is_named(answer_to: Ask) -> None:
    assert "It was a special case, without a tier, in 2023." in answer_to("tier-history", party="CIV").answer


def test_a_government_that_was_never_placed_is_told_so(answer_to: Ask) -> None:
    answer = answer_to("tier-history", party="Mongolia")
    assert answer.rows == ()
    assert (
        answer.headline == "Not confirmed: no placement of Mongolia is on file for 2022 to 2025; it may have had one."
    )


def test_an_edition_that_is_held_in_part_says_so_in_its_headline(bundled_answer: Ask) -> None:
    said = {year: bundled_answer("tier-history", year=str(year)) for year in (2015, 2016, 2019, 2021, 2023)}
    of_file = {year: "of the placements on file" in answer.headline for year, answer in said.items()}
    assert of_file == {2015: True, 2016: True, 2019: True, 2021: False, 2023: True}
    assert "(47 of 188)" in said[2016].headline
    assert "placements on file: 47 of 188" in bundled_answer("tier-history", year="2016", tier="Tier 3").headline


def test_one_edition_is_listed_by_tier(bundled_answer: Ask) -> None:
    answer = bundled_answer("tier-history", year="2025", tier="Tier 3")
    assert answer.headline.startswith("20 governments were placed in Tier 3 in 2025: Afghanistan, Belarus, Burma, ")
    assert {(row.year, row.tier) for row in answer.rows} == {(2025, "Tier 3")}
    every = bundled_answer("tier-history", year="2025")
    assert len(every.rows) == 188
    assert every.headline.startswith("In 2025, of the placements on file (188): ")
    assert bundled_answer("tier-history", as_of="1999").headline == (
        "Not confirmed: no edition of the TIP Report is on file as out by that day."
    )


@pytest.mark.parametrize("party", ["Samoa", "San Marino", "Fiji"])
def test_not_ranked_is_said_only_of_an_edition_whose_list_is_whole(bundled: Session, party: str) -> None:
    whole = {int(it.of[-4:]) for it in bundled.cards["ref:tip-tiers"].whole}
    ranked = {row.year for row in cast(Sequence[TierRow], ask(bundled, "tier-history", {"party": party}).rows)}
    for year in range(2001, 2026):
        said = ask(bundled, "tier-history", {"party": party, "year": str(year)}).headline
        is_no = f"was not ranked in the {year} report" in said
        assert (is_no, said.startswith("Not confirmed: ")) == (
            (False, False) if year in ranked else (year in whole, year not in whole)
        ), said
