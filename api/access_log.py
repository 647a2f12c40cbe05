"""Gives every request a number, counts it, and notes it in a line of JSON: never what a parameter was given."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from time import perf_counter
from urllib.parse import parse_qsl

import msgspec
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.graph.keys import SCOPES, VERSION
from iga.graph.reader import Reader

_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
_KINDS = frozenset({*SCOPES, "assets", "healthz", "readyz", "metrics", "command", "openapi.json"})
# From what a kept answer takes to where a request is given up.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meters:
    """Counts requests by the first part of the address alone: no name, id or value stands in a label."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "iga_requests", "Requests answered.", ("kind", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "iga_request_seconds", "How long they took.", ("kind",), registry=self._registry, buckets=_SECONDS
        )
        self._of = cache(self._labelled)

    def note(self, scope: Scope, *, status: int, seconds: float) -> None:
        """Count a request."""
        part = scope["path"].removeprefix(VERSION).strip("/").partition("/")[0]
        kind = part if part in _KINDS else "other"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        counter, histogram = self._of(kind, method, status)
        counter.inc()
        histogram.observe(seconds)

    def _labelled(self, kind: str, method: str, status: int) -> tuple[Counter, Histogram]:
        """Return what counts requests of a kind; looking it up by labels takes longer than counting."""
        return self._requests.labels(kind, method, str(status)), self._seconds.labels(kind)

    def page(self) -> bytes:
        """Return what was counted, in the text format of Prometheus."""
        return generate_latest(self._registry)


_log = logging.getLogger("iga.access")

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""Number of the request that is being answered: its refusal and the log repeat it."""

HEADER = b"x-request-id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_NAME = re.compile(r"[a-z_]{1,40}")


class AccessLog:
    """Numbers requests, or takes the number that they bring, and notes what became of each."""

    def __init__(self, app: ASGIApp, *, meters: Meters, now: Callable[[], str]) -> None:
        """Stand before an application, with what counts requests and the clock that dates the lines."""
        self._app = app
        self._meters = meters
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its number."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = _number_in(scope)
        REQUEST_ID.set(number.decode())
        began, status, size = perf_counter(), 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (HEADER, number)]}
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            seconds = perf_counter() - began
            self._meters.note(scope, status=status, seconds=seconds)
            if _log.isEnabledFor(logging.INFO):
                self._note(scope, status=status, milliseconds=round(seconds * 1000, 3), bytes=size)

    def _note(self, scope: Scope, **became: float) -> None:
        """Write the line: of the address the route alone, which names nobody."""
        reader: Reader | None = scope.get("state", {}).get("reader")
        names = {name for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)}
        line = {
            "at": self._now(),
            "request": REQUEST_ID.get(),
            "who": reader.who if reader else "",
            "door": reader.door if reader else "",
            "method": scope["method"],
            "route": route_of(scope),
            "parameters": sorted(filter(_NAME.fullmatch, names)),
            **became,
        }
        _log.info(msgspec.json.encode(line).decode())


def route_of(scope: Scope) -> str:
    """Return the address that a request was answered at, without what stood in it; blank where there is none."""
    route = scope.get("route")
    return str(scope.get("state", {}).get("route") or (route.path if route else ""))


def _number_in(scope: Scope) -> bytes:
    number = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return number if _WELL_FORMED.fullmatch(number) else secrets.token_hex(8).encode()
