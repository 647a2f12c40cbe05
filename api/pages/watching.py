"""/watched: what somebody who is signed in watches, what is new in it, and the forms that save, see and forget it."""

from typing import Annotated
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import AtWorkspace, NoParameters, Now, in_session
from api.forms import fields_of
from api.pages.frame import address, page
from api.sign_ins import visitor_of
from graph.errors import IgaError, NotAdmitted
from graph.ledger.watches import Watch, add_watch, keep_seen, remove_watch, watch_named, watches
from queries.core.session import Session
from queries.today import LAST_LOOK
from queries.watches import news, seen_now, watched

router = APIRouter(include_in_schema=False)

AT = "/watched"

Form = Annotated[dict[str, str], Depends(fields_of)]
Nothing = Annotated[NoParameters, Query()]


@router.get(AT)
@in_session
def show_watched(request: Request, session: Now, workspace: AtWorkspace, _: Nothing) -> Response:
    """Return the saved questions of whoever is signed in, with what is new in each.

    Raises:
        NotAdmitted: Nobody is.
    """
    if not visitor_of(request).name:
        raise NotAdmitted("whoever watches something signs in first: iga open")
    mine = [watch for watch in watches(session.ledger, by=workspace.reader.who) if watch.name != LAST_LOOK]
    return page(request, "watched", mine=[(watch, _address(watch), _said(session, watch)) for watch in mine])


@router.post(AT)
@in_session
def save(session: Now, workspace: AtWorkspace, form: Form, _: Nothing) -> Response:
    """Save a question under a name; what it answers now counts as seen."""
    asked = parse_qs(form.get("asked", ""))
    name, who = form.get("name", "").strip(), workspace.reader.who
    saved = watched(session, name, form.get("question", ""), asked, by=who, at=workspace.now())
    with workspace.changing("iga watch add", is_own=True) as ledger:
        add_watch(ledger, saved)
    return _led()


@router.post(f"{AT}/seen")
@in_session
def see(session: Now, workspace: AtWorkspace, form: Form, _: Nothing) -> Response:
    """Take what a saved question answers now as seen."""
    saved = watch_named(session.ledger, form.get("name", ""), by=workspace.reader.who)
    looked = seen_now(session, saved, news(session, saved)[1], at=workspace.now())
    with workspace.changing("iga watch", is_own=True) as ledger:
        keep_seen(ledger, looked)
    return _led()


@router.post(f"{AT}/forgotten")
@in_session
def forget(session: Now, workspace: AtWorkspace, form: Form, _: Nothing) -> Response:
    """Forget a saved question."""
    name, who = form.get("name", ""), workspace.reader.who
    watch_named(session.ledger, name, by=who)  # one saved under a higher ceiling is not shown here
    with workspace.changing("iga watch remove", is_own=True) as ledger:
        remove_watch(ledger, name, by=who)
    return _led()


def _said(session: Session, watch: Watch) -> str:
    """Return what is new in a saved question in a sentence, or why it can no longer be asked."""
    try:
        return news(session, watch)[0].sentence
    except IgaError as error:
        if error.http_status >= 500:
            raise
        return error.message


def _address(watch: Watch) -> str:
    return address(f"/questions/{quote(watch.question)}", **watch.parameters)


def _led() -> Response:
    return RedirectResponse(AT, 303)
