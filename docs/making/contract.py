"""The OpenAPI document of the service, api/openapi.json: what every operation shares is said here once."""

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from iga.api.app import RESOURCES
from iga.api.deps import BeingMade
from iga.api.problems import PROBLEM, Problem
from iga.exports.memos.kind import MemoKind
from iga.exports.memos.registry import MEMOS
from iga.graph.errors import (
    Ambiguous,
    Busy,
    Denied,
    NotAcceptable,
    NotAdmitted,
    NotFound,
    StaleCursor,
    TooMany,
    UsageError,
    Withdrawn,
)
from iga.graph.keys import PREFIX, VERSION
from iga.queries.core.question import Question
from iga.queries.reconciling.query import TooMuch
from iga.queries.registry import QUESTIONS
from iga.queries.sets.listing import GroupRow, ListRow

DESCRIPTION = """The same answers as `iga ask`, with the same names: every row carries the numbers of its evidence,
every answer says what it does not know. Errors are problem documents (RFC 9457)."""

_REFUSALS = (
    *(NotAdmitted, Denied, NotFound, NotAcceptable, Ambiguous, StaleCursor, Withdrawn, TooMuch, UsageError),
    *(TooMany, Busy),
)


def _by_status() -> dict[int, tuple[str, str]]:
    """Return the name of the first error with each status, and what all with that status mean."""
    problems = {500: ("Unexpected", "The service met a case it does not know; its log says more.")}
    for error in _REFUSALS:
        name, meaning = problems.get(error.http_status, (error.__name__, ""))
        problems[error.http_status] = name, f"{meaning} {(error.__doc__ or '').splitlines()[0]}".strip()
    return dict(sorted(problems.items()))


PROBLEMS = _by_status()
"""Every status that an operation may refuse with: its name, and what it means."""

EXAMPLES = Path(__file__).with_name("examples.json")
"""By operation, the answer to a question that was put to a small graph, and the body that was sent: one or two of each
family, since those of all questions would be ten times the document."""

_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}
_SCHEMES = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": f"{PREFIX}…",
        "description": "A key that `iga keys new` gave out; without one, public things are shown on this machine.",
    },
    "signOn": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Forwarded-User",
        "description": "The person, as the organization's sign-on proxy names them at its own socket alone.",
    },
}


def contract() -> dict[str, Any]:
    """Return the OpenAPI document, without opening a graph: it is the same whatever is served."""
    app = FastAPI(generate_unique_id_function=lambda route: route.name)
    for resource in RESOURCES:
        app.include_router(resource.router)
    document = get_openapi(
        title="IGA Graph",
        version=version("iga-graph"),
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=app.routes,
    )
    document["servers"] = [{"url": "/", "description": "Where this document came from."}]
    parts = document["components"]
    parts["securitySchemes"] = _SCHEMES
    for framework in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(framework, None)
    parts["schemas"] |= {"Problem": Problem.model_json_schema(), "BeingMade": BeingMade.model_json_schema()}
    any_row = {"description": f"A row of the question that was understood, as {VERSION}/questions has it."}
    parts["schemas"]["AnswerRow"] |= {**any_row, "additionalProperties": True}
    for row in (ListRow, GroupRow):  # with a field for each column that is asked for
        parts["schemas"][row.__name__]["additionalProperties"] = True
    parts["responses"] = {name: _refusal(status) for status, (name, _) in PROBLEMS.items()}
    document["security"] = [{}, {"key": []}, {"signOn": []}]
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    for path, operation in _operations(document):
        _described(operation, path)
        _answered(operation, examples.get(operation["operationId"], {}))
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            yield path, operation


def _described(operation: dict[str, Any], path: str) -> None:
    """Give an operation its refusals by name, an example of each parameter, and which of them it needs."""
    responses = operation["responses"]
    if "{id}" in path:
        where = {"Location": {"description": "Its address by the other id.", "schema": {"type": "string"}}}
        responses["308"] = {**_refusal(404), "description": "The id was merged into another.", "headers": where}
    refusals = {str(status): {"$ref": f"#/components/responses/{name}"} for status, (name, _) in PROBLEMS.items()}
    own = responses.get("503", {}).get("content", {})  # readiness has an answer of its own
    responses |= refusals
    if any(parameter["name"] == "known_on" for parameter in operation.get("parameters", ())):
        responses["202"] = _being_made()
    if own:
        responses["503"] = _refusal(503)
        responses["503"]["content"] |= own
    card = _card_at(path)
    for parameter in operation.get("parameters", ()):
        _exemplified(parameter, card.example if card else {})
    if card and card.any_of:
        operation["x-any-of"] = list(card.any_of)
        operation["description"] += f" Needs at least one of {', '.join(card.any_of)}."


def _answered(operation: dict[str, Any], example: dict[str, Any]) -> None:
    """Give an operation its example of an answer, and of what is sent."""
    parts = {"body": operation.get("requestBody", {}), "answer": operation["responses"]["200"]}
    for name, content in example.items():
        parts[name]["content"]["application/json"]["example"] = content


def _card_at(path: str) -> Question | MemoKind | None:
    """Return the question or the paper that an address is of."""
    kind, _, name = path.removeprefix(f"{VERSION}/").partition("/")
    return QUESTIONS.get(name) if kind == "questions" else MEMOS.get(name) if kind == "memos" else None


def _exemplified(parameter: dict[str, Any], example: Mapping[str, Any]) -> None:
    """Give a parameter its value in an example, or else one of its own; that it may be left out, `required` says."""
    schema = parameter["schema"]
    if {"type": "null"} in schema.get("anyOf", ()):
        [there] = [way for way in schema.pop("anyOf") if way != {"type": "null"}]
        schema |= there
    value = example.get(parameter["name"], next(iter(schema.get("examples", ())), None))
    if value is not None:
        parameter["example"] = [value] if schema.get("type") == "array" and isinstance(value, str) else value


def _being_made() -> dict[str, Any]:
    """Return what is said of a state of before that is not there yet."""
    there = {"Location": {"description": "Where to ask for it again.", "schema": {"type": "string"}}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/BeingMade"}}}
    return {"description": BeingMade.__doc__, "headers": {**_RETRY, **there}, "content": content}


def _refusal(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    about = {"description": PROBLEMS[status][1], "content": {PROBLEM: {"schema": schema}}}
    return {**about, "headers": _RETRY} if status in (429, 503) else about
