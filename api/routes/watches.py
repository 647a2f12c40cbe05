"""/v1/watches, /v1/changes, /v1/feeds: saved questions and what is new in them, and what changed after a load.

Only one's own questions are saved, taken as seen or forgotten, by a key whose role may write.
"""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from iga.api.deps import AtWorkspace, KnownOnParams, NoParameters, Now, disclosing, in_session, made_at
from iga.api.negotiation import FORMS, JSON, address_of, content_of, form_of
from iga.api.own_watches import forget, look_at, save
from iga.api.paging import PageParams, begun_at, page_of
from iga.api.routes.questions import answer_model
from iga.api.tables import as_file
from iga.exports.files.atom_feed import atom_of
from iga.graph.errors import Denied
from iga.graph.keys import VERSION
from iga.graph.ledger.watches import watch_named, watches
from iga.graph.workspace import Workspace
from iga.queries.ask import ask
from iga.queries.core.answer import Answer, Shape
from iga.queries.core.permissions import NAMED_IN_EXPORT
from iga.queries.core.session import Session
from iga.queries.watches import News, WatchCard, card_of, news

router = APIRouter(prefix=VERSION)

MOST = 1_000
"""Changes that are told at once; a page ends at each of these, and links to the next."""

Load = Annotated[str, StringConstraints(pattern="^load:[0-9]{1,9}$")]


class SinceParams(KnownOnParams, PageParams):
    """Since when, and of whom."""

    since: Load | None = Field(
        default=None,
        description="The load up to which everything is known: `next` of the last answer. A week ago if left out.",
        examples=["load:1"],
    )
    party: str | None = Field(default=None, max_length=300, description="Only what is about this party.")


class Changes(Shape):
    """What changed after a load, and where to go on."""

    since: str = Field(description="The load, or the day, after which it changed.")
    next: str = Field(description="The last load that is told of: since of the next question.")
    answer: Answer = Field(description="The changes, as the question what-changed tells them.")


_DESCRIBED = create_model(
    "ToldChanges", __base__=Changes, __doc__=Changes.__doc__, answer=(answer_model("what-changed"), ...)
)


@router.get("/changes", tags=["changes"], name="changes", response_model=_DESCRIBED)
@partial(in_session, keeps=True)
def read_changes(request: Request, session: Now, given: Annotated[SinceParams, Query()]) -> Response:
    """Return what changed after a load, and the load to go on from; /feeds/changes is a feed of the last week."""
    media = FORMS[form_of(request, "json")]
    before = begun_at(request) // MOST * MOST
    found = changes_since(session, given.since, given.party, skip=before)
    state, total = f"{found.answer.data_version}:{found.answer.as_of}", found.answer.total.value
    page = page_of(request, total, state=state, known=before + len(found.answer.rows))
    shown = found.model_copy(update={"answer": found.answer.only_rows(page.first - before, page.last - before)})
    return Response(shown.model_dump_json(), media_type=media, headers=page.headers)


def changes_since(session: Session, since: str | None, party: str | None, *, skip: int = 0) -> Changes:
    """Return what changed after a load, of a party or of all: so many of the changes after the first ones."""
    last = f"load:{session.status.through or 0}"
    asked = {"since": since or "", "until": last if since else "", "party": party or "", "limit": str(MOST)}
    asked |= {"skip": str(skip)} if skip else {}
    answer = ask(session, "what-changed", {name: text for name, text in asked.items() if text})
    return Changes(since=since or str(answer.parameters.get("since", "a week ago")), next=last, answer=answer)


class FeedParams(KnownOnParams):
    """Of whom."""

    party: str | None = Field(
        default=None, max_length=300, description="Only what is about this party.", examples=["OSCE"]
    )


@router.get(
    "/feeds/calendar",
    tags=["feeds"],
    name="feed_calendar",
    response_class=Response,
    responses={200: {"content": content_of("ics")}},
)
@in_session
def feed_calendar(request: Request, session: Now, given: Annotated[FeedParams, Query()]) -> Response:
    """Return meetings and what falls due in the next ninety days, as a calendar."""
    form = form_of(request, "ics")
    disclosing(request, session)
    asked = {"party": given.party} if given.party else {}
    return as_file(session, ask(session.used_for(NAMED_IN_EXPORT), "calendar", asked), form, at=made_at(request))


@router.get(
    "/feeds/changes",
    tags=["feeds"],
    name="feed_changes",
    response_class=Response,
    responses={200: {"content": content_of("atom")}},
)
@in_session
def feed_changes(request: Request, session: Now, given: Annotated[FeedParams, Query()]) -> Response:
    """Return what changed in the last week, as an Atom feed."""
    form = form_of(request, "atom")
    disclosing(request, session)
    found = changes_since(session.used_for(NAMED_IN_EXPORT), None, given.party)
    address = f"{str(request.base_url).rstrip('/')}{address_of(request)}"
    return Response(atom_of(found.answer, address=address, at=made_at(request)), media_type=FORMS[form])


class Whose(BaseModel):
    """Whose saved questions are meant."""

    model_config = ConfigDict(extra="forbid")

    by: str | None = Field(
        default=None,
        description="Name of the officer; your own if left out, or that of whoever runs the service.",
        examples=["J. Example"],
    )


WatchName = Annotated[str, Path(description="What its officer calls it.", examples=["osce"])]


class WatchParams(BaseModel):
    """What is watched."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=100, description="Name of the question.", examples=["members"])
    parameters: dict[str, str | list[str]] = Field(
        default={}, description="What it is asked with, by name.", examples=[{"party": "gov:gha"}]
    )


_Nothing = Annotated[NoParameters, Query()]
_KEY_NEEDED: dict[str, Any] = {"security": [{"key": []}]}
_SAVED: dict[int | str, dict[str, Any]] = {201: {"model": WatchCard, "description": "It is saved."}}


class WatchList(BaseModel):
    """Saved questions."""

    watches: tuple[WatchCard, ...] = Field(description="By name.")


@router.get("/watches", tags=["watches"], name="watches")
@in_session
def list_watches(workspace: AtWorkspace, session: Now, whose: Annotated[Whose, Query()]) -> WatchList:
    """List an officer's saved questions."""
    return WatchList(watches=tuple(map(card_of, watches(session.ledger, by=_officer(workspace, whose)))))


@router.get("/watches/{name}", tags=["watches"], name="watch")
@in_session
def see_watch(name: WatchName, workspace: AtWorkspace, session: Now, whose: Annotated[Whose, Query()]) -> News:
    """Return what is new in a saved question since its officer last looked; it stays new."""
    found, _ = news(session, watch_named(session.ledger, name, by=_officer(workspace, whose)))
    return found


@router.put(
    "/watches/{name}",
    tags=["watches"],
    name="save_watch",
    response_model=WatchCard,
    responses=_SAVED,
    openapi_extra=_KEY_NEEDED,
)
@in_session
def save_watch(
    name: WatchName, workspace: AtWorkspace, session: Now, asked: Annotated[WatchParams, Body()], _: _Nothing
) -> Response:
    """Save a question of one's own under a name; what it answers now counts as seen. The same once more stays as it is.

    Another question under that name is refused: remove the first.
    """
    card, is_new = save(session, workspace, name, asked.question, asked.parameters)
    return Response(card.model_dump_json(), media_type=JSON, status_code=201 if is_new else 200)


@router.post("/watches/{name}", tags=["watches"], name="look_at_watch", openapi_extra=_KEY_NEEDED)
@in_session
def look_at_watch(name: WatchName, workspace: AtWorkspace, session: Now, _: _Nothing) -> News:
    """Return what is new in a saved question of one's own, and take it as seen."""
    return look_at(session, workspace, name)


@router.delete("/watches/{name}", tags=["watches"], name="forget_watch", openapi_extra=_KEY_NEEDED)
@in_session
def forget_watch(name: WatchName, workspace: AtWorkspace, session: Now, _: _Nothing) -> WatchCard:
    """Forget a saved question of one's own, and return it."""
    return forget(session, workspace, name)


def _officer(workspace: Workspace, whose: Whose) -> str:
    """Return whose questions are shown."""
    reader = workspace.reader
    if reader.role and whose.by not in (None, reader.who):
        raise Denied(f"by: these are the saved questions of {whose.by}; leave it out to see those of {reader.who}")
    return whose.by or reader.who
