"""How much is done at once and for how long: whoever asks too much is told so, and the rest is answered."""

import asyncio
from collections import Counter
from functools import cache

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.administering import BACKUPS
from api.page_forms import LOAD
from api.problems import problem_of
from api.pulse import Pulse
from api.sign_ins import visitor_in
from graph.errors import Busy, TooMany
from graph.keys import VERSION
from graph.reader import Reader

REQUEST_S = 30.0
"""Longest that a request is waited for."""

PATIENCE_S, PULSE_S = 2.0, 3.0
"""After how long it is looked whether the store answers at all, and how long that may take.

Beside sixteen requests that compute, a look at a store that answers took more than a second.
"""

AT_ONCE = {"paper": 2, "answer": 32}
"""Most requests of each kind that are worked on at once; those given up count until they end."""

RATE, OF_ONE = "300/second", 24
"""How often one key or person may ask, and most of their requests that are worked on at once."""

FREE = ("/healthz", "/readyz", "/metrics", "/command", LOAD, f"{LOAD}/sent", f"{LOAD}/taken-back", BACKUPS)
"""Addresses without limit: the first are done beside the pool, and a load or a dump may take minutes."""


class Limits:
    """Lets so many requests through at once, and gives up those that take too long."""

    def __init__(self, app: ASGIApp, *, pulse: Pulse, rate: str = RATE) -> None:
        """Stand before an application over the store whose pulse it is; one key may ask at a rate."""
        self._rate = parse(rate)
        self._app = app
        self._pulse = pulse
        self._running: Counter[str] = Counter()
        self._often = cache(lambda: FixedWindowRateLimiter(MemoryStorage()))  # made when the first key comes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer it with 503 when there are too many, or when it takes too long."""
        if scope["type"] != "http" or scope["path"] in FREE:
            await self._app(scope, receive, send)
            return
        kind = "paper" if scope["path"].startswith(f"{VERSION}/memos/") else "answer"
        if self._running[kind] >= AT_ONCE[kind]:
            busy = Busy(f"{AT_ONCE[kind]} of this kind are being made; ask again in a few seconds")
            await problem_of(busy, retry_after_s=5)(scope, receive, send)
            return
        who = _known(scope)
        if who and (too_many := self._too_many(who)):
            await problem_of(TooMany(too_many), retry_after_s=self._rate.get_expiry())(scope, receive, send)
            return
        reply, counted = _BegunReply(send), [kind, who]
        self._running.update(counted)
        work = asyncio.ensure_future(self._app(scope, receive, reply.send))
        work.add_done_callback(lambda _: self._running.subtract(counted))
        why_not = await self._waited_for(work)
        if work.done():
            work.result()
        elif not reply.has_begun:
            reply.is_given_up = True
            await problem_of(Busy(why_not), retry_after_s=30)(scope, receive, send)

    def _too_many(self, who: str) -> str:
        """Return why somebody has to wait; blank if they need not."""
        if self._running[who] >= OF_ONE:
            return f"{OF_ONE} of your requests are being answered; wait for one of them"
        if not self._often().hit(self._rate, who):
            return f"you asked more often than {self._rate}; ask again in {self._rate.get_expiry()} s"
        return ""

    async def _waited_for(self, work: asyncio.Future[None]) -> str:
        """Wait for a request; return why it is given up."""
        done, _ = await asyncio.wait({work}, timeout=PATIENCE_S)
        if not done and not await self._pulse.is_there(PULSE_S):
            return "the store does not answer; ask again in a while"
        if not done:
            await asyncio.wait({work}, timeout=REQUEST_S - PATIENCE_S)
        return f"no answer within {REQUEST_S:g} s; ask for less, or again when less is going on"


class _BegunReply:
    """What is sent on until the request is given up."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False
        self.is_given_up = False

    async def send(self, message: Message) -> None:
        if not self.is_given_up:
            self.has_begun = True
            await self._send(message)


def _known(scope: Scope) -> str:
    """Return the key or the person who asks; blank for whoever came without."""
    reader: Reader | None = scope.get("state", {}).get("reader")
    if reader is None or not (reader.role or visitor_in(scope).name):
        return ""
    return f"{reader.door} {reader.who}"
