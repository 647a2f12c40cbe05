"""What routes share: the workspace, and a reading of the graph for the length of one request."""

from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from graph.workspace import Workspace
from queries.core.permissions import NAMED_IN_EXPORT
from queries.core.session import Session


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
        yield kept


AtWorkspace = Annotated[Workspace, Depends(_workspace)]
Now = Annotated[Session, Depends(_session)]


def _matching(session: Now) -> Session:
    return session.used_for(NAMED_IN_EXPORT)


Matching = Annotated[Session, Depends(_matching)]
"""What is matched with lists of others: without people who did not agree to be named in an export."""
