"""/healthz, /readyz, /metrics, /openapi.json: whether the process lives, how it stands, what it did, what it serves."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import BaseModel, Field

from iga.api.deps import NoParameters
from iga.api.known_callers import entered_caller
from iga.api.problems import RETRY_AFTER_S
from iga.graph.errors import NotAdmitted, StoreUnavailable

router = APIRouter(tags=["health"])

ANSWERED_S = 4.0
"""Longest that a store is waited for."""

CONTRACT = Path(__file__).parents[1] / "openapi.json"
"""The OpenAPI document, as `python dev.py docs` writes it: to make it takes seconds, for which nobody need wait."""


class Health(BaseModel):
    """The process lives."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether the graph that answers is whole and up to date; how far it is, is told to callers who are known."""

    ready: bool = Field(description="Whether answers come from a whole graph.")
    being_made: bool = Field(
        default=False,
        description="Whether what the key shows is being made for the first time: answers are 202 until then.",
    )
    projecting: bool = Field(default=False, description="Whether a load is being projected: answers may be incomplete.")
    through: int = Field(default=0, description="Last load that the graph holds.")
    ledger_through: int = Field(default=0, description="Last load of the ledger.")
    data_version: str = Field(
        default="", description="Version of the graph: another after each change of what is shown."
    )


@router.get("/healthz", name="health")
async def health(_: Annotated[NoParameters, Query()]) -> Health:
    """Say that the process lives; nothing is opened."""
    return Health()


@router.get("/metrics", name="metrics", response_class=PlainTextResponse)
async def metrics(request: Request, _: Annotated[NoParameters, Query()]) -> Response:
    """Return what the service counted of itself, for Prometheus; 401 without a key: it counts what others do."""
    if not entered_caller(request.scope):
        raise NotAdmitted("what the service counted is told by a key: send it as Authorization: Bearer KEY")
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
    """Say whether answers come from a whole graph; 503 while they may not, or while the store does not answer.

    Whoever comes without a key is told `ready` alone. What a key shows and was never asked for is made from now on.
    """
    seen, known = request.app.state.workspace.under(request.state.reader), entered_caller(request.scope)
    maker = request.app.state.maker
    if known and not await maker.is_made(seen, "", caller=known, wait_s=ANSWERED_S):
        standing = Readiness(ready=False, being_made=True)
    else:
        standing = await _standing(request)
    body = standing.model_dump(include=None if known else {"ready"})
    if standing.ready:
        return JSONResponse(body)
    return JSONResponse(body, status_code=503, headers={"Retry-After": str(RETRY_AFTER_S)})


async def _standing(request: Request) -> Readiness:
    state = await request.app.state.readiness.state(ANSWERED_S, request.state.reader)
    if state is None:
        raise StoreUnavailable(f"the store did not answer within {ANSWERED_S:g} s")
    return Readiness(
        ready=state.is_current or not state.data_version,  # one that nobody asked for yet is made by who asks first
        projecting=state.projecting,
        through=state.through,
        ledger_through=state.ledger_through,
        data_version=state.data_version,
    )
