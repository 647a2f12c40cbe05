"""`iga add contact-check`: one line typed for what trying a contact showed."""

import re

import pytest

from tests.cli.conftest import Iga

POST = "post:gha-focal-point"
ADDRESS = "desk@example.org"


@pytest.fixture
def entered(loaded: Iga) -> Iga:
    """Give Ghana a focal point with a holder and an address."""
    ran = loaded(
        "add", "contact", "--party", "Ghana", "--email", ADDRESS, "--role", "focal point", "--person", "Ada Example"
    )  # fmt: skip
    assert ran.code == 0, ran.err
    return loaded


def test_a_bounce_and_a_departure_are_one_line_and_the_next_best_is_shown(entered: Iga) -> None:
    assert entered("verify", ADDRESS, "--ok", "--how", "reply received").code == 0
    assert entered("add", "contact", "--party", "Ghana", "--phone", "+233 555 0100").code == 0
    ran = entered("add", "contact-check", ADDRESS, "--bounced", "--left", "2020-08", "--because", "automatic reply")
    assert ran.code == 0, ran.err
    assert "bounced:contact:" in ran.out
    assert "left:" in ran.out
    assert "Who follows is not known" in ran.out
    assert "+233 555 0100" in ran.out


def test_what_was_said_before_is_kept_beside_it_with_name_and_reason(entered: Iga) -> None:
    entered("verify", ADDRESS, "--ok", "--how", "reply received")
    entered("add", "contact-check", ADDRESS, "--bounced", "--on", "2026-08-14", "--because", "automatic reply")
    shown = entered("show", ADDRESS).out
    assert "verified how" in shown
    assert "2026-08-14" in shown
    why = entered("why", ADDRESS, "bounced_on").out
    assert "automatic reply" in why
    assert "J. Example" in why


def test_who_left_is_said_with_the_day_and_a_successor_takes_the_post(entered: Iga) -> None:
    assert entered("add", "contact-check", ADDRESS, "--left", "2020-08").code == 0
    assert "left 2020-08, successor not known" in entered("ask", "vacancies", "--party", "Ghana", "--json").out
    ran = entered("add", "contact-check", ADDRESS, "--replied", "--successor", "Bea Example")
    assert ran.code == 0, ran.err
    assert "Who follows is not known" not in ran.out
    assert "Bea Example, in office" in entered("ask", "contact", "--party", "Ghana", "--json").out


def test_of_several_who_may_hold_a_post_one_is_to_be_named(entered: Iga) -> None:
    assert entered("add", "contact", "--party", POST, "--person", "Bea Example", "--phone", "+233 555 0100").code == 0
    several = entered("add", "contact-check", ADDRESS, "--left", "2020-08")
    assert (several.code, several.err.count("(person:"), "say who left (person)" in several.err) == (4, 2, True)


def test_who_follows_at_what_is_no_post_is_entered_otherwise(loaded: Iga) -> None:
    assert loaded("add", "contact", "--party", "Acme Relief", "--email", ADDRESS).code == 0
    ran = loaded("add", "contact-check", ADDRESS, "--successor", "Bea Example")
    assert (ran.code, "Acme Relief is no post: enter who follows as a contact" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((ADDRESS,), 2, "that it replied or bounced, the day somebody left, or a successor"),
        (("nobody@example.org", "--bounced"), 4, "nothing here is called"),
        ((ADDRESS, "--left", "August"), 2, "is not an ISO 8601 date"),
        ((ADDRESS, "--left", "2026-08", "--person", "Zed"), 4, "nobody called Zed"),
    ],
)
def test_what_cannot_be_entered_is_refused_with_a_sentence(
    entered: Iga, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = entered("add", "contact-check", *words)
    assert (ran.code, said in ran.err) == (code, True), ran.err


ADA = ("add", "contact", "--party", "Ghana", "--role", "focal point", "--person", "ada  EXAMPLE")


@pytest.mark.parametrize("channel", [("--email", ADDRESS.upper()), ("--phone", "+233 555 0100")])
def test_the_same_person_at_the_same_post_and_address_is_joined(entered: Iga, channel: tuple[str, ...]) -> None:
    assert entered(*ADA, *channel).code == 0
    assert entered("add", "contact-check", ADDRESS, "--left", "2020-08").code == 0


def test_of_one_name_at_one_post_and_another_address_is_asked_who_is_meant(entered: Iga) -> None:
    asked = entered(*ADA, "--email", "other@example.org")
    assert (asked.code, ADDRESS in asked.err, "add --another" in asked.err) == (4, True, True)
    (known,) = re.findall(r"--person (person:\w+)", asked.err)
    joined = entered(*ADA[:-1], known, "--email", "other@example.org")
    assert (joined.code, joined.err) == (0, "")
    assert entered(*ADA, "--email", "third@example.org", "--another").code == 0
    several = entered("add", "contact-check", ADDRESS, "--left", "2020-08")
    people = re.findall(r"\((person:\w+)\)", several.err)
    assert (several.code, len(people)) == (4, 2)


@pytest.mark.parametrize("which", [0, 1])
def test_of_two_that_are_judged_one_either_id_says_who_left(entered: Iga, which: int) -> None:
    assert entered(*ADA, "--email", "third@example.org", "--another").code == 0
    people = re.findall(r"\((person:\w+)\)", entered("add", "contact-check", ADDRESS, "--left", "2020-08").err)
    assert entered("resolve", "same", *people, "--because", "asked").code == 0
    ran = entered("add", "contact-check", ADDRESS, "--left", "2020-08", "--person", people[which])
    assert ran.code == 0, ran.err


def test_an_id_given_as_the_successor_is_that_person_and_nobody_new(entered: Iga) -> None:
    reached = ("--role", "desk officer", "--person", "Bea Example", "--phone", "+1 555 0100")
    assert entered("add", "contact", "--party", "Acme Relief", *reached).code == 0
    [bea] = set(re.findall(r"person:[0-9a-f]+", entered("find", "Bea Example").out))
    ran = entered("add", "contact-check", ADDRESS, "--left", "2020-08", "--successor", bea.capitalize())
    assert ran.code == 0, ran.err
    said = entered("ask", "contact", "--party", "Ghana", "--json").out
    assert (f'"{bea}"' in said, "Bea Example, in office" in said) == (True, True), said
    assert set(re.findall(r"person:[0-9a-f]+", entered("find", "Bea Example").out)) == {bea}


def test_an_address_made_of_the_name_of_who_left_is_not_the_successors(loaded: Iga) -> None:
    own = "ada.example@example.org"
    who = ("--role", "focal point", "--person", "Ada Example")
    assert loaded("add", "contact", "--party", "Ghana", "--email", own, *who).code == 0
    ran = loaded("add", "contact-check", own, "--left", "2020-07", "--successor", "Bea Sommer")
    assert (ran.code, "reaches:" in ran.out, "enter the successor's own" in ran.out + ran.err) == (0, False, True)
    headline = loaded("ask", "contact", "--party", "Ghana", "--json").out
    assert "Bea Sommer" in headline
    assert f"Bea Sommer: {own}" not in headline
