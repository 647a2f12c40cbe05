"""/entities/{id}: a thing with what is on record of it, each value with its evidence, and its relationships by kind."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from iga.api.deps import AsOf, KnownOnParams, Now, in_session
from iga.api.pages.frame import for_a_page, numbered, page, sources_of
from iga.api.pages.graph_page import PictureForm, picture_file
from iga.api.pages.watching import remember
from iga.exports.graphs.subgraph import part_asked_for
from iga.exports.pictures.timeline import DatedTie, Timeline, timeline_of
from iga.graph.domain.catalog import fits
from iga.graph.domain.marking import Marking
from iga.graph.domain.parties import is_person
from iga.graph.errors import Denied, NotFound
from iga.graph.grouping import by_key
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.days import the_day
from iga.queries.core.names.resolve import relationship_of
from iga.queries.core.reading import refs
from iga.queries.core.session import Session
from iga.queries.core.wording import capitalized, in_words
from iga.queries.reconciling.schema import properties
from iga.queries.registry import QUESTIONS, by_subject
from iga.queries.whole.entity import EntityView, entity, relationships, thing_at
from iga.queries.whole.why import history, why

router = APIRouter(include_in_schema=False)

_ROWS, _MOST_DRAWN = 50, 1_000
_CONTACTS = 3

Id = Annotated[str, Path(max_length=300)]


class ThingParams(KnownOnParams):
    """The day that a page is for, and which page of its rows."""

    as_of: AsOf | None = Field(default=None, description="Only relationships that may have held on this day.")
    page: int = Field(default=1, ge=1, le=10_000)


@router.get("/entities/{id}")
@in_session
def show_thing(request: Request, session: Now, id: Id, asked: Annotated[ThingParams, Query()]) -> Response:  # noqa: A002
    """Return what is on record of a thing; 308 where its id was merged into another, 410 where it was withdrawn."""
    it = thing_at(session, id)
    view, stated = entity(session, it.id, limit=0), why(session, it.id)
    as_of = {"as_of": asked.as_of} if asked.as_of else {}
    if not (
        is_person(it.id) and session.protected([it.id])
    ):  # to show their names once more would be another disclosure
        remember(request, it.id)
    return page(
        request,
        "thing",
        **_head(view, asked),
        fields=stated.fields,
        said=lambda value: in_words(value, stated.names),
        judgements=stated.judgements,
        profile=_answer(session, "profile", it.id, it.cls, as_of),
        contact=_answer(session, "contact", it.id, it.cls, as_of),
        contacts=_CONTACTS,
    )


@router.get("/entities/{id}/relationships/{kind}")
@in_session
def show_relationships(
    request: Request,
    session: Now,
    id: Id,  # noqa: A002
    kind: Annotated[str, Path(max_length=100)],
    asked: Annotated[ThingParams, Query()],
) -> Response:
    """Return the relationships of a thing that are of one kind, a page at a time."""
    it = thing_at(session, id)
    found = relationships(session, it.id, kind, day=the_day(asked.as_of, today=session.today) if asked.as_of else None)
    rows = found.rows[(asked.page - 1) * _ROWS : asked.page * _ROWS]
    return page(
        request,
        "relationships",
        **_head(entity(session, it.id, limit=0), asked),
        found=found,
        rows=rows,
        pages=max(1, -(-len(found.rows) // _ROWS)),
        notes=sources_of({number: found.evidence[number] for row in rows for number in row.evidence}),
        said=in_words,
    )


@router.get("/relationships/{key}")
@in_session
def show_relationship(
    request: Request, session: Now, key: Annotated[str, Path(max_length=300)], asked: Annotated[KnownOnParams, Query()]
) -> Response:
    """Return what is on record of one relationship, each value with all that sources state of it.

    Raises:
        NotFound: There is none of this key.
    """
    edge = relationship_of(session, key)
    stated = why(session, key)
    _, notes = numbered(session, [edge.values])
    return page(
        request,
        "relationship",
        id=key,
        asked=asked,
        kind=edge.type.lower(),
        source={"id": edge.source, "name": edge.source_name},
        target={"id": edge.target, "name": edge.target_name},
        marking=Marking(edge.values.get("marking", 0)).word,
        fields=stated.fields,
        said=lambda value: in_words(value, stated.names),
        label=_label,
        notes=notes,
    )


@router.get("/entities/{id}/history")
@in_session
def show_history(request: Request, session: Now, id: Id, asked: Annotated[ThingParams, Query()]) -> Response:  # noqa: A002
    """Return what each load said of a thing, oldest first."""
    it = thing_at(session, id)
    found = history(session, it.id)
    first = (asked.page - 1) * _ROWS
    return page(
        request,
        "history",
        **_head(entity(session, it.id, limit=0), asked),
        found=found,
        rows=found.rows[first : first + _ROWS],
        pages=max(1, -(-len(found.rows) // _ROWS)),
        said=in_words,
    )


@router.get("/entities/{id}/timeline")
@in_session
def show_timeline(request: Request, session: Now, id: Id, asked: Annotated[ThingParams, Query()]) -> Response:  # noqa: A002
    """Return the relationships of a thing along the years, drawn and as a table."""
    it = thing_at(session, id)
    line, left_out = _timeline(session, it.id, asked)
    rows = _on_page(line, asked)
    numbers, notes = numbered(session, (row.edge.values for row in rows))
    return page(
        request,
        "timeline",
        **_head(entity(session, it.id, limit=0), asked),
        line=line,
        rows=[(row, [numbers[ref] for ref in refs(row.edge.values) if ref in numbers]) for row in rows],
        pages=max(1, -(-len(line.stretches) // _ROWS)),
        told=list(map(for_a_page, left_out)),
        notes=notes,
    )


@router.get("/entities/{id}/timeline.{form}")
@in_session
def timeline_as_file(
    request: Request,
    session: Now,
    id: Id,  # noqa: A002
    form: PictureForm,
    asked: Annotated[ThingParams, Query()],
) -> Response:
    """Return the relationships of one page of the timeline as a picture, for a paper."""
    it = thing_at(session, id)
    line = _timeline(session, it.id, asked)[0]
    drawn = {"line": line, "rows": _on_page(line, asked), "name_of": it.name}
    return picture_file(request, session, "timeline_svg", name="timeline", form=form, **drawn)


def _on_page(line: Timeline, asked: ThingParams) -> Sequence[DatedTie]:
    return line.stretches[(asked.page - 1) * _ROWS : asked.page * _ROWS]


def _timeline(session: Session, id_: str, asked: ThingParams) -> tuple[Timeline, tuple[str, ...]]:
    """Return the relationships of a thing along the years, and sentences on what is left out."""
    part = part_asked_for(session, [id_], depth=1, limit=_MOST_DRAWN, as_of=None)
    return timeline_of(part, id_, today=the_day(asked.as_of, today=session.today)), part.notes


def _head(view: EntityView, asked: ThingParams) -> dict[str, Any]:
    """Return what every page on a thing shows: how many relationships of each kind, and what can be asked of it."""
    kinds = by_key(view.neighbours, lambda group: group.type.lower())
    return {
        "id": view.id,
        "view": view,
        "kinds": kinds,
        "asked": asked,
        "questions": _questions(view.cls),
        "label": _label,
    }


def _label(field: str) -> str:
    """Return a field in words: ``UN name``."""
    known = properties().get(field)
    return capitalized(known.name if known else field.replace("_", " "))


def _questions(cls: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return the questions that can be asked about a class by subject: name, title, and the parameter it goes into."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for subject, names in by_subject().items():
        for card in map(QUESTIONS.__getitem__, names):
            if parameter := next((name for name, labels in card.names.items() if fits(cls, labels)), ""):
                found.setdefault(subject, []).append((card.name, card.title, parameter))
    return found


def _answer(session: Session, name: str, id_: str, cls: str, as_of: dict[str, str]) -> Answer | str:
    """Return the answer to a question about a thing, a sentence that says why it is not given, or blank."""
    if not fits(cls, QUESTIONS[name].names["party"]):
        return ""
    try:
        return ask(session, name, {"party": id_, **as_of})
    except (Denied, NotFound) as error:
        return error.message
