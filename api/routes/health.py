"""/healthz and /readyz: whether the process lives, and whether it answers from a whole graph."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.deps import AtWorkspace, NoParameters
from graph.errors import StoreUnavailable

router = APIRouter(tags=["health"])

ANSWERED_S = 4.0
"""Longest that a store is waited for."""

_BESIDE = ThreadPoolExecutor(4, thread_name_prefix="readiness")


class Health(BaseModel):
    """The process lives."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether the graph that answers is whole and up to date."""

    ready: bool = Field(description="Whether answers come from a whole graph.")
    projecting: bool = Field(description="Whether a load is being projected, so that answers may be incomplete.")
    through: int = Field(description="Last load that the graph holds.")
    ledger_through: int = Field(description="Last load of the ledger.")
    data_version: str = Field(description="Hash of the graph as this service shows it.")


@router.get("/healthz")
async def health(_: Annotated[NoParameters, Query()]) -> Health:
    """Say that the process lives; nothing is opened."""
    return Health()


@router.get("/readyz", response_model=Readiness, responses={503: {"model": Readiness}})
async def readiness(workspace: AtWorkspace, _: Annotated[NoParameters, Query()]) -> JSONResponse:
    """Say whether answers come from a whole graph; 503 while they may not, or while the store does not answer."""
    # Beside the pool of threads: requests that wait for a store that hangs may hold all of it.
    looked = asyncio.get_running_loop().run_in_executor(_BESIDE, workspace.state)
    try:
        state = await asyncio.wait_for(looked, ANSWERED_S)
    except TimeoutError:
        raise StoreUnavailable(f"the store did not answer within {ANSWERED_S:g} s") from None
    body = Readiness(
        ready=state.is_current,
        projecting=state.projecting,
        through=state.through,
        ledger_through=state.ledger_through,
        data_version=state.data_version,
    )
    return JSONResponse(body.model_dump(), status_code=200 if body.ready else 503)
