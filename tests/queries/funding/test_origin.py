"""Up from a partner to who pays: from hand to hand, by award and programme, to the appropriation and the funder."""

from tests.queries.funding.conftest import AskSample


def test_money_is_followed_from_hand_to_hand_up_to_the_appropriation(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Pretend Community House")
    path = [row.path.replace(" (fictional)", "") for row in answer.rows]
    assert (
        "Pretend Community House ← Made-up Shelter Network ← Example Relief International ← Shelters on the Coast"
        " ← Example Harbor Programme ← Example Appropriation Against Trafficking, fiscal year 2024 ← Example Treasury"
    ) in path
    assert "from the hands of Made-up Shelter Network (fictional) and Example Relief International" in answer.answer
    assert "paid for by Example Treasury (fictional) and Example Grants Office (fictional)" in answer.answer


def test_only_what_the_partner_received_itself_counts(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Pretend Community House")
    assert [(row.amount, row.measure) for row in answer.rows if row.counted] == [("120000", "subaward")]
    assert "it received: sub-award, subaward: 120,000 USD (US fiscal 2024; calendar 2024)" in answer.answer
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
    assert "there: prime award, obligation: 580,000 USD" in answer.answer


def test_nobody_is_said_to_pay_where_nobody_is_held(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-of", party="Newcomer Analytics")
    assert answer.answer.endswith("where money of Newcomer Analytics (fictional) comes from is not held")
    assert [caveat.kind for caveat in answer.caveats] == ["unknown"]
