"""/v1/entities/{id}: one thing with all that is known of it."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.deps import NoParameters, Now, in_session
from graph.keys import VERSION
from queries.whole.entity import EntityView, entity

router = APIRouter(prefix=VERSION, tags=["entities"])


EntityId = Annotated[str, Path(description="Its id, a former one, or its name.", examples=["gov:gha"])]


@router.get("/entities/{id}", name="entity")
@partial(in_session, keeps=True)
def read_entity(session: Now, id: EntityId, _: Annotated[NoParameters, Query()]) -> EntityView:  # noqa: A002
    """Return one thing by its id, or by an id that was merged into it."""
    return entity(session, id)
