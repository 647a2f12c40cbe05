"""Pictures as files: the drawing of a page alone, as SVG or as PNG."""

from typing import Any, Literal

from fastapi import Request, Response
from lxml import etree

from iga.api.deps import disclosing
from iga.api.pages.frame import HEADERS, page
from iga.exports.pictures.png import png_of
from iga.queries.core.session import Session

PictureForm = Literal["svg", "png"]

_WIDEST, _HIGHEST, _POINTS = 20.0, 40.0, 96.0
"""Inches that a PNG measures at most, and how many points of a drawing are an inch."""


def picture_file(
    request: Request, session: Session, template: str, *, name: str, form: PictureForm, **facts: Any
) -> Response:
    """Return a drawing as a file.

    Args:
        request: What it replies to.
        session: Knows whom the drawing names.
        template: That of the drawing alone.
        name: Of the file, without the ending.
        form: SVG, or PNG.
        facts: What the template inserts.
    """
    disclosing(request, session)
    drawing = bytes(page(request, template, **facts).body).strip()
    content, kind = drawing, "image/svg+xml"
    if form == "png":
        content, kind = png_of(drawing.decode(), inches=_inches(drawing)), "image/png"
    named = {"Content-Disposition": f"attachment; filename={name}.{form}"}
    return Response(content, media_type=kind, headers={**HEADERS, **named})


def _inches(drawing: bytes) -> float:
    """Return how wide a drawing is as a PNG: as it is, or less where it would be too wide or too high."""
    root = etree.fromstring(drawing)
    wide, high = (float(root.get(name, "")) / _POINTS for name in ("width", "height"))
    return wide * min(1.0, _WIDEST / wide, _HIGHEST / high)
