"""docs/api.md is run: its scripts ask a service over the practice data, with a key and without."""

import csv
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.graph.keys import Key, KeyRing
from tests.acceptance.pages import ROOT
from tests.conftest import DEMO_AT, workspace_at
from tests.described import described

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
NEEDS_CURL = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


def block(kind: str, *, number: int = 0) -> str:
    return str(re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)[number])


@pytest.fixture(scope="module")
def asked(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Serve a copy of the practice store at a port where nobody is let in without a key; give address and key."""
    home = tmp_path_factory.mktemp("served") / "practice"
    shutil.copytree(demo_home, home)
    today = DEMO_AT.date().isoformat()
    ring = KeyRing(home / "keys")
    key = Key("", "Dashboard", "reader", "sensitive", f"{today}T00:00:00Z", "B", expires=today)
    with (
        workspace_at(home, DEMO_AT).kept_open() as workspace,
        workspace,
        socket.create_server(("127.0.0.1", 0)) as listening,
    ):
        app = create_app(workspace, entrance=Entrance(anybody=None, keys=ring))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield {"IGA": f"http://127.0.0.1:{listening.getsockname()[1]}", "KEY": ring.add(key)[1]}
        finally:
            server.should_exit = True
            thread.join()


def ran(folder: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@NEEDS_CURL
def test_the_script_for_curl_gets_what_it_asks_for(asked: dict[str, str], tmp_path: Path) -> None:
    done = ran(tmp_path, "bash", "-euo", "pipefail", "-c", block("bash"), **asked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "BEGIN:VCARD" in (tmp_path / "contacts.vcf").read_text(encoding="utf-8")
    assert '"decision":"sure"' in done.stdout
    assert len((tmp_path / "pages.jsonl").read_text(encoding="utf-8")) > 1_000
    assert (tmp_path / "members.xlsx").read_bytes().startswith(b"PK")


@NEEDS_CURL
def test_it_is_refused_without_a_key(asked: dict[str, str], tmp_path: Path) -> None:
    done = ran(tmp_path, "bash", "-euo", "pipefail", "-c", block("bash"), IGA=asked["IGA"], KEY="")
    assert done.returncode != 0
    assert "IGA-1702" in done.stdout


@pytest.fixture(scope="module")
def client(asked: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the client that the page says how to make."""
    folder = tmp_path_factory.mktemp("client")
    commands = block("sh", number=2).replace("openapi-python-client", f"{sys.executable} -m openapi_python_client")
    made = ran(folder, "bash", "-euo", "pipefail", "-c", commands, **asked)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.mark.slow
@NEEDS_CURL
def test_the_script_for_python_gets_what_it_asks_for(asked: dict[str, str], client: Path) -> None:
    done = ran(client, sys.executable, "-c", block("python"), **asked)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "Ghana sure gov:gha" in lines
    counted = next(match for line in lines if (match := re.fullmatch(r"(\d+) of (\d+)", line)))
    assert counted[1] == counted[2]
    assert int(counted[1]) > 50
    assert re.fullmatch(r"(public|internal|sensitive) \d+", lines[-1])


@NEEDS_CURL
def test_the_client_is_told_that_it_needs_a_key(asked: dict[str, str], client: Path) -> None:
    done = ran(client, sys.executable, "-c", block("python"), IGA=asked["IGA"], KEY="secret-token:iga_nobodys")
    assert done.returncode != 0
    assert "AttributeError" in done.stderr  # what is refused is no answer


def test_the_query_of_excel_asks_for_what_is_there(asked: dict[str, str]) -> None:
    query = block("m")
    path, party = re.findall(r'RelativePath = "([^"]+)"|party = "([^"]+)"', query)
    reply = httpx.get(
        f"{asked['IGA']}/{path[0]}",
        params={"party": party[1]},
        headers={"Authorization": f"Bearer {asked['KEY']}"},
        timeout=None,
    )
    assert reply.headers["content-type"].startswith("text/csv")
    header = next(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    [columns] = re.findall(r"SelectColumns\(Rows, \{([^}]+)\}\)", query)
    assert set(re.findall(r'"([^"]+)"', columns)) <= set(header)


def test_every_route_of_the_page_is_served() -> None:
    paths = described()["paths"]
    known = {"/openapi.json", *(re.sub(r"\{\w+\}", "X", path) for path in paths)}
    named = set(re.findall(r"`(?:POST )?(/[a-z0-9/.-]+)", TEXT))
    assert len(named) > 15
    served = {path.rsplit("/", 1)[0] for path in known} | known
    assert {one for one in named if one.rpartition(".")[0] not in served and one.rstrip("/") not in served} == set()
