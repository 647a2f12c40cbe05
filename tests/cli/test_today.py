"""`iga today`: what is overdue, due and ahead, and what changed since its officer last looked."""

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
