"""Asks a question by name: checks what it is asked with, finds out what the names stand for, and answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from pydantic import ValidationError

from iga.graph.errors import UsageError
from iga.graph.suggestions import hint, named
from iga.queries.core.answer import Answer, AnswerRow, NameTaken, Subject
from iga.queries.core.days import the_day
from iga.queries.core.endnotes import answered
from iga.queries.core.names.likely import likely_subject_of
from iga.queries.core.names.topics import likely_topic_of
from iga.queries.core.question import Params, Question, Request, Result, takes_many, unusable
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily
from iga.queries.core.typed_days import DAYS, in_iso
from iga.queries.registry import QUESTIONS


class AnyCard(Protocol):
    """What is asked with parameters: a question, or a kind of memo."""

    @property
    def name(self) -> str:
        """How it is asked for."""

    @property
    def params(self) -> type[Params]:
        """Model of its parameters."""

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters."""


Parameters = Mapping[str, str | Sequence[str]]
"""Parameters as typed; a parameter that may be given several times has a list."""


@steadily
def ask(session: Session, name: str, parameters: Parameters) -> Answer:
    """Answer a question; where a load was projected meanwhile once more, with the caveat that says so.

    Raises:
        NotFound: There is no such question, or nothing is called so.
        Ambiguous: Several things are called so.
        UsageError: A parameter is unknown, missing or malformed.
        Denied: It would use somebody who did not agree to it.
        StoreError: The graph did not answer.
        LedgerError: The evidence could not be looked up.
    """
    question = question_named(name)
    request = _request(session, question, parameters)
    result = question.function(request)
    return answered(question, request, result, parameters=_understood(request))


@steadily
def ask_apart(
    session: Session, name: str, parameters: Parameters, *wanted: Callable[[AnswerRow], bool]
) -> tuple[Answer, ...]:
    """Return answers to one question, each with the rows that are wanted of it, and their number, without caveats.

    It raises what `ask` does.
    """
    question = question_named(name)
    request = _request(session, question, parameters)
    result, understood = question.function(request), _understood(request)
    parts = ([it for it in result.rows if is_wanted(it.row)] for is_wanted in wanted)
    apart = (replace(result, rows=tuple(rows), total=None, caveats=()) for rows in parts)
    return tuple(answered(question, request, one, parameters=understood) for one in apart)


def _request(session: Session, question: Question, parameters: Parameters) -> Request[Params]:
    params = validated(question, parameters, today=session.today)
    if question.is_duty:
        session = session.on_duty()
    elif question.use is not None:
        session = session.used_for(getattr(params, "purpose", None) or session.use or question.use)
    day = the_day(params.as_of, today=session.today)

    def beside(name: str, /, **more: str | Sequence[str]) -> Result:
        other = question_named(name)
        return other.function(_request(session, other, {**more, "as_of": day}))

    topic = getattr(params, "topic", None)
    subjects, taken = _subjects(session, question, params)
    code, topic_taken = likely_topic_of(topic) if topic else (None, None)
    return Request(session, params, day, subjects, code, beside, (*taken, *filter(None, (topic_taken,))))


def question_named(name: str) -> Question:
    """Return the card of a question.

    Raises:
        NotFound: There is no such question.
    """
    return named(name, QUESTIONS, "question", "questions are")


def validated(question: AnyCard, parameters: Parameters, *, today: str) -> Params:
    """Return parameters as their model, with days in ISO 8601; blank ones count as left out.

    Raises:
        UsageError: A parameter is unknown, missing, given too often or malformed.
    """
    values: dict[str, Any] = {}
    for name, written in parameters.items():
        field = _field(question, name)
        texts = [written] if isinstance(written, str) else list(written)
        texts = [text for text in texts if text and text.strip()]
        if field in DAYS:
            texts = [in_iso(text, parameter=field, today=today) for text in texts]
        if takes_many(question.params, field):
            values[field] = tuple(texts) or None
        elif len(texts) > 1:
            raise UsageError(f"{question.name} takes {name} once, not {len(texts)} times: {', '.join(texts)}")
        elif texts:
            values[field] = texts[0].strip()
    try:
        return question.params.model_validate({name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        raise unusable(question.name, question.params, error) from error


def _field(question: AnyCard, name: str) -> str:
    known = question.parameters()
    if name in known:
        return name
    meant, near = hint(name, known, "it takes")
    raise UsageError(f"{question.name} takes no parameter {name!r}; {meant}", suggestions=near)


def _subjects(
    session: Session, question: Question, params: Params
) -> tuple[dict[str, tuple[Subject, ...]], tuple[NameTaken, ...]]:
    """Return what names stand for by parameter, and those that were only taken for something."""
    subjects: dict[str, tuple[Subject, ...]] = {}
    taken: list[NameTaken] = []
    for parameter, labels in question.names.items():
        if written := getattr(params, parameter):
            texts = (written,) if isinstance(written, str) else written
            named = [likely_subject_of(session, text, parameter=parameter, labels=labels) for text in texts]
            subjects[parameter] = tuple({subject.id: subject for subject, _ in named}.values())
            taken += [name for _, name in named if name]
    return subjects, tuple(taken)


def _understood(request: Request[Params]) -> dict[str, str | tuple[str, ...]]:
    """Return the parameters with ids and codes in place of names, so that they can be asked again."""
    understood: dict[str, str | tuple[str, ...]] = {
        name: value if isinstance(value, tuple) else str(value)
        for name, value in request.params.model_dump(exclude_none=True).items()
        if value != ()
    }
    for name, subjects in request.subjects.items():
        ids = tuple(subject.id for subject in subjects)
        understood[name] = ids if takes_many(type(request.params), name) else ids[0]
    topic = {"topic": request.topic} if request.topic else {}
    return {**understood, **topic, "as_of": request.day}
