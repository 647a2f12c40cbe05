"""/v1/sources: what the graph was made from."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from iga.api.deps import KnownOnParams, Now, in_session
from iga.graph.keys import VERSION
from iga.queries.whole.sources import SourceCard, sources

router = APIRouter(prefix=VERSION, tags=["sources"])


@router.get("/sources", name="sources")
@partial(in_session, keeps=True)
def list_sources(session: Now, _: Annotated[KnownOnParams, Query()]) -> tuple[SourceCard, ...]:
    """List the sources by name: title, licence, age, rank, rows, known gaps."""
    return sources(session)
