"""Holds connections to a service as somebody hostile would, and opens another for each that is closed, until it ends.

``python -m bench.hostile PORT CONNECTIONS``. A line is printed when all are open.
"""

import itertools
import selectors
import socket
import sys
from contextlib import suppress
from typing import cast

_HEAD = b"HTTP/1.1\r\nHost: localhost\r\n"
WAYS = (
    b"",
    b"GET /v1/find?q=ghana " + _HEAD + b"X: ",
    b"POST /v1/match " + _HEAD + b"Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n{",
    b"GET /v1/find?q=ghana&known_on=2020 " + _HEAD + b"\r\n",
    b"GET /v1/questions/contact?party=OSCE " + _HEAD + b"\r\n",
    b"GET /v1/questions/profile?party=Ghana " + _HEAD + b"\r\n",
)
"""What is sent on a connection: nothing, half a header, half a body, for a state of before, and what takes time."""


def hold(port: int, count: int) -> None:
    """Hold so many connections, a share of each way; what is answered is asked again."""
    held, ways = selectors.DefaultSelector(), itertools.cycle(WAYS)

    def begin() -> None:
        connection, sent = socket.create_connection(("127.0.0.1", port)), next(ways)
        with suppress(OSError):
            connection.sendall(sent)
        held.register(connection, selectors.EVENT_READ, sent)

    for _ in range(count):
        begin()
    print("held", flush=True)
    while True:
        for ready, _ in held.select():
            connection = cast(socket.socket, ready.fileobj)
            with suppress(OSError):
                if connection.recv(1 << 20):
                    connection.sendall(ready.data)
                    continue
            held.unregister(connection)
            connection.close()
            begin()


if __name__ == "__main__":
    hold(int(sys.argv[1]), int(sys.argv[2]))
