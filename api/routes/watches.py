"""/watches: the saved questions of officers, and what is new in them; `iga watch` saves them and takes them as seen."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.deps import AtWorkspace, Now
from graph.ledger.watches import watch_named, watches
from queries.watches import News, WatchCard, card_of, news

router = APIRouter(tags=["watches"])


class Whose(BaseModel):
    """Whose saved questions are meant."""

    model_config = ConfigDict(extra="forbid")

    by: str | None = Field(
        default=None,
        description="Name of the officer; of whoever runs the service if left out.",
        examples=["J. Example"],
    )


class WatchList(BaseModel):
    """Saved questions."""

    watches: tuple[WatchCard, ...] = Field(description="By name.")


@router.get("/watches")
def list_watches(workspace: AtWorkspace, session: Now, whose: Annotated[Whose, Query()]) -> WatchList:
    """List an officer's saved questions."""
    by = whose.by or workspace.settings.who
    return WatchList(watches=tuple(map(card_of, watches(session.ledger, by=by))))


@router.get("/watches/{name}")
def see_watch(name: str, workspace: AtWorkspace, session: Now, whose: Annotated[Whose, Query()]) -> News:
    """Return what is new in a saved question since its officer last looked; it stays new."""
    found, _ = news(session, watch_named(session.ledger, name, by=whose.by or workspace.settings.who))
    return found
