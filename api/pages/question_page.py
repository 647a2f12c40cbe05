"""/questions: every question as a form with its answer below, at an address that asks it again."""

import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol, cast, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from iga.api.deps import NoParameters, Now, in_session
from iga.api.pages.answer_table import AnswerTable, TableParams
from iga.api.pages.frame import address, given_in, given_to, page, sources_of
from iga.api.pages.graph_page import PictureForm, picture_file
from iga.api.pages.matrix import MATRICES, matrix_of
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
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.contacts.rank import language_name, language_of
from iga.queries.core.answer import Answer
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Question, takes_many
from iga.queries.core.session import Session
from iga.queries.core.typed_days import DAYS
from iga.queries.registry import QUESTIONS, by_subject
from iga.queries.sets.saved import ask_any

Labels = Mapping[str, tuple[str, ...]]
Kind = Literal["name", "day", "choice", "number", "flag", "text"]


class FormCard(Protocol):
    """What has a form: a question, a kind of paper, or one of entry."""

    @property
    def params(self) -> type[BaseModel]:
        """Model of its parameters."""

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters."""

    @property
    def example(self) -> Mapping[str, Any]:
        """Parameters of an example."""


@dataclass(frozen=True)
class FormField:
    """A field of a form.

    Attributes:
        kind: How it is filled: by the name of a thing, a day, one of `choices`, a number, yes or no, or free text.
        values: What was given; one blank where nothing was.
        classes: What it may name: classes and groups of classes.
        is_needed: Whether nothing is done without it.
        is_many: Whether it may be given several times.
        example: What may be written there; blank is none.
    """

    name: str
    label: str
    meaning: str
    kind: Kind
    values: tuple[str, ...]
    choices: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    is_needed: bool = False
    is_many: bool = False
    example: str = ""


def form_of(card: FormCard, names: Labels, given: Mapping[str, Sequence[str]]) -> tuple[FormField, ...]:
    """Return the form of a question, a paper or an entry, its fields in the order of its parameters."""
    return tuple(_field(card, name, names, tuple(filter(None, given.get(name, ())))) for name in card.parameters())


def _field(card: FormCard, name: str, names: Labels, values: tuple[str, ...]) -> FormField:
    declared, is_many = card.params.model_fields[name], takes_many(card.params, name)
    inner = tuple(_plain(declared.annotation))
    literal = (type_ for type_ in inner if typing.get_origin(type_) is Literal)
    choices = tuple(str(choice) for type_ in literal for choice in typing.get_args(type_))
    examples = (card.example.get(name), *(declared.examples or ()))
    return FormField(
        name=name,
        label=name.replace("_", " "),
        meaning=declared.description or "",
        kind="name" if name in names else _kind(name, inner, choices),
        values=(*values, "") if is_many and not choices else values or (_default(declared.default),),
        choices=choices,
        classes=names.get(name, ()),
        is_needed=declared.is_required(),
        is_many=is_many,
        example=next((str(text) for text in examples if isinstance(text, (str, int))), ""),
    )


def _plain(annotation: Any) -> Iterator[Any]:
    """Give the types that a value may have, without none and without the tuple around them."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType, tuple):
        for part in typing.get_args(annotation):
            yield from _plain(part)
    elif annotation not in (type(None), Ellipsis):
        yield annotation


def _kind(name: str, inner: tuple[Any, ...], choices: tuple[str, ...]) -> Kind:
    if name in DAYS:
        return "day"
    if choices:
        return "choice"
    return "flag" if bool in inner else "number" if int in inner else "text"


def _default(value: object) -> str:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


_CHOSEN = ("topic", "language", "role")


@dataclass(frozen=True)
class ContactSheet:
    """What a page shows of an answer to whom to contact.

    Attributes:
        choices: What can be chosen, by parameter: the value, and it in words.
        chosen: What is chosen, by parameter, in words.
        fitting: The contacts that are known to be for it; all where nothing is chosen.
    """

    choices: Mapping[str, Mapping[str, str]]
    chosen: Mapping[str, str]
    fitting: tuple[ContactRow, ...]
    others: tuple[ContactRow, ...]

    @property
    def said(self) -> str:
        """How many remain, in a sentence that is read aloud."""
        count, whole = len(self.fitting), len(self.fitting) + len(self.others)
        if not self.chosen:
            return f"{whole} {'contact' if whole == 1 else 'contacts'}."
        ways = {"topic": "for {}", "language": "answering in {}", "role": "as {}"}
        return f"{count} of {whole} remain, {', '.join(ways[name].format(it) for name, it in self.chosen.items())}."

    def is_chosen(self, name: str, value: str) -> bool:
        """True if a value of a parameter is the one that is chosen."""
        return name in self.chosen and self.chosen[name] == self.choices[name][value]


def contact_sheet(session: Session, answer: Answer, table: AnswerTable) -> ContactSheet:
    """Return the contacts of a page of an answer.

    Raises:
        NotFound: No language is called as it was asked for.
    """
    asked = {name: str(answer.parameters[name]) for name in _CHOSEN if answer.parameters.get(name)}
    if "language" in asked:
        asked["language"] = language_of(asked["language"])
    rows = cast(tuple[ContactRow, ...], table.part.rows)
    whole = _whole(session, answer) if "role" in asked else answer
    choices = _choices(cast(tuple[ContactRow, ...], whole.rows), asked)
    fitting = tuple(row for row in rows if _fits(row, asked))
    return ContactSheet(
        choices=choices,
        chosen={name: choices[name][value] for name, value in asked.items()},
        fitting=fitting,
        others=tuple(row for row in rows if row not in fitting),
    )


def _whole(session: Session, answer: Answer) -> Answer:
    """Return the answer whatever the role: others can be chosen in place of the one that is."""
    return ask(session, answer.question, {name: it for name, it in answer.parameters.items() if name != "role"})


def _choices(rows: Iterable[ContactRow], asked: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, set[str]] = {name: {asked[name]} if name in asked else set() for name in _CHOSEN}
    for row in rows:
        found["topic"] |= set(row.topics)
        found["language"] |= set(row.languages)
        found["role"] |= {row.role} if row.role else set()
    return {name: {it: _in_words(name, it) for it in sorted(values)} for name, values in found.items()}


def _in_words(name: str, value: str) -> str:
    return language_name(value) if name == "language" else value.replace("-", " ") if name == "topic" else value


def _fits(row: ContactRow, asked: Mapping[str, str]) -> bool:
    """True if a contact is known to be for what is chosen; one of whom it is not known is among the others."""
    is_for = {
        "topic": row.topic_match in ("exact", "broader", "narrower"),
        "language": row.language_match == "yes",
        "role": row.place == "post",
    }
    return all(is_for[name] for name in asked)


CONTACT = "contact"
_ROWS_AS = ("xlsx", "csv", "jsonl", "json")
_OWN = ("known_on", "remark", "understood", "view")
"""Parameters of the page beside those of the question and of the table."""

_VIEWS = {"": "as a list", "matrix": "as a matrix", "map": "as a map", "months": "as months"}
"""What rows can be looked at as, in words; blank is what they are where nothing is chosen."""

Given = Mapping[str, Sequence[str]]


router = APIRouter(include_in_schema=False)


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
        "remark": request.query_params.get("remark", ""),
    }
    if not request.query_params and (card.any_of or any(field.is_needed for field in shown["fields"])):
        return page(request, "question", **shown)
    try:
        found = ask_any(session, name, own)
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
