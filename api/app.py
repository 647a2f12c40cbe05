"""Builds the HTTP application over a desk; nothing is global."""

from importlib.metadata import version

from fastapi import FastAPI

from api.crossing import let_in
from api.hosts import OwnHosts
from api.problems import Problem, handle_problems
from api.routes import entities, health, memos, questions, reconcile, search, sources, watches
from graph.desk import Desk
from graph.domain.marking import Marking

DESCRIPTION = """The same answers as `iga ask`, with the same names: every row carries the numbers of its evidence,
every answer says what it does not know. Errors are problem documents (RFC 9457)."""


def create_app(desk: Desk, *, origins: tuple[str, ...] = ()) -> FastAPI:
    """Return the application.

    Args:
        desk: The ledger and the graph; opened by the caller, who closes it.
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
    app.state.desk = desk
    for resource in (health, questions, memos, entities, search, sources, watches, reconcile):
        app.include_router(resource.router)
    is_public = desk is not None and desk.settings.ceiling is Marking.PUBLIC
    let_in(app, origins=("*",) if is_public else origins)
    app.add_middleware(OwnHosts)  # the outermost: nothing else looks at a request for another host
    handle_problems(app)
    return app
