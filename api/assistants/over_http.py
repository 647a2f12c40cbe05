"""/mcp: the tools over streamable HTTP, each request by itself, behind the same door as every route."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from iga.api.assistants.tools import act_of, reply_to
from iga.api.deps import Visit, in_session
from iga.api.hosts import is_let_in, page_of
from iga.api.problems import problem_of, unexpected
from iga.graph.errors import Denied, IgaError
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session

if TYPE_CHECKING:
    from mcp.server import Server

ADDRESS = "/mcp"

_LARGEST = 100_000
"""Bytes of a request that are taken; a question has some hundred."""


def is_installed() -> bool:
    """True if the SDK is there: it comes with the extra `mcp`."""
    return find_spec("mcp") is not None


class Assistants:
    """Answers assistants. Nothing is kept between requests, so that any process may answer any of them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request.

        Raises:
            Denied: A page of another machine asks.
        """
        page = page_of(Request(scope).headers)
        if page and not is_let_in(page, ()):
            raise Denied("pages of other machines may not ask here; connect an assistant by its own program")
        # The SDK is imported with the first request: a service that no assistant asks does without it.
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, max_request_body_size=_LARGEST
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    @cached_property
    def _server(self) -> "Server":
        from iga.api.assistants.server import server_of

        return server_of(self._reply)

    async def _reply(self, request: Request, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        reader = request.state.reader
        visit = Visit(request, self._workspace.under(replace(reader, door=f"mcp, {reader.door}")))
        request.state.act = act_of(name, arguments)
        try:
            reply = await _page(session=visit, name=name, arguments=arguments)
        except IgaError as error:
            return {"error": json.loads(bytes(problem_of(error).body))}
        # The last handler of this door: the SDK would send on what the exception says.
        except Exception as error:
            return {"error": json.loads(bytes(unexpected(request, error).body))}
        document: dict[str, Any] = json.loads(reply.body)
        return document


@in_session
def _page(session: Session, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    return reply_to(session, name, arguments)
