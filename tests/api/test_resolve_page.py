"""Two names that may be one, judged from a page: shown with the evidence, made one, left for later, taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from lxml.html import HtmlElement, fromstring

from api.app import create_app
from api.callers import ANYBODY, Entrance
from api.sign_ins import SignIns
from graph.domain.marking import Marking
from graph.reader import Reader
from graph.settings import read_settings
from graph.statements import Card
from graph.workspace import Workspace
from tests.api import listed
from tests.clock import clock

FROM_A_PAGE = {"Sec-Fetch-Site": "same-origin"}
TWINS = (
    listed.node(
        "Ngo", "ngo:relief-limited", "Example Relief Limited", country="gov:ken", identifiers=["UEI:ABC123DEF456"]
    ),
    listed.node("Ngo", "ngo:hope-house", "Hope House Nairobi", country="gov:ken"),
)

Browser = Callable[..., TestClient]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = listed.made_in(tmp_path_factory.mktemp("resolving"))
    with Workspace(read_settings(listed.settled(folder)), clock=clock) as workspace:
        listed.put(workspace, Card("test:twins", "Twins", rank=40), *TWINS)
    return folder


@pytest.fixture
def browser(made: Path, tmp_path: Path) -> Iterator[Browser]:
    """Give browsers in which somebody is signed in to one office."""
    folder = copytree(made, tmp_path / "home")
    with Workspace(read_settings(listed.settled(folder)), clock=clock).kept_open() as office, office:
        sign_ins = SignIns(clock=clock)
        app = create_app(office, entrance=Entrance(anybody=ANYBODY, sign_ins=sign_ins))

        def signed_in(who: str = "Ana", ceiling: Marking = Marking.SENSITIVE) -> TestClient:
            headers = {"Sec-Fetch-Site": "none", "Accept": "text/html"}
            if who:
                _, session = sign_ins.sign_in(sign_ins.link(Reader(who, "a brief", ceiling)))
                headers["Cookie"] = f"__Host-iga-80={session}"
            return TestClient(app, base_url="http://localhost", headers=headers, raise_server_exceptions=False)

        yield signed_in


def shown(client: TestClient, at: str = "/resolve") -> HtmlElement:
    reply = client.get(at)
    assert reply.status_code == 200, reply.text
    page: HtmlElement = fromstring(reply.text)
    return page


def words(page: HtmlElement) -> str:
    return " ".join(page.text_content().split())


def names(page: HtmlElement) -> list[str]:
    found: list[Any] = list(page.xpath("//thead//a/text()"))
    return found


def sent(client: TestClient, page: HtmlElement, to: str = "/resolve", **filled: str) -> Response:
    """Send a form as a browser does, and follow where it leads."""
    form = next(form for form in page.forms if form.get("action") == to)
    fields = {name: value or "" for name, value in form.form_values()} | filled
    reply = client.post(to, data=fields, headers=FROM_A_PAGE, follow_redirects=False)
    return client.get(reply.headers["location"]) if reply.status_code == 303 else reply


def test_the_surest_pair_stands_side_by_side_with_what_speaks_for_it(browser: Browser) -> None:
    page = shown(browser())
    assert sorted(names(page)) == ["Example Relief Limited", "Example Relief Ltd"]
    assert "2 pairs wait" in words(page)
    assert "For: " in words(page)
    assert "ABC123DEF456" in words(page)


def test_what_is_judged_the_same_is_one_with_the_evidence_as_reason_and_can_be_taken_back(browser: Browser) -> None:
    ana = browser()
    after = sent(ana, shown(ana), word="same")
    assert "1 pair waits" in words(fromstring(after.text))
    one = words(shown(ana, "/entities/ngo:relief"))
    assert "Which ids are one" in one
    assert "same, Ana: " in one
    back = sent(ana, fromstring(after.text), "/resolve/taken-back")
    assert "2 pairs wait" in words(fromstring(back.text))
    assert "Which ids are one" not in words(shown(ana, "/entities/ngo:relief"))


def test_what_is_different_is_not_offered_again_and_what_is_left_is(browser: Browser) -> None:
    ana = browser()
    [later] = [link for link in shown(ana).xpath("//a/@href") if "passed=1" in link]
    second = names(shown(ana, str(later)))
    sent(ana, shown(ana), word="different", because="two registrations")
    assert names(shown(ana)) == second
    sent(ana, shown(ana), word="unsure")
    assert "Nothing waits to be judged" in words(shown(ana))


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
