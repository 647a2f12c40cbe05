"""/healthz, /readyz, /metrics, /openapi.json: whether the process lives, how it stands, what it did, what it serves."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import BaseModel, Field

from api.deps import NoParameters
from api.problems import RETRY_AFTER_S
from graph.errors import StoreUnavailable

router = APIRouter(tags=["health"])

ANSWERED_S = 4.0
"""Longest that a store is waited for."""

CONTRACT = Path(__file__).parents[1] / "openapi.json"
"""The OpenAPI document, as `python dev.py docs` writes it: to make it takes seconds, for which nobody need wait."""


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


@router.get("/healthz", name="health")
async def health(_: Annotated[NoParameters, Query()]) -> Health:
    """Say that the process lives; nothing is opened."""
    return Health()


@router.get("/metrics", name="metrics", response_class=PlainTextResponse)
async def metrics(request: Request, _: Annotated[NoParameters, Query()]) -> Response:
    """Return what the service counted of itself, for Prometheus."""
    return Response(request.app.state.meters.page(), media_type=CONTENT_TYPE_PLAIN_0_0_4)


@router.get("/openapi.json", include_in_schema=False)
async def openapi(_: Annotated[NoParameters, Query()]) -> Response:
    """Return the OpenAPI document."""
    return Response(_contract(), media_type="application/json")


@cache
def _contract() -> bytes:
    return CONTRACT.read_bytes()


@router.get("/readyz", name="ready", response_model=Readiness, responses={503: {"model": Readiness}})
async def readiness(request: Request, _: Annotated[NoParameters, Query()]) -> JSONResponse:
    """Say whether answers come from a whole graph; 503 while they may not, or while the store does not answer."""
    state = await request.app.state.pulse.state(ANSWERED_S)
    if state is None:
        raise StoreUnavailable(f"the store did not answer within {ANSWERED_S:g} s")
    body = Readiness(
        ready=state.is_current,
        projecting=state.projecting,
        through=state.through,
        ledger_through=state.ledger_through,
        data_version=state.data_version,
    )
    if body.ready:
        return JSONResponse(body.model_dump())
    return JSONResponse(body.model_dump(), status_code=503, headers={"Retry-After": str(RETRY_AFTER_S)})
