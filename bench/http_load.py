"""Asks a service over 16 connections for some seconds, from a process of its own.

``python -m bench.http_load PORT SECONDS``. The addresses are read from standard input, a line each, and asked in turn;
how many were answered is printed.
"""

import itertools
import re
import selectors
import socket
import sys
import time
from dataclasses import dataclass

CONNECTIONS = 16
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class _Asking:
    connection: socket.socket
    heard: bytes = b""

    def is_answered(self) -> bool:
        """Read what came; say whether it is a whole answer."""
        self.heard += self.connection.recv(1 << 20)
        head, found, _ = self.heard.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or length is None or len(self.heard) < len(head) + 4 + int(length[1]):
            return False
        assert head.startswith(b"HTTP/1.1 200"), self.heard[:1000]
        self.heard = b""
        return True


def answered(port: int, seconds: float, paths: list[str]) -> int:
    """Return how many requests were answered in so many seconds."""
    head = "HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n"
    requests = itertools.cycle([f"GET {path} {head}".encode() for path in paths])
    asking = selectors.DefaultSelector()
    for _ in range(CONNECTIONS):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(next(requests))
        asking.register(connection, selectors.EVENT_READ, _Asking(connection))
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for key, _ in asking.select(1):
            if key.data.is_answered():
                count += 1
                key.data.connection.sendall(next(requests))
    return count


if __name__ == "__main__":
    print(answered(int(sys.argv[1]), float(sys.argv[2]), sys.stdin.read().split()))
