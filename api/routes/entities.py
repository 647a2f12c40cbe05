"""/v1/entities/{id}: one thing with all that is known of it."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import NoParameters, Now, in_session
from graph.keys import VERSION
from queries.whole.entity import EntityView, entity

router = APIRouter(prefix=VERSION, tags=["entities"])


@router.get("/entities/{id}")
@partial(in_session, keeps=True)
def read_entity(session: Now, id: str, _: Annotated[NoParameters, Query()]) -> EntityView:  # noqa: A002
    """Return one thing by its id, or by an id that was merged into it."""
    return entity(session, id)
