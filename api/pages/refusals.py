"""Refusals as pages for people, whoever refuses; programs get the problem documents that these are made from."""

import json
from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.api.negotiation import preferred
from iga.api.page_forms import is_page
from iga.api.pages.frame import POLICY, page
from iga.api.problems import PROBLEM
from iga.graph.errors import NotAcceptable

_OF_THE_DOCUMENT = (b"content-type", b"content-length")
_FRAMED = [
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"content-security-policy", POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'").encode()),
]


class PageRefusals:
    """Turns the problem documents of the pages into pages, where a browser asks."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before all that may refuse."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what is refused is shown as a page."""
        if scope["type"] != "http" or not is_page(scope["path"]) or not _wants_page(Request(scope)):
            await self._app(scope, receive, send)
            return
        start: Message = {}

        async def shown(message: Message) -> None:
            nonlocal start
            if (
                message["type"] == "http.response.start"
                and dict(message["headers"]).get(b"content-type") == PROBLEM.encode()
            ):
                start = message
            elif start:
                await _send_page(Request(scope), start, json.loads(message["body"]), send)
            else:
                await send(message)

        await self._app(scope, receive, shown)


def _wants_page(request: Request) -> bool:
    try:
        return preferred(request.headers.get("accept", ""), ("json", "html")) == "html"
    except NotAcceptable:
        return False


async def _send_page(request: Request, start: Message, problem: dict[str, Any], send: Send) -> None:
    status = start["status"]
    reply = page(request, "refusal", status=status, problem=problem, phrase=HTTPStatus(status).phrase)
    kept = [(name, value) for name, value in start["headers"] if name not in _OF_THE_DOCUMENT]
    if request.headers.get("sec-fetch-dest") == "iframe":  # of a page of ours: those of others come no further
        kept = [pair for pair in kept if pair[0] != b"x-frame-options"] + _FRAMED
    own = {name for name, _ in kept}
    headers = [*kept, *(pair for pair in reply.raw_headers if pair[0] not in own)]
    again = dict(kept).get(b"retry-after")
    if again and status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"refresh", again))  # a past state is being made, or a database comes back
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else reply.body})
