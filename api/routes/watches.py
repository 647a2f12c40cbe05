"""/v1/watches: the saved questions of officers and what is new in them; `iga watch` saves them, takes them as seen."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from api.deps import AtWorkspace, Now, in_session
from graph.errors import Denied
from graph.keys import VERSION
from graph.ledger.watches import watch_named, watches
from graph.workspace import Workspace
from queries.watches import News, WatchCard, card_of, news

router = APIRouter(prefix=VERSION, tags=["watches"])


class Whose(BaseModel):
    """Whose saved questions are meant."""

    model_config = ConfigDict(extra="forbid")

    by: str | None = Field(
        default=None,
        description="Name of the officer; your own if left out, or that of whoever runs the service.",
        examples=["J. Example"],
    )


WatchName = Annotated[str, Path(description="What its officer calls it.", examples=["osce"])]


class WatchList(BaseModel):
    """Saved questions."""

    watches: tuple[WatchCard, ...] = Field(description="By name.")


@router.get("/watches", name="watches")
@in_session
def list_watches(workspace: AtWorkspace, session: Now, whose: Annotated[Whose, Query()]) -> WatchList:
    """List an officer's saved questions."""
    return WatchList(watches=tuple(map(card_of, watches(session.ledger, by=_officer(workspace, whose)))))


@router.get("/watches/{name}", name="watch")
@in_session
def see_watch(name: WatchName, workspace: AtWorkspace, session: Now, whose: Annotated[Whose, Query()]) -> News:
    """Return what is new in a saved question since its officer last looked; it stays new."""
    found, _ = news(session, watch_named(session.ledger, name, by=_officer(workspace, whose)))
    return found


def _officer(workspace: Workspace, whose: Whose) -> str:
    """Return whose questions are shown.

    Raises:
        Denied: Whoever came by a key or by sign-on asks for those of somebody else.
    """
    reader = workspace.reader
    if reader.role and whose.by not in (None, reader.who):
        raise Denied(f"by: these are the saved questions of {whose.by}; leave it out to see those of {reader.who}")
    return whose.by or reader.who
