"""The way from a command line to a running server: its words go in, what they printed comes back.

A server leaves a card in a folder beside what it holds, which only its owner enters. Where there are Unix sockets, its
socket lies there too, and each side asks the system whose process the other is. On Windows the way is TCP: the server
proves that it knows the token of its card before a word is sent. See docs/decisions/0051-command-lines-by-a-socket.md.
"""

import hmac
import http.client
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from glob import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from iga.cli.command_line import CommandLine, printed
from iga.cli.console import Console
from iga.graph.errors import StoreUnavailable
from iga.graph.local_sockets import HAS_SOCKETS, connected, socket_of
from iga.graph.private import make_folder, opener
from iga.graph.reader import Reader
from iga.graph.settings import Settings
from iga.graph.stores.graph_lock import writer_of

ADDRESS = "/command"
LINKS = f"{ADDRESS}/links"
"""Where our own account asks for a link that signs it in to the pages."""

PROOF = "X-IGA-Proof"
_CONNECT_S = 2.0


@dataclass(frozen=True)
class Server:
    """A running server: its process, its port, and the token that both sides know where there is no socket."""

    pid: int
    port: int
    token: str = ""


def card_in(door: Path) -> Path:
    """Return where the card of a server lies."""
    return door / "card.json"


def write_card(door: Path, *, port: int) -> Server:
    """Leave the card of this process in its folder.

    Raises:
        Denied: Others may enter the folder.
    """
    make_folder(door)
    server = Server(pid=os.getpid(), port=port, token="" if HAS_SOCKETS else secrets.token_urlsafe(32))
    card_in(door).unlink(missing_ok=True)
    with socket_of(door), open(card_in(door), "x", encoding="utf-8", opener=opener) as file:
        json.dump(asdict(server), file)
    return server


def server_at(settings: Settings) -> Server | None:
    """Return the server that holds an embedded graph; None when its card outlived it, or there is none."""
    graph, server = settings.embedded_path, _server_of(settings.door)
    return server if graph and server and (writer_of(graph) or (0,))[0] == server.pid else None


def starting_at(settings: Settings) -> int | None:
    """Return the process of a server that holds an embedded graph and does not answer yet; None when there is none."""
    holder = writer_of(settings.embedded_path) if settings.embedded_path and not server_at(settings) else None
    return holder[0] if holder and {"serve", "open"} & set(holder[1].split()[1:]) else None


def servers_at(settings: Settings) -> list[tuple[Server, Path]]:
    """Return our own servers at a store, each with its door; beside a graph on a server also those that were killed."""
    if settings.embedded_path:
        held = server_at(settings)
        return [(held, settings.door)] if held else []
    doors = sorted(settings.door.parent.glob(f"{escape(settings.door.name)}*"))
    return [(server, door) for door in doors if (server := _server_of(door))]


def _server_of(door: Path) -> Server | None:
    """Return the server whose card lies in a folder; None where none does."""
    try:
        return Server(**json.loads(card_in(door).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forwarded(arguments: Sequence[str], console: Console, *, server: Server, settings: Settings) -> int:
    """Run a command line inside a server, print what it printed, and return its exit code.

    Raises:
        StoreUnavailable: The server stopped before it answered, or something else answers in its place.
    """
    line = CommandLine.typed(arguments, console, settings)
    return printed(_replied(server, settings.door, ADDRESS, asdict(line)), console)


def link_from(server: Server, door: Path, reader: Reader) -> str:
    """Return the address by which a server signs a reader of our own account in to its pages.

    Raises:
        StoreUnavailable: The server stopped before it answered, or something else answers in its place.
    """
    whose = {**asdict(reader), "ceiling": reader.ceiling.word}
    return str(_replied(server, door, LINKS, whose)["link"])


def _replied(server: Server, door: Path, address: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what a server replies to our own account at an address.

    Raises:
        StoreUnavailable: It stopped before it answered, something else answers in its place, or it refuses.
    """
    words = json.dumps(asked).encode()
    try:
        with closing(_proven(server, address) if server.token else SocketConnection(door)) as connection:
            head = {PROOF: proof(server.token, words)} if server.token else {}
            connection.request("POST", address, words, {"Content-Type": "application/json", **head})
            reply = connection.getresponse()
            body: dict[str, Any] = json.loads(reply.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise StoreUnavailable(
            f"the running server (process {server.pid}) stopped before it answered: run the command again"
        ) from error
    if reply.status != 200:
        raise StoreUnavailable(f"the running server refused the command: {body.get('detail', reply.reason)}")
    return body


class SocketConnection(http.client.HTTPConnection):
    """A connection to the socket in a folder, if a process of our own listens there."""

    def __init__(self, door: Path) -> None:
        super().__init__("localhost")
        self._door = door

    def connect(self) -> None:
        """Connect, and ask whose process it is.

        Raises:
            StoreUnavailable: It is another account's.
            OSError: Nobody listens.
        """
        self.sock = connected(self._door)


def proof(token: str, text: bytes) -> str:
    """Return what only somebody who knows the token can say of a text."""
    return hmac.new(token.encode(), text, "sha256").hexdigest()


def _proven(server: Server, address: str) -> http.client.HTTPConnection:
    """Return a connection to a port, once the server has proved there that it knows the token of its card.

    Raises:
        StoreUnavailable: Something else answers; no word was sent to it.
        OSError, http.client.HTTPException: Nobody answers.
    """
    nonce = secrets.token_hex(32)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_CONNECT_S)
    connection.request("GET", f"{address}?{urlencode({'nonce': nonce})}")
    replied = connection.getresponse().read(1000).decode("ascii", "replace")
    if connection.sock is None or not hmac.compare_digest(replied, proof(server.token, nonce.encode())):
        connection.close()
        raise StoreUnavailable(
            f"what listens on port {server.port} does not know the token of the server's card: nothing was sent to it"
        )
    connection.auto_open = 0  # no other connection than the one that was proved
    connection.sock.settimeout(None)  # a load may take minutes
    return connection
