"""Builds the HTTP application over a workspace; nothing is global."""

from dataclasses import replace

from fastapi import FastAPI
from starlette.routing import Route

from iga.api.access_log import AccessLog, Meters
from iga.api.assistants.over_http import ADDRESS, Assistants, is_installed
from iga.api.auth import Callers, Entrance
from iga.api.cache import Keeping, KeptAnswers
from iga.api.hosts import Hosts, let_in
from iga.api.known_callers import SOCKET
from iga.api.limits import RATE, Beginnings, Limits, Turns
from iga.api.making import Maker
from iga.api.negotiation import Endings
from iga.api.pages import (
    administration,
    entering_forms,
    flows_page,
    graph_page,
    home,
    load_page,
    matrix,
    paper_page,
    question_page,
    resolve_page,
    sets_page,
    signing_in,
    thing,
    watching,
)
from iga.api.pages.assets import Assets
from iga.api.pages.frame import PageRefusals
from iga.api.past_states import Past
from iga.api.problems import handle_problems
from iga.api.readiness import StoreReadiness
from iga.api.responses import Responses
from iga.api.routes import audit, entities, files, health, match, questions, reconcile, watches
from iga.entering.uploads import Uploads
from iga.graph.domain.marking import Marking
from iga.graph.workspace import Workspace

RESOURCES = (health, questions, files, entities, watches, match, reconcile, audit)
PAGES = (
    administration,
    home,
    question_page,
    matrix,
    sets_page,
    paper_page,
    thing,
    flows_page,
    graph_page,
    watching,
    entering_forms,
    load_page,
    resolve_page,
    signing_in,
)


def create_app(
    workspace: Workspace,
    *,
    origins: tuple[str, ...] = (),
    entrance: Entrance | None = None,
    rate: str = RATE,
    meters: Meters | None = None,
) -> FastAPI:
    """Return the application for one way to it.

    Args:
        workspace: The ledger and the graph, under a ceiling that counts for all who come this way, beside that of the
            entrance; opened by the caller, who closes it.
        entrance: How whoever comes is known; None is the account that runs the service, at its own socket.
        origins: Origins of web pages, beside those of this machine, that may read the reconciliation service.
        rate: How often one key may ask, such as ``300/second``.
        meters: What counts requests, of other ways besides; None counts those of this one.
    """
    app = FastAPI(
        openapi_url=None,  # it is written with the manual
        docs_url=None,  # its page would load scripts from another host
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nothing is told to anybody else
    )
    if entrance is None:
        entrance = Entrance(anybody=replace(workspace.reader, door=SOCKET) if workspace else None)
    shown = workspace.under(workspace.reader.below(entrance.ceiling)) if workspace else workspace
    _serve_resources(app, workspace, meters or Meters())
    app.state.readiness = StoreReadiness(workspace, ceiling=entrance.ceiling)
    app.state.sign_ins = None if entrance.identity else entrance.sign_ins
    if is_installed():
        app.router.routes.append(Route(ADDRESS, Assistants(workspace), methods=["POST"], include_in_schema=False))
    app.add_middleware(Responses)
    app.add_middleware(Turns)
    app.add_middleware(Past, workspace=workspace)
    app.add_middleware(Keeping, kept=app.state.kept)
    let_in(app, origins=origins, ceiling=shown.reader.ceiling if shown else Marking.PUBLIC)
    app.add_middleware(Limits, readiness=app.state.readiness, rate=rate)
    app.add_middleware(Callers, workspace=workspace, entrance=entrance)
    app.add_middleware(Endings)  # before anybody looks at the address
    app.add_middleware(Assets)  # the same for whoever comes
    app.add_middleware(Hosts, origins=origins, names=entrance.names)  # nothing behind it looks at what it refuses
    app.add_middleware(PageRefusals)
    app.add_middleware(Beginnings)
    app.add_middleware(AccessLog, meters=app.state.meters, now=workspace.now if workspace else str)
    handle_problems(app)
    return app


def _serve_resources(app: FastAPI, workspace: Workspace, meters: Meters) -> None:
    """Give an application its routes, and what they share."""
    app.state.workspace = workspace
    app.state.sessions = {}
    app.state.kept = KeptAnswers(workspace)
    app.state.maker = Maker()
    app.state.uploads = Uploads(workspace.views.uploads, clock=workspace.settings.clock) if workspace else None
    app.state.meters = meters
    for resource in (*RESOURCES, *PAGES):
        # The routes themselves: an included router makes all of them anew at the first request of each application.
        app.router.routes.extend(resource.router.routes)
