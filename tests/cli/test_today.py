"""`iga today` and `iga watch`: what is due, and what changed since somebody last looked."""

from datetime import date, timedelta

import pytest

from tests.cli.conftest import Iga
from tests.clock import TODAY


def _in_days(days: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=days)).isoformat()


def test_what_is_late_due_and_ahead_is_told_and_what_has_no_day_is_not(loaded: Iga) -> None:
    promised = ("add", "commitment", "--party", "Ghana", "--other", "Acme Relief", "--said-on", "2026-01-05", "--words")
    loaded(*promised, "We will open a shelter", "--due", _in_days(-90))
    loaded(*promised, "We will send figures", "--due", _in_days(6))
    loaded(*promised, "We will think about it")
    meeting = ("add", "engagement", "--party", "Ghana", "--status", "planned", "--name")
    loaded(*meeting, "Meeting on shelters", "--on", _in_days(7))
    loaded(*meeting, "Meeting of next year", "--on", _in_days(372))
    ran = loaded("today")
    assert ran.out.startswith(
        f"1 thing is overdue; 1 thing falls due and 1 meeting is ahead by {_in_days(14)}; what changes from"
    ), ran.out
    late, due, meetings = (part.splitlines() for part in ran.out.split("\n\n")[1:])
    assert (late[0], "open a shelter" in late[1]) == ("Overdue (1)", True)
    assert (due[0], "send figures" in due[1]) == (f"Due by {_in_days(14)} (1)", True)
    assert (meetings[0], "Meeting on shelters" in meetings[1]) == (f"Meetings by {_in_days(14)} (1)", True)


def test_what_is_due_is_counted_and_shown_however_much_is_overdue(loaded: Iga, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iga.queries.core.endnotes.CAP", 2)
    promised = ("add", "commitment", "--party", "Ghana", "--other", "Acme Relief", "--said-on", "2026-01-05", "--words")
    for number in range(3):
        loaded(*promised, f"We will open shelter {number}", "--due", _in_days(-90 - number))
    loaded(*promised, "We will send figures", "--due", _in_days(6))
    ran = loaded("today")
    assert ran.out.startswith(f"3 things are overdue; 1 thing falls due and no meetings are ahead by {_in_days(14)}")
    late, due = (part.splitlines() for part in ran.out.split("\n\n")[1:])
    assert (late[0], len(late)) == ("Overdue (3)", 4)
    assert (due[0], "send figures" in due[1]) == (f"Due by {_in_days(14)} (1)", True)


def test_what_changed_is_new_until_it_was_looked_at(loaded: Iga) -> None:
    assert loaded("today", "--json").document["since"] is None
    assert "no changes since" in loaded("today").out
    loaded("correct", "ngo:acme", "website", "https://acme.example.org", "--because", "seen there")
    for _ in range(2):
        peeked = loaded("today", "--peek", "--json").document
        assert (peeked["parts"][-1]["title"], peeked["parts"][-1]["count"]) == ("Changed", 1)
    assert "acme.example.org" in loaded("today").out
    assert "no changes since" in loaded("today").out


def test_a_watch_is_added_listed_looked_at_and_removed(loaded: Iga) -> None:
    added = loaded("watch", "add", "acme", "neighbourhood", "--party", "Acme Relief")
    assert added.code == 0, added.err
    assert added.out == "acme is watched, no rows seen. What is new: iga watch acme\n"
    assert "acme: iga ask neighbourhood --limit 5 --party ngo:acme" in loaded("watch").out
    assert loaded("add", "contact", "--party", "Acme Relief", "--email", "desk@example.org").code == 0
    peeked = loaded("watch", "acme", "--peek")
    assert "1 new, of 1 row now" in peeked.out
    assert "desk@example.org" in peeked.out
    assert "1 new, of 1 row now" in loaded("watch", "acme").out
    assert "nothing is new" in loaded("watch", "look", "acme").out
    assert loaded("watch", "remove", "acme").out == "acme is no longer watched.\n"
    assert loaded("watch", "acme").code == 4


def test_news_and_the_list_are_documents(loaded: Iga) -> None:
    loaded("watch", "add", "acme", "neighbourhood", "--party", "Acme Relief", "--json")
    [listed] = loaded("watch", "--json").document["watches"]
    assert (listed["name"], listed["by"], listed["question"]) == ("acme", "J. Example", "neighbourhood")
    news = loaded("watch", "acme", "--json").document
    assert (news["watch"]["name"], news["new"], news["gone"], news["changed"]) == ("acme", [], [], [])


def test_a_name_that_is_taken_or_a_command_or_a_question_that_is_none_is_refused(loaded: Iga) -> None:
    loaded("watch", "add", "acme", "neighbourhood", "--party", "Acme Relief")
    assert "already" in loaded("watch", "add", "acme", "profile", "--party", "Acme Relief").err
    assert "that is a command of iga watch" in loaded("watch", "add", "remove", "profile", "--party", "Acme Relief").err
    assert "did you mean neighbourhood" in loaded("watch", "add", "x", "neighborhood", "--party", "Acme Relief").err
    assert "there is no saved question 'nothing'" in loaded("watch", "remove", "nothing").err


def test_what_changed_and_what_is_gone_are_told_apart_from_what_is_new(loaded: Iga) -> None:
    assert "J. Example watches nothing yet" in loaded("watch").out
    held = ("add", "engagement", "--name", "Call", "--on", "2026-11-24", "--party", "Ghana", "--status")
    assert loaded(*held, "held").code == 0
    added = loaded("watch", "add", "calls", "engagements", "--party", "Ghana")
    assert added.out == "calls is watched, 1 row seen. What is new: iga watch calls\n"
    assert loaded(*held, "cancelled", "--organizer", "Kenya").code == 0
    changed = loaded("watch", "calls", "--peek").out
    assert "    status: held → cancelled\n" in changed
    assert "    hosts: nothing → Kenya\n" in changed
    assert loaded("withdraw", "engagement:call-2026-11-24", "--because", "never was").code == 0
    assert "\nGone:\n  2026-11-24, Call, held" in loaded("watch", "calls").out
    assert loaded("watch", "remove", "calls", "--json").document == {"removed": "calls", "question": "engagements"}
