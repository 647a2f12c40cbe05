"""States of past days: each is a graph of its own, made beside the requests that wait for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from iga.graph.domain.marking import Marking
from iga.graph.workspace import Workspace

PATIENCE_S = 2.0
"""How long a request waits for a state before it is told to ask again."""

_Wanted = tuple[Marking, str]


@dataclass
class PastStates:
    """Makes states of past days one at a time, each once however many want it, and one of each caller at a time."""

    _making: dict[_Wanted, asyncio.Future[None]] = field(default_factory=dict)
    _callers: dict[str, _Wanted] = field(default_factory=dict)
    _maker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="past"))

    async def is_made(self, workspace: Workspace, known_on: str, *, caller: str) -> bool:
        """True if a state is there for the reader of a workspace; False while it, or another of the caller, is made.

        Raises:
            UsageError: It is no day.
        """
        wanted = workspace.reader.ceiling, known_on
        making, loop = self._making.get(wanted), asyncio.get_running_loop()
        if making is None or making.get_loop() is not loop:
            if self._callers.get(caller) in self._making:
                return False
            making = loop.run_in_executor(self._maker, _opener(workspace, known_on))
            making.add_done_callback(lambda done: self._end(wanted, done))
            self._making[wanted], self._callers[caller] = making, wanted
        done, _ = await asyncio.wait({making}, timeout=PATIENCE_S)
        if done:
            making.result()
        return bool(done)

    def _end(self, wanted: _Wanted, making: asyncio.Future[None]) -> None:
        self._making.pop(wanted, None)
        making.exception()  # whoever asks again is told; the log need not be


def _opener(workspace: Workspace, known_on: str) -> Callable[[], None]:
    def open_once() -> None:
        with workspace.reading(known_on=known_on):
            pass

    return open_once
