"""`iga open`: the pages in a browser, signed in as whoever opens them."""

from __future__ import annotations

import threading
import webbrowser
from typing import TYPE_CHECKING

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.remote import link_from, servers_at
from iga.graph.domain.marking import Marking
from iga.graph.errors import SettingsError, StoreUnavailable

if TYPE_CHECKING:
    import socket

_PORT = 8750


@click.command("open", cls=IgaCommand)
@click.option("--no-browser", is_flag=True, help="Print the link alone.")
@pass_call
def open_(call: Call, /, *, no_browser: bool) -> None:
    """Open the pages in a browser, signed in as yourself; where no service runs, this is one until Ctrl-C.

    Example: iga open
    """
    if link := _link_from_running(call):
        _say(call, link)
        if not no_browser:
            _show(call, link)
        return
    _serve_and_open(call, no_browser=no_browser)


def _link_from_running(call: Call) -> str:
    """Return a link to the pages of a service that runs; blank where none does."""
    settings = call.workspace.settings
    for server, door in servers_at(settings):
        try:
            return link_from(server, door, call.reader)
        except StoreUnavailable:
            if settings.embedded_path:
                raise
    return ""


def _serve_and_open(call: Call, *, no_browser: bool) -> None:
    from iga.api.sign_ins import SignIns
    from iga.cli.door import link_to
    from iga.cli.entrances import Ways
    from iga.cli.serve import answer_until_stopped
    from iga.graph.stores.opening import open_in_little_memory

    open_in_little_memory(to_answer=True)
    workspace = call.workspace
    sign_ins = SignIns(clock=workspace.settings.clock)

    def begun(pages: str) -> None:
        link = link_to(pages, sign_ins.link(call.reader))
        _say(call, link)
        call.console.note("The service runs until you press Ctrl-C or close this window.")
        if not no_browser:  # beside this thread, which answers it: some wait until they are closed
            threading.Thread(target=_show, args=(call, link), daemon=True).start()

    answer_until_stopped(call, workspace, Ways(Marking.PUBLIC, sign_ins=sign_ins), _listening(), begun=begun)


def _listening() -> socket.socket:
    """Open the port of `iga serve`, or another one where that is taken."""
    from iga.cli.entrances import listen

    try:
        return listen("127.0.0.1", _PORT)
    except SettingsError:
        return listen("127.0.0.1", 0)


def _say(call: Call, link: str) -> None:
    if call.as_json:
        call.console.document({"link": link})
    else:
        call.console.note("This link signs you in once, within five minutes; hand it to nobody:")
        call.console.say(link)
    call.console.out.flush()


def _show(call: Call, link: str) -> None:
    if not webbrowser.open(link):
        call.console.note("There is no browser to open here: copy the link into one.")
