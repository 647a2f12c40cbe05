"""Builds the HTTP application over a workspace; nothing is global."""

from dataclasses import replace
from importlib.metadata import version

from fastapi import FastAPI
from starlette.routing import Route

from api.assistants.over_http import ADDRESS, Assistants, is_installed
from api.callers import Callers, Entrance
from api.crossing import let_in
from api.kept import Keeping, KeptAnswers
from api.limits import Limits
from api.manners import Manners
from api.problems import Problem, handle_problems
from api.pulse import Pulse
from api.routes import ask, audit, entities, find, health, memos, questions, reconcile, sources, watches
from graph.domain.marking import Marking
from graph.workspace import Workspace

DESCRIPTION = """The same answers as `iga ask`, with the same names: every row carries the numbers of its evidence,
every answer says what it does not know. Errors are problem documents (RFC 9457)."""


def create_app(workspace: Workspace, *, origins: tuple[str, ...] = (), entrance: Entrance | None = None) -> FastAPI:
    """Return the application for one way to it.

    Args:
        workspace: The ledger and the graph, under the ceiling that counts for all who come this way; opened by the
            caller, who closes it.
        entrance: How whoever comes is known; None is the account that runs the service, at its own socket.
        origins: Origins of web pages, beside those of this machine, that may read the reconciliation service.
    """
    app = FastAPI(
        title="IGA Graph",
        version=version("iga-graph"),
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,  # its page would load scripts from another host
        redoc_url=None,
        responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}},
        swagger_ui_oauth2_redirect_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nothing is told to anybody else
    )
    if entrance is None:
        entrance = Entrance(anybody=replace(workspace.reader, door="socket") if workspace else None)
    app.state.workspace = workspace
    app.state.sessions = {}
    app.state.kept = KeptAnswers(workspace)
    app.state.pulse = Pulse(workspace)
    for resource in (health, questions, ask, memos, entities, find, sources, watches, reconcile, audit):
        app.include_router(resource.router)
    if is_installed():
        app.router.routes.append(Route(ADDRESS, Assistants(workspace), methods=["POST"], include_in_schema=False))
    app.add_middleware(Keeping, kept=app.state.kept)
    let_in(app, origins=origins, ceiling=workspace.reader.ceiling if workspace else Marking.PUBLIC)
    app.add_middleware(Limits, pulse=app.state.pulse)
    app.add_middleware(Callers, workspace=workspace, entrance=entrance)
    app.add_middleware(
        Manners, origins=origins, names=entrance.names
    )  # the outermost: nothing else looks at what it refuses
    handle_problems(app)
    return app
