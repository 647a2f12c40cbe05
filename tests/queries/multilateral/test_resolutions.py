"""Lists of resolutions by body, sponsor, topic and years, and who sponsored with whom."""

from typing import Any

from tests.queries.conftest import Ask


def symbols(answer: Any) -> list[str]:
    return [row.symbol for row in answer.rows]


def test_a_body_has_its_texts_latest_first(answer_to: Ask) -> None:
    answer = answer_to("resolutions", other="Example Process")
    assert symbols(answer) == ["X/RES/amendment", "X/RES/2", "X/RES/1"]
    assert answer.rows[1].body_name == "Example Process"
    assert answer.rows[1].adoption == "adopted 2020-12-01 by consensus, so nobody voted"
    assert symbols(answer_to("resolutions", other="ESO")) == []


def test_a_party_has_the_texts_it_sponsored_or_voted_on(answer_to: Ask) -> None:
    kenya = answer_to("resolutions", party="Kenya")
    assert [(row.symbol, row.part) for row in kenya.rows] == [
        ("X/RES/2", "main sponsor"),
        ("X/RES/1", "main sponsor and voted yes"),
    ]
    assert [clause.text for clause in kenya.clauses] == [
        "The latest of 2 is Renewal (X/RES/2), adopted 2020-12-01 by consensus, so nobody voted.",
        "Kenya sponsored 2 and voted on 1.",
    ]
    assert symbols(answer_to("resolutions", party="New Zealand", role="co")) == ["X/RES/1"]
    assert symbols(answer_to("resolutions", party="New Zealand", role="main")) == []


def test_a_role_that_a_party_had_in_no_text_does_not_hide_what_it_did(answer_to: Ask) -> None:
    for party in ("Kenya", "New Zealand", "Mongolia", "Ghana"):
        done = {row.resolution_name: row.part for row in answer_to("resolutions", party=party).rows}
        for role in ("main", "co", "added later"):
            answer = answer_to("resolutions", party=party, role=role)
            assert answer.rows or not done or any(title in answer.headline for title in done)
            assert {row.resolution_name: row.part for row in answer.rows}.items() <= done.items()
            assert all("voted on" not in clause.text for clause in answer.clauses if answer.rows)


def test_topic_and_years_narrow_the_list(answer_to: Ask) -> None:
    assert symbols(answer_to("resolutions", topic="THB", until="2019")) == ["X/RES/1"]
    assert symbols(answer_to("resolutions", topic="child labor")) == []
    assert symbols(answer_to("resolutions", since="2020", until="2020")) == ["X/RES/amendment", "X/RES/2"]


def test_that_lists_of_sponsors_are_short_is_said(answer_to: Ask) -> None:
    doubts = [doubt.text for doubt in answer_to("resolutions", party="Ghana").caveats]
    assert (
        "Whole lists of sponsors are on file for 1 of 3 resolutions looked at; Ghana may have sponsored others."
        in doubts
    )


def test_co_sponsors_count_texts_and_events_together(answer_to: Ask) -> None:
    [row] = answer_to("co-sponsors", party="New Zealand").rows
    assert (row.name, row.together_count, row.text_count, row.main_count) == ("Kenya", 1, 1, 1)
    assert row.together == ("Coordination (X/RES/1)",)


def test_hosting_together_counts_and_a_series_does_not(answer_to: Ask) -> None:
    answer = answer_to("co-sponsors", party="Ghana")
    assert answer.rows == ()
    assert [clause.text for clause in answer.clauses] == [
        "We have no text or event that others joined Ghana in on file.",
        "That looks at no texts that Ghana sponsored and 1 event that it hosted.",
    ]


def test_one_companion_may_be_asked_for(answer_to: Ask) -> None:
    answer = answer_to("co-sponsors", party="Kenya", other="New Zealand")
    assert answer.headline == "Yes: New Zealand joined Kenya 1 time in 2018: text (1)."
    assert answer.clauses[0].values["years"] == [2018]
    nobody = answer_to("co-sponsors", party="Kenya", other="Ghana")
    assert nobody.headline == "Not confirmed: no text or event on file joins Ghana and Kenya."


def test_real_co_sponsors_are_found(bundled_answer: Ask) -> None:
    rows = bundled_answer("co-sponsors", party="United States", since="2015", topic="THB").rows
    assert {row.name: row.text_count for row in rows}["Philippines"] == 2
