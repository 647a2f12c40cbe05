"""`iga serve`: the HTTP service, and the door for command lines while it holds the graph."""

import logging
import re
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from logging.handlers import WatchedFileHandler
from typing import TYPE_CHECKING, Any

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.door import opened_door, take_command_lines, take_requests_for_links
from iga.cli.exporting import MARKINGS
from iga.graph.domain.marking import Marking
from iga.graph.errors import LedgerError, StoreError, UsageError
from iga.graph.keys import KeyRing
from iga.graph.stores.open_stores import graphs_that_fit
from iga.graph.stores.opening import open_in_little_memory
from iga.graph.workspace import Workspace

if TYPE_CHECKING:  # `iga --help` must not import the service
    from iga.cli.entrances import Ways

_ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:]+")
_AT_EASE = 3
_FILE = click.Path(exists=True, dir_okay=False)


@click.command("serve", cls=IgaCommand)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; another machine's needs keys and TLS.")
@click.option("--port", default=8750, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--ceiling",
    type=click.Choice(MARKINGS),
    help="Highest marking that it shows: over HTTP public if left out, to your own commands what they may see anyway."
    " More than public needs a key or its socket.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A page of another machine that may read /v1/reconcile in a browser: https://NAME; or '*', any page.",
)
@click.option("--behind", default="", metavar="NAME", help="Public name that a proxy before it answers under.")
@click.option("--proxy-socket", metavar="PATH", help="Socket for the sign-on proxy, which names the person.")
@click.option("--proxy-account", default="", metavar="ACCOUNT", help="Account of the proxy; your own if left out.")
@click.option(
    "--proxy-header",
    default="X-Forwarded-User",
    show_default=True,
    metavar="NAME",
    help="Header that names the person.",
)
@click.option(
    "--certificate", type=(_FILE, _FILE), metavar="FILE KEY", help="Certificate and its key (PEM): answer with TLS."
)
@click.option("--rate", default="300/second", show_default=True, metavar="RATE", help="How often one key may ask.")
@click.option("--access-log", metavar="FILE", help="Note each request there, a line of JSON; - is standard error.")
@pass_call
def serve(call: Call, /, *, host: str, port: int, ceiling: str | None, **asked: Any) -> None:
    """Answer over HTTP until stopped with Ctrl-C: public things on this machine, more by a key, sign-on or socket.

    Example: iga serve --port 8750
    """
    from iga.api.sign_ins import SignIns
    from iga.cli.entrances import Ways, listen, refuse_if_open, under

    open_in_little_memory(to_answer=True)
    _check(asked["origins"])
    _note_requests(call, asked.pop("access_log"))
    workspace, path = call.workspace, asked.pop("proxy_socket")
    ways = Ways(
        Marking.named(ceiling or "public"),
        proxy_socket=call.path(path) if path else None,
        sign_ins=SignIns(clock=workspace.settings.clock),
        **asked,
    )
    refuse_if_open(host, ways, KeyRing(workspace.settings.keys), today=workspace.today())
    shown = workspace if ceiling is None else under(workspace, ways.ceiling)
    answer_until_stopped(call, shown, ways, listen(host, port))


def answer_until_stopped(
    call: Call,
    workspace: Workspace,
    ways: "Ways",
    listening: socket.socket,
    *,
    begun: Callable[[str], None] = lambda _: None,
) -> None:
    """Answer at every way there is until the process is told to stop."""
    from iga.api.connections import said_to_start
    from iga.cli.entrances import under

    signal.signal(signal.SIGTERM, _interrupted)
    with listening, suppress(KeyboardInterrupt), workspace.kept_open():
        with said_to_start(listening, ways.certificate):
            workspace.catch_up()
            workspace.views.forget_own_uploads()
            for ceiling in sorted({Marking.PUBLIC, ways.ceiling}):
                _make_ready(call, under(workspace, ceiling), ceiling)
        try:
            _serve(call, workspace, ways, listening, begun)
        finally:
            workspace.views.forget_own_uploads()
    call.console.note("Stopped.")


def _serve(
    call: Call, workspace: Workspace, ways: "Ways", listening: socket.socket, begun: Callable[[str], None]
) -> None:
    """Answer, and take command lines and requests for links at our own socket."""
    from iga.api.connections import answer
    from iga.cli.entrances import at_own_socket, at_port, behind_proxy

    host, port = listening.getsockname()[:2]
    pages = f"http{'s' if ways.certificate else ''}://{f'[{host}]' if ':' in host else host}:{port}"
    keys = KeyRing(workspace.settings.keys)
    with opened_door(workspace.views.door, port=port) as (own, token), behind_proxy(workspace, ways, keys) as proxy:
        ours = [at_port(workspace, listening, ways, keys), *([at_own_socket(workspace, own, ways)] if own else [])]
        if workspace.settings.embedded_path:  # beside a server of graphs, command lines work by themselves
            take_command_lines(ours[-1].app, workspace, token=token)
        people = ways.sign_ins if ip_address(host).is_loopback else None
        take_requests_for_links(ours[-1].app, people, pages, token=token)
        call.console.note(
            f"Serving {workspace.settings.store} at {pages}"
            f" (/v1/questions, /openapi.json): public things{_more(workspace, ways, keys, has_socket=own is not None)}"
            f"{'; iga open signs you in to its pages' if people else ''}"
        )
        if (most := graphs_that_fit()) < _AT_EASE:
            call.console.note(
                f"This account may have few files: {most} graph is open at once; for more, ulimit -n 4096"
            )
        call.console.err.flush()
        begun(pages)
        answer(*ours, *proxy)


def _make_ready(call: Call, workspace: Workspace, ceiling: Marking) -> None:
    """Make what is shown under a ceiling, and its index of names, now and not when somebody waits for it."""
    from iga.queries.core.session import Session

    try:
        with workspace.reading() as reading:
            Session.at(workspace, reading).looked_up(lambda index: index.version)
    except (LedgerError, StoreError) as error:
        what = f"What is {ceiling.word} could not be made ready; whoever asks first waits for it"
        call.console.note(f"{what}: {error.message}")


def _more(workspace: Workspace, ways: "Ways", keys: KeyRing, *, has_socket: bool) -> str:
    """Say where more than public things are shown."""
    places = (
        has_socket and f"at the socket {workspace.views.door / 'socket'}",
        keys.has_good(workspace.today()) and "by a key",
        ways.proxy_socket and f"to people who signed on at {ways.behind}",
    )
    named = [place for place in places if place]
    return f"; up to {ways.ceiling.word} {', '.join(named)}" if named and ways.ceiling > Marking.PUBLIC else ""


def _check(origins: tuple[str, ...]) -> None:
    """Raise UsageError if an origin of web pages is none."""
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise UsageError(
                f"--origin {origin!r} is no origin: write https://NAME or https://NAME:PORT, without a path"
            )


def _note_requests(call: Call, place: str | None) -> None:
    """Have each request noted in a file, which may be moved away at any time, or on standard error."""
    if place:
        log = logging.getLogger("iga.access")
        log.addHandler(logging.StreamHandler() if place == "-" else WatchedFileHandler(call.path(place)))
        log.setLevel(logging.INFO)
        log.propagate = False


def _interrupted(*_: object) -> None:
    """Stop on SIGTERM as on Ctrl-C: the card must go, and the engine must be closed."""
    raise KeyboardInterrupt
