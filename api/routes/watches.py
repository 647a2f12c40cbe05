"""/watches: the saved questions of officers, and what is new in them; `iga watch` saves them and takes them as seen."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.deps import AtDesk, Now
from graph.ledger.watches import Watch, watch_named, watches
from queries.asking import Asking
from queries.changing.watch import News, WatchCard, card_of, news

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
def list_watches(desk: AtDesk, asking: Now, whose: Annotated[Whose, Query()]) -> WatchList:
    """List an officer's saved questions."""
    by = whose.by or desk.settings.who
    return WatchList(watches=tuple(card_of(each) for each in _of(asking, by)))


@router.get("/watches/{name}")
def see_watch(name: str, desk: AtDesk, asking: Now, whose: Annotated[Whose, Query()]) -> News:
    """Return what is new in a saved question since its officer last looked; it stays new."""
    ceiling = int(asking.standing.view.ceiling)
    found, _ = news(asking, watch_named(asking.ledger, name, by=whose.by or desk.settings.who, ceiling=ceiling))
    return found


def _of(asking: Asking, by: str) -> list[Watch]:
    return watches(asking.ledger, by=by, ceiling=int(asking.standing.view.ceiling))
