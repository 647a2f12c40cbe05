"""/v1/find: things by name, code or words."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from iga.api.deps import KnownOnParams, Now, in_session
from iga.graph.keys import VERSION
from iga.queries.core.answer import FindResult
from iga.queries.core.names.find import find
from iga.queries.core.names.narrowing import named

router = APIRouter(prefix=VERSION, tags=["find"])


class FindParams(KnownOnParams):
    """What is looked for."""

    q: str = Field(description="Name, code or words.", min_length=1, max_length=500, examples=["Ghana"])
    kind: list[str] = Field(
        default=[], description="Only this class, group or plain word for one; may be given several times."
    )
    country: str = Field(
        default="", max_length=300, description="Only what is, belongs to or concerns this government."
    )
    body: str = Field(default="", max_length=300, description="Only this body and what is part of it.")
    topic: str = Field(default="", max_length=300, description="Only what deals with this topic or a narrower one.")
    limit: int = Field(default=20, ge=1, le=200, description="Most hits returned.")


@router.get("/find", name="find")
@partial(in_session, keeps=True)
def find_things(session: Now, given: Annotated[FindParams, Query()]) -> FindResult:
    """List what is called so or holds the words, best first, with counts by kind, country, body and topic."""
    narrowing = named(given.kind, given.country, given.body, given.topic)
    return find(session, given.q, narrowing=narrowing, limit=given.limit)
