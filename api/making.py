"""States of the graph that are not there yet: each is made beside the requests that wait for it, and said to be made.

A state of a past day, or what a ceiling leaves of the present one, is a graph of its own.
"""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from starlette.datastructures import QueryParams

from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from iga.graph.workspace import Workspace, load_on

PATIENCE_S, FIRST_S = 2.0, 10.0
"""How long a request waits for a past state, and for the present one, before it is told to ask again."""

DAY = "[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
KNOWN_ON = f"^({DAY}|{DAY}T[0-9:.]{{5,15}}Z|load:[0-9]{{1,9}})$"
_IS_KNOWN_ON = re.compile(KNOWN_ON)

_Wanted = tuple[Marking, str]


def known_on(asked: QueryParams) -> str:
    """Return the day, instant or load up to which a request wants the ledger to count; blank is now.

    Raises:
        UsageError: It is none; routes that have no such parameter are asked with it, too.
    """
    text = asked.get("known_on", "")
    if text and not _IS_KNOWN_ON.fullmatch(text):
        raise UsageError(f"known_on: {text[:40]!r} is no day: write 2026-03-01, 2026-03-01T12:00Z or load:17")
    if text:
        load_on((), text)  # whether there is such a day
    return text


@dataclass
class Maker:
    """Makes states one at a time, each once however many want it, and one past state of each caller at a time."""

    _making: dict[_Wanted, asyncio.Future[None]] = field(default_factory=dict)
    _callers: dict[str, _Wanted] = field(default_factory=dict)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="making"))

    async def is_made(self, workspace: Workspace, day: str, *, caller: str, wait_s: float | None = None) -> bool:
        """True if a state is there for the reader of a workspace; False while it, or another of the caller, is made.

        Args:
            workspace: The ledger and the graph, under the reader.
            day: As of when; blank is now.
            caller: Who asks.
            wait_s: How long it is waited for; None is the usual.

        Raises:
            UsageError: It is no day.
        """
        wanted = workspace.reader.ceiling, day
        making, loop = self._making.get(wanted), asyncio.get_running_loop()
        if making is None or making.get_loop() is not loop:
            if not day and workspace.is_there():
                return True
            if day and self._callers.get(caller) in self._making:
                return False
            making = loop.run_in_executor(self._worker, _opener(workspace, day))
            making.add_done_callback(lambda done: self._end(wanted, done))
            self._making[wanted] = making
            if day:
                self._callers[caller] = wanted
        usual_s = PATIENCE_S if day else FIRST_S
        done, _ = await asyncio.wait({making}, timeout=usual_s if wait_s is None else wait_s)
        if done:
            making.result()
        return bool(done)

    def _end(self, wanted: _Wanted, making: asyncio.Future[None]) -> None:
        self._making.pop(wanted, None)
        making.exception()  # whoever asks again is told; the log need not be


def _opener(workspace: Workspace, day: str) -> Callable[[], None]:
    def open_once() -> None:
        with workspace.reading(known_on=day or None):
            pass

    return open_once
