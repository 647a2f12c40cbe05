"""`iga watch`: saved, looked at, forgotten; what was not printed whole stays new."""

from tests.cli.conftest import Iga


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
