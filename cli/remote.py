"""The one documented way from the command line to a running server: a command line goes in, its output comes back.

The server leaves a card beside the graph it holds (`<graph>.server.json`: port and a random token, readable by its
owner only). A command finds the card, posts its words, and prints what the server printed.
"""

import http.client
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.console import Console
from graph.errors import StoreUnavailable
from graph.settings import read_settings

ADDRESS = "/command"
_CONNECT_S = 2.0


@dataclass(frozen=True)
class Server:
    """Where a running server listens on this machine, and the token that it asks for."""

    port: int
    token: str
    pid: int


@dataclass(frozen=True)
class CommandLine:
    """What is sent to a server: the words, and what they are relative to."""

    arguments: tuple[str, ...]
    folder: str
    who: str
    width: int


def card_of(graph: Path) -> Path:
    """Return where the card of the server that holds a graph lies."""
    return graph.with_name(f"{graph.name}.server.json")


def write_card(graph: Path, *, port: int) -> Server:
    """Leave the card of this process beside the graph, readable by its owner only."""
    server = Server(port=port, token=secrets.token_urlsafe(32), pid=os.getpid())
    card = card_of(graph)
    card.unlink(missing_ok=True)
    descriptor = os.open(card, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(server), file)
    return server


def server_at(graph: Path) -> Server | None:
    """Return the server that holds a graph; None when there is none, or its card outlived it."""
    try:
        server = Server(**json.loads(card_of(graph).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_CONNECT_S)
    try:
        connection.connect()
    except OSError:
        return None
    finally:
        connection.close()
    return server


def forwarded(arguments: Sequence[str], console: Console, *, server: Server) -> int:
    """Run a command line inside a server, print what it printed, and return its exit code.

    Raises:
        StoreUnavailable: The server stopped before it answered.
    """
    line = CommandLine(tuple(arguments), str(Path.cwd()), read_settings(os.environ).who, console.width)
    connection = http.client.HTTPConnection("127.0.0.1", server.port)  # a load may take minutes: no time limit
    try:
        headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
        connection.request("POST", ADDRESS, json.dumps(asdict(line)), headers)
        reply = connection.getresponse()
        body = json.loads(reply.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise StoreUnavailable(
            f"the server on port {server.port} (process {server.pid}) stopped before it answered: run the command again"
        ) from error
    finally:
        connection.close()
    if reply.status != 200:
        raise StoreUnavailable(
            f"the server on port {server.port} refused the command: {body.get('detail', reply.reason)}"
        )
    console.out.write(body["out"])
    console.err.write(body["err"])
    return int(body["code"])
