"""/search: things by name, code or words."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Now
from queries.answer import FindResult
from queries.find import find

router = APIRouter(tags=["search"])


class Search(BaseModel):
    """What is searched for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(description="Name, code or words.", min_length=1, max_length=500, examples=["Ghana"])
    limit: int = Field(default=20, ge=1, le=200, description="Most hits returned.")


@router.get("/search")
def search(asking: Now, given: Annotated[Search, Query()]) -> FindResult:
    """List what is called so or holds the words, best first."""
    return find(asking, given.q, limit=given.limit)
