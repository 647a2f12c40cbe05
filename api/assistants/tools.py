"""The tools of assistants: each a few lines over what answers at every other door; none changes anything."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from iga.api.assistants.pages import WholeReply, page_of
from iga.exports.memos.kind import MemoKind
from iga.exports.memos.registry import MEMOS
from iga.exports.memos.write import write_memo
from iga.exports.paper.record import record_of
from iga.graph.errors import UsageError
from iga.graph.suggestions import hint, named
from iga.queries.ask import question_named
from iga.queries.core.answer import Answer
from iga.queries.core.names.find import find
from iga.queries.core.names.narrowing import named as narrowed_by
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.plain.answering import ask_in_words
from iga.queries.plain.typed import LONGEST
from iga.queries.registry import QUESTIONS
from iga.queries.sets.known_columns import COLUMNS
from iga.queries.sets.listing import ask_list
from iga.queries.sets.saved import ask_any

MOST_HITS = 200
"""As over HTTP; whoever needs more narrows the search."""

Typed = str | int | float | bool | list[str]


class Arguments(BaseModel):
    """What every tool takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: str = Field(default="", description="next_cursor of the page before; leave out for the first page.")


class PlainArguments(Arguments):
    """A question in plain words."""

    text: str = Field(description="The question, in English, French or Spanish.", min_length=1, max_length=LONGEST)


class NamedArguments(Arguments):
    """A question, or a kind of paper, by its name."""

    name: str = Field(description="Its name, from the list above.")
    parameters: dict[str, Typed] = Field(
        default={}, description="By name; a list where several may be given. as_of is a day, today if left out."
    )

    def typed(self) -> dict[str, str | list[str]]:
        """Return the parameters as a command line has them."""
        return {name: value if isinstance(value, list) else str(value) for name, value in self.parameters.items()}


class NamesArguments(Arguments):
    """Names of questions."""

    names: list[str] = Field(description="Names of questions.", min_length=1, max_length=10)


class ListArguments(Arguments):
    """Conditions that parties are to fulfil."""

    of: str = Field(description="governments or partners.")
    filter: str = Field(
        default="", description="Conditions, parted by commas, such as tier@2025:tier-3,party_to:!c189."
    )
    select: str = Field(default="", description="Columns to show, parted by commas.")
    group_by: str = Field(default="", description="Count them by one or two columns.")
    sort: str = Field(default="", description="Column to sort by; with - before it the greatest first.")
    top: int | None = Field(default=None, ge=1, description="Only the first so many.")
    as_of: str = Field(default="", description="Day to answer for, today if left out.")


class SearchArguments(Arguments):
    """What is searched for."""

    text: str = Field(description="Name, code or words, in any script, also misspelt.", min_length=1)
    kind: list[str] = Field(default=[], description="Only this class or plain word for one, such as ngo.")
    country: str = Field(default="", description="Only what is, belongs to or concerns this government.")
    body: str = Field(default="", description="Only this body and what is part of it.")
    topic: str = Field(default="", description="Only what deals with this topic or a narrower one.")


@dataclass(frozen=True)
class AssistantTool:
    """A tool: what it is called, what it says of itself, what it takes, and what tells the answer."""

    name: str
    title: str
    about: str
    arguments: type[Arguments]
    function: Callable[[Session, Any], WholeReply]
    cards: Mapping[str, Any] | None = None

    @cached_property
    def description(self) -> str:
        """What it says of itself, with a line for each of its cards."""
        return "\n".join((self.about, *map(_line, (self.cards or {}).values())))

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of what it takes."""
        schema = self.arguments.model_json_schema()
        properties = {name: _untitled(rule) for name, rule in schema["properties"].items()}
        return {"type": "object", "required": schema.get("required", []), "additionalProperties": False} | {
            "properties": properties
        }


def reply_to(session: Session, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of what a tool tells.

    Raises:
        NotFound: There is no such tool, or nothing is called so.
        UsageError: An argument is unknown, missing or malformed.
        IgaError: As of what the tool asks.
    """
    tool = named(name, TOOLS, "tool", "tools are")
    try:
        asked = tool.arguments.model_validate(arguments)
    except ValidationError as error:
        raise _unusable(tool, error) from error
    call = name, asked.model_dump(mode="json", exclude={"cursor"})
    return page_of(tool.function(session, asked), asked.cursor, call=call)


def act_of(name: str, arguments: Mapping[str, Any]) -> str:
    """Return what the audit log notes of a call: the tool and its card, where there are such, and nothing typed."""
    if name not in TOOLS:
        return "mcp"
    card = str(arguments.get("name", ""))
    return f"mcp {name} {card}" if card in (TOOLS[name].cards or ()) else f"mcp {name}"


def _unusable(tool: AssistantTool, error: ValidationError) -> UsageError:
    first = error.errors()[0]
    known = tool.arguments.model_fields
    name = str(first["loc"][0]) if first["loc"] else "arguments"
    if first["type"] == "extra_forbidden":
        meant, near = hint(name, known, "it takes")
        return UsageError(f"{tool.name} takes no argument {name[:100]!r}; {meant}", suggestions=near)
    if first["type"] == "missing":
        return UsageError(f"{tool.name} needs {name}: {known[name].description}")
    return UsageError(f"{tool.name}: {name} cannot be used: {first['msg'][0].lower()}{first['msg'][1:]}")


def _answer(answer: Answer) -> WholeReply:
    """Return an answer piece by piece; its clauses hold all that `answer` says in one text."""
    document = answer.model_dump(mode="json", exclude={"answer": True, "clauses": {"__all__": {"values"}}})
    parts = {name: document.pop(name) for name in ("clauses", "caveats", "rows")}
    return WholeReply(evidence=document.pop("evidence"), head=document, parts=parts)


def _in_words(session: Session, asked: PlainArguments) -> WholeReply:
    return _answer(ask_in_words(session, asked.text))


def _by_name(session: Session, asked: NamedArguments) -> WholeReply:
    return _answer(ask_any(session, asked.name, asked.typed()))


def _listed(session: Session, asked: ListArguments) -> WholeReply:
    typed = asked.model_dump(exclude={"cursor"}, exclude_none=True)
    return _answer(ask_list(session, {name: str(value) for name, value in typed.items()}))


def _explained(_: Session, asked: NamesArguments) -> WholeReply:
    return WholeReply({}, {"questions": [question_named(name).summary() for name in asked.names]})


def _hits_of(session: Session, asked: SearchArguments) -> WholeReply:
    narrowing = narrowed_by(asked.kind, asked.country, asked.body, asked.topic)
    document = find(session, asked.text, narrowing=narrowing, limit=MOST_HITS).model_dump(mode="json")
    parts = {name: document.pop(name) for name in ("caveats", "hits")}
    return WholeReply(document, parts)


def _outlined(session: Session, asked: NamedArguments) -> WholeReply:
    paper = write_memo(session, asked.name, asked.typed())
    record = record_of(paper)
    head = {"title": record.title, "marking": paper.marking.word, "command": paper.command, **asdict(record.making)}
    parts = {"statements": list(map(asdict, record.said)), "sources": list(map(asdict, paper.endnotes))}
    return WholeReply(head, parts)


def _line(card: Question | MemoKind) -> str:
    """Return a card in a line: ``contact(party*, topic): Whom do I contact there?``."""
    fields = card.params.model_fields
    names = (f"{name}{'*' if fields[name].is_required() else ''}" for name in card.parameters() if name != "as_of")
    return f"{card.name}({', '.join(names)}): {card.title}"


def _untitled(rule: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key != "title"}


TOOLS: Mapping[str, AssistantTool] = {
    tool.name: tool
    for tool in (
        AssistantTool(
            "ask",
            "Ask in plain words",
            "Answer a question in plain words. It says what was understood; where that is not clear it asks nothing and"
            " names what may be meant.",
            PlainArguments,
            _in_words,
        ),
        AssistantTool(
            "question",
            "Ask a question by its name",
            "Answer one of these questions. Parameters marked * are needed; all take as_of besides. Names may be typed"
            " as people say them.",
            NamedArguments,
            _by_name,
            QUESTIONS,
        ),
        AssistantTool(
            "list",
            "List parties by conditions",
            "List governments or partners that fulfil all conditions: who surely does, who possibly does, what is open."
            " ! before a value is not, | parts values, @ says when. Conditions and columns, by an example of each: "
            + ", ".join(column.example for column in COLUMNS.values()),
            ListArguments,
            _listed,
        ),
        AssistantTool(
            "explain_questions",
            "Explain questions",
            "Say what each parameter of some questions means, with an example of each. No data is read.",
            NamesArguments,
            _explained,
        ),
        AssistantTool(
            "find",
            "Find by name, code or words",
            "List what is called so or holds the words, best first, with ids that questions take.",
            SearchArguments,
            _hits_of,
        ),
        AssistantTool(
            "memo_outline",
            "Outline a paper",
            "Tell what a paper would say, statement by statement under its headings, without making a file. Kinds:",
            NamedArguments,
            _outlined,
            MEMOS,
        ),
    )
}
"""Every tool by name, in the order in which they are listed."""
