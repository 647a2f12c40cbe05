"""Asks a service over some connections, from a process of its own, for so many seconds or so many answers.

``python -m bench.http_load PORT SECONDS MOST CONNECTIONS``. The first line of standard input is the key, blank for
none; the others are addresses, asked in turn. What is printed is a `Heard` as JSON.
"""

import itertools
import json
import re
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass

CONNECTIONS = 16
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_SLOWEST = 0.99


@dataclass(frozen=True)
class Heard:
    """How many requests were answered, and how long all but the slowest hundredth waited at most, in milliseconds."""

    count: int
    p99_ms: float


@dataclass
class _Asking:
    connection: socket.socket
    since: float
    heard: bytes = b""

    def is_answered(self) -> bool:
        """Read what came; say whether it is a whole answer."""
        self.heard += self.connection.recv(1 << 20)
        head, found, _ = self.heard.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or length is None or len(self.heard) < len(head) + 4 + int(length[1]):
            return False
        assert not head.startswith((b"HTTP/1.1 429", b"HTTP/1.1 5")), self.heard[:1000]
        self.heard = b""
        return True


def heard(port: int, seconds: float, most: int, connections: int, key: str, paths: list[str]) -> Heard:
    """Ask for so many seconds, or until so many requests were answered; return what was heard."""
    shown = f"Authorization: Bearer {key}\r\n" if key else ""
    head = f"HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n{shown}\r\n"
    requests = itertools.cycle([f"GET {path} {head}".encode() for path in paths])
    asking = selectors.DefaultSelector()
    for _ in range(connections):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(next(requests))
        asking.register(connection, selectors.EVENT_READ, _Asking(connection, time.monotonic()))
    waited: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(waited) < most:
        for ready, _ in asking.select(1):
            one: _Asking = ready.data
            if one.is_answered():
                now = time.monotonic()
                waited.append(now - one.since)
                one.since = now
                one.connection.sendall(next(requests))
    waited.sort()
    return Heard(len(waited), 1000 * waited[int(len(waited) * _SLOWEST)])


if __name__ == "__main__":
    key, *paths = sys.stdin.read().split("\n")
    port, most, connections = (int(sys.argv[place]) for place in (1, 3, 4))
    print(json.dumps(asdict(heard(port, float(sys.argv[2]), most, connections, key, paths))))
