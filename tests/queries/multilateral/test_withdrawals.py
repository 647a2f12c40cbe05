"""Withdrawals are told step by step: announced, notified, in effect; a step is not told before its day."""

from typing import Any

import pytest

from tests.queries.conftest import Ask
from tests.queries.sweep import rows_of
from tests.reading import some


def test_our_own_withdrawals_are_meant_where_nobody_is_named(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("withdrawals")
    assert answer.headline == (
        "The United States leaves or has left 70 bodies and agreements: 3 in effect, 1 notified and 66 announced."
    )
    assert [row.step for row in answer.rows[:4]] == ["in effect"] * 3 + ["notified"]
    assert all(row.evidence for row in some(answer.rows))
    assert any("not on file for 66 of these" in doubt.text for doubt in answer.caveats)


@pytest.mark.parametrize(
    ("day", "step"), [("2025-01-21", "announced"), ("2025-06-01", "notified"), ("2026-01-22", "in effect")]
)
def test_a_step_is_told_from_its_day_on(bundled_answer: Ask, day: str, step: str) -> None:
    [row] = bundled_answer("withdrawals", party="USA", other="WHO", as_of=day).rows
    assert row.step == step


def test_before_it_is_announced_there_is_none(bundled_answer: Ask) -> None:
    answer: Any = bundled_answer("withdrawals", party="USA", other="WHO", as_of="2025-01-19")
    assert answer.rows == ()
    assert answer.headline == "Not confirmed: no withdrawal of the United States from the WHO is on file."


def test_of_a_body_whoever_leaves_it_is_told_and_of_a_party_agreements_too(bundled_answer: Ask) -> None:
    assert [row.name for row in bundled_answer("withdrawals", other="OAS").rows] == ["Nicaragua"]
    [row] = bundled_answer("withdrawals", party="Malaysia").rows
    assert (row.what, row.takes_effect_on) == ("treaty:ilo-c105", "1990-01-10")


def test_only_those_that_have_come_so_far(bundled_answer: Ask) -> None:
    assert [row.what for row in bundled_answer("withdrawals", step="notified").rows] == ["org:unesco"]


def test_a_body_that_is_asked_about_alone_is_the_one_that_is_left(bundled_answer: Ask) -> None:
    asked = [bundled_answer("withdrawals", **{name: "UNESCO"}) for name in ("party", "other")]
    assert asked[0].rows
    assert asked[0].headline == asked[1].headline


def test_who_left_a_body_is_asked_of_the_body(answer_to: Ask) -> None:
    answer = answer_to("withdrawals", other="Specimen Agency")
    assert [(row.name, row.step) for row in answer.rows] == [("United States", "notified")]


def test_an_old_withdrawal_is_told_also_after_the_return(bundled_answer: Ask) -> None:
    """On every day after a party left and before it leaves again, the day on which it left is told."""
    left = [row for row in rows_of("us/us_withdrawals.csv") if row["body"] == "org:unesco" and row["end"]]
    for row in some(left):
        for day in ("2003-12-31", "2010-01-01", "2017-10-11", "2019-06-01", "2024-01-01", "2025-01-19", "2026-06-01"):
            if day <= row["end"]:
                continue
            for asked in ({"other": "UNESCO"}, {"party": "USA"}, {"party": "USA", "other": "UNESCO"}):
                answer = bundled_answer("withdrawals", **asked, as_of=day)
                assert row["end"] in answer.answer, (asked, day, answer.answer)
                assert "No: " not in answer.headline, answer.headline
                assert "withdrawal of the United States from UNESCO is on file" not in answer.answer
    back: Any = bundled_answer("withdrawals", party="USA", other="UNESCO", as_of="2024-01-01")
    assert back.headline == (
        "Yes: the United States has left UNESCO before, and came back: "
        "in 1984 (back in 2003) and on 2018-12-31 (back on 2023-07-11)."
    )
    assert back.rows == ()


def test_where_no_withdrawal_is_on_file_the_term_that_ended_is_told(bundled_answer: Ask) -> None:
    """Of every member of the Human Rights Council whose terms in it are over."""
    rows = rows_of("multilateral/members_hrc.csv")
    last = {row["member"]: row for row in sorted(rows, key=lambda row: row["to"] or "9") if row["from"]}
    over = {party: row["to"] for party, row in last.items() if row["to"] and row["to"] < "2026"}
    for party, ended in some([*over.items()][::8]):
        reply = bundled_answer("withdrawals", party=party, other="forum:hrc").headline
        assert "Yes: " in reply or f"until {ended}" in reply, reply
    assert bundled_answer("withdrawals", party="Russia", other="forum:hrc").headline == (
        "Not confirmed: no withdrawal of Russia from the Human Rights Council is on file; "
        "its term there was from 2021-01-01 until 2022-04-07."
    )
