"""/v1/feeds: what a calendar or a reader of feeds subscribes to; each is the file of another route."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from iga.api.deps import KnownOnParams, Now, disclosing, in_session, made_at
from iga.api.negotiation import FORMS, address_of, content_of, form_of
from iga.api.routes.changes import changes_since
from iga.api.tables import as_file
from iga.exports.files.atom_feed import atom_of
from iga.graph.keys import VERSION
from iga.queries.ask import ask
from iga.queries.core.permissions import NAMED_IN_EXPORT

router = APIRouter(prefix=VERSION, tags=["feeds"])


class FeedParams(KnownOnParams):
    """Of whom."""

    party: str | None = Field(
        default=None, max_length=300, description="Only what is about this party.", examples=["OSCE"]
    )


@router.get(
    "/feeds/calendar", name="feed_calendar", response_class=Response, responses={200: {"content": content_of("ics")}}
)
@in_session
def feed_calendar(request: Request, session: Now, given: Annotated[FeedParams, Query()]) -> Response:
    """Return meetings and what falls due in the next ninety days, as a calendar."""
    form = form_of(request, "ics")
    disclosing(request, session)
    asked = {"party": given.party} if given.party else {}
    return as_file(session, ask(session.used_for(NAMED_IN_EXPORT), "calendar", asked), form, at=made_at(request))


@router.get(
    "/feeds/changes", name="feed_changes", response_class=Response, responses={200: {"content": content_of("atom")}}
)
@in_session
def feed_changes(request: Request, session: Now, given: Annotated[FeedParams, Query()]) -> Response:
    """Return what changed in the last week, as an Atom feed."""
    form = form_of(request, "atom")
    disclosing(request, session)
    found = changes_since(session.used_for(NAMED_IN_EXPORT), None, given.party)
    address = f"{str(request.base_url).rstrip('/')}{address_of(request)}"
    return Response(atom_of(found.answer, address=address, at=made_at(request)), media_type=FORMS[form])
