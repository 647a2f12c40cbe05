"""What a connection may do before there is a request: how many there are, how long a header takes, whose they are."""

import asyncio
import os
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problems import HEADERS
from graph.private import account_at_the_other_end

HEADER_S = 10.0
"""Longest that the header of a request may take to arrive."""

CONNECTIONS = 100
"""Most connections that are held at once; one more is closed at once."""


class PortConnection(H11Protocol):
    """A connection whose requests begin in time."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS or not self.is_welcome():
            transport.abort()
        else:
            self._expect_header()

    def is_welcome(self) -> bool:
        """Say whether whoever is at the other end may ask; at a port that is everybody on this machine."""
        return True

    def data_received(self, data: bytes) -> None:
        """Take bytes; the clock runs until those of a header are complete."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._expect_header()
        else:
            self._expect_nothing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock with the connection."""
        self._expect_nothing()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, with the headers of every answer."""
        head = {"Content-Type": "text/plain; charset=utf-8", "Connection": "close", **HEADERS}
        lines = ("HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in head.items()), "", msg)
        self.transport.write("\r\n".join(lines).encode("ascii"))
        self.transport.close()

    def _expect_header(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEADER_S, self.transport.abort)

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class OwnConnection(PortConnection):
    """A connection of our own account, at a Unix socket."""

    account = os.getuid() if os.name == "posix" else -1

    def is_welcome(self) -> bool:
        """Ask the system whose process is at the other end."""
        return account_at_the_other_end(self.transport.get_extra_info("socket")) == self.account


def connection_of(account_number: int) -> type[OwnConnection]:
    """Return the kind of connection that only processes of an account may make."""

    class ProxyConnection(OwnConnection):
        account = account_number

    return ProxyConnection
