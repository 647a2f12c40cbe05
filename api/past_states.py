"""Strangers are refused a past state that would have to be made: at once, before anything of theirs waits its turn."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.datastructures import QueryParams
from starlette.types import ASGIApp, Receive, Scope, Send

from iga.api.known_callers import known_caller
from iga.api.making import known_on
from iga.api.problems import methods_at, problem_of
from iga.graph.errors import IgaError, NotAdmitted
from iga.graph.workspace import Workspace

_LOOKING = ThreadPoolExecutor(1, thread_name_prefix="past")


class Past:
    """Passes on what asks for no past state, what comes from somebody known, and what is at hand."""

    def __init__(self, app: ASGIApp, *, workspace: Workspace) -> None:
        """Stand before the turns of those who ask."""
        self._app = app
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = self._app
        if scope["type"] == "http" and scope["query_string"] and not known_caller(scope):
            try:
                if day := known_on(QueryParams(scope["query_string"])):
                    await self._refuse_unless_at_hand(scope, day)
            except IgaError as error:
                if scope["method"] in methods_at(scope):  # that another is not served is said before
                    app = problem_of(error)
        await app(scope, receive, send)

    async def _refuse_unless_at_hand(self, scope: Scope, day: str) -> None:
        """Look for a state of the reader of a request.

        Raises:
            NotAdmitted: It is not there. Where the present one is not, by which days are told, that is made first.
            IgaError: As `Workspace.reading`.
        """
        seen = self._workspace.under(scope["state"]["reader"])
        look = asyncio.get_running_loop().run_in_executor
        if seen.is_there() and not await look(_LOOKING, seen.is_at_hand, day):
            raise NotAdmitted("the state of that day is not at hand, and is made for callers with a key alone")
