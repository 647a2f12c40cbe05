"""`iga serve`: the HTTP service on this machine, and the door for command lines while it holds the graph."""

import importlib
import ipaddress
import os
import re
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse

from cli.command import Call, IgaCommand, pass_call
from cli.console import Captured
from cli.main import run
from cli.remote import ADDRESS, CommandLine, Server, card_of, write_card
from graph.desk import Desk
from graph.errors import Denied, SettingsError, UsageError

_ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:]+")
_NO_AUTHENTICATION = "there is no authentication yet, so the service listens on this machine only"


@click.command("serve", cls=IgaCommand)
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option("--port", default=8750, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A page of another machine that may read /reconcile in a browser: https://NAME.",
)
@pass_call
def serve(call: Call, *, host: str, port: int, origins: tuple[str, ...]) -> None:
    """Answer over HTTP on this machine until stopped with Ctrl-C.

    Example: iga serve --port 8750
    """
    import uvicorn

    listening = _listen(host, port)
    signal.signal(signal.SIGTERM, _interrupted)
    with suppress(KeyboardInterrupt), call.desk.kept_open() as desk, listening:
        desk.catch_up()
        create_app = importlib.import_module("api.app").create_app
        app = create_app(desk, origins=_checked(origins))
        with _door(app, desk, port=int(listening.getsockname()[1])) as port:
            call.console.note(f"Serving {desk.settings.store} at http://{host}:{port} (/questions, /openapi.json)")
            call.console.err.flush()
            config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
            uvicorn.Server(config).run(sockets=[listening])
    call.console.note("Stopped.")


@contextmanager
def _door(app: Starlette, desk: Desk, *, port: int) -> Iterator[int]:
    """Let command lines in while an embedded graph is held, and leave the card that shows them the way."""
    graph = desk.settings.embedded_path
    if graph is None:  # a server's graph is open to everybody beside us
        yield port
        return
    try:
        server = write_card(graph, port=port)
        app.router.add_route(ADDRESS, _command(desk, server), methods=["POST"], include_in_schema=False)
        yield port
    finally:
        card_of(graph).unlink(missing_ok=True)


def _checked(origins: tuple[str, ...]) -> tuple[str, ...]:
    """Return origins of web pages as browsers write them.

    Raises:
        UsageError: One is no origin.
    """
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise UsageError(
                f"--origin {origin!r} is no origin: write https://NAME or https://NAME:PORT, without a path"
            )
    return origins


def _interrupted(*_: object) -> None:
    """Stop on SIGTERM as on Ctrl-C: the card must go, and the engine must be closed."""
    raise KeyboardInterrupt


def _listen(host: str, port: int) -> socket.socket:
    """Open the port on a loopback address, before anything else is opened.

    Raises:
        Denied: The address is not this machine alone.
        SettingsError: The port is taken.
    """
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise UsageError(f"--host {host!r} is no address: write 127.0.0.1 or ::1") from None
    if not address.is_loopback:
        raise Denied(f"--host {host} can be reached from other machines: {_NO_AUTHENTICATION}; write 127.0.0.1")
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        # Named as TCP, which create_server leaves open: only then does asyncio send small replies without delay.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name != "nt")
        listening.bind((str(address), port))
        listening.listen()
        return listening
    except OSError as error:
        raise SettingsError(f"port {port} cannot be used ({error.strerror}): choose another with --port") from error


def _command(desk: Desk, server: Server) -> Callable[[Request], Any]:
    """Return the route that runs command lines on this desk for whoever holds the card's token."""

    async def command(request: Request) -> JSONResponse:
        from starlette.concurrency import run_in_threadpool

        given = request.headers.get("authorization", "")
        if not secrets.compare_digest(given.encode(), f"Bearer {server.token}".encode()):
            return JSONResponse({"detail": "the token is not that of the server's card"}, status_code=403)
        line = CommandLine(**await request.json())
        return JSONResponse(await run_in_threadpool(_run, desk, line))

    return command


def _run(desk: Desk, line: CommandLine) -> dict[str, Any]:
    kept = Captured()

    def desks(store: str | None, ledger: str | None) -> Desk:
        for asked, held in ((store, desk.settings.store), (ledger, desk.settings.ledger)):
            if asked and Path(line.folder, asked.removeprefix("embedded:")) != Path(
                line.folder, held.removeprefix("embedded:")
            ):
                raise UsageError(f"the running server holds {held}, not {asked}: stop it (Ctrl-C) to work with another")
        return desk

    call = Call(console=kept.console(line.width), desks=desks, folder=Path(line.folder), who=line.who)
    code = run(line.arguments, call)
    return {"out": kept.out.getvalue(), "err": kept.err.getvalue(), "code": code}
