"""What routes share: the workspace, and a reading of the graph for the length of one request."""

import logging
from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from graph.audit_log import Outcome
from graph.errors import IgaError
from graph.workspace import Workspace
from queries.core.accounting import note
from queries.core.permissions import NAMED_IN_EXPORT
from queries.core.session import Session

_log = logging.getLogger("iga.api")


class NoParameters(BaseModel):
    """A route that takes none: an unknown parameter is refused, because it was meant to change the answer."""

    model_config = ConfigDict(extra="forbid")


def _workspace(request: Request) -> Workspace:
    return cast(Workspace, request.app.state.workspace).under(request.state.reader)


def _session(request: Request, workspace: Annotated[Workspace, Depends(_workspace)]) -> Iterator[Session]:
    state = request.app.state
    with workspace.reading() as reading:
        fresh = Session.at(workspace, reading)
        kept: Session | None = state.sessions.get(workspace.reader.ceiling)
        # What one has looked up is good for as long as the graph, the day and the store stay the same.
        if kept is None or (kept.store, kept.status, kept.today) != (fresh.store, fresh.status, fresh.today):
            kept = state.sessions[workspace.reader.ceiling] = fresh
        own = kept.for_request(unlogged=fresh.unlogged)
        outcome: Outcome = "done"
        try:
            yield own
        except IgaError as error:
            outcome = "refused" if error.http_status < 500 else "failed"
            raise
        finally:
            try:
                act = f"{request.method} {request.scope['route'].path}"
                is_disclosure = getattr(request.state, "is_disclosure", False)
                note(workspace, [own], act=act, outcome=outcome, is_disclosure=is_disclosure)
            except IgaError as error:
                _log.error("not in the audit log: %s", error.message)


def disclosing(request: Request, session: Session) -> None:
    """Have the request noted as one that made a paper or a file.

    Raises:
        NotNoted: The audit log cannot be written.
    """
    session.refuse_unlogged("papers and files are made")
    request.state.is_disclosure = True


AtWorkspace = Annotated[Workspace, Depends(_workspace)]
Now = Annotated[Session, Depends(_session)]


def _matching(session: Now) -> Session:
    return session.used_for(NAMED_IN_EXPORT)


Matching = Annotated[Session, Depends(_matching)]
"""What is matched with lists of others: without people who did not agree to be named in an export."""
