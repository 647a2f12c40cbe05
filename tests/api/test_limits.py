"""Too much at once is refused in a sentence, what hangs is given up, and whether the service lives is always told."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from socket import create_connection, create_server, socket

import pytest
from fastapi import FastAPI

from api import limits, wire
from api.app import create_app
from api.limits import Limits
from api.pulse import Pulse
from api.routes import health
from api.running import Listening, answer
from graph.domain.marking import Marking
from graph.reader import Reader
from graph.workspace import Workspace
from tests.app_client import AppClient


class Steady(Pulse):
    """The pulse of a store that answers."""

    def __init__(self) -> None: ...

    async def is_there(self, wait_s: float) -> bool:  # noqa: ARG002 - the signature of a pulse
        return True


STEADY = Steady()


class Slow:
    """An application whose requests end when they are let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def __call__(self, _scope: object, _receive: object, send: object) -> None:
        await self.go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]


async def status(app: Limits, path: str) -> tuple[int, dict[bytes, bytes]]:
    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await app({"type": "http", "path": path, "headers": [], "method": "GET"}, None, send)  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"])  # type: ignore[call-overload,return-value]


def test_two_papers_are_written_at_once_and_the_third_is_asked_for_later() -> None:
    async def asked() -> None:
        slow = Slow()
        app = Limits(slow, pulse=STEADY)
        papers = [asyncio.ensure_future(status(app, f"/v1/memos/{number}")) for number in range(2)]
        await asyncio.sleep(0)
        code, headers = await status(app, "/v1/memos/third")
        assert (code, headers[b"retry-after"]) == (503, b"5")
        question = asyncio.ensure_future(status(app, "/v1/find"))
        slow.go.set()
        assert [(await done)[0] for done in (*papers, question)] == [200, 200, 200]
        assert (await status(app, "/v1/memos/third"))[0] == 200

    asyncio.run(asked())


def test_a_request_is_given_up_in_time_and_counts_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REQUEST_S", 0.05)
    monkeypatch.setattr(limits, "PATIENCE_S", 0.01)
    monkeypatch.setitem(limits.AT_ONCE, "answer", 1)

    async def asked() -> None:
        slow = Slow()
        app = Limits(slow, pulse=STEADY)
        assert (await status(app, "/v1/find"))[0] == 503
        monkeypatch.setattr(limits, "REQUEST_S", 30)
        assert (await status(app, "/v1/find"))[1][b"retry-after"] == b"5"
        slow.go.set()
        await asyncio.sleep(0.01)
        assert (await status(app, "/v1/find"))[0] == 200

    asyncio.run(asked())


@pytest.fixture
def port(workspace: Workspace) -> int:
    listening = create_server(("127.0.0.1", 0))
    threading.Thread(target=answer, args=(Listening(create_app(workspace), listening),), daemon=True).start()
    return int(listening.getsockname()[1])


def test_while_the_store_hangs_the_service_says_so_within_five_seconds(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, over = threading.Semaphore(0), threading.Event()

    def hang(*_: object, **__: object) -> None:
        begun.release()
        over.wait(60)

    monkeypatch.setattr(Workspace, "state", hang)
    monkeypatch.setattr("api.routes.find.find", hang)

    assert limits.PATIENCE_S + limits.PULSE_S <= 5 >= health.ANSWERED_S
    for owner, name, seconds in ((limits, "PATIENCE_S", 0.4), (limits, "PULSE_S", 0.1), (health, "ANSWERED_S", 0.5)):
        monkeypatch.setattr(owner, name, seconds)

    def asked(path: str) -> tuple[int, str]:
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            connection.request("GET", path)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()

    with ThreadPoolExecutor(60) as callers:
        hanging = [callers.submit(asked, "/v1/find?q=ghana") for _ in range(50)]
        begun.acquire()
        assert asked("/healthz")[0] == 200
        assert asked("/readyz")[0] == 503
        replies = [done.result() for done in hanging]
        over.set()
    assert {status for status, _ in replies} == {503}
    assert any("the store does not answer" in text for _, text in replies)
    assert not any(f"no answer within {limits.REQUEST_S:g} s" in text for _, text in replies)


def test_two_who_wait_for_one_look_are_both_told_where_one_of_them_looks_again(workspace: Workspace) -> None:
    pulse = Pulse(workspace)

    async def twice() -> list[bool]:
        return [await pulse.is_there(5), await pulse.is_there(5)]

    async def both() -> list[list[bool]]:
        return list(await asyncio.gather(twice(), twice()))

    assert asyncio.run(both()) == [[True, True], [True, True]]


def test_a_header_that_does_not_end_and_one_connection_too_many_are_closed(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEADER_S", 0.3)
    monkeypatch.setattr(wire, "CONNECTIONS", 3)
    with create_connection(("127.0.0.1", port), timeout=0.05) as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ")
        assert any(is_closed_while(slow, b"x") for _ in range(1_000))
    monkeypatch.setattr(wire, "HEADER_S", 10)
    kept = [create_connection(("127.0.0.1", port), timeout=5) for _ in range(4)]
    assert closed(kept[3])
    kept[0].sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"200 OK" in kept[0].recv(1000)
    kept[1].sendall(b"no HTTP\r\n\r\n")
    refused = kept[1].recv(1000)
    assert b"400 Bad Request" in refused
    assert b"Cache-Control: no-store" in refused
    for connection in kept:
        connection.close()


@pytest.mark.parametrize("before", [b"", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"], ids=["first", "next"])
def test_a_header_of_more_bytes_than_any_request_needs_is_refused(port: int, before: bytes) -> None:
    with create_connection(("127.0.0.1", port), timeout=5) as asking:
        asking.sendall(before)
        assert not before or b"200 OK" in asking.recv(2_000)
        asking.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * (2 * wire.HEADER_BYTES))
        assert b"400 Bad Request" in asking.recv(2_000)


def is_closed_while(slow: socket, more: bytes) -> bool:
    """Say whether a connection is closed; while it is not, send a bit more from time to time."""
    try:
        slow.sendall(more)
        return closed(slow)
    except TimeoutError:
        return False
    except BrokenPipeError:
        return True


def closed(connection: object) -> bool:
    try:
        return connection.recv(1) == b""  # type: ignore[attr-defined,no-any-return]
    except ConnectionResetError:
        return True


def test_the_address_for_command_lines_has_no_limit_of_time() -> None:
    assert "/command" in limits.FREE
    assert AppClient(FastAPI()).get("/command").status_code == 404


def _by_key(path: str, who: str = "A") -> dict[str, object]:
    reader = Reader(who, ceiling=Marking.PUBLIC, door="HTTP, key 1", role="reader")
    return {"type": "http", "path": path, "headers": [], "method": "GET", "state": {"reader": reader}}


async def refused(app: Limits, scope: dict[str, object]) -> tuple[int, bytes | None]:
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await app(scope, None, send)  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"retry-after")  # type: ignore[call-overload,return-value]


def test_a_key_that_asks_too_often_waits_and_another_does_not() -> None:
    async def asked() -> None:
        slow = Slow()
        slow.go.set()
        app = Limits(slow, pulse=STEADY, rate="2/day")
        statuses = [await refused(app, _by_key("/v1/find")) for _ in range(3)]
        assert statuses == [(200, None), (200, None), (429, b"86400")]
        assert (await refused(app, _by_key("/v1/find", "B")))[0] == 200
        assert (await refused(app, _by_key("/healthz")))[0] == 200
        assert (await status(app, "/v1/find"))[0] == 200

    asyncio.run(asked())


def test_a_key_that_asks_too_much_at_once_waits_and_another_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OF_ONE", 2)

    async def asked() -> None:
        slow = Slow()
        app = Limits(slow, pulse=STEADY)
        running = [asyncio.ensure_future(refused(app, _by_key("/v1/find"))) for _ in range(2)]
        await asyncio.sleep(0)
        code, after = await refused(app, _by_key("/v1/find"))
        assert (code, after is not None) == (429, True)
        other = asyncio.ensure_future(refused(app, _by_key("/v1/find", "B")))
        slow.go.set()
        assert [(await done)[0] for done in (*running, other)] == [200] * 3
        assert (await refused(app, _by_key("/v1/find")))[0] == 200

    asyncio.run(asked())
