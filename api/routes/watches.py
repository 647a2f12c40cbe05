"""/v1/watches: the saved questions of officers and what is new in them, as `iga watch` keeps them.

Only one's own are saved, taken as seen or forgotten, by a key whose role may write.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import AtWorkspace, NoParameters, Now, in_session
from iga.api.negotiation import JSON
from iga.api.own_watches import forget, look_at, save
from iga.graph.errors import Denied
from iga.graph.keys import VERSION
from iga.graph.ledger.watches import watch_named, watches
from iga.graph.workspace import Workspace
from iga.queries.watches import News, WatchCard, card_of, news

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


class WatchParams(BaseModel):
    """What is watched."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=100, description="Name of the question.", examples=["members"])
    parameters: dict[str, str | list[str]] = Field(
        default={}, description="What it is asked with, by name.", examples=[{"party": "gov:gha"}]
    )


_Nothing = Annotated[NoParameters, Query()]
_KEY_NEEDED: dict[str, Any] = {"security": [{"key": []}]}
_SAVED: dict[int | str, dict[str, Any]] = {201: {"model": WatchCard, "description": "It is saved."}}


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


@router.put("/watches/{name}", name="save_watch", response_model=WatchCard, responses=_SAVED, openapi_extra=_KEY_NEEDED)
@in_session
def save_watch(
    name: WatchName, workspace: AtWorkspace, session: Now, asked: Annotated[WatchParams, Body()], _: _Nothing
) -> Response:
    """Save a question of one's own under a name; what it answers now counts as seen. The same once more stays as it is.

    Another question under that name is refused: remove the first.
    """
    card, is_new = save(session, workspace, name, asked.question, asked.parameters)
    return Response(card.model_dump_json(), media_type=JSON, status_code=201 if is_new else 200)


@router.post("/watches/{name}", name="look_at_watch", openapi_extra=_KEY_NEEDED)
@in_session
def look_at_watch(name: WatchName, workspace: AtWorkspace, session: Now, _: _Nothing) -> News:
    """Return what is new in a saved question of one's own, and take it as seen."""
    return look_at(session, workspace, name)


@router.delete("/watches/{name}", name="forget_watch", openapi_extra=_KEY_NEEDED)
@in_session
def forget_watch(name: WatchName, workspace: AtWorkspace, session: Now, _: _Nothing) -> WatchCard:
    """Forget a saved question of one's own, and return it."""
    return forget(session, workspace, name)


def _officer(workspace: Workspace, whose: Whose) -> str:
    """Return whose questions are shown.

    Raises:
        Denied: Whoever came by a key or by sign-on asks for those of somebody else.
    """
    reader = workspace.reader
    if reader.role and whose.by not in (None, reader.who):
        raise Denied(f"by: these are the saved questions of {whose.by}; leave it out to see those of {reader.who}")
    return whose.by or reader.who
