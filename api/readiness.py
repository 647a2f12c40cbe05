"""Whether the store answers, looked at beside the pool of threads in which requests wait for it."""

import asyncio
import logging
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor

from iga.graph.domain.marking import Marking
from iga.graph.errors import IgaError
from iga.graph.reader import Reader
from iga.graph.snapshot import WorkspaceStatus
from iga.graph.workspace import Workspace

_log = logging.getLogger("iga.api")
_BESIDE = ThreadPoolExecutor(4, thread_name_prefix="readiness")


class StoreReadiness:
    """Looks at a workspace, once at a time however many want to know."""

    def __init__(self, workspace: Workspace, *, ceiling: Marking = Marking.SENSITIVE) -> None:
        """Look at nothing yet; the ceiling is that of whoever is not named."""
        self._workspace = workspace
        self._ceiling = ceiling
        self._looks: dict[Marking, asyncio.Future[WorkspaceStatus]] = {}

    async def state(self, wait_s: float, reader: Reader | None = None) -> WorkspaceStatus | None:
        """Return where ledger and graph stand as a reader sees them; None when that is not answered in so many seconds.

        Args:
            wait_s: The seconds.
            reader: Who wants to know; None is nobody in particular.

        Raises:
            StoreError, LedgerError: One of them cannot be opened.
        """
        seen = self._workspace.under(reader or self._workspace.reader.below(self._ceiling))
        look = self._looks.get(seen.reader.ceiling)
        if look is None or look.done():
            look = asyncio.get_running_loop().run_in_executor(_BESIDE, seen.state)
            look.add_done_callback(_note_failure)
            self._looks[seen.reader.ceiling] = look
        done, _ = await asyncio.wait({look}, timeout=wait_s)
        return look.result() if done else None

    async def is_there(self, wait_s: float, reader: Reader | None = None) -> bool:
        """True if something is answered in so many seconds, be it a refusal; the arguments are those of `state`."""
        try:
            return await self.state(wait_s, reader) is not None
        except IgaError:
            return True

    async def mark(self) -> Hashable:
        """Return what changes with every commit to the ledger; nothing where it does not answer."""
        try:
            return await asyncio.get_running_loop().run_in_executor(_BESIDE, self._workspace.mark)
        except IgaError:
            return None


def _note_failure(look: "asyncio.Future[WorkspaceStatus]") -> None:
    """Log why a look failed: nobody may wait for it any more."""
    if not look.cancelled() and (error := look.exception()):
        _log.warning("the store was looked at in vain: %s", error)
