"""What routes share: the workspace, and a reading of the graph for the length of one request."""

import logging
from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from graph.audit_log import Act
from graph.domain.marking import Marking
from graph.errors import IgaError
from graph.workspace import Workspace
from queries.core.accounting import about, shown
from queries.core.permissions import NAMED_IN_EXPORT
from queries.core.session import Session

_log = logging.getLogger("iga.api")


class NoParameters(BaseModel):
    """A route that takes none: an unknown parameter is refused, because it was meant to change the answer."""

    model_config = ConfigDict(extra="forbid")


def _workspace(request: Request) -> Workspace:
    return cast(Workspace, request.app.state.workspace)


def _session(request: Request) -> Iterator[Session]:
    state = request.app.state
    workspace = _workspace(request)
    with workspace.reading() as reading:
        fresh = Session.of(
            reading.store,
            reading.ledger,
            today=workspace.today(),
            names_at=reading.names_at,
            home=workspace.settings.home,
        )
        kept: Session | None = getattr(state, "session", None)
        # What one has looked up is good for as long as the graph, the day and the store stay the same.
        if kept is None or (kept.store, kept.status, kept.today) != (fresh.store, fresh.status, fresh.today):
            kept = state.session = fresh
        own = kept.for_request()
        try:
            yield own
        finally:
            _note(request, workspace, own)


def _note(request: Request, workspace: Workspace, session: Session) -> None:
    """Note in the audit log what was asked; that it cannot be noted is said in the server's log."""
    is_public = workspace.settings.ceiling is Marking.PUBLIC
    entry = Act(
        no=0,
        at=workspace.now(),
        who="anybody on this machine" if is_public else workspace.settings.who,
        door="HTTP" if is_public else "socket",
        act=f"{request.method} {request.scope['route'].path}",
        about=about(session),
        shown=shown(session),
    )
    try:
        workspace.audit_log.append(entry)
    except IgaError as error:
        _log.error("not in the audit log: %s", error.message)


AtWorkspace = Annotated[Workspace, Depends(_workspace)]
Now = Annotated[Session, Depends(_session)]


def _matching(session: Now) -> Session:
    return session.used_for(NAMED_IN_EXPORT)


Matching = Annotated[Session, Depends(_matching)]
"""What is matched with lists of others: without people who did not agree to be named in an export."""
