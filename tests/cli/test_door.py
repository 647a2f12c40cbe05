"""Command lines reach the server that holds the graph, and nobody else; what they may see, they take with them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fastapi import FastAPI

from iga.api.connections import Listening, answer
from iga.cli.console import Captured
from iga.cli.door import take_command_lines
from iga.cli.remote import Server, SocketConnection, card_in, forwarded, server_at, starting_at
from iga.graph.errors import StoreUnavailable
from iga.graph.settings import read_settings
from iga.graph.stores.graph_lock import Holding
from iga.graph.workspace import Workspace
from tests.cli.conftest import MAPPING, Ran, files_in, typed
from tests.clock import NOW, clock

QUIET = "id,name,country\nquiet,Quiet House,Kenya\n"
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such socket")


def environment(folder: Path, ceiling: str = "") -> dict[str, str]:
    own = {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_WHO": "J. Example", "IGA_NOW": NOW, "IGA_CEILING": ceiling}
    return {**os.environ, **own, "PYTHONUTF8": "1"}


def iga(folder: Path, *arguments: str, ceiling: str = "") -> Ran:
    return typed(folder, *arguments, environ=environment(folder, ceiling))


@contextmanager
def serving(folder: Path, *options: str, before: Sequence[str] = ()) -> Iterator["subprocess.Popen[bytes]"]:
    command = [*before, sys.executable, "-m", "iga", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(folder), cwd=folder) as server:
        assert server.stderr is not None
        assert b"Serving" in server.stderr.readline()
        try:
            yield server
        finally:
            server.terminate()


def port_of(folder: Path) -> int:
    return int(json.loads(card_in(folder / "graph.door").read_text(encoding="utf-8"))["port"])


def searched(connection: HTTPConnection, name: str) -> list[str]:
    with closing(connection):
        connection.request("GET", f"/v1/find?q={name}")
        return [hit["id"] for hit in json.load(connection.getresponse())["hits"]]


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with public partners and one that is internal, to be copied."""
    tmp_path = files_in(tmp_path_factory.mktemp("filled"))
    quiet = MAPPING.replace("test:partners", "test:quiet").replace("rank: 20,", "rank: 20, marking: internal,")
    (tmp_path / "quiet.yaml").write_text(quiet, encoding="utf-8")
    (tmp_path / "quiet.csv").write_text(QUIET, encoding="utf-8")
    for name in ("partners", "quiet"):
        assert iga(tmp_path, "load", f"{name}.csv", "--mapping", f"{name}.yaml").code == 0
    return tmp_path


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled_once, tmp_path, dirs_exist_ok=True)


Running = tuple[Path, "subprocess.Popen[bytes]"]


@pytest.fixture(scope="module")
def running(filled_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give a server and its folder; a test that changes its door puts it back."""
    folder = shutil.copytree(filled_once, tmp_path_factory.mktemp("served") / "folder")
    with serving(folder) as server:
        yield folder, server


@pytest.fixture
def served(running: Running) -> Path:
    return running[0]


@posix
def test_what_a_caller_may_see_counts_inside_the_server(served: Path) -> None:
    assert "Quiet House" in iga(served, "show", "ngo:quiet").out
    assert "Acme Relief" in iga(served, "show", "ngo:acme", ceiling="public").out
    assert iga(served, "show", "ngo:quiet", ceiling="public").code == 4
    assert searched(HTTPConnection("127.0.0.1", port_of(served)), "acme") == ["ngo:acme"]
    assert searched(HTTPConnection("127.0.0.1", port_of(served)), "quiet") == []
    assert searched(SocketConnection(served / "graph.door"), "quiet") == []
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port_of(served)}/command", b"{}")


@pytest.mark.slow
@posix
def test_the_ceiling_of_a_server_is_that_of_its_socket_and_of_command_lines(filled: Path) -> None:
    with serving(filled, "--ceiling", "internal"):
        assert searched(SocketConnection(filled / "graph.door"), "quiet") == ["ngo:quiet"]
        assert searched(HTTPConnection("127.0.0.1", port_of(filled)), "quiet") == []
    with serving(filled, "--ceiling", "public"):
        assert iga(filled, "show", "ngo:quiet").code == 4
        refused = iga(filled, "dump", "copy")
        assert (refused.code, (filled / "copy").exists()) == (6, False)
        assert "nothing above public is shown" in refused.err


class Impostor:
    """Listens on a port and writes down all that it is sent."""

    def __init__(self, port: int) -> None:
        self.heard = b""
        self._listening = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            caller, _ = self._listening.accept()
            self.heard += caller.recv(65536) or b"."
            caller.close()


@pytest.mark.slow
@posix
def test_after_a_kill_nobody_on_the_old_port_hears_a_word(filled: Path) -> None:
    with serving(filled) as server:
        port = port_of(filled)
        server.send_signal(signal.SIGKILL)
        server.wait()
        assert card_in(filled / "graph.door").exists()
        impostor = Impostor(port)
        ran = iga(filled, "show", "ngo:quiet")
        assert "Quiet House" in ran.out
        assert impostor.heard == b""
        assert "not running" in iga(filled, "doctor").out
    left = filled / "ledger.sqlite.uploads" / "tmp" / "list.csv"  # that was sent to the one that was killed
    left.parent.mkdir(parents=True)
    left.write_text("names")
    with serving(filled):
        assert not left.parent.parent.exists()
        assert port_of(filled) != port
        assert "Quiet House" in iga(filled, "show", "ngo:quiet").out
        left.parent.mkdir(parents=True)
    assert not left.parent.parent.exists()  # nor does one that is stopped leave any


@posix
def test_a_card_counts_only_while_its_process_holds_the_graph(running: Running) -> None:
    folder, server = running
    settings = read_settings(environment(folder))
    found = server_at(settings)
    assert found is not None
    assert found.pid == server.pid
    card = card_in(settings.door)
    written = card.read_text(encoding="utf-8")
    card.write_text(written.replace(str(server.pid), "1"), encoding="utf-8")
    assert server_at(settings) is None
    card.write_text(written, encoding="utf-8")


@pytest.mark.parametrize("words", [["serve", "--port", "0"], ["open"], ["load", "list.csv"]])
def test_a_server_that_holds_the_graph_and_does_not_answer_yet_is_said_to_start(
    filled: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["iga", *words])
    held = Holding(filled / "graph", shared=False, wait_s=10)
    try:
        is_server = words[0] != "load"
        assert starting_at(read_settings(environment(filled))) == (os.getpid() if is_server else None)
        if is_server:
            lines = [line for line in iga(filled, "doctor").out.splitlines() if f"(process {os.getpid()})" in line]
            assert [line.split()[:2] for line in lines] == [["ok", "server"], ["ok", "graph"]]
            assert "starting" in lines[0]
    finally:
        held.release()
    assert starting_at(read_settings(environment(filled))) is None


@posix
def test_a_door_that_others_may_enter_is_not_used(served: Path) -> None:
    door = served / "graph.door"
    mode = door.stat().st_mode
    door.chmod(0o755)
    ran = iga(served, "show", "ngo:quiet")
    door.chmod(mode)
    assert ran.code == 6
    assert "iga doctor --fix" in ran.err


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("prlimit") is None, reason="the limit is set by a program of Linux")
def test_a_server_starts_and_answers_where_few_files_are_allowed(filled: Path) -> None:
    with serving(filled, "--ceiling", "sensitive", before=("prlimit", "--nofile=512:1024")) as server:
        assert server.stderr is not None
        assert b"1 graph is open at once" in server.stderr.readline()
        for _ in range(2):
            assert searched(HTTPConnection("127.0.0.1", port_of(filled)), "acme") == ["ngo:acme"]
            assert searched(SocketConnection(filled / "graph.door"), "quiet") == ["ngo:quiet"]
        assert "Quiet House" in iga(filled, "show", "ngo:quiet").out


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root may act as another account")
def test_another_account_is_not_answered(served: Path) -> None:
    knock = (
        "import socket, sys; s = socket.socket(socket.AF_UNIX); s.settimeout(5); s.connect('socket')\n"
        "try: s.sendall(b'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'); print(s.recv(100))\n"
        "except OSError: print('refused')"
    )
    door = served / "graph.door"
    modes = {path: path.stat().st_mode for path in (door, door / "socket")}
    held = os.open(door, os.O_RDONLY)
    command = [sys.executable, "-c", knock]
    answers = []
    for account in (0, 65534):
        door.chmod(0o711)
        (door / "socket").chmod(0o666)
        ran = subprocess.run(
            command, capture_output=True, text=True, check=False, preexec_fn=lambda: os.fchdir(held), user=account
        )
        answers.append(ran.stdout.strip())
    os.close(held)
    for path, mode in modes.items():
        path.chmod(mode)
    assert "200 OK" in answers[0]
    assert answers[1] in ("refused", "b''")


@pytest.fixture
def by_token(tmp_path: Path) -> Iterator[tuple[Workspace, Server]]:
    """Give a server that takes command lines at its port, as on Windows."""
    settings = read_settings(environment(files_in(tmp_path)))
    with Workspace(settings, clock=clock).kept_open() as workspace, workspace:
        workspace.catch_up()
        app = FastAPI()
        take_command_lines(app, workspace, token="a token")
        listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
        yield workspace, Server(os.getpid(), listening.getsockname()[1], "a token")


def test_where_there_are_no_sockets_both_sides_prove_that_they_know_the_token(
    by_token: tuple[Workspace, Server],
) -> None:
    workspace, server = by_token
    kept = Captured()
    assert forwarded(["status"], kept.console(80), server=server, settings=workspace.settings) == 0
    assert "ledger id" in kept.out.getvalue()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/command", b"{}")


def test_whoever_does_not_know_the_token_hears_no_word(tmp_path: Path) -> None:
    heard = []

    class Fake(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"0" * 64)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Fake) as impostor:
        threading.Thread(target=impostor.serve_forever, daemon=True).start()
        server = Server(os.getpid(), impostor.server_port, "a token")
        with pytest.raises(StoreUnavailable, match="nothing was sent to it"):
            forwarded(
                ["find", "secret"], Captured().console(80), server=server, settings=read_settings(environment(tmp_path))
            )
        impostor.shutdown()
    assert len(heard) == 1
    assert "secret" not in heard[0]
    assert "token" not in heard[0]


@pytest.mark.slow
@posix
def test_the_doctor_finds_nothing_wrong_beside_a_healthy_service(running: Running) -> None:
    folder, server = running
    ran = iga(folder, "doctor")
    assert f"through load 2, kept up by the running server (process {server.pid})" in ran.out
    assert (ran.code, "LOOK" in ran.out) == (0, False)
