"""Down from who pays to who is helped: hop by hop, circles named, each thing told once, totals of one layer."""

from typing import Any

from queries.core.session import Session
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
    assert obligated.path.count(" → ") == obligated.hop == 4
    assert all(row.evidence for row in rows)
    [ghana] = [row for row in rows if row.target_name == "Ghana" and row.source_name.startswith("Shelters")]
    assert (ghana.target_iso3, ghana.share) == ("GHA", "60")


def test_a_total_counts_neither_what_is_passed_on_nor_doubles_and_says_so(ask_sample: AskSample) -> None:
    whole = ask_sample("funding-trace", party="EXAMPLE-23-CA-0001")
    answer = whole.answer
    assert "prime award, obligation: 1,800,000 USD (US fiscal 2024 and 2025; calendar 2023 to 2025)" in answer
    assert "apart from that passed on from the same money as sub-awards: 710,000 USD in 3 amounts" in answer
    assert answer.endswith("not counted: 3 amounts, for 2 reasons")
    reasons = "likely duplicate sub-awards (1, 400,000 USD) and passed on again out of a sub-award (2, 135,000 USD)"
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
    assert [row.note for row in programme] == [None] + ["shown above: its money is told once"] * 2
    assert sum(row.target_name == "Peru" for row in rows) == 3


def test_masked_recipients_stay_unknowns_of_their_own(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Example Grants Office")
    hidden = {row.target for row in answer.rows if row.is_undisclosed}
    assert len(hidden) == 4
    shares = [caveat.text for caveat in answer.caveats if caveat.kind == "undisclosed"]
    assert any("200,000 of 2,730,000 USD, 7.3 per cent" in text for text in shares)


def test_a_recipient_is_traced_only_through_what_it_received_itself(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Made-up Shelter Network")
    assert told(answer.rows) == [
        (1, "Made-up Shelter Network", "subaward", "400000"),
        (1, "Made-up Shelter Network", "subaward", "400000"),
        (2, "Pretend Community House", "subaward", "120000"),
        (3, "Example Relief International", "subaward", "15000"),
    ]
    assert "sub-award, subaward: 400,000 USD" in answer.answer


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
    assert "prime award, obligation: 1,700,000 USD" in answer.answer
    assert {row.status for row in answer.rows} == {None}, "the status of today says nothing of that day"
    assert any("came about only after the day asked for" in caveat.text for caveat in answer.caveats)


def test_an_amount_that_is_not_held_is_not_nothing(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="EXAMPLE-26-GR-0005")
    [got] = [row for row in answer.rows if row.target_class == "Ngo"]
    assert (got.amount, got.note) == (None, "amount not held")
    assert any("No amount is held for Quiet Recipient (fictional)" in caveat.text for caveat in answer.caveats)


def test_a_start_without_any_money_says_that_none_is_held(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-trace", party="Newcomer Analytics")
    assert answer.rows == ()
    assert answer.answer.endswith("no money that goes on from Newcomer Analytics (fictional) is held")
    assert answer.caveats[0].kind == "unknown"


def test_stated_totals_are_no_money_that_something_is_paid_out_of(bundled: Session) -> None:
    from queries.ask import ask

    answer = ask(bundled, "funding-trace", {"party": "TIP Office"})
    rows: Any = answer.rows
    assert not any(row.target_class == "FundingLine" for row in some(rows))
    assert any("portfolio lists them" in caveat.text for caveat in answer.caveats)
    assert "announced or stated for a whole, which are not added up" in answer.answer
