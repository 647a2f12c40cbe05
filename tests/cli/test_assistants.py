"""`iga mcp`, asked by the SDK's own client through a process of its own."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from iga.cli.remote import card_in
from iga.graph.audit_log import Act, AuditLog
from iga.graph.settings import read_settings
from tests.cli.conftest import typed
from tests.conftest import DEMO_AT

OSCE = "who do I call at the OSCE about child trafficking"
ASKED = ("ask", {"text": OSCE})

Called = tuple[str, Mapping[str, Any]]


def program(home: Path, *options: str) -> StdioServerParameters:
    own = {"IGA_HOME": str(home), "IGA_NOW": DEMO_AT.isoformat(), "IGA_WHO": "J. Example", "IGA_STANDBY": "off"}
    words = ["-m", "iga", "mcp", *options]
    return StdioServerParameters(command=sys.executable, args=words, env=environment(own))


def environment(own: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **own, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}


def answers(server: StdioServerParameters, *calls: Called) -> list[CallToolResult]:
    async def all_called() -> list[CallToolResult]:
        async with Client(stdio_client(server)) as client:
            return [await client.call_tool(name, dict(arguments)) for name, arguments in calls]

    return asyncio.run(all_called())


def acts(home: Path) -> list[Act]:
    return list(AuditLog(read_settings({"IGA_HOME": str(home)}).audit).entries())


@pytest.fixture(scope="module")
def practice(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a practice store of our own."""
    home = tmp_path_factory.mktemp("assistants") / demo_home.name
    shutil.copytree(demo_home, home)
    return home


@pytest.mark.slow
def test_an_assistant_is_told_whom_to_call_at_the_osce_as_far_as_its_ceiling_goes(practice: Path) -> None:
    # all there is, and the public view: each view of the practice store more takes ten seconds to make
    [whole] = answers(program(practice, "--ceiling", "sensitive"), ASKED)
    told = whole.structured_content
    assert told["headline"].startswith("[practice] Write to Ada Example, Focal Point on Child Trafficking at OSR/CTHB")
    assert (told["understood"]["question"], told["as_of"]) == ("contact", DEMO_AT.date().isoformat())
    assert {str(number) for number in told["clauses"][0]["evidence"]} <= told["evidence"].keys()
    assert told["caveats"]
    last = acts(practice)[-1]
    assert (last.who, last.door, last.act, last.outcome) == ("J. Example", "mcp", "mcp ask", "done")
    assert "org:osce" in last.about
    public, wrong = answers(program(practice), ASKED, ("question", {"name": "contact", "parameters": {"partie": "x"}}))
    assert "Ada Example" not in str(public)
    assert (
        "We have no address of the OSCE as a whole on file; go through USOSCE" in public.structured_content["headline"]
    )
    assert wrong.is_error
    assert "did you mean party?" in wrong.structured_content["error"]["detail"]
    assert [(act.act, act.outcome) for act in acts(practice)[-2:]] == [
        ("mcp ask", "done"),
        ("mcp question contact", "refused"),
    ]


@pytest.mark.slow
def test_one_call_shows_what_an_assistant_is_shown(practice: Path) -> None:
    question = {"name": "contact", "parameters": {"party": "OSCE", "topic": "child trafficking"}}
    shown = typed(
        practice, "mcp", "--call", "question", json.dumps(question), "--ceiling", "sensitive",
        environ=program(practice).env or {},
    )  # fmt: skip
    assert shown.code == 0, shown.err
    [told] = answers(program(practice, "--ceiling", "sensitive"), ("question", question))
    assert json.loads(shown.out) == told.structured_content


@pytest.mark.parametrize("arguments", ["[1]", "{"])
def test_arguments_that_are_no_object_are_refused(practice: Path, arguments: str) -> None:
    refused = typed(practice, "mcp", "--call", "find", arguments, environ=program(practice).env or {})
    assert refused.code == 2
    assert 'write \'{"text": "OSCE"}\'' in refused.err


CLIENT = """
import json, subprocess, sys
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
begin = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
server.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": begin}).encode() + b"\\n")
server.stdin.flush()
sys.stdout.buffer.write(server.stdout.readline())
sys.stdout.flush()
server.wait()
"""


def test_a_client_that_is_killed_ends_the_server(practice: Path) -> None:
    server = program(practice)
    command = [sys.executable, "-c", CLIENT, server.command, *server.args]
    with subprocess.Popen(command, env=server.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as client:
        assert client.stdout is not None
        assert client.stderr is not None
        assert json.loads(client.stdout.readline())["result"]["serverInfo"]["name"] == "iga-graph"
        client.kill()
        assert client.stderr.read() == b""  # ends when the server, which writes there too, has ended


@pytest.fixture
def served(practice: Path) -> Iterator[int]:
    """Give the port of a server that holds the practice store."""
    command = [sys.executable, "-m", "iga", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=program(practice).env, cwd=practice) as server:
        assert server.stderr is not None
        while b"Serving" not in (line := server.stderr.readline()):
            assert line
        yield json.loads(card_in(practice / "graph.door").read_text(encoding="utf-8"))["port"]
        server.terminate()
        server.wait(timeout=30)


@pytest.mark.slow
def test_beside_a_server_calls_go_through_it_and_it_answers_itself(practice: Path, served: int) -> None:
    async def over_http() -> CallToolResult:
        async with Client(streamable_http_client(f"http://127.0.0.1:{served}/mcp")) as client:
            return await client.call_tool(ASKED[0], dict(ASKED[1]))

    [whole], public = answers(program(practice, "--ceiling", "sensitive"), ASKED), asyncio.run(over_http())
    assert "Ada Example" in whole.structured_content["headline"]
    [again] = answers(program(practice), ASKED)
    assert public.structured_content == again.structured_content
    assert [act.door for act in acts(practice)[-3:]] == ["mcp", "mcp, HTTP", "mcp"]


@pytest.mark.slow
def test_no_other_command_imports_the_sdk(practice: Path) -> None:
    for words in (["--help"], ["mcp", "--help"], ["mcp", "--call", "find", '{"text": "OSCE"}'], ["find", "OSCE"]):
        code = (
            f"import sys; from iga.cli.main import main; sys.argv = ['iga', *{words!r}]\n"
            "try: main()\nexcept SystemExit: pass\n"
            "sys.exit('imported' if 'mcp' in sys.modules or 'mcp_types' in sys.modules else 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=False, cwd=practice, env=program(practice).env
        )
        assert done.returncode == 0, done.stderr


def test_without_the_package_it_is_said_what_to_install(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.stdio", None)
    refused = typed(practice, "mcp", environ=program(practice).env or {})
    assert (refused.code, "pip install 'iga-graph[mcp]'" in refused.err) == (2, True)
