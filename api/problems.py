"""Errors over HTTP: every one is a problem document (RFC 9457) with the error's stable code."""

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from rapidfuzz import process
from starlette.exceptions import HTTPException
from starlette.types import Scope

from iga.api.access_log import REQUEST_ID
from iga.api.deps import noted
from iga.api.negotiation import address_of
from iga.graph.errors import Busy, IgaError, Merged, UsageError

_log = logging.getLogger("iga.api")
_SHOWN = 80
PROBLEM = "application/problem+json"
"""Media type of every refusal."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Of every answer: kept nowhere, part of no other page, and of no other type than it says."""
RETRY_AFTER_S = 5
"""When to ask again where nothing tells it better."""
ASK_THE_LOG = "the server's log says more; ask whoever runs it"


class Problem(BaseModel):
    """What went wrong, for programs and for people."""

    type: str = Field(description="Stable name of the kind of problem.", examples=["urn:iga:IGA-1401"])
    title: str = Field(description="The kind of problem in one sentence.")
    status: int = Field(description="HTTP status.", examples=[404])
    detail: str = Field(description="What is wrong, where, the value, and what to do.")
    code: str = Field(description="Code that `iga help CODE` explains.", examples=["IGA-1401"])
    suggestions: tuple[str, ...] = Field(default=(), description="What may have been meant.")
    request: str = Field(default="", description="Number of the request, X-Request-Id; the service's log has it.")


def handle_problems(app: FastAPI) -> None:
    """Make an application answer every error with a problem document."""
    app.add_exception_handler(IgaError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, unexpected)


def problem(status: int, *, title: str, detail: str, code: str, suggestions: tuple[str, ...] = ()) -> JSONResponse:
    """Return a problem document as a response."""
    of = {"title": title, "status": status, "detail": detail, "code": code, "suggestions": suggestions}
    body = Problem(type=f"urn:iga:{code}", request=REQUEST_ID.get(), **of)
    return JSONResponse(body.model_dump(mode="json"), status_code=status, media_type=PROBLEM, headers=HEADERS)


def problem_of(error: IgaError, *, retry_after_s: int | None = None) -> JSONResponse:
    """Return an error of ours as a response.

    What is wrong with the service goes to its log: paths, processes, hosts and users are no business of who asks.
    """
    title = (type(error).__doc__ or "").splitlines()[0]
    detail = error.message
    if error.http_status >= 500 and retry_after_s is None:
        _log.error("%s: %s (request %s)", error.code, error.message, REQUEST_ID.get())
        detail = ASK_THE_LOG
    reply = problem(error.http_status, title=title, detail=detail, code=error.code, suggestions=error.suggestions)
    if error.http_status == 401:
        reply.headers["WWW-Authenticate"] = "Bearer"
    if error.http_status in (429, 503):
        reply.headers["Retry-After"] = str(retry_after_s or RETRY_AFTER_S)
    return reply


def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, IgaError)
    reply = problem_of(error, retry_after_s=RETRY_AFTER_S if isinstance(error, Busy) else None)
    if isinstance(error, Merged):
        there = request.scope["route"].path.format(**request.path_params | {"id": quote(error.canonical, safe=":")})
        reply.headers["Location"] = address_of(request, there)
    return reply


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    if visit := getattr(request.state, "visit", None):
        noted(visit)
    first = error.errors()[0]
    name = str(first["loc"][-1])
    near: tuple[str, ...] = ()
    if first["type"] == "extra_forbidden":
        known = _taken(request, first["loc"])
        near = tuple(word for word, _, _ in process.extract(name, known, limit=2, score_cutoff=60))
        what, where = ("field", "in the body") if first["loc"][0] == "body" else ("parameter", "here")
        detail = f"there is no {what} {name!r} {where}; it takes {', '.join(known) or 'none'}"
    elif first["type"] == "missing":
        detail = f"the parameter {name!r} is needed"
    else:
        detail = f"{name}: {_shown(first.get('input'))} cannot be used: {first['msg']}"
    title = "A parameter or option cannot be used so."
    return problem(422, title=title, detail=detail, code="IGA-1201", suggestions=near)


def _shown(value: object) -> str:
    """Return a value as a message repeats it: the beginning of a long one."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _taken(request: Request, place: tuple[int | str, ...]) -> list[str]:
    """Return what the called route takes in the query or the body, where another name was sent."""
    route: Any = request.scope["route"]
    declared = route.dependant.body_params if place[0] == "body" else route.dependant.query_params
    return [name for it in declared for name in it.field_info.annotation.model_fields]


def not_served(status: int = HTTPStatus.NOT_FOUND, detail: str = HTTPStatus.NOT_FOUND.phrase) -> JSONResponse:
    """Return what is replied where an address, or a method at it, is not there."""
    return problem(status, title="The address or method is not served.", detail=detail, code="IGA-1401")


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.BAD_REQUEST:  # a body that is no JSON, or cannot be decoded
        return problem_of(UsageError("the body cannot be read: send JSON in UTF-8"))
    reply = not_served(error.status_code, str(error.detail))
    if error.status_code == 405:
        reply.headers["Allow"] = ", ".join(methods_at(request.scope))
    return reply


def methods_at(scope: Scope) -> list[str]:
    """Return the methods that are served where a request was sent."""
    found = [route.methods for route in scope["app"].routes if route.path_regex.match(scope["path"])]
    served = set().union(*found)
    return sorted({*served, "HEAD"} if "GET" in served else served)


def unexpected(_: Request, error: Exception) -> JSONResponse:
    """Answer what no code of ours raises on purpose; the log says what it was."""
    # The last handler: what went wrong goes to the log, not to the caller, who could learn from it what is hidden.
    _log.error("unexpected error (request %s)", REQUEST_ID.get(), exc_info=error)
    reply = problem(500, title="The program met a case it does not know.", detail=ASK_THE_LOG, code="IGA-1000")
    reply.headers["X-Request-Id"] = REQUEST_ID.get()  # it is sent past what numbers the others
    return reply
