"""/enter and /entries: what an officer enters by a form, what they entered, and how it is taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import AtVisit, AtWorkspace, NoParameters, Now, Visit, in_session, noting
from iga.api.forms import TOKEN, texts_of
from iga.api.pages.frame import address, given_in, page, thing_address
from iga.api.pages.question_page import FormField, form_of
from iga.api.sign_ins import refuse_nobody
from iga.entering.entry_kinds import ENGAGEMENT, KINDS
from iga.entering.entry_words import ids_in, tellable, words_of
from iga.entering.kind import EntryKind
from iga.entering.naming import PARTY, names_of
from iga.entering.writing import Write, entering, written
from iga.graph.domain.catalog import KIND, fits
from iga.graph.domain.work import EngagementStatus
from iga.graph.errors import IgaError, NotFound
from iga.graph.suggestions import named
from iga.ingest.entry_log import LoggedEntry, entries_of, take_back
from iga.ingest.namesakes import Namesakes
from iga.ingest.officer_entries import Signed
from iga.queries.core.question import takes_many
from iga.queries.core.session import Session

router = APIRouter(include_in_schema=False)

ENTER, ENTRIES = "/enter", "/entries"
_CHOICES = {(ENGAGEMENT.name, "status"): get_args(EngagementStatus)}
_ROWS = 50

Kind = Annotated[str, Path(max_length=100)]
Nothing = Annotated[NoParameters, Query()]
Texts = Annotated[dict[str, list[str]], Depends(texts_of)]


class EntriesParams(BaseModel):
    """Which entries are shown."""

    model_config = ConfigDict(extra="forbid")

    load: int | None = Field(default=None, ge=1, description="The load that was just made: what it holds stands first.")
    about: str = Field(default="", max_length=300, description="Id of what to look at next.")
    page: int = Field(default=1, ge=1, le=10_000)


@router.get(ENTER)
async def list_kinds(request: Request, _: Nothing) -> Response:
    """Return what can be entered."""
    refuse_nobody(request, "whoever enters something")
    return page(request, "enter", entry_kinds=KINDS.values())


@router.get(f"{ENTER}/{{kind}}")
async def show_form(request: Request, kind: Kind) -> Response:
    """Return the form of a kind of entry, filled with what its address says."""
    refuse_nobody(request, "whoever enters something")
    return _form(request, _kind(kind), given_in(request))


@router.post(f"{ENTER}/{{kind}}")
def enter(request: Request, visit: AtVisit, kind: Kind, form: Texts) -> Response:
    """Enter what a form holds; where it cannot be, return the form as it was sent, and why."""
    card = _kind(kind)
    given = {name: texts for name, texts in form.items() if name != TOKEN and "".join(texts).strip()}

    def prepare(session: Session) -> tuple[Write, str]:
        asked = card.asked({name: _value(card, name, texts) for name, texts in given.items()})
        signed = _signed(visit, asked.because)
        prepared = card.prepared(session, asked, signed)
        return entering(prepared.entries, signed), prepared.about

    try:
        return _changed(visit, prepare)
    except IgaError as error:
        if error.http_status >= 500:
            raise
        with visit.workspace.reading() as reading:
            meant = names_of(Session.at(visit.workspace, reading), error.suggestions)
        return _form(request, card, given, error=error, meant=meant)


@router.get(ENTRIES)
@in_session
def list_entries(
    request: Request, session: Now, workspace: AtWorkspace, asked: Annotated[EntriesParams, Query()]
) -> Response:
    """Return what whoever is signed in entered, newest first."""
    refuse_nobody(request, "whoever enters something")
    mine = tellable(session, entries_of(session.ledger, by=workspace.reader.who))
    made = [entry for entry in mine if entry.header.no == asked.load]
    namesakes = Namesakes.of(session.ledger.whole)
    for entry in made:
        namesakes.look_at(f"load {entry.header.no}", entry.content.statements)
    rows = [entry for entry in mine[(asked.page - 1) * _ROWS : asked.page * _ROWS] if entry not in made]
    spoken_of = {id_ for entry in (*made, *rows) for id_ in ids_in(entry.content)}
    names = names_of(session, {*spoken_of, *filter(None, [asked.about])})
    return page(
        request,
        "entries",
        rows=[_in_words(entry, names) for entry in rows],
        made=[_in_words(entry, names) for entry in made],
        held=list(namesakes.notes()),
        next=_next(asked.about, names),
        number=asked.page,
        pages=max(1, -(-len(mine) // _ROWS)),
    )


@router.post(f"{ENTRIES}/taken-back")
def take_back_entry(visit: AtVisit, form: Texts, _: Nothing) -> Response:
    """Take one entry of theirs back; what the same entry said before stands again."""
    key, load = ("".join(form.get(name, ())[-1:]) for name in ("entry", "load"))

    def prepare(session: Session) -> tuple[Write, str]:
        mine = entries_of(session.ledger, by=visit.workspace.reader.who)
        found = [entry for entry in mine if (entry.row_key, str(entry.header.no)) == (key, load)]
        if not found:
            raise NotFound(f"you entered nothing as {key!r} with load {load!r}: see what you entered")
        return lambda ledger: take_back(ledger, found, signed=_signed(visit, "")), ""

    return _changed(visit, prepare)


def _changed(visit: Visit, prepare: Callable[[Session], tuple[Write, str]]) -> Response:
    """Write what a reading of the graph prepares, note it in the audit log, and lead to what was entered.

    The reading has ended when it is written: where an account may have few files, writing needs its place.
    """
    workspace = visit.workspace
    with noting(visit) as sessions:
        with workspace.reading() as reading:
            sessions.append(Session.at(workspace, reading))
            write, about = prepare(sessions[0])
        load = written(workspace, write).header.no
    return RedirectResponse(address(ENTRIES, load=load, about=about), 303)


def _form(
    request: Request,
    card: EntryKind[Any],
    given: Mapping[str, Sequence[str]],
    *,
    error: IgaError | None = None,
    meant: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """Return the form of a kind of entry with what was given, why it was refused, and the names of what may be meant.

    These are no links: an address would hold all that was typed.
    """
    fields = [_with_choices(card, field) for field in form_of(card, card.names, given)]
    status = error.http_status if error else 200
    return page(request, "entry_form", status=status, card=card, fields=fields, error=error, meant=meant)


def _with_choices(card: EntryKind[Any], field: FormField) -> FormField:
    choices = _CHOICES.get((card.name, field.name))
    return replace(field, kind="choice", choices=choices) if choices else field


def _kind(name: str) -> EntryKind[Any]:
    return named(name, KINDS, "kind of entry", "they are")


def _value(card: EntryKind[Any], name: str, texts: Sequence[str]) -> str | tuple[str, ...]:
    is_many = name in card.params.model_fields and takes_many(card.params, name)
    return tuple(text for text in texts if text.strip()) if is_many else texts[-1].strip()


def _in_words(entry: LoggedEntry, names: Mapping[str, str]) -> dict[str, Any]:
    things = {id_: names[id_] for id_ in sorted(ids_in(entry.content)) if id_ in names}
    return {"entry": entry, "words": words_of(entry.content, names), "things": things}


def _next(about: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what to look at next: in words, and its address; None where nothing is."""
    if about not in names:
        return None
    if fits(KIND[about.partition(":")[0]].label(), PARTY):
        return f"Whom to contact at {names[about]} now", address("/questions/contact", party=about)
    return names[about], thing_address(about)


def _signed(visit: Visit, because: str) -> Signed:
    return Signed(by=visit.workspace.reader.who, on=visit.workspace.today(), because=because)
