"""/graph: what lies around parties as a picture, on a day or between two, and the same as a table."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from lxml import etree
from pydantic import Field

from iga.api.deps import AsOf, KnownOnParams, Now, disclosing, in_session
from iga.api.pages.frame import HEADERS, address, for_a_page, numbered, page, thing_address
from iga.exports.graphs.subgraph import StoredEdge, part_asked_for
from iga.exports.pictures.around import Change, DrawnThing, RingPicture, around_as_picture
from iga.exports.pictures.png import png_of
from iga.graph.domain.catalog import EDGE
from iga.graph.projection.properties import unflatten
from iga.graph.text import counted
from iga.queries.core.days import the_day
from iga.queries.core.reading import refs
from iga.queries.core.session import Session
from iga.queries.core.wording import in_words

PictureForm = Literal["svg", "png"]

_WIDEST, _HIGHEST, _POINTS = 20.0, 40.0, 96.0
"""Inches that a PNG measures at most, and how many points of a drawing are an inch."""


def picture_file(
    request: Request, session: Session, template: str, *, name: str, form: PictureForm, **facts: Any
) -> Response:
    """Return a drawing as a file."""
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


router = APIRouter(include_in_schema=False)

AT = "/graph"

_MOST_THINGS, _MOST_ROWS = 2_000, 300
_LONGEST_NAME = 34
_FIRST_YEAR = "1945"
"""Where the slider begins: with the United Nations; earlier years go into the field beside it."""
_CHANGES = {"began": "began", "ended": "ended", "unknown": "not confirmed"}


class PictureParams(KnownOnParams):
    """What is drawn."""

    party: list[str] = Field(default=[], max_length=12, description="What stands in the middle; may be given again.")
    depth: int = Field(default=1, ge=1, le=3, description="Steps from there.")
    cls: list[str] = Field(default=[], max_length=20, description="Only this class or group; may be given again.")
    unfold: list[str] = Field(default=[], max_length=50, description="What was drawn as one, to be drawn one by one.")
    as_of: AsOf | None = Field(default=None, description="Only what is not known to be over or not begun on this day.")
    since: AsOf | None = Field(default=None, description="An earlier day: what began and ended since is told apart.")


@router.get(AT)
@in_session
def show_graph(request: Request, session: Now, asked: Annotated[PictureParams, Query()]) -> Response:
    """Return the picture, with each relationship in words and its sources; the form alone where nothing is named."""
    if not _named(asked):
        return page(request, "graph", asked=asked, picture=None)
    facts = _drawn(session, asked)
    rows = facts["picture"].edges[:_MOST_ROWS]
    numbers, notes = numbered(session, (edge.values for edge, _ in rows))
    return page(
        request,
        "graph",
        asked=asked,
        **facts,
        rows=[_row(facts["names"], edge, change, numbers) for edge, change in rows],
        notes=notes,
    )


@router.get(f"{AT}.{{form}}")
@in_session
def graph_as_file(
    request: Request, session: Now, form: PictureForm, asked: Annotated[PictureParams, Query()]
) -> Response:
    """Return the picture alone, as a file for a paper."""
    facts = _drawn(session, asked)
    return picture_file(request, session, "graph_svg", name="graph", form=form, asked=asked, **facts)


def _named(asked: PictureParams) -> list[str]:
    return [text for text in asked.party if text.strip()]


def _drawn(session: Session, asked: PictureParams) -> dict[str, Any]:
    """Return the picture and what it is called, what it leaves out, and the addresses of others."""
    day = the_day(asked.as_of, today=session.today)
    since = the_day(asked.since, today=session.today) if asked.since else ""
    day, since = (since, day) if since > day else (day, since)
    part = part_asked_for(
        session, _named(asked), depth=asked.depth, limit=_MOST_THINGS, classes=[it for it in asked.cls if it],
        as_of=None if since else day,
    )  # fmt: skip  # what is drawn
    middle = part.parameters["party"]
    picture = around_as_picture(part, middle, day=day, since=since, unfolded=asked.unfold)
    again = {**asked.model_dump(exclude_none=True), "party": middle}
    return {
        "picture": picture,
        "names": part.names,
        "title": f"{part.what}, as of {f'{since} and {day}' if since else day}",
        "told": (*map(for_a_page, part.notes), *_told(picture)),
        "again": again,
        "short": _short,
        "leads_to": lambda thing: _leads_to(thing, again),
        "year": day[:4],
        "years": {step: f"{int(day[:4]) + step:04}" for step in (-1, 1)},
        "span": (_FIRST_YEAR, session.today[:4]),
    }


def _told(picture: RingPicture) -> tuple[str, ...]:
    """Return what the table does not show, in sentences."""
    left = len(picture.edges) - _MOST_ROWS
    return (f"{counted(left, 'further relationship')} are not in the table below",) if left > 0 else ()


def _leads_to(thing: DrawnThing, again: dict[str, Any]) -> str:
    """Return where a click leads: what is folded is unfolded, what stands further out is expanded beside the rest."""
    if not thing.cls:
        return address(AT, **{**again, "unfold": [*again["unfold"], thing.id]})
    if thing.id in again["party"]:
        return thing_address(thing.id)
    return address(AT, **{**again, "party": [*again["party"], thing.id]})


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _row(names: Any, edge: StoredEdge, change: Change, numbers: Any) -> dict[str, Any]:
    """Return a relationship in words: its ends, what is said of it, and the numbers of its notes."""
    said = {name: in_words(value) for name, value in unflatten(edge.type, edge.values).items()}
    return {
        "source": (edge.source, names[edge.source]),
        "words": EDGE[edge.type].phrase[0],
        "target": (edge.target, names[edge.target]),
        "said": {name: text for name, text in said.items() if text},
        "held": edge.held,
        "change": _CHANGES.get(change, ""),
        "notes": [numbers[ref] for ref in refs(edge.values) if ref in numbers],
    }
