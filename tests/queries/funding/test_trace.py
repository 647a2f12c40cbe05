"""Down from who pays to who is helped, and up again: hop by hop, circles named, each thing told once."""

from typing import Any, cast

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.funding.conftest import AskSample
from tests.reading import some


def told(rows: Any) -> list[tuple[Any, ...]]:
    return [(row.hop, row.target_name.replace(" (fictional)", ""), row.measure, row.amount) for row in rows]


def test_money_goes_from_the_appropriation_to_the_countries_hop_by_hop(ask_sample: AskSample) -> None:
    rows = ask_sample("funding-trace", party="Example Treasury").rows
    assert told(rows)[:13] == [
        (1, "Example Appropriation Against Trafficking, fiscal year 2024", "enacted", "3000000"),
        (2, "Example Harbor Programme", None, None),
        (3, "Shelters on the Coast", "obligation", "1800000"),
        (4, "Example Relief International", "obligation", "1800000"),
        (4, "Example Relief International", "outlay", "1170000"),
        (5, "Made-up Shelter Network", "subaward", "400000"),
        (5, "Made-up Shelter Network", "subaward", "400000"),
        (6, "Pretend Community House", "subaward", "120000"),
        (7, "Example Relief International", "subaward", "15000"),
        (5, "Invented Legal Aid Centre", "subaward", "250000"),
        (5, "Undisclosed recipient of EXAMPLE-23-CA-0001, SUB-03", "subaward", "60000"),
        (4, "Ghana", None, None),
        (4, "Kenya", None, None),
    ]


def test_each_hop_names_its_document_its_days_and_both_ends(ask_sample: AskSample) -> None:
    rows = ask_sample("funding-trace", party="Example Treasury").rows
    [obligated] = [row for row in rows if row.measure == "obligation" and row.target_name.startswith("Example Relief")]
    assert (obligated.source_name, obligated.relation) == ("Shelters on the Coast (fictional)", "is awarded to")
    assert (obligated.document, obligated.dated) == ("EXAMPLE-23-CA-0001", "2023-10-01 to 2025-06-20")
    assert (obligated.fiscal_years, obligated.amount_count, obligated.layer) == ("2024 to 2025", 3, "prime award")
    assert (obligated.first_day, obligated.last_day) == ("2023-10-01", "2025-06-20")
    assert obligated.path.count(" → ") == obligated.hop == 4
    assert all(row.evidence for row in rows)
    [ghana] = [row for row in rows if row.target_name == "Ghana" and row.source_name.startswith("Shelters")]
    assert (ghana.target_iso3, ghana.share) == ("GHA", "60")


def test_a_total_counts_neither_what_is_passed_on_nor_doubles_and_says_so(ask_sample: AskSample) -> None:
    whole = ask_sample("funding-trace", party="EXAMPLE-23-CA-0001")
    answer = whole.answer
    assert "USD 1,800,000 was obligated in 1 prime award out of money of Shelters on the Coast, to Example" in answer
    assert "Out of the same money, USD 710,000 was passed on as sub-awards, in 3 amounts." in answer
    assert answer.endswith(" 3 amounts are not counted, for 2 reasons.")
    reasons = "likely duplicate sub-awards (1, USD 400,000) and passed on again out of a sub-award (2, USD 135,000)"
    assert f"Not counted: {reasons}." in [caveat.text for caveat in whole.caveats]


def test_a_circle_is_named_and_not_followed(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Example Treasury")
    [circle] = [row for row in answer.rows if row.note and "circle" in row.note]
    assert (circle.source_name, circle.target_name) == (
        "Pretend Community House (fictional)",
        "Example Relief International (fictional)",
    )
    assert any(caveat.kind == "conflict" and "goes in a circle" in caveat.text for caveat in answer.caveats)


def test_what_two_lines_pay_for_is_told_once(ask_sample: AskSample) -> None:
    rows = ask_sample("funding-trace", party="Example Treasury").rows
    programme = [row for row in rows if row.target_name == "Example Harbor Programme (fictional)"]
    assert [row.note for row in programme] == [None] + ["already counted above"] * 2
    assert sum(row.target_name == "Peru" for row in rows) == 3


def test_masked_recipients_stay_unknowns_of_their_own(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Example Grants Office")
    hidden = {row.target for row in answer.rows if row.is_undisclosed}
    assert len(hidden) == 4
    shares = [caveat.text for caveat in answer.caveats if caveat.kind == "undisclosed"]
    assert any("USD 200,000 of USD 2,730,000 obligated in prime awards (7.3 per cent)" in text for text in shares)


def test_a_recipient_is_traced_only_through_what_it_received_itself(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Made-up Shelter Network")
    assert told(answer.rows) == [
        (1, "Made-up Shelter Network", "subaward", "400000"),
        (1, "Made-up Shelter Network", "subaward", "400000"),
        (2, "Pretend Community House", "subaward", "120000"),
        (3, "Example Relief International", "subaward", "15000"),
    ]
    assert "USD 400,000 was passed on as sub-awards" in answer.answer


def test_sub_awards_with_agreements_of_their_own_are_followed_too(ask_sample: AskSample) -> None:
    rows = ask_sample("funding-trace", party="EXAMPLE-24-CA-0002").rows
    agreements = [(row.hop, row.target_name, row.layer, row.counted) for row in rows if row.target_class == "Award"]
    assert agreements == [
        (1, "Interviews in two regions (fictional)", "sub-award", False),
        (2, "Interviews in villages (fictional)", "sub-award", False),
    ]


def test_as_of_applies_to_every_hop_and_amount(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Example Treasury", as_of="2024-06-30")
    names = {row.target_name for row in answer.rows}
    assert "Prevalence in the Highlands (fictional)" in names
    assert not names & {"Emergency help (fictional)", "Indicators for compacts (fictional)"}
    assert "USD 1,700,000 was obligated in " in answer.answer
    assert {row.status for row in answer.rows} == {None}, "the status of today says nothing of that day"
    assert any("came about only after the day asked for" in caveat.text for caveat in answer.caveats)


def test_an_amount_that_is_not_held_is_not_nothing(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="EXAMPLE-26-GR-0005")
    [got] = [row for row in answer.rows if row.target_class == "Ngo"]
    assert (got.amount, got.note, got.lacks_amount) == (None, "amount not on record", True)
    assert any("We have no amount for Quiet Recipient (fictional) on file" in caveat.text for caveat in answer.caveats)


def test_a_start_without_any_money_says_that_none_is_held(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Newcomer Analytics")
    assert answer.rows == ()
    assert answer.headline == "[practice] Not confirmed: no money that goes on from Newcomer Analytics is on file."
    assert answer.caveats[0].kind == "unknown"


def test_stated_totals_are_no_money_that_something_is_paid_out_of(bundled: Session) -> None:
    answer = ask(bundled, "funding-trace", {"party": "TIP Office"})
    rows: Any = answer.rows
    assert not any(row.target_class == "FundingLine" for row in some(rows))
    assert any("portfolio lists them" in caveat.text for caveat in answer.caveats)
    assert "Not added up: " in answer.answer
    assert " figures for wholes, the largest USD 25,000,000 announced." in answer.answer


def test_money_is_followed_from_hand_to_hand_up_to_the_appropriation(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Pretend Community House")
    path = [row.path.replace(" (fictional)", "") for row in answer.rows]
    assert (
        "Pretend Community House ← Made-up Shelter Network ← Example Relief International ← Shelters on the Coast"
        " ← Example Harbor Programme ← Example Appropriation Against Trafficking, fiscal year 2024 ← Example Treasury"
    ) in path
    assert [clause.id for clause in answer.clauses] == ["headline", "hands", "received", "left-out"]
    assert "from the hands of Made-up Shelter Network and Example Relief International" in answer.answer
    assert "Example Treasury and Example Grants Office pay for Pretend Community House" in answer.headline


def test_only_what_the_partner_received_itself_counts(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Pretend Community House")
    assert [(row.amount, row.measure) for row in answer.rows if row.counted] == [("120000", "subaward")]
    assert "It received USD 120,000 passed on as sub-awards, for US fiscal year 2024." in answer.answer
    assert any("Which budget line paid for which award is not told" in caveat.text for caveat in answer.caveats)


def test_a_prime_recipient_has_its_own_amounts_and_what_came_back_to_it_apart(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Example Relief International")
    assert [(row.amount, row.measure, row.layer) for row in answer.rows if row.counted] == [
        ("1800000", "obligation", "prime award"),
        ("1170000", "outlay", "prime award"),
        ("15000", "subaward", "sub-award"),
    ]
    assert sum(bool(row.note and "circle" in row.note) for row in answer.rows) > 0


def test_a_sub_award_of_a_sub_award_leads_to_the_award_it_is_made_out_of(ask_sample: AskSample) -> None:
    rows = ask_sample("funding-of", party="Placeholder Village Interviews").rows
    sources = [row.source_name.replace(" (fictional)", "") for row in rows]
    assert sources[:4] == [
        "Interviews in villages",
        "Interviews in two regions",
        "Prevalence in the Highlands",
        "Example Harbor Programme",
    ]


def test_money_of_an_award_in_several_countries_is_no_total_of_one(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Ghana")
    assert not any(row.counted for row in answer.rows)
    assert {row.share for row in answer.rows if row.relation == "runs in"} == {"60", None}
    answer = ask_sample("funding-of", party="Peru")
    assert "There, USD 580,000 was obligated in 1 prime award" in answer.answer


def test_nobody_is_said_to_pay_where_nobody_is_held(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Newcomer Analytics")
    assert answer.headline == "[practice] Where money of Newcomer Analytics comes from is not on file."
    assert [caveat.kind for caveat in answer.caveats] == ["unknown"]


def test_no_status_is_told_of_an_award_before_the_day_of_the_list_that_states_it(sample: Session) -> None:
    award = "EXAMPLE-23-CA-0001"
    for day, is_known in (("2025-06-30", False), ("2026-12-31", True)):
        traced: Any = ask(sample, "funding-trace", {"party": "Example Treasury (fictional)", "as_of": day}).rows
        touched = ask(sample, "impact", {"award": award, "as_of": day})
        said = " ".join(clause.text for clause in touched.clauses)
        assert any(row.status for row in traced) is is_known
        assert ("How it stood on that day is not known" in said) is not is_known, said
        assert any("active" in (row.says or "") for row in cast(Any, touched.rows)) <= is_known
