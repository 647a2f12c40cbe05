"""/v1/changes: what changed after a load that a program has seen, and the load to go on from."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, StringConstraints, create_model

from iga.api.deps import KnownOnParams, Now, in_session
from iga.api.negotiation import FORMS, form_of
from iga.api.paging import PageParams, begun_at, page_of
from iga.api.routes.questions import answer_model
from iga.graph.keys import VERSION
from iga.queries.ask import ask
from iga.queries.core.answer import Answer, Shape
from iga.queries.core.session import Session

router = APIRouter(prefix=VERSION, tags=["changes"])

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


@router.get("/changes", name="changes", response_model=_DESCRIBED)
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
