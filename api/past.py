"""States of past days: each is a graph of its own, made beside the requests that wait for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from graph.domain.marking import Marking
from graph.errors import Busy
from graph.workspace import Workspace

PATIENCE_S = 2.0
"""How long a request waits for a state before it is told to ask again."""

_Making = dict[tuple[Marking, str], asyncio.Future[None]]


@dataclass
class PastStates:
    """Makes states of past days one at a time, and each once however many want it."""

    _making: _Making = field(default_factory=dict)
    _maker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="past"))

    async def made(self, workspace: Workspace, known_on: str) -> None:
        """Return when a state is there for the reader of a workspace.

        Raises:
            Busy: It is not there yet; it is being made.
            UsageError: It is no day.
        """
        wanted = workspace.reader.ceiling, known_on
        making = self._making.get(wanted)
        if making is None or making.get_loop() is not asyncio.get_running_loop():
            making = asyncio.get_running_loop().run_in_executor(self._maker, _opener(workspace, known_on))
            making.add_done_callback(lambda _: self._making.pop(wanted, None))
            self._making[wanted] = making
        done, _ = await asyncio.wait({making}, timeout=PATIENCE_S)
        if not done:
            raise Busy(f"the state of {known_on} is being made; ask again in a few seconds")
        making.result()


def _opener(workspace: Workspace, known_on: str) -> Callable[[], None]:
    def open_once() -> None:
        with workspace.reading(known_on=known_on):
            pass

    return open_once
