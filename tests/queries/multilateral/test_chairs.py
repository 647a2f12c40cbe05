"""Who held which office in a body on a day or over a period; years without anybody are said."""

from tests.queries.conftest import Ask
from tests.reading import some


def test_the_offices_of_a_day_come_chair_first(answer_to: Ask) -> None:
    answer = answer_to("chairs", party="Nordic Assembly")
    assert [(row.office, row.name, row.held) for row in answer.rows] == [
        ("chair", "Sweden", "yes"),
        ("vice-chair", "Norway", "yes"),
        ("president", "Head of the Nordic Assembly", "unknown"),
    ]
    assert answer.rows[2].holding == "holder not held"
    assert answer.headline == (
        "Sweden chairs the Nordic Assembly in 2026; also Norway (vice-chair, 2026) and Head of the Nordic Assembly "
        "(holder not known)."
    )


def test_a_period_lists_all_terms_latest_first_and_names_the_years_without_one(answer_to: Ask) -> None:
    answer = answer_to("chairs", party="Nordic Assembly", since="2022", role="chair")
    terms = [(row.name, row.start) for row in answer.rows if row.office == "chair"]
    assert terms == [("Sweden", "2026-01-01"), ("Norway", "2024"), ("Norway", "2022")]
    assert answer.caveats[0].text == "We have no officer of the Nordic Assembly for 2023 and 2025 on file."


def test_a_day_without_anybody_tells_the_last_year_with_somebody(answer_to: Ask) -> None:
    answer = answer_to("chairs", party="Nordic Assembly", as_of="2025-06-01")
    assert not [row for row in some(answer.rows) if row.way == "office"]
    assert answer.caveats[0].text == (
        "We have no officer of the Nordic Assembly for that day on file; the last year on file is 2024."
    )


def test_the_osce_is_chaired_by_switzerland_in_2026(bundled_answer: Ask) -> None:
    [row] = bundled_answer("chairs", party="OSCE", as_of="2026-11-25").rows
    assert (row.name, row.office, row.start, row.end) == ("Switzerland", "chair", "2026-01-01", "2026-12-31")


def test_who_tabled_the_last_text_is_told_where_no_penholder_is(bundled_answer: Ask) -> None:
    rows = bundled_answer("chairs", party="Human Rights Council").rows
    assert [(row.name, row.held) for row in rows if row.way == "text"] == [("Philippines", "unknown")]


def test_nobody_on_record_is_not_known(answer_to: Ask) -> None:
    answer = answer_to("chairs", party="Example Process")
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        ("nobody", "Not known: we have no chair or other officer of the Example Process for that day on file."),
        ("drafters", "Its last text was tabled by Kenya."),
    ]


def test_nobody_is_a_predecessor_of_himself_and_nobody_is_chair_and_co_chair_at_once(bundled_answer: Ask) -> None:
    answer = bundled_answer("chairs", party="Senate Foreign Relations Committee", as_of="2017-02-01")
    assert answer.headline == (
        "Bob Corker chairs the Senate Committee on Foreign Relations 2015-02-24 to 2019-01-03, after Robert Menendez "
        "(2013-02-14 to 2015-01-03)."
    )
    answer = bundled_answer("chairs", party="Helsinki Commission")
    assert [(row.name, row.office) for row in answer.rows] == [("Roger F. Wicker", "chair"), ("Joe Wilson", "co-chair")]


def test_a_day_between_two_chairs_names_both(bundled_answer: Ask) -> None:
    answer = bundled_answer("chairs", party="Senate Foreign Relations Committee", as_of="2021-02-01")
    assert answer.headline.endswith(
        "the nearest are James E. Risch, chair 2019-02-11 to 2021-01-03 and Robert Menendez, chair 2021-02-25 to "
        "2023-01-03."
    )


def test_who_acts_and_who_is_to_come_are_told_of_the_post_at_the_head(bundled_answer: Ask) -> None:
    answer = bundled_answer("chairs", party="UNODC")
    assert answer.headline == (
        "UNODC is led by the Executive Director of UNODC (perhaps John Brandolino, acting, last seen 2026-03-06)."
    )
    assert "Designate: Monica Juma, as of 2026-03-06." in answer.answer


def test_a_year_long_ago_tells_the_office_of_then(bundled_answer: Ask) -> None:
    heads = {}
    for year in ("2001", "2003", "2012", "2018"):
        rows = bundled_answer("chairs", party="TIP Office", since=year, until=year).rows
        heads[year] = {(row.id, row.holder_name) for row in rows}
    assert heads["2001"] == {("post:us-tip-director", "Nancy Ely-Raphel")}
    assert heads["2012"] == {("post:us-tip-ambassador", "Luis CdeBaca")}
    assert heads["2018"] == {("post:us-tip-ambassador", "John Cotton Richmond")}
    answer = bundled_answer("chairs", party="TIP Office", since="2001", until="2001")
    assert "was led by the Director of the TIP Office, before the rank of ambassador" in answer.headline


def test_a_term_without_an_end_ended_when_another_took_the_one_chair(bundled_answer: Ask) -> None:
    # Senegal chaired from February 2022; its source gives no end, and the Comoros followed in 2023.
    assert [row.name for row in bundled_answer("chairs", party="African Union", since="2024", until="2024").rows] == [
        "Mauritania"
    ]
    terms = {row.name: row.held for row in bundled_answer("chairs", party="African Union", since="2021").rows}
    assert terms["Senegal"] == "yes"
    now = bundled_answer("chairs", party="African Union", as_of="2024-06-01")
    assert "Senegal" not in {row.name for row in some(now.rows)}
