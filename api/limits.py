"""How much is done at once and for how long: whoever asks too much is told so, and the rest is answered."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iga.api.deps import being_made
from iga.api.forms import LARGEST, LOAD
from iga.api.known_callers import known_caller
from iga.api.pages.administration import BACKUPS
from iga.api.problems import problem_of
from iga.api.readiness import StoreReadiness
from iga.graph.errors import Busy, TooMany
from iga.graph.keys import VERSION
from iga.queries.reconciling.query import TooMuch

REQUEST_S = 30.0
"""Longest that a request is waited for; what is made longer is given to its caller at the next asking."""

KEPT, KEPT_S = 8, 120.0
"""Most answers that go on after that or are kept for their callers, and how long each is kept when it is made."""

PATIENCE_S, PULSE_S = 2.0, 3.0
"""After how long it is looked whether the store answers at all, and how long that may take.

Beside sixteen requests that compute, a look at a store that answers took more than a second.
"""

AT_ONCE = {"paper": 2, "answer": 32}
"""Places for requests of each kind; those given up keep theirs until they end.

Somebody gets another while more are free than they hold, and strangers count as one: nobody has more than half of them,
and whoever comes then finds one.
"""

AT_WORK, OF_STRANGERS = 4, 2
"""Most requests of one caller, and of all strangers together, that are worked on at once; others wait their turn."""

RATE = "300/second"
"""How often one key or person may ask."""

FREE = ("/healthz", "/readyz", "/metrics", "/command", LOAD, f"{LOAD}/sent", f"{LOAD}/taken-back", BACKUPS)
"""Addresses without limit: the first are done beside the pool, and a load or a dump may take minutes."""

_SHOWN = (b"authorization", b"cookie")
_BARE = ("GET", "HEAD")
_GIVEN_UP = "given_up"
_TOLD_APART = (b"accept", b"accept-encoding", b"if-none-match", b"authorization", b"cookie")
_TOO_LONG = f"no answer within {REQUEST_S:g} s; ask for less, or again when less is going on"


class Limits:
    """Lets so many requests through at once, and gives up those that take too long."""

    def __init__(self, app: ASGIApp, *, readiness: StoreReadiness, rate: str = RATE) -> None:
        """Stand before an application over the store whose readiness this is; one key may ask at a rate."""
        self._going: dict[tuple[object, ...], _Going] = {}
        self._rate = parse(rate)
        self._app = app
        self._readiness = readiness
        self._running: Counter[tuple[str, str]] = Counter()
        self._often = cache(lambda: FixedWindowRateLimiter(MemoryStorage()))  # made when the first key comes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it is there; answer it with 503 when there are too many, or when it takes too long."""
        if _is_free(scope):
            await self._app(scope, receive, send)
            return
        who = known_caller(scope)
        if await self._is_given_later(who, scope, receive, send):
            return
        try:
            body = await _received(scope, receive)
            place = self._place_for(who, "paper" if scope["path"].startswith(f"{VERSION}/memos/") else "answer")
        except ClientDisconnect:
            return
        except (Busy, TooMany, TooMuch) as error:
            wait_s = self._rate.get_expiry() if isinstance(error, TooMany) else 5
            await problem_of(error, retry_after_s=wait_s)(scope, receive, send)
            return
        reply = _BegunReply(scope, send)
        self._running[place] += 1
        work = asyncio.ensure_future(self._app(scope, body, reply.send))
        work.add_done_callback(lambda _: self._running.subtract([place]))
        work.add_done_callback(lambda done: done.cancelled() or done.exception())  # whoever waits still is told
        why_not = await self._waited_for(work, scope)
        if work.done():
            work.result()
        elif not reply.has_begun:
            reply.give_up()
            if why_not == _TOO_LONG and scope["method"] == "GET" and len(self._going) < KEPT:
                self._going[_question(who, scope)] = going = _Going(work, reply, await self._readiness.mark())
                work.add_done_callback(lambda _: self._forget_later(going))
                await _told_later(scope, receive, send)
            else:
                await problem_of(Busy(why_not), retry_after_s=30)(scope, receive, send)

    async def _is_given_later(self, who: str, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer with what took too long at an earlier asking of the same caller, or that it is still being made."""
        going = self._going.get(question := _question(who, scope))
        if going is None:
            return False
        await asyncio.wait({going.work}, timeout=REQUEST_S)
        if not going.work.done():
            await _told_later(scope, receive, send)
            return True
        if self._going.get(question) is not going:  # another request took it
            return False
        del self._going[question]
        # Where something was loaded meanwhile, or somebody erased, it is made anew.
        if not going.is_whole or going.mark is None or going.mark != await self._readiness.mark():
            return False
        for message in going.reply.held:
            await send(message)
        return True

    def _forget_later(self, going: "_Going") -> None:
        asyncio.get_running_loop().call_later(KEPT_S, self._forget, going)

    def _forget(self, going: "_Going") -> None:
        for question in [it for it, kept in self._going.items() if kept is going]:
            del self._going[question]

    def _place_for(self, who: str, kind: str) -> tuple[str, str]:
        """Return the place that somebody takes; blank is a stranger.

        Raises:
            Busy: None is free, or not for strangers.
            TooMany: They have as many as others leave them, or asked too often.
        """
        taken = sum(count for (of, _), count in self._running.items() if of == kind)
        own, free = self._running[kind, who], AT_ONCE[kind] - taken
        if free <= 0 or (own >= free and not who):
            raise Busy(f"{taken} of this kind are being made; ask again in a few seconds")
        if own >= free:
            raise TooMany(f"{own} of your requests are being answered; wait for one of them")
        if who and not self._often().hit(self._rate, who):
            raise TooMany(f"you asked more often than {self._rate}; ask again in {self._rate.get_expiry()} s")
        return kind, who

    async def _waited_for(self, work: asyncio.Future[None], scope: Scope) -> str:
        """Wait for a request; return why it is given up."""
        done, _ = await asyncio.wait({work}, timeout=PATIENCE_S)
        # The graph of the same reader is looked at: beside it there may be no room for another.
        if not done and not await self._readiness.is_there(PULSE_S, scope["state"].get("reader")):
            return "the store does not answer; ask again in a while"
        if not done:
            await asyncio.wait({work}, timeout=REQUEST_S - PATIENCE_S)
        return _TOO_LONG


class _BegunReply:
    """What is sent on until the request is given up, and held from then on."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._state = scope.setdefault("state", {})
        self._send = send
        self.has_begun = False
        self.held: list[Message] = []

    def give_up(self) -> None:
        self._state[_GIVEN_UP] = True

    async def send(self, message: Message) -> None:
        if _GIVEN_UP in self._state:
            self.held.append(message)
        else:
            self.has_begun = True
            await self._send(message)


@dataclass(frozen=True)
class _Going:
    """A request that was given up, and how the ledger stood then."""

    work: asyncio.Future[None]
    reply: _BegunReply
    mark: Hashable

    @property
    def is_whole(self) -> bool:
        """Whether it was answered; one that never had its turn was not."""
        held = self.reply.held
        is_done = not self.work.cancelled() and self.work.exception() is None
        return is_done and bool(held) and not held[-1].get("more_body", False)


async def _told_later(scope: Scope, receive: Receive, send: Send) -> None:
    """Say that an answer is being made, and where it will be."""
    try:
        told: Response = being_made(Request(scope), "The answer")
    except Busy as error:
        told = problem_of(error, retry_after_s=5)
    await told(scope, receive, send)


def _question(who: str, scope: Scope) -> tuple[object, ...]:
    """Return who asks what: nobody else is given the answer."""
    shown = sorted((name, value) for name, value in scope["headers"] if name in _TOLD_APART)
    state = scope.get("state", {})
    address = scope["path"], state.get("ending"), scope.get("query_string")
    return who, state.get("reader"), scope["method"], *address, *shown


class Turns:
    """Has a few requests of each caller worked on at once; what is kept is given before it comes to that."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before what works on requests."""
        self._app = app
        self._of = defaultdict(lambda: asyncio.Semaphore(AT_WORK), {"": asyncio.Semaphore(OF_STRANGERS)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it is its turn, unless it was given up meanwhile."""
        if _is_free(scope):
            await self._app(scope, receive, send)
            return
        async with self._of[known_caller(scope)]:
            if _GIVEN_UP not in scope.get("state", ()):
                await self._app(scope, receive, send)


class Beginnings:
    """Begins one request of strangers at each turn of the loop, so that whoever is known waits behind one, not all.

    Who asks is found out later: a connection is known by its last request, and a first one that shows a key or a
    session queues with its like alone.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before all that looks at requests."""
        self._app = app
        self._of: defaultdict[bool, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it is its turn to begin."""
        connection = scope.get("state", {}).get("connection")
        if not (_is_free(scope) or (connection and connection.caller)):
            async with self._of[any(name in _SHOWN for name, _ in scope["headers"])]:
                await asyncio.sleep(0)
        await self._app(scope, receive, send)


def _is_free(scope: Scope) -> bool:
    return scope["type"] != "http" or scope["path"] in FREE


async def _received(scope: Scope, receive: Receive) -> Receive:
    """Return the body of a request to be read again, when all of it has arrived: what is half sent takes no place.

    Raises:
        TooMuch: It is larger than is taken.
    """
    if scope["method"] in _BARE or "sent" in scope.get("state", ()):  # a form with a file was read before
        return receive
    body, is_more = bytearray(), True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
        if len(body) > LARGEST:
            raise TooMuch(f"what was sent is larger than {LARGEST:,} bytes; send less at once")
    unread = [bytes(body)]

    async def again() -> Message:
        return {"type": "http.request", "body": unread.pop()} if unread else await receive()

    return again
