"""Reads the fields of a form that a client sends as the body of a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from iga.api.sign_ins import visitor_in
from iga.graph.errors import Denied, NotAdmitted, UsageError
from iga.graph.keys import VERSION
from iga.queries.reconciling.query import TooMuch

FORM = "application/x-www-form-urlencoded"
LARGEST = 2_000_000
"""Bytes of a form that are taken."""

LARGEST_UPLOAD = 50_000_000
"""Bytes of a form with a file that are taken."""

_MOST_FIELDS, _LONGEST_NAME = 500, 200
_WITH_A_FILE = "multipart/form-data"


@dataclass(frozen=True)
class SentFile:
    """A form with a file.

    Attributes:
        texts: Its other fields, with all that stands there of each, in order.
        name: Name of the file, without a folder; blank where none was chosen.
    """

    texts: Mapping[str, Sequence[str]]
    name: str
    content: bytes


async def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of a form; of a field that stands there twice, the last.

    Raises:
        UsageError: The body is no form, or does not decode.
        TooMuch: It is larger than is taken.
    """
    return fields_in(await body_of(request))


async def texts_of(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form, with all that stands there of each, in order; raises as `fields_of` does."""
    return _texts_in(await body_of(request))


async def body_of(request: Request) -> bytes:
    """Return the body of a request that sends a form.

    Raises:
        UsageError: The body is no form.
        TooMuch: It is larger than is taken.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise UsageError(f"the body is {kind or 'of no stated kind'}; send a form: {FORM}")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooMuch(f"the form is larger than {LARGEST:,} bytes; send less at once")
    return bytes(body)


def holds_a_file(headers: Headers) -> bool:
    """True if a form is sent as those with a file are."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == _WITH_A_FILE


async def uploaded(request: Request) -> SentFile:
    """Return a form with one file.

    Raises:
        UsageError: It is no such form, or it has no file.
        TooMuch: It is larger than is taken.
    """
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > LARGEST_UPLOAD:
            raise TooMuch(f"the file has more than {LARGEST_UPLOAD // 1_000_000} MB; load it with iga load")
        return message

    texts: dict[str, list[str]] = {}
    name, content = "", b""
    sending = Request(request.scope, counted)
    try:
        async with sending.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=LARGEST) as form:
            for field, value in form.multi_items():
                if isinstance(value, UploadFile):
                    name = _plain_name(value.filename or "")
                    content = await value.read()
                else:
                    texts.setdefault(field, []).append(value)
    except (MultiPartException, HTTPException) as error:
        reason = error.message if isinstance(error, MultiPartException) else error.detail
        raise UsageError(f"the form cannot be read ({reason}); send it from its page") from error
    return SentFile(texts, name, content)


def _plain_name(written: str) -> str:
    """Return the name of a file without folders and what no system takes; blank where none was chosen."""
    last = "".join(letter for letter in written.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    if len(last.encode()) > _LONGEST_NAME:
        raise UsageError(f"the name of the file is longer than {_LONGEST_NAME} bytes: {last[:60]}…; shorten it")
    return last.strip(".")


def fields_in(body: bytes) -> dict[str, str]:
    """Return the fields of a form by its body; of a field that stands there twice, the last.

    Raises:
        UsageError: It does not decode.
    """
    return {name: texts[-1] for name, texts in _texts_in(body).items()}


def _texts_in(body: bytes) -> dict[str, list[str]]:
    """Return all that a form holds, by field, in order; raises UsageError where it does not decode."""
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UsageError(f"the form cannot be read ({error}); send it percent-encoded in UTF-8") from error


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
    """True if a request would change something at an address of the pages."""
    return is_page(scope["path"]) and scope["method"] in _CHANGES


def is_page(path: str) -> bool:
    """True if an address is one for people, not for programs."""
    return not any(path == own or path.startswith(f"{own}/") for own in _OF_PROGRAMS)


def is_of_own_page(headers: Headers) -> bool:
    """True if a browser sent a request because of a page of ours, or because an address was typed or opened.

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
