"""Answers kept as they were sent: given again to who asks the same under the same ceiling, while nothing has changed.

What is given again is noted in the audit log first, as it was when it was made.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from iga.api.responses import Reply, deliver
from iga.graph.audit_log import Act
from iga.graph.domain.marking import Marking
from iga.graph.errors import IgaError
from iga.graph.reader import Reader
from iga.graph.snapshot import Snapshot
from iga.graph.workspace import Workspace

_log = logging.getLogger("iga.api")

MOST_BYTES = 16_000_000
"""Of answers under one ceiling; where there would be more, they are forgotten, as they are with any change."""

_WEIGHT = 1_000
"""Bytes that an answer takes beside its text."""

_READS = ("GET", "HEAD")

Question: TypeAlias = tuple[str, tuple[bytes, ...], bytes]


class KeptAnswer(NamedTuple):
    """An answer, and how it is noted whom it shows."""

    reply: Reply
    act: Act


@dataclass
class Shelf:
    """The answers of a snapshot on a day."""

    snapshot: Snapshot
    day: str
    answers: dict[Question, KeptAnswer] = field(default_factory=dict)
    weight: int = 0

    def stands(self, now: str) -> bool:
        """True if its answers are good at an instant; not where ledger or graph do not answer."""
        try:
            return self.day == now[:10] and self.snapshot.stands(now)
        except IgaError:
            return False


@dataclass
class _Wish:
    reader: Reader
    shelf: Shelf
    answer: KeptAnswer
    looked_at: asyncio.Future[None]
    is_granted: bool = False

    def act(self, now: str) -> Act:
        who, purpose, door = self.reader.who, self.reader.purpose, self.reader.door
        return replace(self.answer.act, at=now, who=who, purpose=purpose, door=door)


@dataclass
class KeptAnswers:
    """The answers kept for one way to the service. Threads may share it."""

    workspace: Workspace
    _shelves: dict[Marking, Shelf] = field(default_factory=dict)
    _keeping: Lock = field(default_factory=Lock)
    _waiting: dict[asyncio.AbstractEventLoop, list[_Wish]] = field(default_factory=dict)
    _clerk: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="kept"))

    def keep(self, scope: Scope, snapshot: Snapshot, day: str, response: Response, act: Act) -> None:
        """Keep what is answered to a request, if it is known how long its snapshot is good."""
        if response.status_code != 200 or snapshot.store_mark is None or scope["method"] not in _READS:
            return
        kept = KeptAnswer(Reply(response.raw_headers, bytes(response.body), bool(act.shown)), act)
        weight = 2 * len(response.body) + _WEIGHT  # compressed it stands beside itself
        with self._keeping:
            shelf = self._shelves.get(snapshot.reader.ceiling)
            is_other = shelf is None or (shelf.snapshot.marks, shelf.day) != (snapshot.marks, day)
            if shelf is None or is_other or shelf.weight + weight > MOST_BYTES:
                shelf = self._shelves[snapshot.reader.ceiling] = Shelf(snapshot, day)
            shelf.answers[_question(scope)] = kept
            shelf.weight += weight

    async def answer_to(self, scope: Scope) -> KeptAnswer | None:
        """Return the answer to a request that may be given now, and is noted; None where there is none."""
        reader: Reader = scope["state"]["reader"]
        shelf = self._shelves.get(min(reader.ceiling, self.workspace.reader.ceiling))
        answer = shelf.answers.get(_question(scope)) if shelf else None
        if shelf is None or answer is None or scope["method"] not in _READS:
            return None
        loop = asyncio.get_running_loop()
        wish = _Wish(reader, shelf, answer, loop.create_future())
        wishes = self._waiting.setdefault(loop, [])
        wishes.append(wish)
        if wishes[0] is wish:
            await self._look_at(loop, wishes)
        await wish.looked_at
        return answer if wish.is_granted else None

    async def _look_at(self, loop: asyncio.AbstractEventLoop, wishes: list[_Wish]) -> None:
        """Have wishes looked at together, beside the loop: both databases and the log may let one wait."""
        try:
            await asyncio.sleep(0)  # those that came with it
            await loop.run_in_executor(self._clerk, self._grant, loop, wishes)
        finally:
            for wish in wishes:
                if not wish.looked_at.done():
                    wish.looked_at.set_result(None)

    def _grant(self, loop: asyncio.AbstractEventLoop, wishes: list[_Wish]) -> None:
        """Grant the wishes that were there before it is looked whether anything changed, and note them."""
        del self._waiting[loop]
        taken, now = tuple(wishes), self.workspace.now()
        shelves = {id(wish.shelf): wish.shelf for wish in taken}
        standing = {place for place, shelf in shelves.items() if shelf.stands(now)}
        granted = [wish for wish in taken if id(wish.shelf) in standing]
        try:
            self.workspace.audit_log.append(*(wish.act(now) for wish in granted))
        except IgaError as error:
            _log.error("not in the audit log: %s", error.message)
            # Where somebody protected is shown, it is answered anew, and refused there.
            granted = [wish for wish in granted if not wish.answer.act.shown]
        for wish in granted:
            wish.is_granted = True


class Keeping:
    """Gives what is kept, and passes on what has to be answered."""

    def __init__(self, app: ASGIApp, *, kept: KeptAnswers) -> None:
        """Stand before an application that keeps its answers there."""
        self._app = app
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with what is kept, or pass it on."""
        is_known = scope["type"] == "http" and "reader" in scope.get("state", ())
        answer = await self._kept.answer_to(scope) if is_known else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        scope["state"]["route"] = answer.act.act.partition(" ")[2]
        await deliver(scope, send, answer.reply)


def _question(scope: Scope) -> Question:
    """Return what is asked: the address, its parameters by name, and the form that is asked for."""
    parameters = sorted(scope["query_string"].split(b"&"), key=lambda text: text.partition(b"=")[0])
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["path"], tuple(parameters), accept
