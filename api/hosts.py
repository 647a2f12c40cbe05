"""What every request has to show of where it comes from, and what every answer tells the browser.

A web page can have its own host name resolve to 127.0.0.1 and read whatever answers there ("DNS rebinding"); the Host
header still holds the page's name. It can also have a browser ask without reading the answer, and learn from whether an
image or object loads; browsers say of such requests that they cross sites.
"""

from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.api.cors import is_let_in, is_reconciling, page_of
from iga.api.page_forms import is_page
from iga.api.problems import HEADERS, problem_of
from iga.graph.errors import Denied

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
    """Say whether somebody follows a link to a page: its window is no part of the page that has the link."""
    is_opened = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
    return is_opened and scope["method"] in ("GET", "HEAD") and is_page(scope["path"])


def name_of(host: str) -> str:
    """Return the name in a Host header without its port, in small letters."""
    return (host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]).lower()


def is_own(host: str) -> bool:
    """Say whether a Host header (RFC 9110, section 7.2) names this machine alone; its port does not count."""
    name = name_of(host)
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
