"""Answers requests at a port, and at a socket of our own account beside it, until the process is told to stop."""

import asyncio
import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from socket import socket

import uvicorn
from fastapi import FastAPI

from iga.api.connections import PortConnection


@dataclass(frozen=True)
class Listening:
    """A socket, what answers there, and what a connection to it has to show.

    Attributes:
        app: The application.
        socket: Bound and listening.
        wire: Kind of its connections.
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
        runner.run(_all([(_server(entrance), entrance.socket) for entrance in entrances]))


def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop: uvloop's, which Windows has not."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


def _server(entrance: Listening) -> uvicorn.Server:
    certificate, key = entrance.certificate or (None, None)
    config = uvicorn.Config(
        entrance.app,
        http=entrance.wire,
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
