"""Totals of one layer and measure by year, country, programme and implementer, and what they leave out."""

from decimal import Decimal
from typing import Any

import pytest

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.funding.totals import SINGLE
from tests.queries.funding.conftest import AskSample
from tests.reading import some

OFFICE = "Example Grants Office"


def told(rows: Any) -> dict[str, str]:
    return {row.group_name.replace(" (fictional)", ""): row.amount for row in rows if row.counted}


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("fiscal year",
         {"US fiscal year 2024": "1900000", "US fiscal year 2025": "680000", "US fiscal year 2026": "150000"}),
        ("calendar year",
         {"calendar year 2023": "1000000", "calendar year 2024": "1400000", "calendar year 2025": "330000"}),
        ("country",
         {"Ghana": "1080000", "Kenya": "720000", "Peru": "580000", "Philippines": "200000",
          "several countries, shares not stated": "150000"}),
        ("programme", {"Example Harbor Programme": "2730000"}),
        ("implementer",
         {"Example Relief International": "1800000", "Sample University Research Foundation": "580000",
          "recipients whose names are withheld": "200000", "Mockup Consulting": "150000"}),
    ],
)  # fmt: skip
def test_money_is_added_up_by_what_is_asked_for(ask_sample: AskSample, by: str, groups: dict[str, str]) -> None:
    answer = ask_sample("funding-summary", party=OFFICE, by=by)
    assert told(answer.rows) == groups
    assert answer.headline == (
        "[practice] USD 2,730,000 was obligated in 4 prime awards of Example Grants Office, for US fiscal years 2024 to"
        " 2026."
    )
    assert answer.clauses[0].values["years"]["calendar"] == [2023, 2024, 2025]
    assert [clause.id for clause in answer.clauses] == ["headline", "most", "withheld", "left-out", "beside"]
    assert answer.clauses[1].values["percent"] == {
        "fiscal year": "69.6", "calendar year": "51.3", "country": "39.6", "programme": "100.0", "implementer": "65.9",
    }[by]  # fmt: skip


def test_negative_amounts_count_and_a_year_is_fiscal_or_calendar(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-summary", party="Sample University Research Foundation", by="fiscal year")
    assert told(answer.rows) == {"US fiscal year 2024": "700000", "US fiscal year 2025": "-120000"}
    one = ask_sample("funding-summary", party=OFFICE, fiscal_year="2025")
    assert one.headline.startswith("[practice] USD 680,000 was obligated in ")
    assert one.headline.endswith(", for US fiscal year 2025.")
    period = ask_sample("funding-summary", party=OFFICE, since="2025", until="2025")
    assert period.headline.startswith("[practice] USD 330,000 was obligated in ")
    assert period.headline.endswith(", since 2025, until 2025.")


def test_what_is_left_out_is_counted_with_its_reason_and_versions_are_never_summed(ask_sample: AskSample) -> None:
    rows = ask_sample("funding-summary", party=OFFICE, layer="sub-award").rows
    left_out = {row.left_out: (row.amount_count, row.amount) for row in rows if not row.counted}
    assert left_out == {
        "likely duplicate sub-awards": (1, "400000"),
        "passed on again out of a sub-award": (2, "135000"),
    }
    rows = ask_sample("funding-summary", party=OFFICE, measure="announced").rows
    assert [(row.left_out, row.amount) for row in rows if not row.counted] == [
        ("announced or stated for a whole that others may be part of", None),
        ("another version of the same figure", None),
    ]


def test_a_country_gets_the_share_that_its_source_states(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-summary", party="Ghana")
    assert told(answer.rows) == {"Example Relief International": "1080000"}
    assert answer.rows[0].is_derived
    assert any("it runs in other places too" in caveat.text for caveat in answer.caveats)
    assert any(caveat.kind == "derived" for caveat in answer.caveats)


def test_what_a_recipient_passes_on_is_no_money_that_it_received(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-summary", party="Example Relief International", layer="sub-award")
    assert not told(answer.rows)
    assert {row.left_out: row.amount for row in answer.rows} == {
        "likely duplicate sub-awards": "400000",
        "passed on again out of a sub-award": "15000",
        "passed on to others out of its own awards": "710000",
    }
    assert "5 amounts are not counted, for 3 reasons." in answer.answer
    assert any("passed on to others out of its own awards (3, USD 710,000)" in caveat.text for caveat in answer.caveats)


def test_all_that_is_held_beside_a_total_is_told_though_the_sentence_is_short(ask_sample: AskSample) -> None:
    answer = ask_sample("funding-summary", party=OFFICE)
    assert len(answer.answer.split()) <= 90
    [text] = [caveat.text for caveat in answer.caveats if caveat.text.startswith("On file beside it")]
    assert "USD 1,780,000 paid out in prime awards" in text
    assert "USD 710,000 passed on as sub-awards (out of the same money, 3 amounts)" in text


def test_the_share_of_withheld_recipients_is_told(ask_sample: AskSample) -> None:
    texts = [c.text for c in ask_sample("funding-summary", party=OFFICE).caveats if c.kind == "undisclosed"]
    assert texts == [
        "USD 200,000 of USD 2,730,000 obligated in prime awards (7.3 per cent) went to recipients whose names are"
        " withheld; each is an unknown of its own."
    ]
    answer = ask_sample("funding-summary", party="Peru").answer
    assert "We have no recipient with a withheld name on file." in answer


def test_awards_without_such_an_amount_are_named(ask_sample: AskSample) -> None:
    texts = [c.text for c in ask_sample("funding-summary", party=OFFICE).caveats if c.kind == "unknown"]
    expected = (
        "We have no amount of this layer, measure and time for 1 more award or project on file: Help line (fictional)."
    )
    assert texts == [expected]


def test_figures_of_a_whole_life_are_of_no_limited_time(bundled: Session) -> None:
    rows: Any = ask(bundled, "funding-summary", {"party": "Ghana", "measure": "announced", "by": "calendar year"}).rows
    assert not [row for row in rows if row.counted]
    assert {(row.left_out, row.amount_count) for row in rows if not row.amount} >= {(SINGLE, 2)}


def test_one_figure_that_two_sources_state_counts_once(bundled: Session) -> None:
    rows: Any = ask(bundled, "top-partners", {"party": "Ghana"}).rows
    assert [(row.name, row.amount) for row in rows if row.amount] == [
        ("International Organization for Migration", "2540000"),
        ("Free the Slaves", "2460000"),
    ]


@pytest.mark.parametrize(("parameter", "word"), [("layer", "second award"), ("measure", "promises"), ("by", "donor")])
def test_an_unknown_word_is_answered_with_those_there_are(ask_sample: AskSample, parameter: str, word: str) -> None:
    with pytest.raises(UsageError, match=parameter):
        ask_sample("funding-summary", party=OFFICE, **{parameter: word})


def test_withheld_recipients_are_counted_each_as_an_unknown(ask_sample: AskSample) -> None:
    answer = ask_sample("undisclosed", by="country")
    assert [(row.group_name, row.layer, row.measure, row.amount, row.whole, row.percent) for row in answer.rows] == [
        ("Philippines", "prime award", "obligation", "200000", "200000", "100.0"),
        ("Philippines", "prime award", "outlay", "200000", "200000", "100.0"),
        ("Kenya", "sub-award", "subaward", "60000", "310000", "19.4"),
    ]
    assert answer.headline == (
        "[practice] USD 200,000 of USD 2,730,000 obligated in prime awards (7.3 per cent) went to 3 recipients whose"
        " names are withheld."
    )
    assert "They received USD 60,000 of USD 710,000 passed on as sub-awards (8.5 per cent)." in answer.answer


def test_withheld_money_is_told_by_year_and_by_award_too(ask_sample: AskSample) -> None:
    rows = ask_sample("undisclosed", by="award", measure="obligation").rows
    assert [(row.group_name, row.unknown_count) for row in rows] == [("Emergency help (fictional)", 1)]
    rows = ask_sample("undisclosed", measure="obligation").rows
    assert [(row.group_name, row.percent) for row in rows] == [("US fiscal year 2024", "10.5")]
    assert ask_sample("undisclosed", party="Peru").rows == ()


def test_partners_are_ranked_by_one_measure_and_the_others_told_apart(ask_sample: AskSample) -> None:
    answer = ask_sample("top-partners", party=OFFICE)
    assert [(row.rank, row.name.replace(" (fictional)", ""), row.amount) for row in answer.rows] == [
        (1, "Example Relief International", "1800000"),
        (2, "Sample University Research Foundation", "580000"),
        (3, "Mockup Consulting", "150000"),
        (None, "Quiet Recipient", None),
    ]
    assert answer.headline == (
        "[practice] Example Relief International received most: USD 1,800,000 obligated in prime awards of Example"
        " Grants Office; then come Sample University Research Foundation (USD 580,000) and 1 other."
    )
    assert "Not ranked: recipients whose names are withheld (USD 200,000)." in answer.answer
    assert "We have no such amount for 1 more partner on file." in answer.answer


def test_partners_who_received_the_same_share_a_place(bundled: Session) -> None:
    rows: Any = ask(bundled, "top-partners", {"measure": "announced", "layer": "project activity"}).rows
    ranked = [(row.rank, row.amount) for row in rows if row.rank]
    amounts = [Decimal(amount) for _, amount in ranked]
    assert amounts == sorted(amounts, reverse=True)
    for row in some(rows):
        if row.rank:
            assert row.is_edge == (amounts.count(Decimal(row.amount)) > 1)
            assert row.rank == 1 + sum(amount > Decimal(row.amount) for amount in amounts)


def test_budget_lines_for_an_office_are_its_money_and_the_office_is_no_country(bundled: Session) -> None:
    asked = {"party": "TIP Office", "layer": "budget line", "measure": "requested", "by": "country"}
    rows: Any = ask(bundled, "funding-summary", asked).rows
    assert [(row.group_name, row.amount) for row in rows if row.counted] == [("no country on record", "20723000")]
