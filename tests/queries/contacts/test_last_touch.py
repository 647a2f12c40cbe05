"""The last meetings and calls with a party, and what is said where none is recorded."""

from typing import Any

import pytest

from iga.queries.ask import ask
from iga.queries.contacts import dealings
from iga.queries.core.session import Session
from tests.queries.contacts.conftest import Ask


def said(answer: Any) -> dict[str, str]:
    return {clause.id: clause.text for clause in answer.clauses}


def test_the_last_touch_names_who_was_there_on_both_sides_and_what_came_of_it(asked: Ask) -> None:
    assert said(asked("last-touch", party="ESO")) == {
        "headline": "Our last touch with ESO was on 2026-05-10: Call with the focal point.",
        "ours": "For us: Uma Example, Officer A.",
        "theirs": "For them: Eve Example, Focal Point.",
        "outcome": "Outcome: a draft follows.",
        "check": "Last contact check: eve@eso.example worked (reply received) on 2026-05-30, checked by Uma Example.",
        "beside": "They were also at 1 occasion where our side is not on file, last Big Conference (2026-05-20).",
    }


def test_touches_come_latest_first_then_occasions_and_what_was_called_off_or_lies_ahead_is_none(asked: Ask) -> None:
    rows = asked("last-touch", party="ESO").rows
    assert [(row.on, row.kind, row.what_name) for row in rows] == [
        ("2026-05-30", "contact check", "eve@eso.example"),
        ("2026-05-10", "engagement", "Call with the focal point"),
        ("2026-05-01", "contact check", "unit@eso.example"),
        ("2024-03-01", "engagement", "Talks"),
        ("2026-05-20", "occasion", "Big Conference"),
    ]
    assert [row.sort for row in rows if row.kind == "contact check"] == ["worked (reply received)", "bounced"]


def test_talks_of_two_sides_count_though_nobody_noted_who_of_ours_was_there(asked: Ask) -> None:
    answer = asked("last-touch", party="ESO", as_of="2025")
    assert answer.headline.endswith("was on 2024-03-01: Talks (bilateral meeting, in Vienna).")
    assert said(answer)["ours"] == "Who of ours was there is not on file."
    assert said(answer)["outcome"] == "The outcome is not on file."
    assert ("Who of ours was there is not recorded for 1 engagement.", "ours") in [
        (doubt.text, doubt.clause) for doubt in answer.caveats
    ]


def test_none_recorded_is_not_none(asked: Ask) -> None:
    answer = asked("last-touch", party="Quiet Organization")
    assert answer.headline.startswith("Not confirmed: no meeting, call or other engagement of ours")
    assert [doubt.kind for doubt in answer.caveats][:1] == ["unknown"]


def test_the_rest_is_counted(asked: Ask) -> None:
    answer = asked("last-touch", party="ESO", limit="1")
    assert (len(answer.rows), answer.total.value) == (1, 5)


@pytest.mark.parametrize("read", [1, 2, 3])
def test_of_many_engagements_the_newest_are_looked_at_until_there_are_enough_to_show(
    asked: Ask, monkeypatch: pytest.MonkeyPatch, read: int
) -> None:
    whole = asked("last-touch", party="ESO")
    monkeypatch.setattr(dealings, "_READ", read)
    answer = asked("last-touch", party="ESO")
    assert (answer.rows, answer.total, answer.caveats) == (whole.rows, whole.total, whole.caveats)
    newest = asked("last-touch", party="ESO", limit="1")
    assert (newest.headline, newest.rows) == (whole.headline, whole.rows[:1])


def test_engagements_that_were_not_looked_at_are_told(asked: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dealings, "_READ", 4)
    answer = asked("last-touch", party="ESO", limit="1")
    assert answer.total.relation == "gte"
    assert [doubt.text for doubt in answer.caveats if doubt.kind == "partial"] == [
        "Only engagements that began after 2024-03-01 were looked at; there are earlier ones."
    ]


def test_what_is_planned_for_no_day_is_no_touch_and_our_own_side_is_told_apart(demo: Session) -> None:
    earlier = ask(demo, "last-touch", {"party": "OSCE", "as_of": "2019"})
    assert earlier.headline.startswith("[practice] Not confirmed: no meeting, call or other engagement of ours")
    assert "day to be set" not in str(earlier.rows)
    own = ask(demo, "last-touch", {"party": "TIP Office"})
    assert "is our own side; its last meeting or call was" in own.answer
    assert "theirs" not in said(own)
    assert said(own)["ours"].startswith("For us: ")


def test_a_person_met_us_in_person_or_in_a_post_held_that_day_and_not_in_an_office_left_since(demo: Session) -> None:
    rows: Any = ask(demo, "last-touch", {"party": "Kari Johnstone"}).rows
    assert {row.what_name for row in rows if row.on and row.kind == "engagement"} >= {
        "Pull-aside at the Alliance conference (fictional)"
    }
    assert not [row.what_name for row in rows if "Office to Monitor" in " ".join(row.theirs)]
