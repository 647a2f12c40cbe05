"""/administration: keys, holds, dumps and the audit log, for those whose role they are; for others it is not there."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Query, Request, Response
from msgspec import to_builtins
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import AtVisit, NoParameters, Visit, noting
from iga.api.forms import texts_of
from iga.api.pages.frame import page
from iga.api.sign_ins import Visitor
from iga.entering.person_orders import Order, give, lift, person_meant, standing_orders
from iga.graph.audit_log import LogHead
from iga.graph.backup import back_up, log_faults
from iga.graph.domain.marking import Marking
from iga.graph.errors import IgaError, LedgerDamaged, UsageError
from iga.graph.keys import SCOPES, Key, last_day
from iga.graph.ledger.dump import dumps_in
from iga.graph.losses import refuse_losses
from iga.graph.reader import ROLES, Duty, Reader
from iga.ingest.following import bring_up
from iga.ingest.officer_entries import Signed
from iga.queries.core.accounting import readable_log
from iga.queries.core.names.resolve import entity_of
from iga.queries.core.session import Session
from iga.queries.whole.standing import last_dump, standing

ADMINISTRATION = "/administration"
BACKUPS = f"{ADMINISTRATION}/backups"

PARTS: Mapping[str, Duty] = {"keys": "keep", "holds": "keep", "backups": "keep", "audit": "audit"}
"""The duty that each part is for."""


def parts_for(reader: Reader, visitor: Visitor) -> tuple[str, ...]:
    """Return the parts that are there for a reader: none unless they are signed in and nothing is hidden from them."""
    if not visitor.token or not reader.sees_all:
        return ()
    return tuple(part for part, duty in PARTS.items() if not reader.role or duty in ROLES[reader.role])


def is_administration(path: str) -> bool:
    """True if an address is of the administration."""
    return path == ADMINISTRATION or path.startswith(f"{ADMINISTRATION}/")


def is_there(path: str, parts: tuple[str, ...]) -> bool:
    """True if an address of the administration is there for whoever has some parts; its first page is for any."""
    part = path.removeprefix(ADMINISTRATION).strip("/").partition("/")[0]
    return part in parts if part else bool(parts)


KEYS, HOLDS, AUDIT = f"{ADMINISTRATION}/keys", f"{ADMINISTRATION}/holds", f"{ADMINISTRATION}/audit"
_MARKINGS = tuple(marking.word for marking in Marking)
_ACTS, _OVERLAP_DAYS = 50, 1
_ORDER = ("person", "order", "do", "authority")
_NEW_KEY: Mapping[str, Any] = {
    **dict.fromkeys(("holder", "expires", "purpose", "sign_on"), ""),
    **{"role": "reader", "ceiling": "public", "scopes": (), "networks": ()},
}

Nothing = Annotated[NoParameters, Query()]
Texts = Annotated[dict[str, list[str]], Depends(texts_of)]


class AuditParams(BaseModel):
    """Which acts are shown."""

    model_config = ConfigDict(extra="forbid")

    who_saw: str = Field(default="", max_length=300, description="Only acts that showed or were about this person.")
    head: str = Field(default="", max_length=200, description="A head noted earlier.")
    verify: bool = Field(default=False, description="Whether every line is looked at.")
    page: int = Field(default=1, ge=1, le=100_000)


router = APIRouter(include_in_schema=False)


@router.get(ADMINISTRATION)
def show_standing(request: Request, visit: AtVisit, _: Nothing) -> Response:
    """Return where the ledger and the graph stand, and what there is to do."""
    with noting(visit):
        stands, why = standing(visit.workspace)
    return page(request, "administration", stands=stands, why=why)


@router.get(KEYS)
def list_keys(request: Request, visit: AtVisit, _: Nothing) -> Response:
    """Return all keys and sign-ons ever given out, the newest first, and the form for another."""
    with noting(visit):
        return _keys(request, visit)


@router.post(KEYS)
def give_key(request: Request, visit: AtVisit, form: Texts, _: Nothing) -> Response:
    """Give out a key, which is shown on this page and never again; or enter a person by sign-on."""
    now, by = visit.workspace.now(), visit.workspace.reader.who
    sign_on, expires = _last(form, "sign_on"), _last(form, "expires")
    key = Key(
        *("", _last(form, "holder"), _last(form, "role"), _last(form, "ceiling"), now, by),
        sign_on=sign_on,
        scopes=tuple(form.get("scopes", ())),
        networks=tuple(_last(form, "networks").split()),
        purpose=_last(form, "purpose"),
        expires=expires or ("" if sign_on else last_day(now)),
    )
    try:
        with noting(visit):
            made, secret = visit.workspace.key_ring().add(key)
    except IgaError as error:
        return _refused(error, _keys, request, visit, given={**_NEW_KEY, **to_builtins(key)})
    return _keys(request, visit, made=made, secret=secret, did="given out")


@router.post(f"{KEYS}/renewed")
def renew_key(request: Request, visit: AtVisit, form: Texts, _: Nothing) -> Response:
    """Give out another key on the same terms; the old one is good for one more day."""
    now, by = visit.workspace.now(), visit.workspace.reader.who
    try:
        with noting(visit):
            ring = visit.workspace.key_ring()
            made, secret = ring.rotate(_last(form, "key"), now=now, by=by, overlap_days=_OVERLAP_DAYS)
    except IgaError as error:
        return _refused(error, _keys, request, visit)
    return _keys(request, visit, made=made, secret=secret, did="renewed")


@router.post(f"{KEYS}/revoked")
def revoke_key(request: Request, visit: AtVisit, form: Texts, _: Nothing) -> Response:
    """Take a key or a sign-on back; it counts from the next request on."""
    because = _last(form, "because")
    try:
        with noting(visit):
            if not because:
                raise UsageError("say why the key is taken back: it stays with the key")
            today = visit.workspace.today()
            made = visit.workspace.key_ring().revoke(_last(form, "key"), today=today, because=because)
    except IgaError as error:
        return _refused(error, _keys, request, visit)
    return _keys(request, visit, made=made, did="taken back")


@router.get(HOLDS)
def list_holds(request: Request, visit: AtVisit, _: Nothing) -> Response:
    """Return what stands of holds, open access requests and restrictions, and the form for another."""
    with noting(visit):
        return _holds(request, visit)


@router.post(HOLDS)
def order_person(request: Request, visit: AtVisit, form: Texts, _: Nothing) -> Response:
    """Hold or restrict a person, or lift that."""
    workspace, left = visit.workspace, list[str]()
    given = {name: _last(form, name) for name in _ORDER}
    signed = Signed(by=workspace.reader.who, on=workspace.today(), because=given["authority"])
    try:
        with noting(visit) as sessions:
            order = next((word for word in get_args(Order) if word == given["order"]), None)
            if order is None or given["do"] not in ("give", "lift"):
                raise UsageError("say what is ordered, and whether it is given or lifted")
            with workspace.reading() as reading:
                sessions.append(Session.at(workspace, reading))
                subject = person_meant(sessions[0], given["person"], reason=signed.because)
            with workspace.changing(f"ordering a {order}") as ledger:
                done = (lift if given["do"] == "lift" else give)(ledger, subject, order, signed)
                bring_up(workspace, left)
    except IgaError as error:
        return _refused(error, _holds, request, visit, given=given)
    return _holds(request, visit, subject=subject, done=done, order=order, left=left)


@router.get(BACKUPS)
def list_dumps(request: Request, visit: AtVisit, _: Nothing) -> Response:
    """Return when the last dump was made, and those that were made from here."""
    with noting(visit):
        return _backups(request, visit)


@router.post(BACKUPS)
def make_dump(request: Request, visit: AtVisit, _: Nothing) -> Response:
    """Make a dump in a new folder beside the ledger.

    Raises:
        NotNoted: The audit log cannot be written.
        UsageError: One of this second is there.
        LedgerError: The ledger cannot be read. One that is damaged or lacks loads is told on the page.
    """
    workspace = visit.workspace
    folder = workspace.settings.dumps / workspace.made_at().replace(":", "")
    request.state.is_disclosure = True
    try:
        with noting(visit):
            made = back_up(workspace, folder)
    except LedgerDamaged as error:
        return _backups(request, visit, error=error, status=error.http_status)
    facts = {"made": str(folder), "loads": len(made.manifest.segments), "not_compared": made.not_compared}
    return _backups(request, visit, **facts)


@router.get(AUDIT)
def show_audit(request: Request, visit: AtVisit, asked: Annotated[AuditParams, Query()]) -> Response:
    """Return the acts of the log, the newest first; of one person, an accounting of who saw them."""
    workspace = visit.workspace
    log, people, name = readable_log(workspace), (), ""
    try:
        with noting(visit) as sessions:
            if asked.who_saw:
                with workspace.reading() as reading:
                    sessions.append(Session.at(workspace, reading))
                    found = entity_of(sessions[0].on_duty(), asked.who_saw)
                people, name = tuple(found.values.get("members") or (found.id,)), found.id
            acts = list(log.who_saw(people) if people else log.entries())[::-1]
            faults = log_faults(workspace.everything(), log, noted=LogHead.read(asked.head)) if asked.verify else None
    except IgaError as error:
        return _refused(error, _audit, request, asked=asked)
    shown = acts[(asked.page - 1) * _ACTS : asked.page * _ACTS]
    pages = max(1, -(-len(acts) // _ACTS))
    facts = {"acts": shown, "count": len(acts), "pages": pages, "person": name, "faults": faults}
    return _audit(request, asked=asked, head=log.head(), **facts)


def _keys(request: Request, visit: Visit, **facts: Any) -> Response:
    today = visit.workspace.today()
    keys = [(key, key.state(today)) for key in reversed(visit.workspace.key_ring().keys())]
    usual: dict[str, Any] = {"made": None, "secret": "", "did": "", "given": _NEW_KEY, "error": None}
    lists = {"roles": tuple(ROLES), "markings": _MARKINGS, "scopes": SCOPES}
    return _page(request, "keys", **{**usual, **lists, "keys": keys, **facts})


def _holds(request: Request, visit: Visit, **facts: Any) -> Response:
    given = dict.fromkeys(_ORDER, "")
    usual: dict[str, Any] = {"done": None, "subject": None, "order": "", "left": (), "given": given, "error": None}
    return _page(request, "holds", **{**usual, "standing": standing_orders(visit.workspace.everything()), **facts})


def _backups(request: Request, visit: Visit, **facts: Any) -> Response:
    folder = visit.workspace.settings.dumps
    usual: dict[str, Any] = {"made": None, "loads": 0, "not_compared": "", "error": None, "last": "", "missing": ""}
    usual |= {"folder": str(folder), "dumps": dumps_in(folder)}
    with suppress(OSError):  # a log that cannot be read notes none
        usual["last"] = last_dump(visit.workspace.audit_log)
    try:
        refuse_losses(visit.workspace.everything(), visit.workspace.views, visit.workspace.audit_log)
    except LedgerDamaged as error:
        usual["missing"] = "" if "error" in facts else error.message
    return _page(request, "backups", **{**usual, **facts})


def _audit(request: Request, **facts: Any) -> Response:
    usual: dict[str, Any] = {
        "acts": (),
        "count": 0,
        "pages": 1,
        "person": "",
        "faults": None,
        "head": None,
        "error": None,
    }
    return _page(request, "audit", **{**usual, **facts})


def _refused(
    error: IgaError, shown: Callable[..., Response], request: Request, *visit: Visit, **facts: Any
) -> Response:
    """Return a page with what was typed and why it was refused; what is wrong with the service is raised on."""
    if error.http_status >= 500:
        raise error
    return shown(request, *visit, error=error, status=error.http_status, **facts)


def _page(request: Request, name: str, **facts: Any) -> Response:
    return page(request, name, headers={"Cache-Control": "no-store"}, **facts)


def _last(form: Mapping[str, list[str]], name: str) -> str:
    return "".join(form.get(name, ())[-1:]).strip()
