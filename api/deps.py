"""What routes share: the desk, and a reading of the graph for the length of one request."""

from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from graph.desk import Desk
from queries.asking import Asking


class NoParameters(BaseModel):
    """A route that takes none: an unknown parameter is refused, because it was meant to change the answer."""

    model_config = ConfigDict(extra="forbid")


def _desk(request: Request) -> Desk:
    return cast(Desk, request.app.state.desk)


def _asking(request: Request) -> Iterator[Asking]:
    state = request.app.state
    desk = _desk(request)
    with desk.reading() as reading:
        fresh = Asking.of(reading.store, reading.ledger, today=desk.today(), names_at=reading.names_at)
        kept: Asking | None = getattr(state, "asking", None)
        # What one has looked up is good for as long as the graph, the day and the store stay the same.
        if kept is None or (kept.store, kept.standing, kept.today) != (fresh.store, fresh.standing, fresh.today):
            kept = state.asking = fresh
        yield kept


AtDesk = Annotated[Desk, Depends(_desk)]
Now = Annotated[Asking, Depends(_asking)]
