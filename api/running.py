"""Answers requests at a port, and at a socket of our own account beside it, until the process is told to stop."""

import asyncio
from collections.abc import Sequence
from socket import socket

import uvicorn
from starlette.types import ASGIApp

from api.wire import OwnConnection, PortConnection


def answer(at_port: ASGIApp, port: socket, at_socket: ASGIApp | None = None, own: socket | None = None) -> None:
    """Answer until the process is told to stop.

    Args:
        at_port: The service that everybody on this machine reaches.
        port: Where it listens.
        at_socket: The service that only our own account reaches.
        own: Its Unix socket.
    """
    servers = [_server(at_port, port, PortConnection)]
    if at_socket is not None and own is not None:
        servers.append(_server(at_socket, own, OwnConnection))
    asyncio.run(_all(servers))


def _server(app: ASGIApp, listening: socket, wire: type[PortConnection]) -> tuple[uvicorn.Server, socket]:
    config = uvicorn.Config(
        app,
        http=wire,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    return uvicorn.Server(config), listening


async def _all(servers: Sequence[tuple[uvicorn.Server, socket]]) -> None:
    await asyncio.gather(*(server.serve(sockets=[listening]) for server, listening in servers))
