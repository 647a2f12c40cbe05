"""/watched: what somebody who is signed in watches, what is new in it, and the forms that save, see and forget it."""

from typing import Annotated
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from iga.api.deps import AtWorkspace, NoParameters, Now, Visit, in_session, noting
from iga.api.forms import fields_of
from iga.api.own_watches import forget, look_at, save
from iga.api.pages.frame import address, page
from iga.api.sign_ins import session_in, visitor_of
from iga.graph.errors import IgaError, NotAdmitted
from iga.graph.ledger.watches import LIST, Watch, watches
from iga.queries.core.printed_names import printed_names
from iga.queries.core.session import Session
from iga.queries.today import LAST_LOOK
from iga.queries.watches import news


def remember(request: Request, id_: str) -> None:
    """Remember that whoever is signed in by a link looked at a thing; of nobody else anything is remembered."""
    if visitor_of(request).can_sign_out:
        request.app.state.sign_ins.note_look(session_in(request.scope), id_)


def recent(visit: Visit) -> list[tuple[str, str]]:
    """Return id and name of what was looked at, the last first, as far as it is there and may be seen now."""
    request, workspace = visit
    looked_at = (
        request.app.state.sign_ins.looked_at(session_in(request.scope)) if visitor_of(request).can_sign_out else ()
    )
    if not looked_at:
        return []
    with noting(visit) as sessions, workspace.reading() as reading:
        sessions.append(Session.at(workspace, reading))
        names = printed_names(sessions[0], looked_at)
    return [(id_, names[id_]) for id_ in looked_at if id_ in names]


AT = "/watched"

Form = Annotated[dict[str, str], Depends(fields_of)]
Nothing = Annotated[NoParameters, Query()]


router = APIRouter(include_in_schema=False)


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
def keep(session: Now, workspace: AtWorkspace, form: Form, _: Nothing) -> Response:
    """Save a question under a name; what it answers now counts as seen."""
    save(session, workspace, form.get("name", "").strip(), form.get("question", ""), parse_qs(form.get("asked", "")))
    return _led()


@router.post(f"{AT}/seen")
@in_session
def see(session: Now, workspace: AtWorkspace, form: Form, _: Nothing) -> Response:
    """Take what a saved question answers now as seen."""
    look_at(session, workspace, form.get("name", ""))
    return _led()


@router.post(f"{AT}/forgotten")
@in_session
def drop(session: Now, workspace: AtWorkspace, form: Form, _: Nothing) -> Response:
    """Forget a saved question."""
    forget(session, workspace, form.get("name", ""))
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
    if watch.question == LIST:
        return address(f"/sets/{quote(str(watch.parameters['of']))}", filter=watch.parameters.get("filter"))
    return address(f"/questions/{quote(watch.question)}", **watch.parameters)


def _led() -> Response:
    return RedirectResponse(AT, 303)
