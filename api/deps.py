"""What routes share: the workspace, and a reading of the graph for the length of one request."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Annotated, Any, NamedTuple, cast, get_type_hints

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, create_model
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match
from starlette.types import Scope

from iga.api.forms import is_page
from iga.api.known_callers import known_caller
from iga.api.making import DAY, KNOWN_ON, known_on
from iga.api.negotiation import address_of
from iga.graph.audit_log import Act, Outcome
from iga.graph.domain.marking import Marking
from iga.graph.errors import Busy, IgaError, UsageError
from iga.graph.keys import VERSION
from iga.graph.snapshot import Snapshot
from iga.graph.workspace import Workspace
from iga.queries.core.accounting import note
from iga.queries.core.session import Session

_log = logging.getLogger("iga.api")


AsOf = Annotated[str, StringConstraints(pattern=f"^{DAY}$")]
_DayOrLoad = Annotated[str, StringConstraints(pattern=f"^({DAY}|load:[0-9]{{1,9}})$")]
_KnownOn = Annotated[str, StringConstraints(pattern=KNOWN_ON)]

MADE_S = 5
"""Seconds after which a state that is being made is asked for again."""


_WITHOUT_202 = tuple(f"{VERSION}/{part}" for part in ("reconcile", "watches"))


class KnownOnParams(BaseModel):
    """What every read may be asked with."""

    model_config = ConfigDict(extra="forbid")

    known_on: _KnownOn | None = Field(
        default=None,
        description="Only what was loaded by that day, instant (UTC) or load:N; all if left out. Where the state of"
        " then has to be made, 202 says when to ask again; it is made for callers with a key.",
    )


class NoParameters(BaseModel):
    """A route that takes none: an unknown parameter is refused, because it was meant to change the answer."""

    model_config = ConfigDict(extra="forbid")


_TYPES: Mapping[str, Any] = {"as_of": AsOf | None, "since": _DayOrLoad | None, "until": _DayOrLoad | None}


def built(params: type[BaseModel], *besides: type[BaseModel]) -> type[BaseModel]:
    """Return parameters as a program sends them: days in ISO 8601 alone, with those of other models besides.

    Their schema is built now: with the first request, it would warn of the framework.
    """
    days = {name: field for name, field in params.model_fields.items() if name in _TYPES}
    typed: dict[str, Any] = {
        name: (_TYPES[name], Field(default=None, description=field.description, examples=field.examples))
        for name, field in days.items()
    }
    more: dict[str, Any] = {
        name: (field.annotation, field) for model in besides for name, field in model.model_fields.items()
    }
    made = create_model(params.__name__, __base__=params, __doc__=params.__doc__, **typed, **more)
    return type(made.__name__, (made,), {"__doc__": made.__doc__, "model_config": ConfigDict(defer_build=False)})


def own_values(given: BaseModel, of: type[BaseModel]) -> dict[str, str | list[str]]:
    """Return what was given of the parameters of a model, without those besides, as text, as a command line has it."""
    own = given.model_dump(exclude_none=True, include=set(of.model_fields))
    lists = {name: list(dict.fromkeys(map(str, it))) for name, it in own.items() if isinstance(it, (list, tuple))}
    return {name: str(it) for name, it in own.items()} | lists


def _refuse_several(request: Request, arguments: Mapping[str, Any]) -> None:
    """Refuse several values of what takes one, of which all but the last would be left out; the same twice is one."""
    asked = request.query_params
    for model in (it for it in arguments.values() if isinstance(it, BaseModel)):
        for name in asked.keys() & model.__class__.model_fields.keys():
            values = dict.fromkeys(asked.getlist(name))
            if len(values) > 1 and not isinstance(getattr(model, name), (list, tuple)):
                raise UsageError(f"{name} takes one value, and {len(values)} were given: ask for each by itself")


class FixedRoute(APIRoute):
    """A route of one address: that another is asked for is seen without a look at its pattern."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether a request is for it."""
        return super().matches(scope) if scope["path"] == self.path else (Match.NONE, {})


async def _workspace(request: Request) -> Workspace:
    return cast(Workspace, request.app.state.workspace).under(request.state.reader)


AtWorkspace = Annotated[Workspace, Depends(_workspace)]


class Visit(NamedTuple):
    """A request, and the workspace under whoever asks."""

    request: Request
    workspace: Workspace


async def _visit(request: Request, workspace: AtWorkspace) -> Visit:
    request.state.visit = visit = Visit(request, workspace)
    return visit


def made_at(request: Request) -> str:
    """Return the present instant, for what a file says of its making."""
    visit: Visit = request.state.visit
    return visit.workspace.made_at()


AtVisit = Annotated[Visit, Depends(_visit)]

Now = Annotated[Session, Depends(_visit)]
"""The session of a request: parameter of a route that is `in_session`."""


def in_session(route: Callable[..., Any], *, keeps: bool = False, use: str | None = None) -> Callable[..., Any]:
    """Return a route that is run in a thread, in a session of its own, and noted in the audit log.

    Args:
        route: Takes a `session`, and returns a response or a model.
        keeps: Whether the answer is given again while nothing has changed: it depends on ceiling and day alone.
        use: What people are looked up for; None uses nobody.
    """
    shape = get_type_hints(route)["return"]
    written = None if shape is Response else TypeAdapter(shape).dump_json

    def answered(visit: Visit, arguments: dict[str, Any]) -> Response:
        request, workspace = visit
        day, makes_past = known_on(request.query_params) or None, bool(known_caller(request.scope))
        with workspace.reading(known_on=day, makes_past=makes_past) as reading:
            session = _session(request.app.state.sessions, workspace, reading)
            outcome: Outcome = "done"
            try:
                reply = route(session=session.used_for(use) if use else session, **arguments)
                # Written here: the framework would validate every row once more, which takes as long as the answer.
                response = reply if written is None else Response(written(reply), media_type="application/json")
                response.headers.setdefault("X-IGA-Data-Version", session.status.data_version)
            except IgaError as error:
                outcome = "refused" if error.http_status < 500 else "failed"
                raise
            finally:
                act = noted(visit, session, outcome=outcome)
            if keeps and act and not act.is_disclosure:
                request.app.state.kept.keep(request.scope, reading, session.today, response, act)
            return response

    @wraps(route)
    async def asked(session: Visit, **arguments: Any) -> Response:
        request, workspace = session
        _refuse_several(request, arguments)
        day, caller = known_on(request.query_params), known_caller(request.scope)
        wanted = day if caller else ""  # past states are made for those who are known
        if not await request.app.state.maker.is_made(workspace, wanted, caller=caller):
            what = f"The state of {wanted}" if wanted else "What you may see of the graph"
            return being_made(request, what)
        return await run_in_threadpool(answered, session, arguments)

    return asked


class BeingMade(BaseModel):
    """What is asked is answered from a state of the graph that is not there yet: it is being made."""

    detail: str = Field(description="What is being made, and when to ask again.")


def being_made(request: Request, what: str) -> JSONResponse:
    """Return that something is being made, and where it will be: at the address that was asked for.

    Raises:
        Busy: A page asks, or a program that takes any answer for the one it waits for.
    """
    told = BeingMade(detail=f"{what} is being made: ask again in {MADE_S} seconds.")
    if is_page(request.url.path) or request.url.path.startswith(_WITHOUT_202):
        raise Busy(told.detail)
    headers = {"Retry-After": str(MADE_S), "Location": address_of(request)}
    return JSONResponse(told.model_dump(), status_code=202, headers=headers)


def _session(kept: dict[Marking, tuple[object, Session]], workspace: Workspace, reading: Snapshot) -> Session:
    """Return a session for one request: with what was looked up before, as long as nothing changed."""
    if reading.known_on:
        return Session.at(workspace, reading)
    unlogged, state = workspace.audit_log.why_not_written(), (*reading.marks, workspace.today())
    at, session = kept.get(reading.reader.ceiling, (None, None))
    if session is None or reading.store_mark is None or at != state:
        session = Session.at(workspace, reading)
        kept[reading.reader.ceiling] = state, session
    return session.for_request(unlogged=unlogged)


def noted(visit: Visit, *sessions: Session, outcome: Outcome = "done") -> Act | None:
    """Note a request in the audit log; None where that failed, which the service's own log tells."""
    request, workspace = visit
    act = getattr(request.state, "act", "") or f"{request.method} {request.scope['route'].path}"
    is_disclosure = getattr(request.state, "is_disclosure", False)
    try:
        done = note(workspace, sessions, act=act, outcome=outcome, is_disclosure=is_disclosure)
        request.state.shows_protected = bool(done.shown)
        return done
    except IgaError as error:
        _log.error("not in the audit log: %s", error.message)
        return None


@contextmanager
def noting(visit: Visit) -> Iterator[list[Session]]:
    """Note a request in the audit log however the block ends, with the sessions that it puts into the list."""
    sessions: list[Session] = []
    outcome: Outcome = "refused"
    try:
        yield sessions
        outcome = "done"
    finally:
        noted(visit, *sessions, outcome=outcome)


def disclosing(request: Request, session: Session) -> None:
    """Have the request noted as one that made a paper or a file.

    Raises:
        NotNoted: The audit log cannot be written.
    """
    session.refuse_unlogged("papers and files are made")
    request.state.is_disclosure = True
