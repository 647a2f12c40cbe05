"""Which web pages may read the reconciliation service from a browser, by CORS or by JSONP.

Pages of this machine (OpenRefine runs at http://127.0.0.1:3333) and those that the operator names. See
docs/decisions/0022-who-may-read-across-origins.md.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, UsageError
from iga.graph.keys import VERSION

PATH = f"{VERSION}/reconcile"

_LOOPBACK = r"https?://(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d{1,5})?"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST_CALLBACK = 200
# Older scripts take these letters of JSON for the end of a line.
_LINE_ENDS = {0x2028: "\\u2028", 0x2029: "\\u2029"}


class Crossing(CORSMiddleware):
    """Answers the reconciliation service, and nothing else, to pages of other origins."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...] = ()) -> None:
        """Let pages of this machine in, and those of `origins`; ``*`` is all."""
        super().__init__(
            app,
            allow_origins=origins,
            allow_origin_regex=_LOOPBACK,
            allow_methods=("GET", "POST"),
            allow_headers=("*",),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but the reconciliation service on as it is."""
        if is_reconciling(scope.get("path", "")):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def let_in(app: Starlette, *, origins: tuple[str, ...], ceiling: Marking) -> None:
    """Make an application answer its reconciliation service to pages of this machine and of `origins`.

    Raises:
        Denied: More than public things are shown, and an origin is any page or one that others can change on its way.
    """
    for origin in origins:
        if ceiling > Marking.PUBLIC and not origin.startswith("https:"):
            raise Denied(f"--origin {origin}: only with the ceiling public; name a page as https://NAME")
    app.state.origins = origins
    app.add_middleware(Crossing, origins=origins)


def is_reconciling(path: str) -> bool:
    """Say whether a path is one of the reconciliation service."""
    return path == PATH or path.startswith(f"{PATH}/")


def page_of(headers: Mapping[str, str]) -> str:
    """Return the origin of the page that asks; blank when the browser does not say. Script tags send a referer only."""
    if origin := headers.get("origin"):
        return origin
    page = urlsplit(headers.get("referer", ""))
    return f"{page.scheme}://{page.netloc}" if page.netloc else ""


def is_let_in(origin: str, origins: tuple[str, ...]) -> bool:
    """Say whether pages of an origin may read the reconciliation service."""
    return "*" in origins or origin in origins or re.fullmatch(_LOOPBACK, origin) is not None


def in_callback(content: str, callback: str, *, headers: Mapping[str, str], origins: tuple[str, ...]) -> Response:
    """Return JSON as the call of a function (JSONP), for a page that may read it.

    Args:
        content: The JSON.
        callback: Name of the function.
        headers: Headers of the request: what the browser says of the page that asks.
        origins: Origins beside this machine that may read.

    Raises:
        UsageError: It is no name of a function.
        Denied: The page may not read it.
    """
    if len(callback) > _LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        raise UsageError(f"callback: {callback[:50]!r} is no name of a function; leave it out to get JSON")
    page = page_of(headers)  # where it is not said, nothing of another site comes this far
    if page and not is_let_in(page, origins):
        raise Denied(
            "this page may not read the service of this machine by JSONP; whoever runs it can let it in:"
            " iga serve --origin https://…"
        )
    # The comment keeps the first bytes out of the hands of whoever chose the name.
    script = f"/**/{callback}({content.translate(_LINE_ENDS)});"
    return Response(script, media_type="text/javascript")
