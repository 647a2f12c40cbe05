"""In a real browser the button signs in, the cookie is kept, and who gets hold of it at another port can do nothing."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from socket import create_server
from typing import Any

import pytest

from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.api.connections import Listening, answer
from iga.api.sign_ins import SignIns
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from tests.another_account import another_account, as_root
from tests.api import listed
from tests.chromium import CHROMIUM, NEEDS_CHROMIUM
from tests.clock import clock
from tests.queries.world import card, node

pytestmark = [*NEEDS_CHROMIUM]

FIND = "/v1/find?q=Quiet"
_PATIENCE_S = 300.0


@dataclass
class Chromium:
    """A browser with one tab, told what to do by its debugging protocol."""

    commands: Any
    replies: Any
    numbers: Iterator[int] = field(default_factory=count)
    tab: str = ""
    told: list[str] = field(default_factory=list)

    def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command, and return its result."""
        number = next(self.numbers)
        command = {
            "id": number,
            "method": method,
            "params": parameters,
            **({"sessionId": self.tab} if self.tab else {}),
        }
        self.commands.write(json.dumps(command).encode() + b"\0")
        self.commands.flush()
        while (reply := self._heard()).get("id") != number:
            pass
        assert "error" not in reply, reply
        return dict(reply["result"])

    def open(self, address: str) -> str:
        """Open an address as if it was typed, and return the text of the page."""
        return self._loaded("Page.navigate", url=address)

    def press(self, button: str) -> str:
        """Press a button by its words, and return the text of the page that follows."""
        found = f"[...document.querySelectorAll('button')].find(it => it.innerText === {json.dumps(button)}).click()"
        return self._loaded("Runtime.evaluate", expression=found, userGesture=True)

    def _loaded(self, method: str, **parameters: Any) -> str:
        """Send a command that leads to another page, and return its text; it may be there before the reply is."""
        self.told.clear()
        self.do(method, **parameters)
        while "Page.loadEventFired" not in self.told:
            self._heard()
        read = self.do("Runtime.evaluate", expression="document.documentElement.innerText", returnByValue=True)
        return str(read["result"]["value"])

    def _heard(self) -> dict[str, Any]:
        message = bytearray()
        while (letter := self.replies.read(1)) != b"\0":
            assert letter, "the browser ended"
            message += letter
        heard: dict[str, Any] = json.loads(message)
        self.told.append(heard.get("method", ""))
        return heard


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Chromium]:
    (its_in, our_out), (our_in, its_out) = os.pipe(), os.pipe()
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage")
    command = [str(CHROMIUM), *options, "--remote-debugging-pipe", f"--user-data-dir={tmp_path / 'profile'}"]

    def give_ends() -> None:
        os.dup2(its_in, 3)
        os.dup2(its_out, 4)

    with (
        os.fdopen(our_out, "wb") as commands,
        os.fdopen(our_in, "rb") as replies,
        subprocess.Popen(
            [*command, "about:blank"],
            preexec_fn=give_ends,
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        os.close(its_in)
        os.close(its_out)
        patience = threading.Timer(_PATIENCE_S, process.kill)
        patience.daemon = True
        patience.start()
        browser = Chromium(commands, replies)
        target = browser.do("Target.createTarget", url="about:blank")["targetId"]
        browser.tab = browser.do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.do("Page.enable")
        try:
            yield browser
        finally:
            patience.cancel()
            process.kill()


@dataclass(frozen=True)
class Service:
    """The service at its port, and what makes links to it."""

    address: str
    sign_ins: SignIns

    def link(self) -> str:
        return f"{self.address}/sign-in?link={self.sign_ins.link(Reader('Ana', ceiling=Marking.INTERNAL))}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder, sign_ins = listed.made_in(tmp_path_factory.mktemp("signing-in")), SignIns(clock=clock)
    with Workspace(read_settings(listed.settled(folder)), clock=clock).kept_open() as workspace, workspace:
        quiet = card("test:quiet", "Quiet", marking=Marking.INTERNAL)
        listed.put(workspace, quiet, node("Ngo", "ngo:quiet", name="Quiet House"))
        listening = create_server(("127.0.0.1", 0))
        app = create_app(workspace, entrance=Entrance(ceiling=Marking.PUBLIC, sign_ins=sign_ins))
        threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
        yield Service(f"http://127.0.0.1:{listening.getsockname()[1]}", sign_ins)


class Beside(ThreadingHTTPServer):
    """A page at another port of this machine, which hears the cookies that come along with requests."""

    def __init__(self, page: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.page = page
        self.cookies: list[str] = []


class _Answers(BaseHTTPRequestHandler):
    server: Beside

    def do_GET(self) -> None:
        self.server.cookies.append(self.headers.get("Cookie", ""))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.server.page.encode())

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def beside() -> Iterator[Beside]:
    with Beside() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_button_signs_in_and_out(chromium: Chromium, service: Service) -> None:
    assert "Quiet House" not in chromium.open(f"{service.address}{FIND}")
    assert "Sign in as Ana" in (shown := chromium.open(service.link())), shown
    chromium.press("Sign in as Ana")
    assert "You are signed in as Ana" in chromium.open(f"{service.address}/sign-in")
    assert "Quiet House" in chromium.open(f"{service.address}{FIND}")
    assert "You are signed in as Ana" in chromium.open(f"{service.address}/sign-out")
    assert "You are not signed in" in chromium.press("Sign out")
    assert "Quiet House" not in chromium.open(f"{service.address}{FIND}")


@as_root
def test_a_cookie_that_a_page_at_another_port_gets_is_of_no_use_to_its_account(
    chromium: Chromium, service: Service, beside: Beside
) -> None:
    chromium.open(service.link())
    chromium.press("Sign in as Ana")
    chromium.open(f"http://127.0.0.1:{beside.server_address[1]}/")
    cookie = beside.cookies[0]
    assert cookie.startswith("__Host-iga-")  # so much for the threat
    with closing(HTTPConnection("127.0.0.1", int(service.address.rpartition(":")[2]))) as connection:
        with another_account():
            connection.connect()
        connection.request("GET", FIND, headers={"Cookie": cookie, "Sec-Fetch-Site": "none"})
        stolen = connection.getresponse()
        assert (stolen.status, b"Quiet House" in stolen.read()) == (403, False)
    assert "Quiet House" not in chromium.open(f"{service.address}{FIND}")  # it was ended


def test_a_page_at_another_port_changes_nothing(chromium: Chromium, service: Service, beside: Beside) -> None:
    chromium.open(service.link())
    chromium.press("Sign in as Ana")
    beside.page = f'<form method="post" action="{service.address}/sign-out"><button>Send</button></form>'
    chromium.open(f"http://127.0.0.1:{beside.server_address[1]}/")
    assert "may not ask here" in chromium.press("Send")
    assert "You are signed in as Ana" in chromium.open(f"{service.address}/sign-in")
