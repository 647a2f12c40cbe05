"""No refusal names a folder, host, process or account of the service, whatever is asked for and by which door."""

import os
import re
import socket
from collections.abc import Iterator
from getpass import getuser
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.api.sign_ins import SignIns
from iga.graph.domain.marking import Marking
from iga.graph.keys import KeyRing
from iga.graph.reader import Reader
from iga.graph.statements import Statement
from iga.graph.workspace import Workspace
from tests.api.listed import opened
from tests.app_client import AppClient
from tests.clock import clock
from tests.described import described
from tests.queries.world import card, edge, node

ACCOUNT = "qx-account"
ODD: tuple[str, ...] = (
    *("", "x", "person:sue", "person:nobody", "org:o", "named:ngo:x", "load:99", "2026-13-99", "9999", "-1", "0"),
    *("/etc/passwd", "../../ledger.sqlite", "x" * 500, "\x00", "a;b", "tier 9", "{}", "[[", "Sue Example", "same name"),
)
A_THIRD = len(ODD) // 3
DOORS = ("anybody", "socket", "signed in", "key")
HEADERS: tuple[dict[str, str], ...] = (
    {"Accept": "image/png"},
    {"Host": "elsewhere.example.org"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Authorization": "Bearer iga_nothing"},
    {"Authorization": "Basic x"},
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Give a workspace of an account with a name of its own, with somebody who refused and two things of one name."""
    folder: Path = tmp_path_factory.mktemp("qx-folder")
    refused = node("Consent", "consent:x", person="person:sue", purpose="be named in a paper", decision="refused")
    said: tuple[Statement, ...] = (
        node("InternationalOrganization", "org:o", name="Example Organization"),
        *(node("Ngo", f"ngo:{slug}", name="Same Name") for slug in "ab"),
        node("Person", "person:sue", name="Sue Example"),
        edge("MEMBER_OF", "person:sue", "org:o"),
        refused,
    )
    with opened(folder, (card("list:a", "A"), said), IGA_WHO=ACCOUNT, IGA_HOME=str(folder)) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def paths() -> dict[str, Any]:
    """Give the routes as the service describes them, whoever comes in."""
    routes: dict[str, Any] = described()["paths"]
    return routes


@pytest.fixture(scope="module", params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def service(office: Workspace, door: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    keys, sign_ins = KeyRing(tmp_path_factory.mktemp("qx-keys") / "keys"), SignIns(clock=clock)
    entrances: dict[str, Entrance | None] = {
        "anybody": Entrance(anybody=ANYBODY),
        "key": Entrance(anybody=None, keys=keys, identity="X-Forwarded-User"),
        "socket": None,
        "signed in": Entrance(anybody=ANYBODY, ceiling=Marking.PUBLIC, sign_ins=sign_ins),
    }
    ceiling = Marking.SENSITIVE if door in ("socket", "signed in") else Marking.PUBLIC
    app = create_app(office.under(office.reader.below(ceiling)), entrance=entrances[door])
    with AppClient(app, raise_server_exceptions=False) as client:
        if door == "signed in":
            _, session = sign_ins.sign_in(sign_ins.link(Reader("Ana")))
            client.headers.update({"Cookie": f"__Host-iga-80={session}", "Sec-Fetch-Site": "same-origin"})
            assert "You are signed in as Ana" in client.get("/sign-in").text
        yield client


def _secrets(office: Workspace) -> dict[str, re.Pattern[str]]:
    """Return what no refusal may hold: as a word, or at the start of a path."""
    words = {"account": ACCOUNT, "user": getuser(), "host": socket.gethostname(), "process": str(os.getpid())}
    named = {kind: re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])") for kind, word in words.items()}
    folder = office.settings.audit.parent
    return named | {"folder": re.compile(f"{re.escape(str(folder))}|{re.escape(folder.name)}|ledger\\.sqlite(?!')")}


def _requests(paths: dict[str, Any], door: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give requests for each route, each with a few of the odd values, by turns, and for some with each odd header.

    At each door others of the values come to a route; at the first three, which let them in, all of them.
    """
    turns = islice(cycle(ODD), DOORS.index(door) * A_THIRD, None)
    for path, methods in paths.items():
        for method, route in methods.items():
            names = [each["name"] for each in route.get("parameters", ()) if each["in"] == "query"]
            yield method, path.replace("{", "").replace("}", ""), {"params": {"no_such_parameter": "x"}}
            is_one_of_many = path.startswith(("/v1/questions/", "/v1/memos/"))
            for value in islice(turns, 3 if is_one_of_many else A_THIRD):
                filled = re.sub(r"\{\w+\}", value.replace("/", "%2F").replace("\x00", "%00") or "x", path)
                yield method, filled, {"params": dict.fromkeys(names[:3], value)}
                if method == "post":
                    yield method, filled, {"data": {"queries": value, "extend": value}}
            for headers in HEADERS[: 1 if is_one_of_many else None]:
                yield method, re.sub(r"\{\w+\}", "x", path), {"headers": headers}
    for path in (
        "/nothing",
        "/v1/questions/nothing",
        "/v1/memos/nothing",
        "/v1/watches/nothing",
        "/v1/entities/../ledger.sqlite",
        "/sign-in?link=x",
        "/sign-out?link=x",
    ):
        yield "get", path, {}
        yield "delete", path, {}
        yield "post", path, {"data": {"link": "x", "token": "x"}}


@pytest.mark.slow
def test_no_refusal_names_where_the_service_is_or_whose(
    office: Workspace, paths: dict[str, Any], door: str, service: AppClient
) -> None:
    secrets = _secrets(office)
    statuses = set()
    for method, path, how in _requests(paths, door):
        reply = service.request(method.upper(), path, **how)
        if not 400 <= reply.status_code < 500:
            continue
        statuses.add(reply.status_code)
        asked = f"{path} {how}"
        text = reply.text
        for kind, secret in secrets.items():
            found = secret.search(text)
            assert not found or found.group() in asked, (kind, method, path, how, text)
    assert {404, 405, 422} <= statuses or statuses == {401, 403, 422}, statuses
