"""A page with each component that pages are made of, for tests of what they are dressed in."""

from pathlib import Path

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from iga.api.pages.assets import Dress

ADDRESS = "/components"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_TEXT = Path(__file__).with_suffix(".html.j2")


def route(dress: Dress) -> Route:
    """Return the route of the page in a dress."""
    template = Environment(autoescape=True).from_string(_TEXT.read_text("utf-8"))

    async def answer(request: Request) -> Response:
        text = template.render(asset=dress.address_of, is_part="part" in request.query_params)
        return Response(text, media_type="text/html", headers={"Content-Security-Policy": POLICY})

    return Route(ADDRESS, answer)
