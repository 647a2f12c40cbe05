"""Who belongs to a body, and to which bodies a party belongs, on a day."""

import re
from typing import Any

import pytest

from iga.queries.core.relationships import membership_on
from tests.queries.conftest import Ask
from tests.reading import some


def held(answer: Any) -> dict[str, str]:
    return {row.name: row.held for row in answer.rows}


def test_yes_and_unknown_are_told_apart_and_no_is_left_out(answer_to: Ask) -> None:
    assert held(answer_to("members", party="ESO")) == {
        "Côte d’Ivoire": "yes",
        "European Union": "yes",
        "Ghana": "unknown",  # since some day of this year
        "Mongolia": "yes",
        "New Zealand": "unknown",  # seen once, years ago
        "United States": "yes",
    }


def test_a_former_member_appears_on_a_day_of_its_term(answer_to: Ask) -> None:
    assert held(answer_to("members", party="ESO", as_of="2005-03-01"))["Kenya"] == "yes"
    assert "Kenya" not in held(answer_to("members", party="ESO", as_of="2010-04-01"))


def test_a_sighting_holds_on_its_day_alone(answer_to: Ask) -> None:
    assert held(answer_to("members", party="ESO", as_of="2018-06-15"))["New Zealand"] == "yes"
    assert held(answer_to("members", party="ESO", as_of="2018-06-16"))["New Zealand"] == "unknown"


def test_a_partial_day_asks_for_its_last_day(answer_to: Ask) -> None:
    assert answer_to("members", party="ESO", as_of="2010").as_of == "2010-12-31"
    assert "Mongolia" in held(answer_to("members", party="ESO", as_of="2012-11"))


def test_observers_are_not_counted_as_members(answer_to: Ask) -> None:
    answer = answer_to("members", party="ESO")
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "ESO has 7 members, of whom 5 are listed here: the EU, Ghana, Mongolia, New Zealand and the United States.",
        ),
        ("beside", "Beside the members: 1 as observer."),
        ("undated", "1 may have lapsed: its source does not give dates."),
        ("open-terms", "1 may have lapsed by then or begun only later: its term is from 2026."),
        ("past", "1 past membership not shown."),
    ]
    assert answer.headline == answer.clauses[0].text
    assert answer.answer == " ".join(clause.text for clause in answer.clauses)
    assert answer.clauses[0].values["members"] == 5
    assert set(answer.clauses[0].evidence) == set(answer.evidence)
    assert answer.caveats[0].text == (
        "The list is partial: 5 of 7 members of ESO are on file (as reported for 2026-01)."
    )


def test_a_source_says_what_it_lacks(answer_to: Ask) -> None:
    [gap] = [doubt for doubt in answer_to("members", party="ESO").caveats if doubt.source]
    assert (gap.kind, gap.text, gap.source) == ("partial", "One observer was not found.", "ref:members")


def test_category_and_office_narrow_the_list(answer_to: Ask) -> None:
    assert set(held(answer_to("members", party="ESO", category="observer"))) == {"Côte d’Ivoire"}
    chair = answer_to("members", party="ESO", role="chair", as_of="2025-05-01")
    assert [(row.name, row.office) for row in chair.rows] == [("United States", "chair")]
    assert "The United States is listed as chair of ESO." in chair.answer
    assert answer_to("members", party="ESO", role="chair").rows == ()


@pytest.mark.parametrize(
    ("question", "party", "asked", "said"),
    [
        (
            "memberships",
            "RUS",
            {"status": "suspended"},
            "Not confirmed: no body on file lists Russia as suspended; it is l",
        ),
        (
            "memberships",
            "NIC",
            {"status": "withdrawn"},
            "Nicaragua is listed as withdrawn in 1 body on file: the OAS (le",
        ),
        (
            "members",
            "OAS",
            {"status": "withdrawn"},
            "1 on the list of the OAS is on file as withdrawn: Nicaragua (left 2023",
        ),
        (
            "members",
            "OSCE",
            {"category": "Partner for Co-operation"},
            "11 beside the members of the OSCE are on file as P",
        ),
        (
            "members",
            "OSCE",
            {"status": "suspended"},
            "Not confirmed: no list on file has anybody in the OSCE as suspended",
        ),
        (
            "memberships",
            "RUS",
            {"other": "OSCE", "status": "suspended"},
            "Not confirmed: Russia is not on file as suspen",
        ),
        (
            "memberships",
            "NIC",
            {"other": "OAS", "status": "withdrawn"},
            "Yes: Nicaragua is listed as withdrawn from the",
        ),
    ],
)
def test_a_reply_is_to_the_category_or_status_asked_for(
    bundled_answer: Ask, question: str, party: str, asked: dict[str, str], said: str
) -> None:
    answer = bundled_answer(question, party=party, **asked)
    assert answer.headline.startswith(said)
    assert bool(answer.rows) == (not said.startswith("Not confirmed"))


def test_an_office_is_no_second_membership(answer_to: Ask) -> None:
    rows = answer_to("members", party="ESO", as_of="2025-05-01").rows
    assert [row.office for row in rows if row.name == "United States"] == [None]


def test_memberships_name_the_bodies(answer_to: Ask) -> None:
    answer = answer_to("memberships", party="GHA")
    assert [(row.body_name, row.held) for row in answer.rows] == [
        ("Example Process", "yes"),
        ("Example Security Organization", "unknown"),
    ]
    assert answer.headline == (
        "Ghana is a member of 1 body on file: the Example Process; it was listed in 1 more, not confirmed for that day."
    )


def test_one_membership_is_answered_yes_not_then_or_not_known(answer_to: Ask) -> None:
    assert answer_to("memberships", party="MNG", other="ESO").headline.startswith("Yes: Mongolia is in ESO as")
    was = answer_to("memberships", party="KEN", other="ESO")
    assert was.rows == ()
    assert was.headline == "Not confirmed: Kenya was in ESO from 2001 to 2010-03-31; whether also later is not on file."
    unknown = answer_to("memberships", party="COG", other="ESO")
    assert unknown.headline == (
        "Not confirmed: the Republic of the Congo is not among the members of ESO on file, which are 5 of 7."
    )
    none = answer_to("memberships", party="COG", other="EXP")
    assert none.headline == "No: the Republic of the Congo is not among the members of the Example Process."


def test_a_list_of_a_past_day_is_not_measured_by_the_number_of_a_later_one(bundled_answer: Ask) -> None:
    answer = bundled_answer("members", party="UN", as_of="1991-01-01")
    assert answer.headline == "157 of the members of the UN are on file."
    partial = [caveat.text for caveat in answer.caveats if caveat.kind == "partial" and not caveat.source]
    assert partial == [
        "Former States, such as Czechoslovakia, Yugoslavia and the Soviet Union, are not on file as members of the UN."
    ]
    assert bundled_answer("members", party="OSCE", as_of="2005-01-01").headline.startswith("The OSCE has 55 members")


@pytest.mark.parametrize(
    ("left_on", "day", "expected"),
    [
        ("2025-06-30", "2026-01-01", "no"),
        ("2025-06-30", "2025-01-01", "yes"),
        ("2025", "2025-06-01", "unknown"),
        (None, "2026-01-01", "unknown"),
    ],
)
def test_a_withdrawal_without_a_day_leaves_open_whether_a_membership_stands(
    left_on: str | None, day: str, expected: str
) -> None:
    term = {"start_min": "2003-01-01", "start_max": "2003-01-01", "end_min": "9999-12-31"}
    assert membership_on(term, day=day) == "yes"
    assert membership_on(term | {"status": "withdrawn", "status_on": left_on}, day=day) == expected


@pytest.mark.parametrize("party", ["gov:usa", "gov:vnm", "gov:fra", "org:iom"])
@pytest.mark.parametrize("day", ["2026-06-01", "2010-06-30"])
def test_sure_memberships_are_counted_alone_and_come_first(bundled_answer: Ask, party: str, day: str) -> None:
    """As many are counted as Yes replies to when each body is asked about alone."""
    answer = bundled_answer("memberships", party=party, as_of=day)
    held = [row.held for row in answer.rows]
    assert held == sorted(held, reverse=True)
    sure = {row.body for row in some(answer.rows) if row.held == "yes"}
    replies = [bundled_answer("memberships", party=party, other=body, as_of=day).headline for body in sure]
    counted = re.search(r" is a member of (\d+) bod", answer.headline)
    assert int(counted[1] if counted else 0) == sum("Yes: " in reply for reply in replies)
