"""/sign-in and /sign-out: a link that `iga open` made signs its account in, once somebody presses the button."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import NoParameters, Visit, noted
from iga.api.forms import SIGN_IN, SIGN_OUT, fields_of
from iga.api.pages.frame import page
from iga.api.sign_ins import SignIns, forget_session, keep_session, session_in, visitor_of
from iga.graph.errors import Denied, NotAdmitted
from iga.graph.loopback import other_account
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace

router = APIRouter(include_in_schema=False)

_KEPT = f"{SIGN_IN}/kept"
_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}

Form = Annotated[dict[str, str], Depends(fields_of)]
Nothing = Annotated[NoParameters, Query()]


class LinkParams(BaseModel):
    """What a link holds."""

    model_config = ConfigDict(extra="forbid")

    link: str = Field(default="", max_length=100, description="Its secret.")


@router.get(SIGN_IN)
def see_sign_in(request: Request, given: Annotated[LinkParams, Query()]) -> Response:
    """Return the button that signs in, for whoever has a link; else who is signed in, or how one signs in."""
    if not given.link:
        return _page(request)
    try:
        reader = _sign_ins(request).reader_by(given.link)
    except NotAdmitted:
        return _page(request, status=HTTPStatus.GONE, is_used_up=True)
    _refuse_other_accounts(request)
    return _page(request, signing=_workspace_of(request, reader).reader, link=given.link)


@router.post(SIGN_IN)
def sign_in(request: Request, form: Form) -> Response:
    """Use a link up, end the session before if there is one, and begin another."""
    sign_ins = _sign_ins(request)
    _refuse_other_accounts(request)
    reader, session = sign_ins.sign_in(form.get("link", ""))
    sign_ins.sign_out(session_in(request.scope))
    _note(request, reader)
    reply = _led(_KEPT)
    keep_session(reply, request.scope, session)
    return reply


@router.get(_KEPT)
def lead_on(request: Request, _: Nothing) -> Response:
    """Lead whoever just signed in to the first page; where the browser kept no session, say so."""
    return _led("/") if visitor_of(request).name else _page(request, is_not_kept=True)


@router.get(SIGN_OUT)
def see_sign_out(request: Request, _: Nothing) -> Response:
    """Return the button that signs out."""
    return _page(request)


@router.post(SIGN_OUT)
def sign_out(request: Request, form: Form) -> Response:  # noqa: ARG001 - what a form holds is looked at before
    """End the session."""
    reply = _led(SIGN_IN)
    if visitor_of(request).can_sign_out:
        _sign_ins(request).sign_out(session_in(request.scope))
        forget_session(reply, request.scope)
        _note(request, request.state.reader)
    return reply


def _sign_ins(request: Request) -> SignIns:
    """Return who signed in here."""
    sign_ins: SignIns | None = request.app.state.sign_ins
    if sign_ins is None:
        raise Denied("nobody signs in here by a link; iga open says where")
    return sign_ins


def _refuse_other_accounts(request: Request) -> None:
    """Raise Denied where another account of this machine uses a link: the list of processes may show it."""
    if other_account(request.scope["client"], request.scope["server"]) is not None:
        raise Denied("this link is of another account of this machine: type iga open as yourself")


def _note(request: Request, reader: Reader) -> None:
    noted(Visit(request, _workspace_of(request, reader)))


def _workspace_of(request: Request, reader: Reader) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace.under(reader)


def _led(where: str) -> RedirectResponse:
    return RedirectResponse(where, HTTPStatus.SEE_OTHER, headers=_HEADERS)


def _page(request: Request, *, status: int = HTTPStatus.OK, **facts: object) -> Response:
    shared = {"signing": None, "link": "", "is_used_up": False, "is_not_kept": False}
    return page(request, "sign_in", status=status, headers=_HEADERS, **shared | facts)
