"""`iga serve`: the HTTP service on this machine, and the door for command lines while it holds the graph."""

import importlib
import ipaddress
import os
import re
import signal
import socket
from contextlib import suppress

import click

from cli.command import Call, IgaCommand, pass_call
from cli.door import opened_door, take_command_lines
from cli.exporting import MARKINGS
from cli.remote import HAS_SOCKETS
from graph.domain.marking import Marking
from graph.errors import Denied, SettingsError, StoreError, UsageError
from graph.stores.open_stores import graphs_that_fit
from graph.workspace import Workspace

_ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:]+")
_AT_EASE = 3
_NO_AUTHENTICATION = "there is no authentication yet, so the service listens on this machine only"


@click.command("serve", cls=IgaCommand)
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option("--port", default=8750, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--ceiling",
    type=click.Choice(MARKINGS),
    help="Highest marking that it shows: over HTTP public if left out, to your own commands what they may see anyway."
    " Above public it answers at its socket alone.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A page of another machine that may read /reconcile in a browser: https://NAME; or '*', any page.",
)
@pass_call
def serve(call: Call, *, host: str, port: int, ceiling: str | None, origins: tuple[str, ...]) -> None:
    """Answer over HTTP on this machine until stopped with Ctrl-C.

    Example: iga serve --port 8750
    """
    shown = Marking.named(ceiling or "public")
    if shown > Marking.PUBLIC and not HAS_SOCKETS:
        raise Denied(f"--ceiling {ceiling}: more than public is shown at a socket only, and this system has none")
    listening = _listen(host, port)
    signal.signal(signal.SIGTERM, _interrupted)
    with listening, suppress(KeyboardInterrupt), call.workspace.kept_open() as workspace:
        workspace.catch_up()
        _serve(call, workspace if ceiling is None else _under(workspace, shown), shown, listening, _checked(origins))
    call.console.note("Stopped.")


def _serve(
    call: Call, workspace: Workspace, shown: Marking, listening: socket.socket, origins: tuple[str, ...]
) -> None:
    """Answer at a port with public things, and at the socket with all that is shown and with command lines.

    Args:
        call: What the command was called with.
        workspace: Under the ceiling of command lines.
        shown: Highest marking of what the socket answers over HTTP.
        listening: The port.
        origins: Origins of the web pages that may read there.
    """
    create_app = importlib.import_module("api.app").create_app
    public = _under(workspace, Marking.PUBLIC)
    try:
        with public.reading():  # made now, not when somebody waits for it
            pass
    except StoreError as error:
        call.console.note(f"What is public could not be made ready; whoever asks first waits for it: {error.message}")
    host, port = listening.getsockname()[:2]
    with opened_door(workspace.settings, port=port) as (own, token):
        at_port = create_app(public, origins=origins)
        at_socket = at_port if own is None else create_app(_under(workspace, shown))
        if workspace.settings.embedded_path:  # beside a server of graphs, command lines work by themselves
            take_command_lines(at_socket, workspace, token=token)
        call.console.note(
            f"Serving {workspace.settings.store} at http://{host}:{port} (/questions, /openapi.json): public things"
            + (f"; up to {shown.word} at the socket {workspace.settings.door / 'socket'}" if own else "")
        )
        if (most := graphs_that_fit()) < _AT_EASE:
            call.console.note(
                f"This account may have few files: {most} graph is open at once; for more, ulimit -n 4096"
            )
        call.console.err.flush()
        importlib.import_module("api.running").answer(at_port, listening, *((at_socket, own) if own else ()))


def _under(workspace: Workspace, ceiling: Marking) -> Workspace:
    return workspace.under(workspace.reader.below(ceiling))


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
