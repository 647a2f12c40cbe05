"""In which form an answer is given: by the ending of its address, or else by what a client accepts; on every route."""

from collections.abc import Iterable, Mapping

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from iga.graph.errors import NotAcceptable
from iga.graph.keys import VERSION

JSON = "application/json"
FORMS: Mapping[str, str] = {
    "json": JSON,
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "atom": "application/atom+xml",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "zip": "application/zip",
}
"""Media type of each form, by the ending of an address."""

_BINARY = ("xlsx", "docx", "pdf", "zip")


class Endings:
    """Takes the form that an address ends with for what the client accepts."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application whose routes have addresses without endings."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under the address without its ending."""
        stem, dot, ending = scope.get("path", "").rpartition(".")
        if dot and ending in FORMS and stem.startswith(f"{VERSION}/"):
            others = [(name, value) for name, value in scope["headers"] if name != b"accept"]
            accept = (b"accept", FORMS[ending].encode())
            state = {**scope.get("state", {}), "ending": f".{ending}"}
            scope.update(path=stem, raw_path=stem.encode(), headers=[*others, accept], state=state)
        await self._app(scope, receive, send)


def address_of(request: Request, path: str = "", **changed: str) -> str:
    """Return the address that was asked for with its ending, or that of another path, some parameters changed."""
    url = request.url.include_query_params(**changed) if changed else request.url
    ending = request.scope.get("state", {}).get("ending", "")
    return f"{path or url.path}{ending}{url.query and '?'}{url.query}"


def form_of(request: Request, *offered: str) -> str:
    """Return the form to answer in: of those offered the one that the client prefers, the first where it has no wish.

    Raises:
        NotAcceptable: It asks for other forms only.
    """
    return preferred(request.headers.get("accept", ""), offered)


def preferred(accept: str, offered: Iterable[str]) -> str:
    """Return the form that a header Accept prefers; the first of equals.

    Raises:
        NotAcceptable: It names none of those offered.
    """
    forms = list(offered)
    if not accept.strip():
        return forms[0]
    wishes = [_wish(part) for part in accept.split(",")]
    wanted = {form: _quality(FORMS[form], wishes) for form in forms}
    best = max(wanted, key=lambda form: wanted[form])
    if wanted[best] <= 0:
        named = ", ".join(f".{form} ({FORMS[form]})" for form in forms)
        raise NotAcceptable(f"{accept[:100]!r} is no form that this answer has; it has {named}")
    return best


def content_of(*offered: str, with_json: bool = False) -> dict[str, object]:
    """Return what a route says of the forms that it answers in; JSON is described by its model, where it has one."""
    described: dict[str, object] = {FORMS[form]: {"schema": _schema(form)} for form in offered if form != "json"}
    return {JSON: {"schema": {}}, **described} if with_json else described


def _schema(form: str) -> dict[str, str]:
    return {"type": "string", "format": "binary"} if form in _BINARY else {"type": "string"}


def _wish(part: str) -> tuple[str, float]:
    media, *given = (piece.strip().lower() for piece in part.split(";"))
    for piece in given:
        name, _, value = piece.partition("=")
        if name == "q":
            try:
                return media, float(value)
            except ValueError:
                return media, 0.0
    return media, 1.0


def _quality(media: str, wishes: list[tuple[str, float]]) -> float:
    """Return how much a media type is wanted; the most exact mention of it counts."""
    for mention in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [quality for wish, quality in wishes if wish == mention]
        if found:
            return max(found)
    return 0.0
