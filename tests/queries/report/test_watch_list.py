"""How long governments have stood on the Watch List, counted and not predicted."""

from tests.queries.conftest import Ask


def test_years_in_a_row_are_counted_longest_first_with_their_waivers(answer_to: Ask) -> None:
    fiji, haiti = answer_to("watch-list-clock").rows
    assert (fiji.name, fiji.consecutive_years, fiji.first_year, fiji.waived_in) == ("Fiji", 3, 2023, (2025,))
    assert fiji.clock == (
        "third year in a row: beyond the limit, waiver on file for 2025; "
        "years of waiver used up: Tier 3 next unless it moves"
    )
    assert (fiji.waivers_allowed, fiji.waivers_left, fiji.missing_edition) == (1, 0, None)
    assert (haiti.consecutive_years, haiti.is_at_least, haiti.held) == (1, True, "unknown")
    assert haiti.clock == "at least first year in a row, 2024 is not on file"


def test_an_edition_before_the_row_that_is_not_held_is_said(answer_to: Ask) -> None:
    answer = answer_to("watch-list-clock")
    assert any("so the row may be longer: Haiti (2024)." in doubt.text for doubt in answer.caveats)
    assert answer.headline == (
        "2 governments are on the Tier 2 Watch List of 2025: none for the first year, none for the second in a row, 1 "
        "beyond the limit of two years; of 1 the edition before is not on file."
    )
    assert [clause.id for clause in answer.clauses] == ["headline", "beyond", "counted"]
    assert answer.clauses[1].values == {"names": ["Fiji"]}


def test_a_count_is_no_more_trusted_than_its_weakest_placement(answer_to: Ask) -> None:
    fiji, haiti = answer_to("watch-list-clock").rows
    assert (fiji.confidence, haiti.confidence) == ("derived", "high")


def test_the_count_at_an_earlier_day_or_edition_knows_nothing_later(answer_to: Ask) -> None:
    [fiji] = answer_to("watch-list-clock", party="Fiji", as_of="2024-12-31").rows
    assert (fiji.year, fiji.consecutive_years, fiji.waived_in) == (2024, 2, ())
    assert fiji.clock == (
        "second year in a row: the limit; Tier 3 next unless it is waived (for at most 1 year) or moves"
    )
    assert fiji.waivers_left == 1
    [clock, then, _] = answer_to("watch-list-clock", party="Fiji", as_of="2024-12-31").clauses
    assert (clock.id, clock.text) == (
        "clock",
        "Yes: Fiji is on the Tier 2 Watch List of 2024, for the second year in a row, which is the limit.",
    )
    assert then.text == "Tier 3 is next unless it moves or is waived, for at most 1 year."
    [fiji] = answer_to("watch-list-clock", party="Fiji", year="2023").rows
    assert fiji.clock == "first year in a row: one more before the limit"


def test_a_government_elsewhere_is_told_where_it_stands(answer_to: Ask) -> None:
    answer = answer_to("watch-list-clock", party="Nicaragua")
    assert answer.rows == ()
    assert answer.answer.endswith("Nicaragua is not on the Watch List of 2025: it is Tier 3.")
    assert (
        "Mongolia is not among the governments placed in 2025 on file"
        in answer_to("watch-list-clock", party="Mongolia").answer
    )


def test_for_an_edition_that_is_not_out_yet_the_last_is_counted_at(answer_to: Ask) -> None:
    answer = answer_to("watch-list-clock", year="2026")
    assert answer.headline.startswith("Editions run to 2025: 2 governments are on the Tier 2 Watch List of 2025")
    assert answer.rows == answer_to("watch-list-clock", year="2025").rows
    before = answer_to("watch-list-clock", year="1998").headline
    assert before.startswith("Not confirmed: no edition of the TIP Report of 1998 is on file")
