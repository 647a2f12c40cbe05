"""Servers that do not do what is expected of them, each on a port of this machine, in a thread."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

SUCCESS = b"\xb1\x70"


@contextmanager
def serving(answers: Callable[[socket.socket], None]) -> Iterator[str]:
    """Give host and port of a server that does so with each connection; it ends with the block."""
    over = threading.Event()
    threads: list[threading.Thread] = []

    def one(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            answers(connection)
            connection.settimeout(0.05)
            while not over.is_set():
                with suppress(TimeoutError):
                    if not connection.recv(4096):
                        return

    def accepting() -> None:
        with suppress(OSError):
            while True:
                threads.append(threading.Thread(target=one, args=(server.accept()[0],)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threads.append(threading.Thread(target=accepting))
        threads[0].start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def silent(_: socket.socket) -> None:
    """Say nothing, ever."""


def closing(connection: socket.socket) -> None:
    """Close the connection after the first words."""
    connection.recv(4096)
    connection.shutdown(socket.SHUT_RDWR)


def web(connection: socket.socket) -> None:
    """Answer as a web server does."""
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    connection.shutdown(socket.SHUT_RDWR)


def neo4j_that_freezes() -> Callable[[socket.socket], None]:
    """Return the answers of a Neo4j (Bolt 5.2) that, once it has said its version, says nothing to anybody."""
    frozen = threading.Event()
    replies = {
        0x01: [SUCCESS + b"\xa2\x86server\x8cNeo4j/5.26.0\x8dconnection_id\x81x"],
        0x6A: [SUCCESS + b"\xa0"],
        0x10: [SUCCESS + b"\xa1\x86fields\x91\x87version"],
        0x3F: [b"\xb1\x71\x91\x865.26.0", SUCCESS + b"\xa0"],
    }

    def answers(connection: socket.socket) -> None:
        if not frozen.is_set():
            connection.recv(20)
            connection.sendall(b"\0\0\2\5")
        while not frozen.is_set():
            tag = _message(connection)[1]
            if tag == 0x3F:
                frozen.set()
            for reply in replies[tag]:
                connection.sendall(len(reply).to_bytes(2, "big") + reply + b"\0\0")

    return answers


def postgresql_that_freezes() -> Callable[[socket.socket], None]:
    """Return the answers of a PostgreSQL that lets the first who comes in, and says nothing more to anybody."""
    frozen = threading.Event()

    def answers(connection: socket.socket) -> None:
        if not frozen.is_set():
            frozen.set()
            connection.recv(4096)
            is_in, may_ask = b"R\0\0\0\x08\0\0\0\0", b"Z\0\0\0\x05I"
            connection.sendall(is_in + may_ask)

    return answers


def _message(connection: socket.socket) -> bytes:
    parts = []
    while size := int.from_bytes(_exactly(connection, 2), "big"):
        parts.append(_exactly(connection, size))
    return b"".join(parts)


def _exactly(connection: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        part = connection.recv(count - len(received))
        if not part:
            raise ConnectionError
        received += part
    return received
