"""/v1/reconcile: the Reconciliation API 0.2, for OpenRefine and other clients that match lists of names."""

from functools import partial
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from iga.api.deps import Now, in_session
from iga.api.forms import FORM, fields_of
from iga.api.hosts import PATH, in_callback
from iga.exports.thing_page import POLICY, fragment, long_page, small_page
from iga.queries.core.permissions import NAMED_IN_EXPORT
from iga.queries.reconciling.schema import (
    Extension,
    Flyout,
    Manifest,
    MatchResult,
    ProposedProperties,
    Results,
    Suggestions,
)
from iga.queries.reconciling.service import answered, manifest
from iga.queries.reconciling.suggest import Suggested, flyout_of, proposal, suggestions
from iga.queries.whole.entity import entity

router = APIRouter(prefix=PATH, tags=["reconcile"])

_matching = partial(in_session, use=NAMED_IN_EXPORT)
"""What is matched with lists of others: without people who did not agree to be named in an export."""

_SCRIPT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/javascript": {"schema": {"type": "string"}}}}}
"""What is answered with a callback."""

_PAGES = {"Content-Security-Policy": POLICY}


What = Annotated[Suggested, Path(description="What is completed or told of.", examples=["entity"])]


class _Params(BaseModel):
    """What clients send; they add parameters of their own, which are left aside as the API wants it."""

    callback: str = Field(default="", description="Name of a function that the JSON is handed to (JSONP).")


class ReconcileParams(_Params):
    """What is asked; nothing asks for the manifest."""

    queries: str | None = Field(
        default=None, description="A batch of queries as JSON.", examples=['{"q0": {"query": "Ghana"}}']
    )
    query: str | None = Field(default=None, description="A single name, or a single query as JSON.", examples=["Ghana"])
    type: str = Field(default="", description="Type that a single name is of.", examples=["Government"])
    type_strict: str = Field(default="", description="any, should or all.", examples=["should"])
    limit: str = Field(default="", description="Most candidates of a single name.", examples=["3"])
    properties: str = Field(default="", description="What else is known of a single name, as JSON.")
    extend: str | None = Field(default=None, description="Ids and properties to fetch, as JSON.")


class SuggestParams(_Params):
    """What is completed."""

    prefix: str = Field(default="", description="What was typed so far.", examples=["Gha"])
    type: str = Field(default="", description="Only of this type.", examples=["Government"])
    cursor: int = Field(default=0, ge=0, le=1000, description="How many of the first to skip.")


class ProposeParams(_Params):
    """Whose properties are wanted."""

    type: str = Field(default="", description="Type; blank is all.", examples=["Government"])
    limit: int | None = Field(default=None, ge=1, description="Most properties.")


class OneParams(_Params):
    """Which thing, property or type is meant."""

    id: str = Field(description="Its id.", examples=["gov:gha"])


async def _form(request: Request) -> ReconcileParams:
    return ReconcileParams.model_validate(await fields_of(request))


@router.get("", name="reconcile", responses=_SCRIPT, response_model=Manifest | Results | MatchResult | Extension)
@_matching
def reconcile(request: Request, session: Now, given: Annotated[ReconcileParams, Query()]) -> Response:
    """Return the manifest of the service; with queries, a query or extend, their answer."""
    asked = given.model_dump(exclude={"callback"}, exclude_none=True)
    if not asked.keys() & {"queries", "query", "extend"}:
        return _reply(manifest(f"{request.base_url}{PATH[1:]}", version=version("iga-graph")), given, request)
    return _reply(answered(session, asked), given, request)


@router.post(
    "",
    name="reconcile_form",
    response_model=Results | MatchResult | Extension,
    openapi_extra={"requestBody": {"content": {FORM: {"schema": ReconcileParams.model_json_schema()}}}},
)
@_matching
def reconcile_form(request: Request, session: Now, given: Annotated[ReconcileParams, Depends(_form)]) -> Response:
    """Return the answer to the queries, the query or the extend of a form."""
    return _reply(answered(session, given.model_dump(exclude={"callback"}, exclude_none=True)), given, request)


@router.get("/suggest/{what}", name="reconcile_suggest", responses=_SCRIPT, response_model=Suggestions)
@_matching
def suggest(request: Request, session: Now, what: What, given: Annotated[SuggestParams, Query()]) -> Response:
    """Return things, properties or types that begin like what was typed, ten at most."""
    found = suggestions(session, what, given.prefix, type_id=given.type, cursor=given.cursor)
    return _reply(found, given, request)


@router.get("/flyout/{what}", name="reconcile_flyout", responses=_SCRIPT, response_model=Flyout)
@_matching
def flyout(request: Request, session: Now, what: What, given: Annotated[OneParams, Query()]) -> Response:
    """Return a few lines of HTML on a thing, a property or a type."""
    return _reply(Flyout(id=given.id, html=fragment(*flyout_of(session, what, given.id))), given, request)


@router.get("/properties", name="reconcile_properties", responses=_SCRIPT, response_model=ProposedProperties)
def propose(request: Request, given: Annotated[ProposeParams, Query()]) -> Response:
    """Return the properties that things of a type have."""
    return _reply(proposal(given.type, limit=given.limit), given, request)


@router.get("/preview", name="reconcile_preview", response_class=HTMLResponse)
@_matching
def preview(session: Now, given: Annotated[OneParams, Query()]) -> Response:
    """Return a small page on a thing, to look at while choosing."""
    return HTMLResponse(small_page(entity(session, given.id, limit=1)), headers=_PAGES)


@router.get("/view", name="reconcile_view", response_class=HTMLResponse)
@_matching
def view(session: Now, given: Annotated[OneParams, Query()]) -> Response:
    """Return a page with everything held on a thing."""
    return HTMLResponse(long_page(entity(session, given.id)), headers=_PAGES)


def _reply(found: BaseModel, given: _Params, request: Request) -> Response:
    content = found.model_dump_json(exclude_none=True)
    if given.callback:
        origins = request.app.state.origins
        return in_callback(content, given.callback, headers=request.headers, origins=origins)
    return Response(content, media_type="application/json")
