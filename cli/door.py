"""The side of the server for its own account: a socket, or a token to be proved, and what runs a command line."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hmac import compare_digest
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse

from iga.api.forms import SIGN_IN
from iga.api.sign_ins import SignIns
from iga.cli.command_line import CommandLine
from iga.cli.remote import ADDRESS, LINKS, PROOF, card_in, proof, write_card
from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, SettingsError, UsageError, reason_of
from iga.graph.local_sockets import HAS_SOCKETS, listening
from iga.graph.reader import Reader
from iga.graph.settings import without_password
from iga.graph.workspace import Workspace


@contextmanager
def opened_door(door: Path, *, port: int) -> Iterator[tuple[socket.socket | None, str]]:
    """Leave the card of this server while it runs; give its socket, or the token where there are no sockets.

    Raises:
        Denied: Others may enter the folder of the door.
        SettingsError: There can be no socket.
    """
    server = write_card(door, port=port)
    own = _listening(door) if HAS_SOCKETS else None
    try:
        yield own, server.token
    finally:
        if own:
            own.close()
        for path in (card_in(door), door / "socket"):
            path.unlink(missing_ok=True)
        with suppress(OSError):
            door.rmdir()


def _listening(door: Path) -> socket.socket:
    try:
        return listening(door)
    except OSError as error:
        raise SettingsError(f"there can be no socket in {door} ({reason_of(error)})") from error


def take_command_lines(app: FastAPI, workspace: Workspace, *, token: str = "") -> None:
    """Add the address where command lines are taken; by TCP, only with proof that whoever sends one knows the token."""
    _take(app, ADDRESS, lambda words: _run(workspace, CommandLine(**words)), token)


def take_requests_for_links(app: FastAPI, sign_ins: SignIns | None, pages: str, *, token: str = "") -> None:
    """Add the address where our own account gets links to the pages, which are at `pages`; without sign-ins, none."""

    def made(reader: dict[str, Any]) -> dict[str, Any]:
        if sign_ins is None:
            raise Denied("other machines reach it, by keys alone: nobody signs in to its pages")
        whose = Reader(**{**reader, "ceiling": Marking.named(reader["ceiling"])})
        return {"link": link_to(pages, sign_ins.link(whose))}

    _take(app, LINKS, made, token)


def link_to(pages: str, secret: str) -> str:
    """Return the address that signs somebody in."""
    return f"{pages}{SIGN_IN}?{urlencode({'link': secret})}"


def _take(app: FastAPI, address: str, answered: Callable[[dict[str, Any]], dict[str, Any]], token: str) -> None:
    """Add an address that answers our own account; by TCP, it proves that it knows the token, and so does who asks."""

    async def prove(request: Request) -> PlainTextResponse:
        return PlainTextResponse(proof(token, request.query_params.get("nonce", "").encode()))

    async def take(request: Request) -> JSONResponse:
        words = await request.body()
        if token and not compare_digest(request.headers.get(PROOF, "").encode(), proof(token, words).encode()):
            return JSONResponse({"detail": "the proof is not that of the server's token"}, status_code=403)
        return JSONResponse(await run_in_threadpool(answered, await request.json()))

    app.router.add_route(address, take, methods=["POST"], include_in_schema=False)
    if token:
        app.router.add_route(address, prove, methods=["GET"], include_in_schema=False)


def _run(workspace: Workspace, line: CommandLine) -> dict[str, Any]:
    def workspaces(store: str | None, ledger: str | None) -> Workspace:
        bare = ledger and without_password(ledger)[0]
        for asked, held in ((store, workspace.settings.store), (bare, workspace.settings.ledger)):
            if asked and Path(line.folder, asked.removeprefix("embedded:")) != Path(
                line.folder, held.removeprefix("embedded:")
            ):
                raise UsageError(f"the running server holds {held}, not {asked}: stop it (Ctrl-C) to work with another")
        return workspace

    return line.run(workspaces, door="socket")
