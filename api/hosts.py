"""What every request has to show of where it comes from, and what every answer tells the browser.

A web page can have its own host name resolve to 127.0.0.1 and read whatever answers there ("DNS rebinding"); the Host
header still holds the page's name. It can also have a browser ask without reading the answer, and learn from whether an
image or object loads; browsers say of such requests that they cross sites.
"""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.api.forms import is_page
from iga.api.problems import HEADERS, problem_of
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
    """True if a path is one of the reconciliation service."""
    return path == PATH or path.startswith(f"{PATH}/")


def page_of(headers: Mapping[str, str]) -> str:
    """Return the origin of the page that asks; blank when the browser does not say. Script tags send a referer only."""
    if origin := headers.get("origin"):
        return origin
    page = urlsplit(headers.get("referer", ""))
    return f"{page.scheme}://{page.netloc}" if page.netloc else ""


def is_let_in(origin: str, origins: tuple[str, ...]) -> bool:
    """True if pages of an origin may read the reconciliation service."""
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


_RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_OWN = ("127.0.0.1", "localhost")

ELSEWHERE = ("cross-site", "same-site")
"""What browsers say of requests of other pages; one of the same site is another port of this machine, or another host
of the organization, and asks with what the proxy's sign-on gives everybody there."""


class Hosts:
    """Refuses what is asked under a foreign name or from a foreign page; sends `HEADERS` where an answer has no own."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> None:
        """Stand before an application.

        Args:
            app: What answers.
            origins: Origins of the pages that may read the reconciliation service.
            names: Names beside those of this machine that it is asked under.
        """
        self._app = app
        self._origins = origins
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a problem document."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        page = page_of(headers)
        is_guest = is_reconciling(scope["path"]) and is_let_in(page, self._origins)

        async def politely(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _RAW if pair[0] not in own)]
                if is_guest:  # its previews are frames, its scripts read by JSONP
                    sent = MutableHeaders(scope=message)
                    sent["cross-origin-resource-policy"] = "cross-origin"
                    del sent["x-frame-options"]
            await send(message)

        named = headers.getlist("host")
        host = named[0] if len(named) == 1 else ""  # of two, a proxy before us may have looked at the other
        app = self._app
        if not is_own(host) and name_of(host) not in self._names:
            app = problem_of(Denied(f"the request is for {host[:100]!r}; ask at {' or '.join(_OWN + self._names)}"))
        elif headers.get("sec-fetch-site") in ELSEWHERE and not (is_guest or _is_followed(scope, headers)):
            app = problem_of(Denied("this page may not ask here; open the address by itself, not from another page"))
        await app(scope, receive, politely)


def _is_followed(scope: Scope, headers: Headers) -> bool:
    """True if somebody follows a link to a page: its window is no part of the page that has the link."""
    is_opened = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
    return is_opened and scope["method"] in ("GET", "HEAD") and is_page(scope["path"])


def name_of(host: str) -> str:
    """Return the name in a Host header without its port, in small letters."""
    return (host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]).lower()


def is_own(host: str) -> bool:
    """True if a Host header (RFC 9110, section 7.2) names this machine alone; its port does not count."""
    name = name_of(host)
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
