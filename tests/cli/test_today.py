"""`iga today`: what is overdue, due and ahead, and what changed since its officer last looked."""

from tests.cli.conftest import Iga


def test_what_is_late_due_and_ahead_is_told_and_what_has_no_day_is_not(loaded: Iga) -> None:
    promised = ("add", "commitment", "--party", "Ghana", "--other", "Acme Relief", "--said-on", "2026-01-05", "--words")
    loaded(*promised, "We will open a shelter", "--due", "2026-02-01")
    loaded(*promised, "We will send figures", "--due", "2026-12-01")
    loaded(*promised, "We will think about it")
    meeting = ("add", "engagement", "--party", "Ghana", "--status", "planned", "--name")
    loaded(*meeting, "Meeting on shelters", "--on", "2026-12-02")
    loaded(*meeting, "Meeting of next year", "--on", "2027-12-02")
    ran = loaded("today")
    assert ran.out.startswith(
        "1 thing is overdue; 1 thing falls due and 1 meeting is ahead by 2026-12-09; what changes from now on is told"
    ), ran.out
    late, due, meetings = (part.splitlines() for part in ran.out.split("\n\n")[1:])
    assert (late[0], "open a shelter" in late[1]) == ("Overdue (1)", True)
    assert (due[0], "send figures" in due[1]) == ("Due by 2026-12-09 (1)", True)
    assert (meetings[0], "Meeting on shelters" in meetings[1]) == ("Meetings by 2026-12-09 (1)", True)


def test_what_changed_is_new_until_it_was_looked_at(loaded: Iga) -> None:
    assert loaded("today", "--json").document["since"] is None
    assert "no changes since" in loaded("today").out
    loaded("correct", "ngo:acme", "website", "https://acme.example.org", "--because", "seen there")
    for _ in range(2):
        peeked = loaded("today", "--peek", "--json").document
        assert (peeked["parts"][-1]["title"], peeked["parts"][-1]["count"]) == ("Changed", 1)
    assert "acme.example.org" in loaded("today").out
    assert "no changes since" in loaded("today").out
