"""Builds the HTTP application over a workspace; nothing is global."""

from importlib.metadata import version

from fastapi import FastAPI

from api.crossing import let_in
from api.limits import Limits
from api.manners import Manners
from api.problems import Problem, handle_problems
from api.pulse import Pulse
from api.routes import entities, health, memos, questions, reconcile, search, sources, watches
from graph.domain.marking import Marking
from graph.workspace import Workspace

DESCRIPTION = """The same answers as `iga ask`, with the same names: every row carries the numbers of its evidence,
every answer says what it does not know. Errors are problem documents (RFC 9457)."""


def create_app(workspace: Workspace, *, origins: tuple[str, ...] = ()) -> FastAPI:
    """Return the application.

    Args:
        workspace: The ledger and the graph; opened by the caller, who closes it.
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
    )
    app.state.workspace = workspace
    app.state.pulse = Pulse(workspace)
    for resource in (health, questions, memos, entities, search, sources, watches, reconcile):
        app.include_router(resource.router)
    let_in(app, origins=origins, ceiling=workspace.reader.ceiling if workspace else Marking.PUBLIC)
    app.add_middleware(Limits, pulse=app.state.pulse)
    app.add_middleware(Manners, origins=origins)  # the outermost: nothing else looks at what it refuses
    handle_problems(app)
    return app
