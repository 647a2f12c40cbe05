"""What somebody watches from a page: saved below an answer, seen, forgotten, and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.html import HtmlElement, fromstring

from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.api.sign_ins import SignIns
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.app_client import AppClient
from tests.clock import clock

ANSWER = "/questions/members?party=ESO&category=member"
FROM_A_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = listed.made_in(tmp_path_factory.mktemp("watching"))
    with listed.opened(folder) as workspace:
        yield workspace


@pytest.fixture
def client(office: Workspace) -> AppClient:
    """Give a browser in which Ana is signed in."""
    sign_ins = SignIns(clock=clock)
    _, session = sign_ins.sign_in(sign_ins.link(Reader("Ana", "a brief")))
    app = create_app(office, entrance=Entrance(anybody=ANYBODY, sign_ins=sign_ins))
    known = {"Cookie": f"__Host-iga-80={session}", "Sec-Fetch-Site": "none", "Accept": "text/html"}
    return AppClient(app, headers=known, raise_server_exceptions=False)


def page(client: AppClient, at: str) -> HtmlElement:
    reply = client.get(at)
    assert reply.status_code == 200, reply.text
    return fromstring(reply.text)


def sent(client: AppClient, page: HtmlElement, to: str, **more: str) -> int:
    """Send the form of a page that leads to an address, as a browser does; return the status."""
    [form] = [form for form in page.forms if form.get("action") == to]
    fields = {name: value or "" for name, value in form.form_values()}
    return int(client.post(to, data=fields | more, headers=FROM_A_PAGE, follow_redirects=False).status_code)


def names(client: AppClient) -> list[str]:
    return [" ".join(link.text_content().split()) for link in page(client, "/watched").xpath("//h2/a")]


def test_an_answer_is_watched_seen_and_forgotten(client: AppClient) -> None:
    assert names(client) == []
    assert sent(client, page(client, ANSWER), "/watched", name="members") == 303
    assert names(client) == ["members"]
    shown = page(client, "/watched")
    assert "nothing is new" in shown.text_content()
    assert shown.xpath("//h2/a/@href") == ["/questions/members?category=member&party=org%3Aeso"]
    assert sent(client, shown, "/watched/seen") == 303
    assert sent(client, shown, "/watched/forgotten") == 303
    assert names(client) == []


def test_the_same_once_more_stays_and_another_question_under_its_name_is_refused(client: AppClient) -> None:
    for status in (303, 303):
        assert sent(client, page(client, ANSWER), "/watched", name="mine") == status
    other = page(client, "/questions/memberships?party=gov:gha")
    assert sent(client, other, "/watched", name="mine") == 422
    assert names(client).count("mine") == 1
    assert sent(client, page(client, "/watched"), "/watched/forgotten") == 303


def test_without_the_token_of_its_page_or_from_elsewhere_nothing_is_saved(client: AppClient) -> None:
    asked = {"name": "theirs", "question": "members", "asked": "party=ESO"}
    assert client.post("/watched", data=asked, headers=FROM_A_PAGE).status_code == 403
    assert client.post("/watched", data=asked, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert "theirs" not in names(client)


def test_whoever_is_not_signed_in_watches_nothing(client: AppClient) -> None:
    client.headers.pop("Cookie")
    assert client.get("/watched").status_code == 401
    assert not [form for form in page(client, ANSWER).forms if form.get("action") == "/watched"]
