"""/v1/exports: parties, and the graph or a part of it, as the files that `iga export` writes."""

import io
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from iga.api.deps import AsOf, KnownOnParams, Now, disclosing, in_session, made_at
from iga.api.negotiation import content_of, form_of
from iga.api.tables import file_reply
from iga.exports.files.manifest import origin_in
from iga.exports.files.party_file import parties_asked_for, write_parties
from iga.exports.graphs.asked_part import part_asked_for
from iga.exports.graphs.graph_formats import WRITERS
from iga.graph.keys import VERSION

router = APIRouter(prefix=VERSION, tags=["exports"])

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


@router.get("/exports/party", name="export_party", **_forms(*PARTY_FORMS))
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


@router.get("/exports/graph", name="export_graph", **_forms(*GRAPH_FORMS))
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
