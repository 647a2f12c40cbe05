"""A page around its own part: what every page shows, and what a browser may do with it."""

import json
import re
import typing
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from markupsafe import escape
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.api.forms import is_page
from iga.api.negotiation import preferred
from iga.api.pages.assets import address_of_asset
from iga.api.problems import PROBLEM
from iga.api.sign_ins import visitor_of
from iga.exports.render.templated import templates
from iga.exports.tables import ranges
from iga.exports.wording import is_link
from iga.graph.errors import NotAcceptable, UsageError
from iga.graph.grouping import by_key
from iga.graph.text import counted
from iga.queries.core.answer import EvidenceNote, Ref
from iga.queries.core.endnotes import note_of
from iga.queries.core.reading import refs
from iga.queries.core.session import Session
from iga.queries.core.wording import capitalized, kind_in_words

P = TypeVar("P", bound=BaseModel)

Sources: TypeAlias = dict[tuple[str, str, int], list[tuple[int, EvidenceNote]]]
"""Notes by title, page and load."""

_OPTION = re.compile(r"; (?:see )?--[^;]*")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content security policy of the pages: nothing of another host, and nothing that stands in the page itself, is run."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


def page(
    request: Request, name: str, *, status: int = 200, headers: Mapping[str, str] = MappingProxyType({}), **facts: Any
) -> Response:
    """Return a page."""
    shared = {
        "reader": getattr(request.state, "reader", None),
        "visitor": visitor_of(request),
        "parts_open": getattr(request.state, "parts", ()),
        "at": request.url.path,
        "asset": address_of_asset,
        "address": address,
        "thing": thing_address,
        "is_link": is_link,
        "capitalized": capitalized,
        "counted": counted,
        "ranges": ranges,
        "in_kind": kind_in_words,
    }
    text = templates(escape, "iga.api.pages").get_template(f"{name}.html.j2").render(shared | facts)
    return Response(text, status_code=status, media_type="text/html", headers={**HEADERS, **headers})


def given_in(request: Request) -> dict[str, list[str]]:
    """Return what was given, by parameter, without what is blank."""
    given = request.query_params
    return {name: texts for name in given if (texts := [text for text in given.getlist(name) if text.strip()])}


def given_to(model: type[P], request: Request) -> P:
    """Return what was given of the parameters of a model; those beside them are somebody else's.

    Raises:
        UsageError: A value cannot be used.
    """
    given = request.query_params
    own = {name: given.getlist(name) for name in model.model_fields if name in given}
    many = {name for name in own if typing.get_origin(model.model_fields[name].annotation) is list}
    try:
        return model.model_validate({name: texts if name in many else texts[-1] for name, texts in own.items()})
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{first['loc'][0]}: {str(first['input'])[:80]!r} cannot be used: {first['msg']}") from error


def sources_of(notes: Mapping[int, EvidenceNote]) -> Sources:
    """Return notes by title, page and load: rows of one file stand together."""
    return by_key(notes.items(), lambda it: (it[1].title, it[1].url or "", it[1].load))


def numbered_together(notes: Iterable[EvidenceNote], all_notes: dict[int, EvidenceNote]) -> dict[EvidenceNote, int]:
    """Return the numbers of notes among all of them, to which the new ones are added."""
    numbers = {note: number for number, note in all_notes.items()}
    for note in notes:
        numbers.setdefault(note, len(numbers) + 1)
        all_notes[numbers[note]] = note
    return numbers


def for_a_page(note: str) -> str:
    """Return a note without what it says of options of the command line."""
    return _OPTION.sub("", note)


def numbered(session: Session, stated: Iterable[Mapping[str, Any]]) -> tuple[Mapping[Ref, int], Sources]:
    """Return the numbers of the source rows that things and relationships rest on, and their notes as pages show."""
    book = session.evidence(refs(*stated))
    numbers = {ref: number for number, ref in enumerate(book, start=1)}
    return numbers, sources_of({numbers[ref]: note_of(book[ref], now=session.status.view.now) for ref in book})


def address(path: str, **parameters: Any) -> str:
    """Return the address of a page with its parameters; blank ones are left out, a list stands there several times."""
    given = {name: value for name, value in parameters.items() if value not in (None, "", (), [])}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def thing_address(id_: str, **parameters: Any) -> str:
    """Return the address of the page on a thing."""
    return address(f"/entities/{quote(id_, safe=':')}", **parameters)


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
