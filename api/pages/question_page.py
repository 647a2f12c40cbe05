"""/questions: every question as a form with its answer below, at an address that asks it again."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from iga.api.deps import NoParameters, Now, in_session
from iga.api.pages.answer_table import AnswerTable, TableParams
from iga.api.pages.contact_sheet import contact_sheet
from iga.api.pages.frame import address, given_in, given_to, page, sources_of
from iga.api.pages.matrix import MATRICES, matrix_of
from iga.api.pages.picture_files import PictureForm, picture_file
from iga.api.pages.question_form import form_of
from iga.exports.doubts import bearing, by_relevance
from iga.exports.files.address_cards import has_channels
from iga.exports.files.calendar_file import has_days
from iga.exports.pictures.answer_steps import steps_of
from iga.exports.pictures.branches import in_box
from iga.exports.pictures.months import WEEKDAYS, months_of
from iga.exports.pictures.world_map import POINTS_FROM, has_map, map_of
from iga.exports.tables import records
from iga.graph.errors import Ambiguous, IgaError, NotFound
from iga.graph.keys import VERSION
from iga.queries.ask import ask, question_named
from iga.queries.core.answer import Answer
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS, by_subject

router = APIRouter(include_in_schema=False)

CONTACT = "contact"
_ROWS_AS = ("xlsx", "csv", "jsonl", "json")
_OWN = ("known_on", "understood", "view")
"""Parameters of the page beside those of the question and of the table."""

_VIEWS = {"": "as a list", "matrix": "as a matrix", "map": "as a map", "months": "as months"}
"""What rows can be looked at as, in words; blank is what they are where nothing is chosen."""

Given = Mapping[str, Sequence[str]]


@router.get("/questions")
def list_questions(request: Request, _: Annotated[NoParameters, Query()]) -> Response:
    """Return all questions by subject, each with what it takes."""
    subjects = {title: [QUESTIONS[name] for name in names] for title, names in by_subject().items()}
    return page(request, "questions", subjects=subjects)


@router.get("/questions/{name}")
@in_session
def show_question(request: Request, session: Now, name: Annotated[str, Path(max_length=100)]) -> Response:
    """Return the form of a question, and its answer where what it needs is given."""
    request.state.act = f"GET /questions/{name[:100]}"
    card, given = question_named(name), given_in(request)
    asked = given_to(TableParams, request)
    own = _asked(given)
    shown: dict[str, Any] = {
        "card": card,
        "fields": form_of(card, card.names, own),
        "known_on": request.query_params.get("known_on", ""),
        "understood": request.query_params.get("understood", ""),
    }
    if not request.query_params and (card.any_of or any(field.is_needed for field in shown["fields"])):
        return page(request, "question", **shown)
    try:
        found = ask(session, name, own)
        table = AnswerTable(found, asked)
        sheet = contact_sheet(session, found, table) if name == CONTACT and not asked.columns else None
        return page(
            request,
            "question",
            **shown,
            **_answered(request, found, table),
            sheet=sheet,
            through=session.status.through,
        )
    except IgaError as error:
        if error.http_status >= 500:
            raise
        return page(request, "question", **shown, **_refused(session, card, own, error), status=error.http_status)


@router.get("/questions/{name}/picture.{form}")
@in_session
def answer_as_picture(
    request: Request, session: Now, name: Annotated[str, Path(max_length=100)], form: PictureForm
) -> Response:
    """Return the picture of an answer alone, as a file for a paper."""
    request.state.act = f"GET /questions/{name[:100]}/picture"
    card = question_named(name)
    found = ask(session, name, _asked(given_in(request)))
    is_map = request.query_params.get("view") == "map" and has_map(found)
    drawn: dict[str, Any] = {"map": map_of(found)} if is_map else {"steps": steps_of(found), "in_box": in_box}
    if None in drawn.values():
        raise NotFound(f"{card.name}: there is nothing to draw; ask the question on its page for the rows")
    template = "map_svg" if is_map else "steps_svg"
    return picture_file(request, session, template, name=card.name, form=form, title=card.title, **drawn)


def _ways_to_look(found: Answer) -> dict[str, str]:
    """Return what the rows can be looked at as, in words, by the view; blank is the list."""
    fitting = {"matrix": found.question in MATRICES, "map": has_map(found), "months": found.question == "calendar"}
    return {view: words for view, words in _VIEWS.items() if fitting.get(view, True)} if any(fitting.values()) else {}


def _flows(found: Answer) -> str:
    """Return where the same money is drawn as flows; blank where the answer is on no money of one thing."""
    if found.question not in ("funding", "funding-of", "funding-trace"):
        return ""
    return address("/flows", party=found.subjects[0].id, as_of=found.parameters.get("as_of"), known_on=found.known_on)


def _pictures(request: Request) -> dict[str, str]:
    """Return the addresses of the picture as a file, by form."""
    own = {**_asked(given_in(request)), **{it: request.query_params.get(it) for it in ("known_on", "view")}}
    return {form: address(f"{request.url.path}/picture.{form}", **own) for form in get_args(PictureForm)}


def _asked(given: Given) -> dict[str, Sequence[str]]:
    """Return what of that is the question's own."""
    return {name: texts for name, texts in given.items() if name not in (*TableParams.model_fields, *_OWN)}


def _answered(request: Request, found: Answer, table: AnswerTable) -> dict[str, Any]:
    """Return what a page says of an answer."""
    doubts = by_relevance(found)
    view = request.query_params.get("view")
    matrix = matrix_of(found) if view == "matrix" else None
    map_ = map_of(found) if view == "map" and has_map(found) else None
    months = months_of(found) if view == "months" else None
    steps = steps_of(found)
    told = bearing(doubts, len(found.rows))
    given = given_in(request)
    again = given | {name: value for name, value in found.parameters.items() if name in given}  # names are ids now
    return {
        "answer": found,
        "table": table,
        "again": again,
        "watched_as": urlencode(_asked(again), doseq=True),
        "doubts": told,
        "others": [doubt for doubt in doubts if doubt not in told],
        "matrix": matrix,
        "view": view if view in _VIEWS else "",
        "ways_to_look": _ways_to_look(found),
        "map": map_,
        "points_from": POINTS_FROM,
        "months": months,
        "weekdays": WEEKDAYS,
        "steps": steps,
        "flows": _flows(found),
        "in_box": in_box,
        "pictures": _pictures(request) if steps or map_ else {},
        "notes": sources_of((found if matrix or steps or months else table.part).evidence),
        "files": _files(found),
    }


def _files(found: Answer) -> dict[str, str]:
    """Return the addresses of an answer as a file, by form."""
    if not found.rows:
        return {}
    fields = list(records(found.first_rows(1))[0])
    forms = (*_ROWS_AS, *(["ics"] if has_days(fields) else ()), *(["vcf"] if has_channels(fields) else ()))
    parameters: dict[str, Any] = {**found.parameters, "known_on": found.known_on}
    return {form: address(f"{VERSION}/questions/{found.question}.{form}", **parameters) for form in forms}


def _refused(session: Session, card: Question, own: Given, error: IgaError) -> dict[str, Any]:
    """Return what a page says where a question was not answered: why, and what may have been meant."""
    if not isinstance(error, Ambiguous) or not error.parameter:
        return {"error": error, "ways": ()}
    names = printed_names(session, error.suggestions)
    ways = {}
    for meant in error.suggestions:
        texts = [meant if text.strip() == error.typed else text for text in own.get(error.parameter, ())]
        ways[meant] = address(f"/questions/{card.name}", **{**own, error.parameter: texts})
    return {"error": error, "ways": [(names.get(meant, meant), meant, there) for meant, there in ways.items()]}
