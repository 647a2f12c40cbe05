"""A client whom an application answers in the thread of the test: the framework's own crosses threads at each step."""

import asyncio
import threading
from collections.abc import MutableMapping
from typing import Any

import httpx2

_USUAL_PORTS = {"http": 80, "https": 443}
_of_this_thread = threading.local()


class AppClient(httpx2.Client):
    """Asks an application as from a machine that is not this one; its tasks go on whenever it is asked.

    Attributes:
        app: The application.
    """

    def __init__(
        self,
        app: Any,
        *,
        base_url: str = "http://localhost",
        raise_server_exceptions: bool = True,
        follow_redirects: bool = True,
        client: tuple[str, int] = ("testclient", 50_000),
        **more: Any,
    ) -> None:
        """Take an application; without `raise_server_exceptions` what it raises is a reply with status 500."""
        self.app = app

        async def at_a_port(scope: MutableMapping[str, Any], *ways: Any) -> None:
            host, port = scope["server"]
            await app({**scope, "server": (host, port or _USUAL_PORTS[scope["scheme"]])}, *ways)

        asked = httpx2.ASGITransport(at_a_port, raise_app_exceptions=raise_server_exceptions, client=client)
        super().__init__(transport=_Asked(asked), base_url=base_url, follow_redirects=follow_redirects, **more)


class _Asked(httpx2.BaseTransport):
    def __init__(self, app: httpx2.ASGITransport) -> None:
        self._app = app

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the reply, when the application has ended it."""
        return _loop().run_until_complete(self._replied(request))

    async def _replied(self, request: httpx2.Request) -> httpx2.Response:
        reply = await self._app.handle_async_request(request)
        assert isinstance(reply.stream, httpx2.AsyncByteStream)
        body = b"".join([part async for part in reply.stream])
        return httpx2.Response(reply.status_code, headers=reply.headers, stream=httpx2.ByteStream(body))


def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop of this thread, one for all clients, as one serves all who come to a service."""
    if not hasattr(_of_this_thread, "loop"):
        _of_this_thread.loop = asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = _of_this_thread.loop
    return loop
