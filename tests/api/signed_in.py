"""Browsers in which somebody is signed in to an office of their own, and what tests read of its pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from httpx2 import Response
from lxml.html import HtmlElement, fromstring

from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.api.sign_ins import SignIns
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.app_client import AppClient
from tests.clock import clock

FROM_A_PAGE = {"Sec-Fetch-Site": "same-origin"}

Browser = Callable[..., AppClient]
"""Gives a browser by who is signed in there, under which ceiling and in which role; a blank name is nobody."""


@contextmanager
def office_in(folder: Path) -> Iterator[tuple[Workspace, Browser]]:
    """Open the office in a folder, and give it with its browsers."""
    with listed.opened(folder) as office:
        sign_ins = SignIns(clock=clock)
        app = create_app(office, entrance=Entrance(anybody=ANYBODY, sign_ins=sign_ins))

        def signed_in(who: str = "Ana", ceiling: Marking = Marking.SENSITIVE, role: str = "") -> AppClient:
            headers = {"Sec-Fetch-Site": "none", "Accept": "text/html"}
            if who:
                _, session = sign_ins.sign_in(sign_ins.link(Reader(who, "a brief", ceiling, role=role)))
                headers["Cookie"] = f"__Host-iga-80={session}"
            return AppClient(app, headers=headers, raise_server_exceptions=False)

        yield office, signed_in


def shown_in(reply: Response) -> HtmlElement:
    shown: HtmlElement = fromstring(reply.text)
    return shown


def page(client: AppClient, at: str) -> HtmlElement:
    """Return a page that is there."""
    reply = client.get(at)
    assert reply.status_code == 200, reply.text
    return shown_in(reply)


def found(shown: HtmlElement, path: str) -> list[Any]:
    """Return what an XPath finds."""
    return list(shown.xpath(path))


def words(shown: HtmlElement) -> str:
    return " ".join(shown.text_content().split())


def read(reply: Response) -> str:
    return words(shown_in(reply))


def form(shown: HtmlElement, to: str) -> dict[str, str]:
    """Return the fields of the first form of a page that leads to an address."""
    first = next(form for form in shown.forms if form.get("action") == to)
    return {name: value or "" for name, value in first.form_values()}


def posted(client: AppClient, to: str, fields: dict[str, Any], **more: Any) -> Response:
    """Send a form as a browser does, and follow where it leads, which a client with a cookie of its own does not."""
    reply = client.post(to, data=fields, headers=FROM_A_PAGE, follow_redirects=False, **more)
    return client.get(reply.headers["location"]) if reply.status_code == 303 else reply


def send(client: AppClient, shown: HtmlElement, to: str, **filled: Any) -> Response:
    """Fill in the first form of a page that leads to an address, and send it."""
    return posted(client, to, form(shown, to) | filled)
