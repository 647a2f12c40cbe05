"""/v1/exports and /v1/memos: parties, the graph or a part of it, and papers, each in the format that is asked for."""

import io
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, create_model

from iga.api.deps import (
    AsOf,
    FixedRoute,
    KnownOnParams,
    NoParameters,
    Now,
    built,
    disclosing,
    in_session,
    made_at,
    own_values,
)
from iga.api.negotiation import content_of, form_of
from iga.api.tables import file_reply
from iga.exports.files.manifest import origin_in
from iga.exports.files.party_file import parties_asked_for, write_parties
from iga.exports.graphs.graph_formats import WRITERS
from iga.exports.graphs.subgraph import part_asked_for
from iga.exports.memos.kind import MemoKind
from iga.exports.memos.registry import MEMOS
from iga.exports.memos.write import kind_named, write_memo
from iga.exports.render.formats import FORMATS, rendered
from iga.exports.render.style import Style, scheme_named
from iga.graph.errors import NotFound
from iga.graph.keys import VERSION

router = APIRouter(prefix=VERSION)

PARTY_FORMS = ("json", "jsonl", "csv", "xlsx", "vcf")
GRAPH_FORMS = ("json", "jsonl", "graphml", "gexf", "zip")


class _ExportParams(KnownOnParams):
    as_of: AsOf | None = Field(
        default=None, description="Only relationships not known to be over or not begun on this day, possibly partial."
    )


class PartyExportParams(_ExportParams):
    """Which parties are meant."""

    party: list[str] = Field(description="Id or name; may be given several times.", min_length=1, examples=["OSCE"])


class GraphExportParams(_ExportParams):
    """Which part of the graph is meant."""

    party: list[str] = Field(default=[], description="What lies around it; all if left out.", examples=["OSCE"])
    depth: int = Field(default=1, ge=0, le=6, description="Steps from the parties.")
    limit: int = Field(default=2_000, ge=1, le=100_000, description="Most things around them.")
    cls: list[str] = Field(default=[], description="Only this class or group; may be given several times.")


def _forms(*forms: str) -> dict[str, Any]:
    return {"response_class": Response, "responses": {200: {"content": content_of(*forms, with_json=True)}}}


@router.get("/exports/party", tags=["exports"], name="export_party", **_forms(*PARTY_FORMS))
@in_session
def export_party(request: Request, session: Now, given: Annotated[PartyExportParams, Query()]) -> Response:
    """Return parties with their posts, holders, channels, memberships and owners."""
    form = form_of(request, *PARTY_FORMS)
    disclosing(request, session)
    parties = parties_asked_for(session, given.party, as_of=given.as_of)
    origin = origin_in(
        session, by="iga serve", at=made_at(request), what=parties.what, parameters=parties.parameters,
        as_of=parties.day,
    )  # fmt: skip  # who makes it, and from what
    file = io.BytesIO()
    contents = write_parties(file, parties.rows, kind=form, origin=origin, session=session)
    return file_reply(file, form, name=f"party-{parties.day}", origin=origin, contents=contents)


@router.get("/exports/graph", tags=["exports"], name="export_graph", **_forms(*GRAPH_FORMS))
@in_session
def export_graph(request: Request, session: Now, given: Annotated[GraphExportParams, Query()]) -> Response:
    """Return the graph, or what lies around parties; .zip holds a table of nodes and one of edges."""
    form = form_of(request, *GRAPH_FORMS)
    disclosing(request, session)
    part = part_asked_for(
        session, given.party, depth=given.depth, limit=given.limit, classes=given.cls, as_of=given.as_of
    )
    origin = origin_in(
        session, by="iga serve", at=made_at(request), what=part.what, parameters=part.parameters, as_of=part.day
    )
    file = io.BytesIO()
    contents = WRITERS["csv" if form == "zip" else form](file, part, origin)
    part.check_unchanged()
    return file_reply(file, form, name=f"graph-{session.today}", origin=origin, contents=contents)


class MemoList(BaseModel):
    """The kinds of memos that can be written."""

    memos: tuple[dict[str, Any], ...] = Field(description="Name, title, parameters and an example of each.")


@router.get("/memos", tags=["memos"], name="memos")
def list_memos(_: Annotated[NoParameters, Query()]) -> MemoList:
    """List the kinds of memos in the order of the manual."""
    return MemoList(memos=tuple(kind.summary() for kind in MEMOS.values()))


def _asked(kind: MemoKind) -> type[BaseModel]:
    """Return the parameters of a kind with those of every paper."""
    given: Any = {
        "marking_scheme": (Literal["none", "sbu", "cui"], Field(default="sbu", description="How it is marked.")),
        "final": (bool, Field(default=False, description="Without the line that says DRAFT.")),
        "full": (bool, Field(default=False, description="With all that is on record as a numbered annex.")),
    }
    return built(create_model(f"{kind.params.__name__}Paper", __base__=kind.params, **given), KnownOnParams)


def _route(kind: MemoKind, asked: type[BaseModel]) -> Callable[..., Any]:
    @in_session
    def paper(request: Request, session: Now, given: Annotated[asked, Query()]) -> Response:  # type: ignore[valid-type]
        ending = form_of(request, *FORMATS)
        disclosing(request, session)
        style = Style(scheme=scheme_named(given.marking_scheme), is_final=given.final)  # type: ignore[attr-defined]
        document = write_memo(session, kind.name, own_values(given, kind.params), is_full=given.full)  # type: ignore[attr-defined]
        named = {"Content-Disposition": f'attachment; filename="{document.file_stem}.{ending}"'}
        return Response(rendered(document, ending, style=style), media_type=FORMATS[ending], headers=named)

    paper.__name__ = f"memo_{kind.name.replace('-', '_')}"
    paper.__doc__ = kind.title
    return paper


def _add() -> None:
    shown: dict[int | str, dict[str, Any]] = {200: {"content": content_of(*FORMATS)}}
    for kind in MEMOS.values():
        router.add_api_route(
            f"/memos/{kind.name}",
            _route(kind, _asked(kind)),
            tags=["memos"],
            methods=["GET"],
            response_class=Response,
            responses=shown,
            route_class_override=FixedRoute,
        )


_add()


@router.get("/memos/{name}", include_in_schema=False)
def unknown_memo(name: str) -> None:
    """Refuse a kind of memo that does not exist, with what may have been meant."""
    kind_named(name)
    raise NotFound(f"there is no memo {name!r}")
