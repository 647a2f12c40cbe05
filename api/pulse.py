"""Whether the store answers, looked at beside the pool of threads in which requests wait for it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from graph.errors import IgaError
from graph.snapshot import WorkspaceStatus
from graph.workspace import Workspace

_BESIDE = ThreadPoolExecutor(4, thread_name_prefix="pulse")


class Pulse:
    """Looks at a workspace, once at a time however many want to know."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._look: asyncio.Future[WorkspaceStatus] | None = None

    async def state(self, wait_s: float) -> WorkspaceStatus | None:
        """Return where ledger and graph stand; None when that is not answered in so many seconds.

        Raises:
            StoreError, LedgerError: One of them cannot be opened.
        """
        if self._look is None or self._look.done():
            self._look = asyncio.get_running_loop().run_in_executor(_BESIDE, self._workspace.state)
        look = self._look  # another may be under way before this one is told of
        done, _ = await asyncio.wait({look}, timeout=wait_s)
        return look.result() if done else None

    async def is_there(self, wait_s: float) -> bool:
        """Say whether something is answered in so many seconds, be it a refusal."""
        try:
            return await self.state(wait_s) is not None
        except IgaError:
            return True
