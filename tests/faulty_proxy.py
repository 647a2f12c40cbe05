"""A way to a server on this machine that can be cut, held up, narrowed to a byte at a time, and cut at a word."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_AT_ONCE = 65_536


@dataclass
class FaultyProxy:
    """Passes on what is said in both directions, unless it is told otherwise.

    Attributes:
        port: Where it listens, on the loopback address.
        cuts_at: Words from the client at which its connection is cut before they arrive; blank is never.
        cuts_after: Words from the client that arrive, and whose answer does not; blank is never.
        at_once: Most bytes that pass in one piece.
    """

    server: tuple[str, int]
    port: int = 0
    cuts_at: bytes = b""
    cuts_after: bytes = b""
    at_once: int = _AT_ONCE
    _open: list[socket.socket] = field(default_factory=list)
    _passes: threading.Event = field(default_factory=threading.Event)
    _listens: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Cut every connection, and every new one at once, as a machine does where no server listens."""
        self._listens.clear()
        self.cut()

    def hang(self) -> None:
        """Take what is said, and pass nothing on."""
        self._passes.clear()

    def go_on(self) -> None:
        """Be a way like any other again."""
        self.cuts_at, self.cuts_after, self.at_once = b"", b"", _AT_ONCE
        self._passes.set()
        self._listens.set()

    def cut(self) -> None:
        """Cut the connections there are; others may be made."""
        while self._open:
            with suppress(OSError):
                self._open.pop().shutdown(socket.SHUT_RDWR)

    def take(self, client: socket.socket) -> None:
        """Pass on what a client and the server say, until one of them ends."""
        if not self._listens.is_set():
            client.close()
            return
        with suppress(OSError), client, socket.create_connection(self.server) as server:
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.append(end)
            back = threading.Thread(target=self._pass_on, args=(server, client))
            back.start()
            self._pass_on(client, server, is_asking=True)
            back.join()

    def _pass_on(self, source: socket.socket, target: socket.socket, *, is_asking: bool = False) -> None:
        with suppress(OSError):
            while said := source.recv(self.at_once):
                self._passes.wait()
                if is_asking and self.cuts_at and self.cuts_at in said:
                    break
                if is_asking and self.cuts_after and self.cuts_after in said:
                    source.shutdown(socket.SHUT_RD)
                    self._shut(source)
                target.sendall(said)
        self._shut(source, target)

    @staticmethod
    def _shut(*ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def faulty_proxy(host: str, port: int) -> Iterator[FaultyProxy]:
    """Give a way to a server; it ends with the block."""
    threads: list[threading.Thread] = []
    proxy = FaultyProxy((host, port))
    proxy.go_on()

    def accepting() -> None:
        with suppress(OSError):
            while True:
                threads.append(threading.Thread(target=proxy.take, args=(listening.accept()[0],)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy.port = listening.getsockname()[1]
        threads.append(threading.Thread(target=accepting))
        threads[0].start()
        try:
            yield proxy
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            proxy.stop()
            proxy._passes.set()
            for thread in threads:
                thread.join()
