"""One project or award as every list states it: side by side, raised and extended in words, and never summed."""

from iga.queries.funding.award import ListEdition, changes
from tests.queries.conftest import Ask
from tests.queries.funding.conftest import AskSample


def test_each_list_has_a_row_and_says_what_it_changed(answer_to: Ask) -> None:
    rows = [row for row in answer_to("project", project="Refuge project").rows if row.about == "project:refuge"]
    assert [(row.list_name, row.stated_on, row.stated_total, row.end) for row in rows] == [
        ("List of 2018-12", "2018-12", "500000 USD (announced)", "2020-03-30"),
        ("List of 2022-08", "2022-08", "750000 USD (announced)", "2022-12-31"),
    ]
    assert rows[0].changes == ()
    assert rows[1].changes == (
        "raised from USD 500,000 to USD 750,000",
        "extended from 2020-03-30 to 2022-12-31",
        "now also Mongolia",
        "dropped Kenya",
    )


def test_the_sentence_tells_the_changes_and_that_nothing_is_added(answer_to: Ask) -> None:
    answer = answer_to("project", project="Refuge project")
    assert [clause.id for clause in answer.clauses] == [
        "headline", "in-versions", *["changed"] * 4, "never-added", "kind", "below",
    ]  # fmt: skip  # read across, like the rows of a table
    assert answer.answer == (
        "Refuge project: USD 750,000 announced, ending 2022-12-31, as listed in 2022-08. It is listed 2 times, from"
        " 2018-12 on. Version of 2022-08: raised from USD 500,000 to USD 750,000. Version of"
        " 2022-08: extended from 2020-03-30 to 2022-12-31. Version of 2022-08: now also Mongolia. Version of 2022-08: "
        "dropped Kenya. The amounts are versions of one amount and are not added. Its kind of programme is not on"
        " file. 1 award of it stands below, with"
        " the same money."
    )


def test_what_an_earlier_load_of_a_file_said_is_a_version_too(answer_to: Ask) -> None:
    rows = [row for row in answer_to("award", award="X-31").rows if row.about == "award:refuge"]
    assert [(row.stated_total, row.superseded) for row in rows] == [
        ("750000 USD (obligation)", True),
        ("825000 USD (obligation)", False),
    ]
    assert rows[1].changes == ("raised from USD 750,000 to USD 825,000",)
    assert rows[0].load < rows[1].load


def test_an_award_is_followed_by_the_project_it_is_for(answer_to: Ask) -> None:
    rows = answer_to("award", award="Refuge award").rows
    assert [row.about_name for row in rows] == ["Refuge award"] * 2 + ["Refuge project"] * 2


def test_amounts_of_different_measures_or_currencies_are_not_compared() -> None:
    def stated(day: str, amount: str, measure: str, currency: str) -> ListEdition:
        total = {"amount": amount, "measure": measure, "currency": currency}
        return ListEdition(day, ("test:x", "x.csv:2"), 1, False, {"stated_total": total}, (), ())

    earlier = [
        stated("2020", "1", "announced", "USD"), stated("2021", "2", "obligation", "USD"),
        stated("2022", "3", "obligation", "EUR"),
    ]  # fmt: skip  # the two that may not be compared stand nearer
    last = stated("2023", "4", "announced", "USD")
    [raised] = changes(last, earlier, {})
    assert (raised["how"], raised["old"]["amount"], raised["new"]["amount"]) == ("raised", "1", "4")
    assert changes(last, earlier[1:], {}) == ()


def test_sources_without_an_order_differ_and_the_answer_says_so(answer_to: Ask) -> None:
    answer = answer_to("project", project="Data project")
    assert [row.changes for row in answer.rows] == [(), (), ("raised from USD 800,000 to USD 900,000",)]
    assert [row.stated_total for row in answer.rows][:2] == ["800000 USD (announced)"] * 2


def test_lists_of_after_the_day_are_left_out(answer_to: Ask) -> None:
    answer = answer_to("project", project="Refuge project", as_of="2020-01-01")
    assert [row.list_name for row in answer.rows] == ["List of 2018-12"]


def test_a_project_without_an_amount_says_so(answer_to: Ask) -> None:
    answer = answer_to("award", award="Award to Example Relief")
    assert answer.rows[0].stated_total == "2000000 USD (obligation)"
    assert answer.answer == (
        "Award to Example Relief: USD 2,000,000 obligated, as listed on 2026-05-01. Its source puts it under Example"
        " Compact with Ghana."
    )


def test_an_award_that_was_terminated_says_so_with_its_amendment(ask_sample: AskSample) -> None:
    answer = ask_sample("award", award="EXAMPLE-24-CA-0002")
    versions = [row for row in answer.rows if row.about_name.startswith("Prevalence")]
    assert [(row.stated_on, row.total_obligated, row.end, row.status) for row in versions] == [
        ("2024-03-05", "700000 USD (obligation)", "2027-02-28", "active"),
        ("2025-04-01", "580000 USD (obligation)", "2025-03-31", "terminated"),
    ]
    assert versions[1].changes == (
        "total obligated lowered from USD 700,000 to USD 580,000",
        "shortened from 2027-02-28 to 2025-03-31",
        "status active to terminated",
        "amended: P00001 2025-03-14: terminated, end moved to 2025-03-31, 120000 USD deobligated",
    )
    assert answer.answer.endswith(" 1 sub-award made out of it stands below, with part of its money.")


def test_an_award_that_was_raised_and_extended_says_so_by_each_list(ask_sample: AskSample) -> None:
    rows = ask_sample("award", award="EXAMPLE-23-CA-0001").rows
    assert [row.stated_on for row in rows] == ["2023-10-15", "2024-12-01", "2026-10-01"]
    assert "raised from USD 1,500,000 to USD 1,800,000" in rows[2].changes
    assert "extended from 2026-09-30 to 2027-03-31" in rows[2].changes


def test_a_sub_award_names_the_award_that_it_is_made_out_of(ask_sample: AskSample) -> None:
    answer = ask_sample("award", award="EXAMPLE-24-CA-0002-S1")
    assert "It is made out of 1 other award, which stands below with the whole money." in answer.answer
