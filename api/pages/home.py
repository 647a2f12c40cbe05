"""/, /today and /look: one box that takes names, ids and questions in plain words, and what is to be done today."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import AtVisit, AtWorkspace, KnownOnParams, NoParameters, Now, in_session
from iga.api.pages.answer_table import TableCell, thing_in
from iga.api.pages.frame import address, page, thing_address
from iga.api.pages.watching import recent
from iga.api.sign_ins import visitor_of
from iga.exports.row_words import text_in
from iga.graph.errors import NotFound, UsageError
from iga.graph.ledger.watches import LIST, watches
from iga.graph.text import folded
from iga.queries.ask import ask
from iga.queries.core.accounting import answered_once
from iga.queries.core.answer import FindResult, Hit
from iga.queries.core.names.find import find, hits_of
from iga.queries.core.names.narrowing import Narrowing, named
from iga.queries.core.names.resolve import classes_of
from iga.queries.core.session import Session
from iga.queries.plain.answering import Understanding, taken_apart, understanding
from iga.queries.plain.typed import LONGEST
from iga.queries.registry import QUESTIONS
from iga.queries.today import LAST_LOOK, TELLING, Today, TodayPart, today_of
from iga.queries.whole.sources import sources

router = APIRouter(include_in_schema=False)

_ASKED = ("stale-contacts", "conflicts", "contradictions", "vacancies", "undisclosed")


@router.get("/quality")
@in_session
def show_quality(request: Request, session: Now, _: Annotated[NoParameters, Query()]) -> Response:
    """Return the reply to each question on what is not as it should be, and the sources, the oldest first."""
    replies = [(QUESTIONS[name], *reply) for name, reply in answered_once(session, _replies).items()]
    cards = sorted(sources(session), key=lambda card: (card.as_of or "", card.source))
    return page(request, "quality", replies=replies, sources=cards, today=session.today)


def _replies(session: Session) -> dict[str, tuple[str, int]]:
    """Return the sentence that replies to each question, and how many rows there are."""
    answers = {name: ask(session, name, {}) for name in _ASKED}
    return {name: (answer.reply, answer.total.value) for name, answer in answers.items()}


_CALLED = ("id", "code", "name", "acronym", "alias")
_FIRST = ("contact", "profile", "gaps", "tier-history", "funding", "calendar", "due", "what-changed")
"""What officers ask most; the rest is one link away."""
_SUGGESTED, _LOOKED_AT, _GLANCE = 8, 40, 5
_LONGEST = 300


class LookParams(KnownOnParams):
    """What is typed into the box."""

    q: str = Field(default="", max_length=LONGEST, description="Name, id or question.")
    kind: list[str] = Field(default=[], max_length=20, description="Only these classes.")
    country: str = Field(default="", max_length=300)
    body: str = Field(default="", max_length=300)
    topic: str = Field(default="", max_length=300)


class SuggestionParams(BaseModel):
    """What is typed so far; the field of a form sends it under its own name."""

    model_config = ConfigDict(extra="allow")

    of: str = Field(default="q", max_length=100, description="Parameter that holds it.")
    kind: list[str] = Field(default=[], max_length=20, description="Only these classes.")


@router.get("/")
def home(request: Request, visit: AtVisit, _: Annotated[NoParameters, Query()]) -> Response:
    """Return the box, what to begin with, and for whoever is signed in what they looked at last.

    What is to be done today comes after it, as it takes longer.
    """
    return page(request, "home", first=[QUESTIONS[name] for name in _FIRST], recent=recent(visit))


@router.get("/today")
@in_session
def show_today(request: Request, session: Now, workspace: AtWorkspace, _: Annotated[NoParameters, Query()]) -> Response:
    """Return what is overdue, due and ahead, and for whoever is signed in what changed since they last looked."""
    mine = watches(session.ledger, by=workspace.reader.who) if visitor_of(request).name else []
    last = next((one for one in mine if one.name == LAST_LOOK), None)
    today = today_of(session, last) if last else answered_once(session, _of_nobody)
    return page(request, "today", today=today, lines=list(map(_lines, today.parts)))


@router.get("/look")
@in_session
def look(request: Request, session: Now, asked: Annotated[LookParams, Query()]) -> Response:
    """Lead to the thing that is called so or to the answer that is asked for; else say what may be meant."""
    text, narrowing = asked.q.strip(), named(asked.kind, asked.country, asked.body, asked.topic)
    if not text:
        return _lead("/")
    found = _found(session, text, narrowing)
    called = [hit for hit in found.hits if hit.how in _CALLED and folded(hit.matched) == folded(text)] if found else []
    why_not: str = ""
    commands: tuple[str, ...] = ()
    if narrowing == Narrowing():
        if len(called) == 1:
            return _lead(thing_address(called[0].id, known_on=asked.known_on))
        try:
            if not called and (" " in text or not (found and found.hits)):  # a word alone is rather a name
                meant = understanding(session, text)
                return _lead(_answering(meant, text, asked.known_on))
        except (NotFound, UsageError) as error:
            why_not, commands = error.message.partition("\n")[0], error.suggestions
    ways = [(command, _address(command, text)) for command in commands]
    return page(request, "look", text=text, found=found, why_not=why_not, ways=ways, asked=asked)


@router.get("/suggestions")
@in_session
def suggest(request: Request, session: Now, asked: Annotated[SuggestionParams, Query()]) -> Response:
    """Return what may be meant by what is typed so far, as the options of a field; none where nothing begins so."""
    typed = request.query_params.getlist(asked.of)
    hits = _hits(session, typed[-1] if typed else "", asked.kind)
    return page(request, "suggestions", hits=hits)


def _answering(meant: Understanding, text: str, known_on: str | None) -> str:
    """Return the address of the answer to a text, which says there what was understood and what was not taken up."""
    said = {"known_on": known_on, "remark": meant.remark}
    if meant.question == LIST:
        return address(f"/sets/{meant.parameters['of']}", filter=meant.parameters["filter"], **said)
    return address(f"/questions/{meant.question}", **meant.parameters, **said, understood=text)


def _of_nobody(session: Session) -> Today:
    """Return what there is to do, without what changed since somebody last looked."""
    return today_of(session, None)


def _lines(part: TodayPart) -> list[tuple[list[TableCell], bool]]:
    """Return the first rows of a part as cells, and whether each is made up."""
    rows = [row.model_dump(mode="json", by_alias=True) for row in part.rows[:_GLANCE]]
    told = TELLING[part.question]
    return [([TableCell(text_in(name, row), thing_in(name, row)) for name in told], row["fictional"]) for row in rows]


def _lead(where: str) -> Response:
    return RedirectResponse(where, 303)


def _found(session: Session, text: str, narrowing: Narrowing) -> FindResult | None:
    """Return what is called so; None where the text is nothing that can be looked for."""
    try:
        return find(session, text, narrowing=narrowing)
    except UsageError:
        return None


def _hits(session: Session, text: str, kinds: list[str]) -> tuple[Hit, ...]:
    try:
        hits = hits_of(session, text[-_LONGEST:], limit=_LOOKED_AT)
    except UsageError:  # no letter yet
        return ()
    classes = set(classes_of(tuple(kinds))) if kinds else set()
    return tuple(hit for hit in hits if not classes or hit.cls in classes)[:_SUGGESTED]


def _address(command: str, text: str) -> str:
    """Return the address that asks what a command asks; blank where it is none that asks."""
    if not command.startswith("iga ask "):
        return ""
    name, parameters = taken_apart(command)
    return address(f"/questions/{name}", **parameters, understood=text)
