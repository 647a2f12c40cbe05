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
    with _desk(request).reading() as reading:
        yield Asking.of(reading.store, reading.ledger, today=request.app.state.today())


AtDesk = Annotated[Desk, Depends(_desk)]
Now = Annotated[Asking, Depends(_asking)]
