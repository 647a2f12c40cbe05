"""/v1/entities/{id}: one thing, its relationships, who said what of it, and when; /v1/sources: who says so."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from iga.api.deps import AsOf, KnownOnParams, Now, disclosing, in_session, made_at
from iga.api.negotiation import JSON, content_of, form_of
from iga.api.paging import PageParams, page_of
from iga.api.tables import rows_as_file
from iga.exports.thing_page import POLICY, long_page
from iga.graph.keys import VERSION
from iga.queries.core.days import the_day
from iga.queries.whole.entity import (
    EntityView,
    RelationshipKinds,
    Relationships,
    entity,
    relationship_kinds,
    relationships,
    thing_at,
)
from iga.queries.whole.sources import SourceCard, sources
from iga.queries.whole.why import ThingHistory, Why, history, why

router = APIRouter(prefix=VERSION)


@router.get("/sources", tags=["sources"], name="sources")
@partial(in_session, keeps=True)
def list_sources(session: Now, _: Annotated[KnownOnParams, Query()]) -> tuple[SourceCard, ...]:
    """List the sources by name: title, licence, age, rank, rows, known gaps."""
    return sources(session)


EntityId = Annotated[str, Path(description="Its id, a former one, or its name.", max_length=300, examples=["gov:gha"])]
Kind = Annotated[str, Path(description="Type of the relationships in small letters.", examples=["member_of"])]
TABLES = ("json", "csv", "jsonl", "xlsx")
_TABLES: dict[int | str, dict[str, Any]] = {200: {"content": content_of(*TABLES)}}


class StatementParams(KnownOnParams):
    """Which statements are meant."""

    field: str | None = Field(default=None, max_length=100, description="Only this field.", examples=["name"])


class HistoryParams(KnownOnParams, PageParams):
    """Which part of a history is meant."""


class RelationshipParams(HistoryParams):
    """Which relationships are meant."""

    as_of: AsOf | None = Field(
        default=None, description="Only those not known to be over or not begun on this day, possibly partial."
    )


@router.get(
    "/entities/{id}",
    tags=["entities"],
    name="entity",
    response_model=EntityView,
    responses={200: {"content": content_of("html")}},
)
@partial(in_session, keeps=True)
def read_entity(request: Request, session: Now, id: EntityId, _: Annotated[KnownOnParams, Query()]) -> Response:  # noqa: A002
    """Return one thing by its id or name; 308 where its id was merged into another, 410 where it was withdrawn."""
    form = form_of(request, "json", "html")
    thing_at(session, id)
    page = entity(session, id)
    if form == "html":
        return Response(long_page(page), media_type="text/html", headers={"Content-Security-Policy": POLICY})
    return Response(page.model_dump_json(), media_type=JSON)


@router.get("/entities/{id}/relationships", tags=["entities"], name="relationship_kinds")
@partial(in_session, keeps=True)
def read_kinds(session: Now, id: EntityId, _: Annotated[KnownOnParams, Query()]) -> RelationshipKinds:  # noqa: A002
    """Return how many relationships of each kind a thing has, and which way they lead."""
    return relationship_kinds(session, id)


@router.get(
    "/entities/{id}/relationships/{kind}",
    tags=["entities"],
    name="relationships",
    response_model=Relationships,
    responses=_TABLES,
)
@partial(in_session, keeps=True)
def read_relationships(
    request: Request,
    session: Now,
    id: EntityId,  # noqa: A002
    kind: Kind,
    given: Annotated[RelationshipParams, Query()],
) -> Response:
    """Return the relationships of a thing that are of one kind, those that lead out first."""
    day = the_day(given.as_of, today=session.today) if given.as_of else None
    found = relationships(session, id, kind, day=day)
    return _paged(request, session, found)


@router.get("/entities/{id}/statements", tags=["entities"], name="statements")
@partial(in_session, keeps=True)
def read_statements(session: Now, id: EntityId, given: Annotated[StatementParams, Query()]) -> Why:  # noqa: A002
    """Return every statement behind a thing, field by field, and which one counts."""
    thing_at(session, id)
    return why(session, id, given.field)


@router.get("/entities/{id}/history", tags=["entities"], name="history", response_model=ThingHistory, responses=_TABLES)
@partial(in_session, keeps=True)
def read_history(
    request: Request,
    session: Now,
    id: EntityId,  # noqa: A002
    _: Annotated[HistoryParams, Query()],
) -> Response:
    """Return what each load said of a thing, oldest first, and what became of it."""
    return _paged(request, session, history(session, id))


def _paged(request: Request, session: Now, found: Relationships | ThingHistory) -> Response:
    """Return the page of the rows that is asked for, in the form that is asked for."""
    form = form_of(request, *TABLES)
    if form != "json":
        disclosing(request, session)
    page = page_of(request, len(found.rows), state=f"{found.data_version}:{session.today}")
    shown = found.model_copy(update={"rows": page.of(found.rows)})
    if form == "json":
        return Response(shown.model_dump_json(), media_type=JSON, headers=page.headers)
    reply = rows_as_file(session, shown, form, at=made_at(request))
    reply.headers.update(page.headers)
    return reply
