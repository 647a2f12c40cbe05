"""Forms of our own pages: what they change is changed only where a page of ours was shown to whoever sends the form.

A browser sends a cookie or a sign-on along with whatever another page has it send. It also says from where, and no
other page knows the token that a form of ours holds.
"""

from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from iga.api.forms import body_of, fields_in, holds_a_file, uploaded
from iga.api.sign_ins import visitor_in
from iga.graph.errors import Denied, NotAdmitted
from iga.graph.keys import VERSION

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
LOAD, PAPERS = "/load", "/papers/"
CHECK = f"{PAPERS}check"
WITH_A_FILE = (LOAD, CHECK)
"""Addresses whose forms send a file."""

TOKEN = "token"
"""Field of a form that holds the token of whoever looks at its page."""

_CHANGES = ("POST", "PUT", "PATCH", "DELETE")
_OF_PROGRAMS = (VERSION, "/command", "/mcp", "/healthz", "/readyz", "/metrics", "/openapi.json")


def is_form(scope: Scope) -> bool:
    """Say whether a request would change something at an address of the pages."""
    return is_page(scope["path"]) and scope["method"] in _CHANGES


def is_page(path: str) -> bool:
    """Say whether an address is one for people, not for programs."""
    return not any(path == own or path.startswith(f"{own}/") for own in _OF_PROGRAMS)


def is_of_own_page(headers: Headers) -> bool:
    """Say whether a browser sent a request because of a page of ours, or because an address was typed or opened.

    One that does not say where from (`Sec-Fetch-Site`) says which origin sends a form (`Origin`).
    """
    site = headers.get("sec-fetch-site")
    return site in ("same-origin", "none") if site else _is_of_own_origin(headers)


async def confirmed(scope: Scope, headers: Headers, receive: Receive) -> Receive:
    """Return the body of a form to be read again, once it is known to be of a page that its sender was shown.

    Raises:
        Denied: It comes from another page, or its token is not that of whoever sends it.
        NotAdmitted: Whoever sends it is not signed in.
        UsageError, TooMuch: It is no form, or larger than is taken.
    """
    site = headers.get("sec-fetch-site")
    if site != "same-origin" if site else not _is_of_own_origin(headers):
        raise Denied("this form was not sent from a page of this service: open the page here and send it again")
    if scope["path"] == SIGN_IN:  # its link says who they are
        return receive
    visitor = visitor_in(scope)
    if not visitor.token:
        raise NotAdmitted(f"{visitor.signed_out or 'You are not signed in.'} Sign in again with iga open.")
    if scope["path"] in WITH_A_FILE and holds_a_file(headers):
        scope["state"]["sent"] = sent = await uploaded(Request(scope, receive))
        _refuse_another(visitor.token, "".join(sent.texts.get(TOKEN, ())))
        return receive
    body = await body_of(Request(scope, receive))
    _refuse_another(visitor.token, fields_in(body).get(TOKEN, ""))
    unread = [body]

    async def again() -> Message:
        return {"type": "http.request", "body": unread.pop(), "more_body": False} if unread else await receive()

    return again


def _refuse_another(token: str, sent: str) -> None:
    """Raise Denied unless a form holds the token of whoever sends it."""
    if not compare_digest(sent.encode(), token.encode()):
        raise Denied("this form is of an earlier sign-in: open its page again and send it once more")


def _is_of_own_origin(headers: Headers) -> bool:
    origin = urlsplit(headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == headers.get("host")
