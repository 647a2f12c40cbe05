"""`iga open` signs its own account in to the pages: of a service that runs, or of one that it starts."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi import FastAPI

from iga.api.connections import Listening, OwnConnection, answer
from iga.api.problems import handle_problems
from iga.api.sign_ins import SignIns
from iga.cli.door import opened_door, take_requests_for_links
from iga.cli.remote import LINKS, Server, link_from, servers_at, write_card
from iga.graph.domain.marking import Marking
from iga.graph.errors import StoreUnavailable
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from tests.another_account import NOBODY, another_account, as_root
from tests.cli.conftest import MAPPING, commands_in, files_in, typed
from tests.cli.test_door import QUIET, environment, port_of, posix, serving
from tests.cli.test_door import iga as process
from tests.clock import NOW, clock

IGA = (sys.executable, "-m", "iga")


def filled_in(folder: Path) -> Path:
    """Put public partners into a folder, and one that is internal."""
    quiet = MAPPING.replace("test:partners", "test:quiet").replace("rank: 20,", "rank: 20, marking: internal,")
    (files_in(folder) / "quiet.yaml").write_text(quiet, encoding="utf-8")
    (folder / "quiet.csv").write_text(QUIET, encoding="utf-8")
    with commands_in(folder) as command:
        for name in ("partners", "quiet"):
            assert command("load", f"{name}.csv", "--mapping", f"{name}.yaml").code == 0
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_in(tmp_path_factory.mktemp("open"))


@pytest.fixture
def filled_alone(tmp_path: Path) -> Path:
    """Give a folder of its own, which no service holds."""
    return filled_in(tmp_path)


class Refused(urllib.request.HTTPRedirectHandler):
    """Follows nothing: what leads on is looked at."""

    def redirect_request(self, *_: object) -> None: ...


def asked(address: str, *, cookie: str = "", **fields: str) -> tuple[int, str, str]:
    """Return status, text and cookie of what a browser is replied that was led to an address, or sends a form there."""
    sent = {"Sec-Fetch-Site": "same-origin" if fields else "none", **({"Cookie": cookie} if cookie else {})}
    request = urllib.request.Request(address, urlencode(fields).encode() if fields else None, sent)
    try:
        reply = urllib.request.build_opener(Refused).open(request)
    except urllib.error.HTTPError as error:
        reply = error
    with reply:
        return reply.status, reply.read().decode(), str(reply.headers.get("set-cookie") or "").partition(";")[0]


def signed_in(link: str) -> str:
    """Press the button that a link shows; return the cookie."""
    status, page, cookie = asked(link)
    assert (status, "Sign in as J. Example" in page, cookie) == (200, True, "")
    parts = urlsplit(link)
    [secret] = parse_qs(parts.query)["link"]
    assert len(secret) >= 43
    status, _, cookie = asked(f"{parts.scheme}://{parts.netloc}/sign-in", link=secret)
    assert (status, cookie.startswith(f"__Host-iga-{parts.port}=")) == (303, True)
    return cookie


def is_shown(link: str, cookie: str = "") -> bool:
    parts = urlsplit(link)
    return "ngo:quiet" in asked(f"{parts.scheme}://{parts.netloc}/v1/find?q=quiet", cookie=cookie)[1]


@pytest.fixture(scope="module")
def served(filled: Path) -> Iterator[Path]:
    """Give the folder of a service that runs as it does without options."""
    with serving(filled):
        yield filled


def test_a_service_that_runs_is_opened_as_whoever_opens_it_sees_it(served: Path) -> None:
    opened = process(served, "open", "--no-browser")
    assert (opened.code, opened.out.count("\n")) == (0, 1)
    link = opened.out.strip()
    assert link.startswith(f"http://127.0.0.1:{port_of(served)}/sign-in?link=")
    assert "once, within five minutes" in opened.err
    cookie = signed_in(link)
    assert is_shown(link, cookie)
    assert not is_shown(link)
    assert asked(link)[0] == 410
    lower = process(served, "open", "--no-browser", "--json", ceiling="public").document["link"]
    assert not is_shown(lower, signed_in(lower))
    acts = process(served, "audit", "tail").out
    assert "J. Example, HTTP, signed in: POST /sign-in" in acts
    assert "J. Example, HTTP, signed in: GET /v1/find" in acts
    assert link.partition("=")[2] not in acts


def test_the_link_is_handed_to_the_browser(served: Path, tmp_path: Path) -> None:
    script, found = tmp_path / "browser.py", tmp_path / "found"
    script.write_text(f"import pathlib, sys; pathlib.Path({str(found)!r}).write_text(sys.argv[1])", encoding="utf-8")
    environ = {**environment(served), "BROWSER": f"{sys.executable} {script} %s"}
    ran = subprocess.run([*IGA, "open"], env=environ, cwd=served, capture_output=True, text=True, check=True)
    assert found.read_text() == ran.stdout.strip()
    assert is_shown(ran.stdout, signed_in(ran.stdout.strip()))


def test_where_there_is_no_browser_it_says_so(served: Path) -> None:
    environ = {**environment(served), "BROWSER": "no-such-browser-%s", "PATH": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    ran = subprocess.run([*IGA, "open"], env=environ, cwd=served, capture_output=True, text=True, check=True)
    assert "copy the link into one" in ran.stderr
    assert ran.stdout.startswith("http://127.0.0.1:")


@as_root
def test_another_account_cannot_use_a_link_or_a_cookie_that_it_saw(served: Path) -> None:
    link = process(served, "open", "--no-browser").out.strip()
    with another_account():
        assert asked(link)[0] == 403
    cookie = signed_in(link)
    assert is_shown(link, cookie)
    with another_account():
        assert not is_shown(link, cookie)
    assert not is_shown(link, cookie)  # it was ended
    assert f"session ended: account {NOBODY} of this machine used it, refused" in process(served, "audit", "tail").out


@contextmanager
def opening(folder: Path, *words: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Give a process of `iga open`, which found no service, and the link that it printed."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*IGA, "open", *words], env=environment(folder), cwd=folder, **pipes) as opened:  # type: ignore[call-overload]
        try:
            yield opened, opened.stdout.readline().strip()
        finally:
            opened.terminate()


@pytest.mark.slow
@posix
def test_where_none_runs_one_is_started_until_it_is_stopped(filled_alone: Path) -> None:
    with socket.socket() as taken:
        with suppress(OSError):  # then somebody else has it, which is the same
            taken.bind(("127.0.0.1", 8750))
            taken.listen()
        with opening(filled_alone, "--no-browser") as (process_of_it, link):
            assert urlsplit(link).port not in (None, 8750)
            assert is_shown(link, signed_in(link))
            assert not is_shown(link)
            second = process(filled_alone, "open", "--no-browser").out.strip()
            assert urlsplit(second).port == urlsplit(link).port
            assert is_shown(second, signed_in(second))
    assert process_of_it.returncode == 0
    assert servers_at(read_settings(environment(filled_alone))) == []


@pytest.mark.slow
@posix
def test_the_ceiling_of_a_service_counts_for_whoever_signs_in(filled_alone: Path) -> None:
    with serving(filled_alone, "--ceiling", "public"):
        link = process(filled_alone, "open", "--no-browser").out.strip()
        assert not is_shown(link, signed_in(link))


def answering(app: FastAPI) -> int:
    """Answer at a port of this machine; return it."""
    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
    return int(listening.getsockname()[1])


def refused_at(port: int) -> int:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://127.0.0.1:{port}{LINKS}", b"{}")
    refused.value.close()
    return int(refused.value.code)


def test_where_there_are_no_sockets_a_link_is_made_for_who_proves_to_know_the_token() -> None:
    app, sign_ins = FastAPI(), SignIns(clock=clock)
    take_requests_for_links(app, sign_ins, "http://127.0.0.1:8750", token="a token")
    port = answering(app)
    link = link_from(Server(os.getpid(), port, "a token"), Path(), Reader("J. Example", ceiling=Marking.INTERNAL))
    assert re.fullmatch(r"http://127\.0\.0\.1:8750/sign-in\?link=[\w-]{43}", link)
    reader = sign_ins.reader_by(link.partition("=")[2])
    assert (reader.who, reader.ceiling, reader.door) == ("J. Example", Marking.INTERNAL, "HTTP, signed in")
    assert refused_at(port) == 403
    with pytest.raises(StoreUnavailable, match="nothing was sent to it"):
        link_from(Server(os.getpid(), port, "another"), Path(), Reader("J. Example"))


def test_nobody_signs_in_where_other_machines_come() -> None:
    app = FastAPI()
    handle_problems(app)
    take_requests_for_links(app, None, "https://192.0.2.1:8750")
    assert refused_at(answering(app)) == 403


def test_at_its_port_no_service_makes_a_link(served: Path) -> None:
    assert refused_at(port_of(served)) == 404


@posix
def test_beside_a_graph_on_a_server_the_service_that_lives_makes_the_link(tmp_path: Path) -> None:
    places = {"IGA_HOME": str(tmp_path), "IGA_STORE": "neo4j://127.0.0.1:1", "IGA_LEDGER": "postgresql://127.0.0.1:1/i"}
    app, sign_ins = FastAPI(), SignIns(clock=clock)
    take_requests_for_links(app, sign_ins, "http://127.0.0.1:8750")
    write_card(tmp_path / "door", port=1)  # of one that was killed
    with opened_door(tmp_path / "door-2", port=8750) as (own, _):
        assert own is not None
        threading.Thread(target=answer, args=(Listening(app, own, wire=OwnConnection),), daemon=True).start()
        ran = typed(tmp_path, "open", "--no-browser", environ={"IGA_WHO": "J. Example", "IGA_NOW": NOW, **places})
        assert (ran.code, sign_ins.reader_by(ran.out.strip().partition("=")[2]).who) == (0, "J. Example")
