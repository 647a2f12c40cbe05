"""What a connection may do before there is a request: how many there are, how long a header takes, whose they are."""

import asyncio
import gc
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from socket import socket
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from iga.api.problems import HEADERS, RETRY_AFTER_S, problem_of
from iga.graph.errors import Busy
from iga.graph.private import account_at_the_other_end

HEADER_S = 10.0
"""Longest that the header of a request may take to arrive."""

HEADER_BYTES = 65_536
"""Most bytes that come before the header of a request is complete."""

BODY_S, KNOWN_BODY_S = 10.0, 30.0
"""Longest that the body of a request may take to arrive, of a stranger and of somebody known."""

CONNECTIONS = 100
"""Most connections of strangers that are held at once, and as many of people who are known.

Whoever comes is a stranger until the first request. For one too many, another makes room: of the caller who holds most,
the one that has waited longest. So whoever comes finds a place, whatever others hold.
"""


class PortConnection(HttpToolsProtocol):
    """A connection whose requests begin in time, with a header and a body that end.

    Attributes:
        caller: Who sent its last request; blank is a stranger.
    """

    caller = ""
    _deadline: asyncio.TimerHandle | None = None
    _of_body: asyncio.TimerHandle | None = None
    _before_request = 0
    _waits_since = 0.0

    def connection_made(self, transport: Any) -> None:
        """Take a connection; where there are too many, another makes room."""
        super().connection_made(transport)
        if self.is_welcome():
            self._make_room()
            self._expect_header()
        else:
            transport.abort()

    def belong_to(self, caller: str) -> None:
        """Count among the connections of whoever sent the last request; `iga.api.auth` says who that is."""
        if caller != self.caller:
            self.caller = caller
            self._make_room()

    def _make_room(self) -> None:
        if len(self.connections) <= CONNECTIONS:
            return
        held = [it for it in self.connections if isinstance(it, PortConnection)]
        alike = [it for it in held if bool(it.caller) == bool(self.caller)]
        if len(alike) > CONNECTIONS:
            count = Counter(it.caller for it in alike)
            others = (it for it in alike if it is not self)
            longest = min(others, key=lambda it: (-count[it.caller], it._is_answering, it._waits_since))
            self.connections.discard(longest)  # it is lost only after others were made
            longest.transport.abort()

    @property
    def _is_answering(self) -> bool:
        """Whether a request is answered that arrived whole."""
        return bool(self.cycle and not self.cycle.response_complete and not self.cycle.more_body)

    def is_welcome(self) -> bool:
        """True if whoever is at the other end may ask; at a port that is everybody on this machine."""
        return True

    def data_received(self, data: bytes) -> None:
        """Take bytes, of a header so many at most."""
        self._before_request += len(data)
        super().data_received(data)
        if self._deadline and self._before_request > HEADER_BYTES and not self.transport.is_closing():
            self.send_400_response(f"The header of a request has at most {HEADER_BYTES} bytes.")
        elif self.cycle and self.cycle.response_complete:
            self._expect_header()

    def on_message_begin(self) -> None:
        """Begin a request: the clock runs until its header is complete."""
        super().on_message_begin()
        self.scope["state"]["connection"] = self
        self._expect_header()

    def on_headers_complete(self) -> None:
        """Hand a request on: the clock runs until its body is complete."""
        self._expect_nothing()
        self._before_request = 0
        super().on_headers_complete()
        self._of_body = self.loop.call_later(BODY_S, self._give_up_body)

    def on_message_complete(self) -> None:
        """End a request: its body was no header."""
        if self._of_body:
            self._of_body.cancel()
        self._before_request = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request from now on."""
        self._waits_since = self.loop.time()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks with the connection."""
        self._expect_nothing()
        if self._of_body:
            self._of_body.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, with the headers of every answer."""
        head = {"Content-Type": "text/plain; charset=utf-8", "Connection": "close", **HEADERS}
        lines = ("HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in head.items()), "", msg)
        self.transport.write("\r\n".join(lines).encode("ascii"))
        self.transport.close()

    def _expect_header(self) -> None:
        if self._deadline is None:
            self._waits_since = self.loop.time()
            self._deadline = self.loop.call_later(HEADER_S, self.transport.abort)

    def _give_up_body(self) -> None:
        if self.caller:
            self._of_body = self.loop.call_later(KNOWN_BODY_S - BODY_S, self.transport.abort)
        else:
            self.transport.abort()

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class OwnConnection(PortConnection):
    """A connection of our own account, at a Unix socket."""

    caller = "account"  # until its first request, which may be for somebody whom the proxy names
    account = os.getuid() if os.name == "posix" else -1

    def is_welcome(self) -> bool:
        """Ask the system whose process is at the other end."""
        return account_at_the_other_end(self.transport.get_extra_info("socket")) == self.account


def connection_of(account_number: int) -> type[OwnConnection]:
    """Return the kind of connection that only processes of an account may make."""

    class ProxyConnection(OwnConnection):
        account = account_number

    return ProxyConnection


@dataclass(frozen=True)
class Listening:
    """A socket, what answers there, and what a connection to it has to show.

    Attributes:
        certificate: Files of the certificate and of its key; empty is without TLS.
    """

    app: FastAPI
    socket: socket
    wire: type[PortConnection] = PortConnection
    certificate: tuple[str, str] | tuple[()] = ()


def answer(*entrances: Listening) -> None:
    """Answer at all entrances until the process is told to stop."""
    gc.freeze()  # what the program is made of is never garbage: looking through it takes a third of a second
    with asyncio.Runner(loop_factory=_loop) as runner:
        runner.run(
            _all(
                [
                    (_server(entrance.app, entrance.wire, entrance.certificate), entrance.socket)
                    for entrance in entrances
                ]
            )
        )


@contextmanager
def said_to_start(listening: socket, certificate: tuple[str, str] | tuple[()] = ()) -> Iterator[None]:
    """Answer at a port that the service lives and is not ready, while the block makes it ready."""
    with listening.dup() as own:
        server = _server(_starting, PortConnection, certificate)
        beside = Thread(target=lambda: asyncio.run(server.serve(sockets=[own])), daemon=True)
        beside.start()
        try:
            yield
        finally:
            server.should_exit = True
            beside.join(RETRY_AFTER_S)  # it takes no more connections; one that does not end is not waited for


async def _starting(scope: Scope, receive: Receive, send: Send) -> None:
    later = {**HEADERS, "Retry-After": str(RETRY_AFTER_S)}
    reply = {
        "/healthz": JSONResponse({"status": "ok"}, headers=HEADERS),
        "/readyz": JSONResponse({"ready": False}, status_code=503, headers=later),
    }.get(scope["path"]) or problem_of(
        Busy("the service is starting: ask again in a while"), retry_after_s=RETRY_AFTER_S
    )
    await reply(scope, receive, send)


def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop: uvloop's, which Windows has not."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


def _server(app: ASGIApp, wire: type[PortConnection], certified: tuple[str, str] | tuple[()]) -> uvicorn.Server:
    certificate, key = certified or (None, None)
    config = uvicorn.Config(
        app,
        http=wire,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    return uvicorn.Server(config)


async def _all(servers: Sequence[tuple[uvicorn.Server, socket]]) -> None:
    await asyncio.gather(*(server.serve(sockets=[listening]) for server, listening in servers))
