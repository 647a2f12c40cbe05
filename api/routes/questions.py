"""/v1/questions, /v1/ask, /v1/find: the questions, plain words and names."""

from collections.abc import Callable
from functools import cache, partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, SerializeAsAny, create_model

from iga.api.deps import (
    FixedRoute,
    KnownOnParams,
    NoParameters,
    Now,
    built,
    disclosing,
    in_session,
    made_at,
    own_values,
)
from iga.api.negotiation import JSON, content_of, form_of
from iga.api.paging import PageParams, page_of
from iga.api.tables import as_file
from iga.exports.files.answer_file import KINDS
from iga.graph.errors import NotFound
from iga.graph.keys import VERSION
from iga.queries.ask import Parameters, question_named
from iga.queries.core.answer import Answer, FindResult
from iga.queries.core.names.find import find
from iga.queries.core.names.narrowing import named
from iga.queries.core.permissions import NAMED_IN_EXPORT
from iga.queries.core.question import Params, Question
from iga.queries.core.session import Session
from iga.queries.plain.answering import PlainAnswer, ask_in_words
from iga.queries.plain.typed import LONGEST
from iga.queries.registry import QUESTIONS
from iga.queries.sets.column import Candidates
from iga.queries.sets.known_columns import CANDIDATES
from iga.queries.sets.listing import GroupRow, ListRow, SetParams, ask_list
from iga.queries.sets.saved import ask_any

router = APIRouter(prefix=VERSION)


class InPlainWords(KnownOnParams):
    """What is asked."""

    q: str = Field(
        description="The question in plain words.", min_length=1, max_length=LONGEST, examples=["tier of nepal"]
    )


@router.get("/ask", tags=["questions"], name="ask")
@partial(in_session, keeps=True)
def ask_words(session: Now, asked: Annotated[InPlainWords, Query()]) -> PlainAnswer:
    """Choose the question that a text asks, say what was understood, and answer; 404 or 409 where that is not clear."""
    return ask_in_words(session, asked.q)


class FindParams(KnownOnParams):
    """What is looked for."""

    q: str = Field(description="Name, code or words.", min_length=1, max_length=500, examples=["Ghana"])
    kind: list[str] = Field(
        default=[], description="Only this class, group or plain word for one; may be given several times."
    )
    country: str = Field(
        default="", max_length=300, description="Only what is, belongs to or concerns this government."
    )
    body: str = Field(default="", max_length=300, description="Only this body and what is part of it.")
    topic: str = Field(default="", max_length=300, description="Only what deals with this topic or a narrower one.")
    limit: int = Field(default=20, ge=1, le=200, description="Most hits returned.")


@router.get("/find", tags=["find"], name="find")
@partial(in_session, keeps=True)
def find_things(session: Now, given: Annotated[FindParams, Query()]) -> FindResult:
    """List what is called so or holds the words, best first, with counts by kind, country, body and topic."""
    narrowing = named(given.kind, given.country, given.body, given.topic)
    return find(session, given.q, narrowing=narrowing, limit=given.limit)


FORMS_OF_ROWS = ("json", *(kind for kind in KINDS if kind != "json"))
"""Forms of every answer; a calendar where its rows have days, cards where they are contacts."""


class QuestionList(BaseModel):
    """The questions that can be asked."""

    questions: tuple[dict[str, Any], ...] = Field(description="Name, title, parameters and an example of each.")


@router.get("/questions", tags=["questions"], name="questions")
def list_questions(_: Annotated[NoParameters, Query()]) -> QuestionList:
    """List the questions in the order of the manual."""
    return QuestionList(questions=tuple(card.summary() for card in QUESTIONS.values()))


@cache
def answer_model(question: str) -> type[Answer]:
    """Return the model of the answers to a question with its rows, for the OpenAPI document."""
    card = question_named(question)
    name = "".join(part.title() for part in card.name.split("-"))
    rows: Any = (tuple[card.row, ...], Field(description="One row for each thing found, in a stable order."))  # type: ignore[name-defined]
    return create_model(f"{name}Answer", __base__=Answer, __doc__=card.title, rows=rows)


class ListAnswer(Answer):
    """Parties that fulfil conditions: the sure ones, then the possible ones; or how many have which value."""

    rows: tuple[SerializeAsAny[ListRow | GroupRow], ...] = Field(
        description="One row for each party, with a field for each column shown; or for each group."
    )


def _route(params_of: type[Params], title: str, asks: Callable[[Session, Parameters], Answer]) -> Callable[..., Any]:
    params = built(params_of, KnownOnParams, PageParams)

    @partial(in_session, keeps=True)
    def answer(
        request: Request,
        session: Now,
        given: Annotated[params, Query()],  # type: ignore[valid-type]
    ) -> Response:
        form = form_of(request, *FORMS_OF_ROWS)
        if form != "json":
            disclosing(request, session)
            session = session.used_for(NAMED_IN_EXPORT)
        found = asks(session, own_values(given, params_of))
        page = page_of(request, len(found.rows), state=f"{found.data_version}:{found.as_of}")
        shown = found.only_rows(page.first, page.last)
        reply = as_file(session, shown, form, at=made_at(request)) if form != "json" else _as_json(shown)
        reply.headers.update(page.headers)
        return reply

    answer.__doc__ = title
    return answer


def _as_json(found: Answer) -> Response:
    return Response(found.model_dump_json(), media_type=JSON)


def _add(address: str, name: str, route: Callable[..., Any], model: type[Answer], *, tag: str) -> None:
    route.__name__ = name
    router.add_api_route(
        address,
        route,
        tags=[tag],
        response_model=model,
        methods=["GET"],
        responses={200: {"description": "The answer.", "content": content_of(*FORMS_OF_ROWS)}},
        route_class_override=FixedRoute,
    )


def _asking(card: Question) -> Callable[[Session, Parameters], Answer]:
    return lambda session, parameters: ask_any(session, card.name, parameters)


def _params_of(candidates: Candidates) -> type[SetParams]:
    """Return what a list is asked with, with examples that these candidates have columns for."""
    fields = SetParams.model_fields
    own: Any = {
        name: (fields[name].annotation, Field(None, description=fields[name].description, examples=[text]))
        for name, text in candidates.asked.items()
    }
    return create_model(SetParams.__name__, __base__=SetParams, __doc__=SetParams.__doc__, **own)


def _listing(of: str) -> Callable[[Session, Parameters], Answer]:
    return lambda session, parameters: ask_list(session, {**parameters, "of": of})


for _card in QUESTIONS.values():
    _add(
        f"/questions/{_card.name}",
        _card.name.replace("-", "_"),
        _route(_card.params, _card.title, _asking(_card)),
        answer_model(_card.name),
        tag="questions",
    )
for _of, _candidates in CANDIDATES.items():
    _title = f"List {_of} that fulfil conditions, with what is not known of them."
    _add(f"/{_of}", f"list_{_of}", _route(_params_of(_candidates), _title, _listing(_of)), ListAnswer, tag="lists")


@router.get("/questions/{name}", include_in_schema=False)
def unknown_question(name: str) -> None:
    """Refuse a question that does not exist, with what may have been meant."""
    question_named(name)
    raise NotFound(f"there is no question {name!r}")
