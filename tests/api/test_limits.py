"""Too much at once is refused in a sentence, what hangs is given up, and whether the service lives is always told."""

import asyncio
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from socket import create_connection, create_server, socket
from typing import Any
from unittest.mock import Mock

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from iga.api import connections, limits
from iga.api.app import create_app
from iga.api.assistants.over_http import ADDRESS
from iga.api.auth import Entrance
from iga.api.connections import Listening, answer
from iga.api.known_callers import known_caller
from iga.api.limits import Limits, Turns
from iga.api.readiness import StoreReadiness
from iga.api.routes import health
from iga.graph.domain.marking import Marking
from iga.graph.errors import Busy, TooMany
from iga.graph.keys import Key, KeyRing
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace
from tests.app_client import AppClient
from tests.clock import NOW, TODAY


class Steady(StoreReadiness):
    """A store that always answers."""

    def __init__(self) -> None: ...

    async def is_there(self, wait_s: float, reader: Reader | None = None) -> bool:  # noqa: ARG002 - the signature of its base
        return True

    async def mark(self) -> str | None:
        return "unchanged"


STEADY = Steady()


class Slow:
    """An application whose requests end when they are let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.begun = 0

    async def __call__(self, _scope: object, _receive: object, send: object) -> None:
        self.begun += 1
        await self.go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]


async def status(app: Limits, path: str) -> tuple[int, dict[bytes, bytes]]:
    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await app({"type": "http", "path": path, "headers": [], "method": "GET"}, None, send)  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"])  # type: ignore[call-overload,return-value]


def test_two_people_have_a_paper_written_at_once_and_the_third_is_asked_for_later() -> None:
    async def asked() -> None:
        slow = Slow()
        app = Limits(slow, readiness=STEADY)
        papers = [asyncio.ensure_future(refused(app, _by_key("/v1/memos/one", who))) for who in "AB"]
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
        app = Limits(slow, readiness=STEADY)
        code, headers = await status(app, "/v1/find")
        assert (code, headers[b"location"]) == (202, b"/v1/find")
        assert (await status(app, "/v1/find"))[0] == 202  # it goes on, and is begun once
        monkeypatch.setattr(limits, "REQUEST_S", 30)
        assert (await status(app, "/v1/other"))[0] == 503
        slow.go.set()
        await asyncio.sleep(0.01)
        assert (await status(app, "/v1/find"))[0] == 200

    asyncio.run(asked())


class Moving(Steady):
    """A store that answers, whose ledger stands as is said."""

    def __init__(self, *marks: str | None) -> None:
        self.marks = list(marks)

    async def mark(self) -> str | None:
        return self.marks.pop(0)


@pytest.mark.parametrize(
    ("marks", "is_kept"), [(("a", "a"), True), (("a", "b"), False), ((None, None), False)], ids=str
)
def test_an_answer_that_takes_longer_is_there_at_the_next_asking_unless_something_changed(
    marks: tuple[str | None, ...], is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REQUEST_S", 0.02)
    monkeypatch.setattr(limits, "PATIENCE_S", 0.01)

    async def asked() -> None:
        slow = Slow()
        app = Limits(slow, readiness=Moving(*marks))
        assert (await status(app, "/v1/exports/graph"))[0] == 202
        slow.go.set()
        assert (await refused(app, _by_key("/v1/exports/graph")))[0] == 200
        assert slow.begun == 2  # nobody is given what another asked for
        monkeypatch.setattr(limits, "REQUEST_S", 30)
        assert (await status(app, "/v1/exports/graph"))[0] == 200
        assert slow.begun == (2 if is_kept else 3)
        assert (await status(app, "/v1/exports/graph"))[0] == 200
        assert slow.begun == (3 if is_kept else 4)
        assert not app._going

    asyncio.run(asked())


@pytest.fixture
def port(workspace: Workspace) -> int:
    """Give a port where strangers ask."""
    app = create_app(workspace, entrance=Entrance())
    listening = create_server(("127.0.0.1", 0))
    threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
    return int(listening.getsockname()[1])


def test_while_the_store_hangs_the_service_says_so_within_five_seconds(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, over = threading.Semaphore(0), threading.Event()

    def hang(*_: object, **__: object) -> None:
        begun.release()
        over.wait(60)

    monkeypatch.setattr(Workspace, "state", hang)
    monkeypatch.setattr("iga.api.routes.questions.find", hang)

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


def test_a_port_says_that_the_service_starts_until_it_does(workspace: Workspace) -> None:
    listening = create_server(("127.0.0.1", 0))
    address = listening.getsockname()

    def asked(path: str) -> tuple[int, bool]:
        with create_connection(address, timeout=30) as asking:
            asking.sendall(request_for(path))
            reply = reply_at(asking)
            return reply.status, "Retry-After" in reply.headers

    with create_connection(address, timeout=30) as early, connections.said_to_start(listening):
        early.sendall(request_for("/readyz"))
        assert reply_at(early).status == 503
        assert [asked(path) for path in ("/healthz", "/readyz", "/v1/find?q=ghana", "/")] == [(200, False)] + [
            (503, True)
        ] * 3
    threading.Thread(target=answer, args=(Listening(create_app(workspace), listening),), daemon=True).start()
    assert [asked(path)[0] for path in ("/healthz", "/readyz", "/v1/find?q=ghana")] == [200] * 3


def test_two_who_wait_for_one_look_are_both_told_where_one_of_them_looks_again(workspace: Workspace) -> None:
    readiness = StoreReadiness(workspace)

    async def twice() -> list[bool]:
        return [await readiness.is_there(5), await readiness.is_there(5)]

    async def both() -> list[list[bool]]:
        return list(await asyncio.gather(twice(), twice()))

    assert asyncio.run(both()) == [[True, True], [True, True]]


def test_a_header_or_body_that_does_not_end_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_S", 0.3)
    monkeypatch.setattr(connections, "BODY_S", 0.3)
    with create_connection(("127.0.0.1", port), timeout=0.05) as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ")
        assert any(is_closed_while(slow, b"x") for _ in range(1_000))
    with create_connection(("127.0.0.1", port), timeout=0.05) as slow:
        slow.sendall(HALF_SENT)
        assert any(is_closed_while(slow, b" ") for _ in range(1_000))


def test_a_body_that_does_not_end_is_given_up_of_whoever_has_a_key(
    guarded: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connections.KNOWN_BODY_S <= limits.REQUEST_S
    monkeypatch.setattr(connections, "BODY_S", 0.2)
    monkeypatch.setattr(connections, "KNOWN_BODY_S", 0.3)
    port, [key, _] = guarded
    for method, path in PROMISING:
        with create_connection(("127.0.0.1", port), timeout=0.05) as slow:
            slow.sendall(half_sent(method, path, key))
            assert any(is_closed_while(slow, b" ") for _ in range(1_000)), path


PROMISING = [("POST", "/v1/match"), ("POST", ADDRESS), ("GET", "/v1/find?q=ghana"), ("PUT", "/v1/watches/houses")]


def half_sent(method: str, path: str, key: str) -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n"
    return f"{head}Authorization: Bearer {key}\r\n\r\n{{".encode()


HALF_SENT = (
    b"POST /v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{"
)


def reply_at(asking: socket) -> HTTPResponse:
    """Return the next reply of a connection, of which the headers are read, in however many pieces they come."""
    reply = HTTPResponse(asking)
    reply.begin()
    return reply


def test_no_http_is_refused_as_every_answer_is(port: int) -> None:
    with create_connection(("127.0.0.1", port), timeout=30) as asking:
        asking.sendall(b"no HTTP\r\n\r\n")
        refused = reply_at(asking)
    assert (refused.status, refused.headers["Cache-Control"]) == (400, "no-store")


@pytest.mark.parametrize("is_next", [False, True], ids=["first", "next"])
def test_a_header_of_more_bytes_than_any_request_needs_is_refused(port: int, is_next: bool) -> None:
    begun = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
    with create_connection(("127.0.0.1", port), timeout=30) as asking:
        if is_next:
            asking.sendall(begun + b"\r\n")
            before = reply_at(asking)
            assert (before.status, before.read()) == (200, b'{"status":"ok"}')
        # One byte too many, and none after it: a connection that is closed with bytes unread is reset.
        asking.sendall((begun + b"X: ").ljust(connections.HEADER_BYTES + 1, b"x"))
        assert reply_at(asking).status == 400


def is_closed_while(slow: socket, more: bytes) -> bool:
    """True if a connection is closed; while it is not, send a bit more from time to time."""
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
        app = Limits(slow, readiness=STEADY, rate="2/day")
        statuses = [await refused(app, _by_key("/v1/find")) for _ in range(3)]
        assert statuses == [(200, None), (200, None), (429, b"86400")]
        assert (await refused(app, _by_key("/v1/find", "B")))[0] == 200
        assert (await refused(app, _by_key("/healthz")))[0] == 200
        assert (await status(app, "/v1/find"))[0] == 200

    asyncio.run(asked())


def test_a_key_that_asks_too_much_at_once_waits_and_another_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.AT_ONCE, "answer", 4)

    async def asked() -> None:
        slow = Slow()
        app = Limits(slow, readiness=STEADY)
        running = [asyncio.ensure_future(refused(app, _by_key("/v1/find"))) for _ in range(2)]
        await asyncio.sleep(0)
        code, after = await refused(app, _by_key("/v1/find"))
        assert (code, after is not None) == (429, True)
        other = asyncio.ensure_future(refused(app, _by_key("/v1/find", "B")))
        slow.go.set()
        assert [(await done)[0] for done in (*running, other)] == [200] * 3
        assert (await refused(app, _by_key("/v1/find")))[0] == 200

    asyncio.run(asked())


@pytest.fixture
def guarded(workspace: Workspace, tmp_path: Path) -> tuple[int, list[str]]:
    """Give a port where strangers may ask, and the keys of two others."""
    ring, listening = KeyRing(tmp_path / "keys"), create_server(("127.0.0.1", 0))
    keys = [ring.add(Key("", holder, "editor", "public", NOW, "J", expires=TODAY))[1] for holder in "AB"]
    app = create_app(workspace, entrance=Entrance(keys=ring))
    threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
    return int(listening.getsockname()[1]), keys


def request_for(path: str, key: str = "") -> bytes:
    shown = f"Authorization: Bearer {key}\r\n" if key else ""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{shown}\r\n".encode()


HOSTILE = {
    "nothing sent": b"",
    "half a header": b"GET /v1/find?q=ghana HTTP/1.1\r\nHost: localhost\r\nX: ",
    "half a body": HALF_SENT,
    "past states": b"GET /v1/find?q=ghana&known_on=2020 HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)
def test_however_many_strangers_hold_a_connection_a_key_is_answered(
    guarded: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    """They hold more connections than there are, and keep them: nothing is waited for that ends by itself."""
    monkeypatch.setattr(connections, "CONNECTIONS", 20)
    monkeypatch.setattr(connections, "HEADER_S", 3600)
    monkeypatch.setattr(connections, "BODY_S", 3600)
    port, [key, _] = guarded
    request = request_for("/v1/find?q=ghana", key)
    with ExitStack() as held:
        known = held.enter_context(create_connection(("127.0.0.1", port), timeout=30))
        known.sendall(request)
        assert b"200 OK" in known.recv(2_000)
        for _ in range(30):
            held.enter_context(create_connection(("127.0.0.1", port), timeout=30)).sendall(sent)
        another = held.enter_context(create_connection(("127.0.0.1", port), timeout=30))
        for asking in (another, known):  # one that comes, and one that was there before them
            asking.sendall(request)
            assert b"200 OK" in asking.recv(2_000)


@pytest.mark.parametrize(("method", "path"), PROMISING)
def test_however_many_connections_a_key_holds_everybody_else_is_answered(
    guarded: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 20)
    for name in ("HEADER_S", "BODY_S", "KNOWN_BODY_S"):
        monkeypatch.setattr(connections, name, 3600)
    port, [hostile, other] = guarded
    asked = [("/healthz", ""), ("/readyz", ""), ("/v1/find?q=ghana", ""), ("/v1/find?q=ghana", other)]
    with ExitStack() as held:
        known = held.enter_context(create_connection(("127.0.0.1", port), timeout=30))
        known.sendall(request_for("/v1/find?q=ghana", other))
        assert reply_at(known).status == 200
        for _ in range(50):
            slow = held.enter_context(create_connection(("127.0.0.1", port), timeout=30))
            slow.sendall(half_sent(method, path, hostile))
        for address, key in asked:
            asking = held.enter_context(create_connection(("127.0.0.1", port), timeout=30))
            asking.sendall(request_for(address, key))
            assert reply_at(asking).status == 200, address
        known.sendall(request_for("/v1/find?q=ghana", other))
        assert known.recv(1)


@given(st.lists(st.sampled_from(["", "A", "B", "C", "D"]), max_size=80))
def test_whoever_comes_has_a_place_and_it_is_taken_from_who_holds_most(callers: list[str]) -> None:
    most = 8
    held: set[connections.PortConnection] = set()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connections, "CONNECTIONS", most)
        for since, who in enumerate(callers):
            it = connections.PortConnection.__new__(connections.PortConnection)
            it.connections, it.cycle, it.transport, it._waits_since = held, None, Mock(), since  # type: ignore[assignment]
            held.add(it)
            it._make_room()
            before = Counter(one.caller for one in held)
            it.belong_to(who)
            assert it in held
            after = Counter(one.caller for one in held)
            lost = [name for name in before if name and after[name] < before[name]]
            assert all(before[name] == max(before[one] for one in before if one) for name in lost)
            assert after[""] <= most >= after.total() - after[""]


def test_what_is_half_sent_takes_no_place() -> None:
    async def asked() -> None:
        slow, sent = Slow(), asyncio.Event()
        app = Limits(slow, readiness=STEADY)

        async def half() -> dict[str, object]:
            await sent.wait()
            return {"type": "http.disconnect"}

        scope = {"type": "http", "path": "/v1/match", "headers": [], "method": "POST"}
        waiting = [asyncio.ensure_future(app(dict(scope), half, None)) for _ in range(100)]  # type: ignore[arg-type]
        await asyncio.sleep(0)
        assert app._running.total() == 0
        slow.go.set()
        assert (await status(app, "/v1/find"))[0] == 200
        sent.set()
        await asyncio.gather(*waiting)

    asyncio.run(asked())


@given(st.lists(st.sampled_from(["", "A", "B", "C"]), max_size=80), st.sampled_from(["answer", "paper"]))
def test_whatever_others_hold_whoever_holds_nothing_finds_a_place(callers: list[str], kind: str) -> None:
    app = Limits(Slow(), readiness=STEADY, rate="1000000/second")
    for who in callers:
        with suppress(Busy, TooMany):
            app._running[app._place_for(who, kind)] += 1
    held = {who: app._running[kind, who] for who in callers}
    assert held.get("", 0) <= limits.AT_ONCE[kind] / 2
    if len(set(held)) < {"answer": 4, "paper": 2}[kind]:
        assert app._place_for("D", kind) == (kind, "D")


def test_a_few_requests_of_each_caller_are_worked_on_at_once() -> None:
    async def asked() -> None:
        begun: Counter[str] = Counter()
        go = asyncio.Event()

        async def work(scope: dict[str, Any], *_: object) -> None:
            begun[known_caller(scope)] += 1
            await go.wait()

        turns = Turns(work)  # type: ignore[arg-type]
        asking = [_by_key("/v1/find", who) for who in "AB" for _ in range(9)]
        strangers: list[dict[str, Any]] = [{"type": "http", "path": "/v1/find"} for _ in range(9)]
        strangers[-1]["state"] = {"given_up": True}
        running = [asyncio.ensure_future(turns(it, None, None)) for it in (*asking, *strangers)]  # type: ignore[arg-type]
        await asyncio.sleep(0)
        assert sorted(begun.values()) == [limits.OF_STRANGERS, limits.AT_WORK, limits.AT_WORK]
        go.set()
        await asyncio.gather(*running)
        assert sorted(begun.values()) == [8, 9, 9]  # one was given up before its turn

    asyncio.run(asked())


@pytest.mark.parametrize("shown", [[], [(b"authorization", b"Bearer guessed")], [(b"cookie", b"a=b")]])
@pytest.mark.parametrize("is_known", [True, False])
def test_of_many_requests_of_strangers_one_begins_at_each_turn(
    shown: list[tuple[bytes, bytes]], *, is_known: bool
) -> None:
    turns, most = 8, 100
    inside, begun, held = Counter[str](), list[str](), list[int]()

    async def app(scope: Any, _receive: object, _send: object) -> None:
        who = "officer" if scope["path"] == "/officer" else "stranger"
        begun.append(who)
        inside[who] += 1
        held.append(inside["stranger"])
        for _ in range(turns):
            await asyncio.sleep(0)
        inside[who] -= 1

    async def ask(path: str, headers: list[tuple[bytes, bytes]], connection: object = None) -> None:
        scope = {"type": "http", "path": path, "headers": headers, "state": {"connection": connection}}
        await gate(scope, None, None)  # type: ignore[arg-type]

    async def all_of_them() -> None:
        strangers = [asyncio.create_task(ask("/find", shown)) for _ in range(most)]
        await asyncio.sleep(0)
        # Who is known is known by the connection; a first request queues with those that show the same.
        own = [(b"authorization", b"Bearer own")] if not any(name == b"authorization" for name, _ in shown) else []
        connection = connections.OwnConnection.__new__(connections.OwnConnection) if is_known else None
        await ask("/officer", [] if is_known or shown else own, connection)
        await asyncio.gather(*strangers)

    gate = limits.Beginnings(app)
    asyncio.run(all_of_them())
    assert begun.count("stranger") == most
    assert begun.index("officer") <= 3
    assert max(held) <= turns + 2
