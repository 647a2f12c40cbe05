"""The composition of docker-compose.yml, run by process: its two services and its proxy over Neo4j and PostgreSQL."""

import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from iga.graph.keys import Key
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from tests.acceptance.homes import forums, load_and_project, ngo, noon
from tests.composition import NGINX, ROOT, services
from tests.conftest import Neo4jAddress
from tests.postgresql_server import PostgresqlAddress

pytestmark = [pytest.mark.neo4j, pytest.mark.postgresql]
REPLICAS = ("api-1", "api-2")
ASKERS, QUESTIONS = 4, 60
AGAIN = 20
"""How often a request is asked again at most."""


@dataclass(frozen=True)
class Composition:
    """The running services by name, and the address of the proxy."""

    running: dict[str, subprocess.Popen[str]]
    address: str
    trusting: ssl.SSLContext
    key: str

    def ask(self, path: str, **headers: str) -> dict[str, object] | None:
        """Return an answer, by the key where no headers are named; None where it has to be asked again."""
        sent = headers or {"Authorization": f"Bearer {self.key}"}
        try:
            asked = urllib.request.Request(f"{self.address}{path}", headers=sent)
            with urllib.request.urlopen(asked, context=self.trusting) as reply:
                return dict(json.load(reply))
        except urllib.error.HTTPError as error:
            if error.code not in (502, 503, 504):
                raise
        except OSError:  # the connection was cut
            pass
        return None


@contextmanager
def running(*command: str, environ: dict[str, str], ready: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that has said that it is ready; it ends with the block, as it would with a container."""
    environ = {**os.environ, **environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stderr
        assert any(ready in line for line in process.stderr), f"{command} did not start"
        unread = Thread(target=deque, args=(process.stderr, 0))
        unread.start()
        try:
            yield process
        finally:
            process.terminate()
            unread.join()


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


@pytest.fixture
def composition(
    tmp_path: Path, neo4j_address: Neo4jAddress, postgresql: PostgresqlAddress, certificate: tuple[str, str]
) -> Iterator[Composition]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        (pytest.fail if os.environ.get("IGA_REQUIRE_NGINX") == "1" else pytest.skip)("no nginx: install it")
    store = neo4j_address.store()
    store.clear()
    store.close()
    (tmp_path / "password").write_text(neo4j_address.password or "none", encoding="utf-8")
    environ = {"IGA_STORE": neo4j_address.uri, "IGA_LEDGER": postgresql.fresh(), "IGA_HOME": str(tmp_path / "home")}
    environ |= {"IGA_NEO4J_PASSWORD_FILE": str(tmp_path / "password")}
    with Workspace(read_settings(environ), clock=noon) as workspace:
        load_and_project(workspace, [*forums(), *(ngo(number) for number in range(QUESTIONS))])
        end = (workspace.settings.clock() + timedelta(1)).date()  # the services have no other clock
        made = Key("", "A test", "reader", "public", f"{end}T00:00:00Z", "B", expires=end.isoformat())
        key = workspace.key_ring().add(made)[1]
    changed = {
        "8443": free_port(),
        "/run/secrets/certificate.pem": certificate[0],
        "/run/secrets/key.pem": certificate[1],
    }
    with ExitStack() as stack:
        replicas = {}
        for name in REPLICAS:
            composed = services()[name]
            assert environ.keys() <= composed["environment"].keys() | {"IGA_HOME"}
            program, *words, port = composed["command"]
            assert program == "iga"
            changed[port] = free_port()
            command = (sys.executable, "-m", "iga", *words, changed[port])
            replicas[name] = stack.enter_context(running(*command, environ=environ, ready="Serving"))
        changed |= {"/tmp/": f"{tmp_path}/", "pid ": "daemon off;\npid ", "warn;": "notice;"}
        pattern = re.compile("|".join(map(re.escape, changed)))
        settings = tmp_path / "nginx.conf"
        settings.write_text(pattern.sub(lambda found: changed[found[0]], NGINX.read_text("utf-8")), encoding="utf-8")
        stack.enter_context(running(nginx, "-c", str(settings), environ={}, ready="start worker process "))
        trusting = ssl.create_default_context(cafile=certificate[0])
        yield Composition(replicas, f"https://localhost:{changed['8443']}", trusting, key)


def test_a_replica_that_is_killed_under_load_loses_no_request_that_is_asked_again(composition: Composition) -> None:
    answered, killed = Event(), Event()

    def ask(number: int) -> list[object]:
        if number == QUESTIONS // 2:  # some have been answered, some are being answered, some wait
            answered.wait()
            composition.running["api-1"].send_signal(signal.SIGKILL)
            composition.running["api-1"].wait()
            killed.set()
        path = f"/v1/entities/ngo:n{number}"
        replies = (composition.ask(path) for _ in range(AGAIN))
        reply = next(filter(None, replies))
        answered.set()
        return [reply["id"], killed.is_set()]

    with ThreadPoolExecutor(ASKERS) as askers:
        replies = list(askers.map(ask, range(QUESTIONS)))
    assert [id_ for id_, _ in replies] == [f"ngo:n{number}" for number in range(QUESTIONS)]
    assert {was_killed for _, was_killed in replies} == {False, True}
    assert composition.running["api-2"].poll() is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "iga.example.org", "elsewhere.example.org"])
def test_what_comes_through_the_proxy_needs_a_key_whatever_host_it_names(composition: Composition, host: str) -> None:
    for path in ("/v1/find?q=partner", "/readyz", "/metrics", "/"):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            composition.ask(path, Host=host)
    assert composition.ask("/readyz", Host=host, Authorization=f"Bearer {composition.key}")


def test_what_is_being_answered_is_finished_when_a_replica_is_told_to_end(composition: Composition) -> None:
    asked = ThreadPoolExecutor(ASKERS).map(lambda number: composition.ask(f"/v1/entities/ngo:n{number}"), range(20))
    composition.running["api-2"].send_signal(signal.SIGTERM)
    assert composition.running["api-2"].wait() == 0
    assert [reply and reply["id"] for reply in asked] == [f"ngo:n{number}" for number in range(20)]
