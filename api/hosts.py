"""Only requests that were sent to this machine by its own names are answered.

A web page can have its own host name resolve to 127.0.0.1 and then read whatever answers there ("DNS rebinding"); the
Host header still holds the page's name, which is how such a request is told.
"""

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem
from graph.errors import Denied


class OwnHosts:
    """Refuses requests whose Host header is neither ``localhost`` nor an address of this machine alone."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a problem document."""
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else "localhost"
        if is_own(host):
            await self._app(scope, receive, send)
            return
        refused = problem(
            Denied.http_status,
            title=(Denied.__doc__ or "").splitlines()[0],
            detail=f"the request is for {host[:100]!r}; ask at 127.0.0.1 or localhost, which are this machine alone",
            code=Denied.code,
        )
        await refused(scope, receive, send)


def is_own(host: str) -> bool:
    """Say whether a Host header (RFC 9110, section 7.2) names this machine alone; its port does not count."""
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
