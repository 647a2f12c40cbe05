"""Two names that may be one, judged from a page: shown with the evidence, made one, left for later, taken back."""

import pytest
from httpx2 import Response
from lxml.html import HtmlElement

from iga.graph.domain.marking import Marking
from iga.graph.statements import Card
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.api.signed_in import FROM_A_PAGE, Browser, found, page, read, send, shown_in, words
from tests.app_client import AppClient

TWINS = (
    listed.node(
        "Ngo", "ngo:relief-limited", "Example Relief Limited", country="gov:ken", identifiers=["UEI:ABC123DEF456"]
    ),
    listed.node("Ngo", "ngo:hope-house", "Hope House Nairobi", country="gov:ken"),
)


@pytest.fixture(autouse=True)
def _twins(office: Workspace) -> None:
    listed.put(office, Card("test:twins", "Twins", rank=40), *TWINS)


def shown(client: AppClient, at: str = "/resolve") -> HtmlElement:
    return page(client, at)


def names(pair: HtmlElement) -> list[str]:
    return found(pair, "//thead//a/text()")


def sent(client: AppClient, pair: HtmlElement, to: str = "/resolve", **filled: str) -> Response:
    return send(client, pair, to, **filled)


def test_the_surest_pair_stands_side_by_side_with_what_speaks_for_it(browser: Browser) -> None:
    pair = shown(browser())
    assert sorted(names(pair)) == ["Example Relief Limited", "Example Relief Ltd"]
    assert "2 pairs wait" in words(pair)
    assert "For: " in words(pair)
    assert "ABC123DEF456" in words(pair)


def test_what_is_judged_the_same_is_one_with_the_evidence_as_reason_and_can_be_taken_back(browser: Browser) -> None:
    ana = browser()
    after = sent(ana, shown(ana), word="same")
    assert "1 pair waits" in read(after)
    one = words(shown(ana, "/entities/ngo:relief"))
    assert "Which ids are one" in one
    assert "same, Ana: " in one
    back = sent(ana, shown_in(after), "/resolve/taken-back")
    assert "2 pairs wait" in read(back)
    assert "Which ids are one" not in words(shown(ana, "/entities/ngo:relief"))


def test_what_is_different_is_not_offered_again_and_what_is_left_is(browser: Browser) -> None:
    ana = browser()
    [later] = [link for link in found(shown(ana), "//a/@href") if "passed=1" in link]
    second = names(shown(ana, str(later)))
    sent(ana, shown(ana), word="different", because="two registrations")
    assert names(shown(ana)) == second
    sent(ana, shown(ana), word="unsure")
    assert "Nothing waits to be judged" in words(shown(ana))


def test_a_second_judgement_names_the_first_and_is_asked_about(browser: Browser) -> None:
    ana, ben = browser(), browser("Ben")
    pair = shown(ana)
    bens = shown(ben)
    sent(ana, pair, word="different", because="two registrations")
    asked = sent(ben, bens, word="same")
    assert asked.status_code == 409
    assert "Ana judged ngo:relief and ngo:relief-limited different on" in words(shown_in(asked))
    assert "two registrations. Nothing was entered." in words(shown_in(asked))
    assert "same, Ben: " not in words(shown(ben, "/entities/ngo:relief"))
    sent(ben, shown_in(asked), word="same")
    assert "same, Ben: " in words(shown(ben, "/entities/ngo:relief"))


@pytest.mark.parametrize(
    ("filled", "why"),
    [({"word": "alike"}, "a judgement is same"), ({"word": "same", "first": "nobody"}, "is not an id")],
)
def test_what_cannot_be_judged_is_refused(browser: Browser, filled: dict[str, str], why: str) -> None:
    ana = browser()
    refused = sent(ana, shown(ana), **filled)
    assert (refused.status_code, why in refused.text.casefold()) == (422, True)
    assert "2 pairs wait" in words(shown(ana))


def test_nobody_judges_who_is_not_signed_in_or_does_not_see_everything(browser: Browser) -> None:
    ana, ben = browser(), browser("Ben", Marking.INTERNAL)
    assert browser("").get("/resolve").status_code == 401
    assert ana.post("/resolve", data={"word": "same"}, headers=FROM_A_PAGE).status_code == 403
    assert sent(ben, shown(ben), word="same").status_code == 403
    assert sent(ana, shown(ana), "/resolve/taken-back").status_code == 404
